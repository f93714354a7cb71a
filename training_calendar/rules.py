"""Who may do what with modules, supply, needs, plans, calendars and sessions."""

from django.db.models import Q

from competencies.models import LearningPath, StaffMember, led_by, own_row, units_managed
from competencies.rules import is_own, manages
from hrplan.core.access import INSIDE, OFFICE, has_role
from hrplan.core.models import Member, Role
from training_calendar.models import (
    BudgetLine,
    Calendar,
    Certificate,
    Enrolment,
    ExchangeRate,
    Feed,
    FundingSource,
    Message,
    NeedRuling,
    Outcome,
    PathStep,
    Plan,
    TrainingSession,
)

PLAN_READERS = INSIDE | {Role.REVIEWER}
NOMINEE_READERS = OFFICE | {Role.MANAGER}


def can_see_catalogue(member: Member) -> bool:
    """Everybody of the administration and its reviewers read the modules and programmes."""
    return member.role != Role.COORDINATOR


def can_see_supply(member: Member) -> bool:
    """Trainers, venues, closures and money: inside the administration."""
    return has_role(member, INSIDE)


def can_see_plan(member: Member) -> bool:
    """Needs, plan, interventions and calendar as totals; reviewers see no names."""
    return has_role(member, PLAN_READERS)


def can_see_nominees(member: Member) -> bool:
    """Who is nominated: the office all, a manager the own units (`visible_to`)."""
    return has_role(member, NOMINEE_READERS)


def can_see_own_calendar(member: Member) -> bool:
    """Everybody inside the administration has a calendar of the own enrolments."""
    return has_role(member, INSIDE | {Role.STAFF})


def can_plan(member: Member) -> bool:
    """The HR officer keeps the supply, makes plans and improves calendars."""
    return member.role == Role.HR_OFFICER


def can_decide_proposal(member: Member, plan: Plan) -> bool:
    """The HR officer puts a proposed plan in force or discards it."""
    return can_plan(member) and member.administration_id == plan.administration_id


def can_adopt_plan(member: Member, plan: Plan) -> bool:
    """The head adopts a plan of the own administration."""
    return member.role == Role.HEAD and member.administration_id == plan.administration_id


def can_change_calendar(member: Member, calendar: Calendar) -> bool:
    """The HR officer moves, pins and cancels sessions; each change is on record."""
    return can_plan(member) and member.administration_id == calendar.administration_id


def can_release_calendar(member: Member, calendar: Calendar) -> bool:
    """The head releases the calendar to the stations."""
    return member.role == Role.HEAD and member.administration_id == calendar.administration_id


def can_see_release_plan(member: Member) -> bool:
    """Who goes from which station when: the office, and managers for their own units."""
    return can_see_nominees(member)


def can_release_person(member: Member, person: StaffMember) -> bool:
    """The manager of the unit lets people go; the HR officer may write it down; never oneself."""
    own = member.administration_id == person.administration_id
    return own and (can_plan(member) or manages(member, person)) and not is_own(member, person)


def can_see_outbox(member: Member) -> bool:
    """Who is told what, and who must be told by hand, is the office's."""
    return has_role(member, OFFICE)


def can_tell(member: Member, message: Message) -> bool:
    """The office tells people of its own administration."""
    return can_see_outbox(member) and member.administration_id == message.administration_id


def can_make_feed(member: Member, feed: Feed) -> bool:
    """Whose calendar a member may have: the own one, of units managed; the office any of these.

    A feed lives only as long as this holds of whoever had it made.
    """
    seated = member.ended_on is None and member.user.is_active
    if not seated or member.administration_id != feed.administration_id:
        return False
    if feed.kind == Feed.Kind.PERSONAL:
        person = feed.staff_member
        return person is not None and person.left_on is None and is_own(member, person)
    if has_role(member, OFFICE):
        return True
    if feed.kind == Feed.Kind.STATION:
        return member.role == Role.MANAGER and feed.unit_id in units_managed(member)
    led = feed.trainer.staff_member if feed.trainer else None
    return led is not None and is_own(member, led)


def can_revoke_feed(member: Member, feed: Feed) -> bool:
    """Who had it made, and the office."""
    own = member.administration_id == feed.administration_id
    return own and (feed.by_id == member.pk or has_role(member, OFFICE))


def can_keep_source(member: Member, source: FundingSource) -> bool:
    """The HR officer keeps the funding sources of the own administration."""
    return can_plan(member) and member.administration_id == source.administration_id


def can_keep_rate(member: Member, rate: ExchangeRate) -> bool:
    """The HR officer keeps the rates of exchange of the own administration."""
    return can_plan(member) and member.administration_id == rate.administration_id


def can_keep_line(member: Member, line: BudgetLine) -> bool:
    """The HR officer keeps the chart of accounts of the own administration."""
    return can_plan(member) and member.administration_id == line.administration_id


def can_keep_ruling(member: Member, ruling: NeedRuling) -> bool:
    """The HR officer keeps the rulings of the own administration."""
    return can_plan(member) and member.administration_id == ruling.administration_id


def can_approve_ruling(member: Member, ruling: NeedRuling) -> bool:
    """Another member of the office than who proposed it; the head where nobody is known to."""
    if member.administration_id != ruling.administration_id or not has_role(member, OFFICE):
        return False
    if ruling.proposed_by_id is None:
        return member.role == Role.HEAD
    return ruling.proposed_by_id != member.pk


def can_keep_path(member: Member, row: LearningPath | PathStep) -> bool:
    """The HR officer keeps the learning paths of the own administration and their steps."""
    return can_plan(member) and member.administration_id == row.administration_id


def can_keep_outcome(member: Member, row: Outcome) -> bool:
    """The HR officer says what the modules of the own administration lift."""
    return can_plan(member) and member.administration_id == row.administration_id


def can_run_session(member: Member, session: TrainingSession) -> bool:
    """Who shows the sign-in code: the HR officer, and the trainer of the session."""
    if member.administration_id != session.administration_id:
        return False
    led = session.trainer.staff_member if session.trainer else None
    return can_plan(member) or (led is not None and is_own(member, led))


def can_see_outcome(member: Member) -> bool:
    """What came of a session: inside the administration."""
    return has_role(member, INSIDE)


def can_record_attendance(member: Member, place: Enrolment) -> bool:
    """The HR officer writes down who attended what, but of themselves."""
    own = member.administration_id == place.staff_member.administration_id
    return can_plan(member) and own and not is_own(member, place.staff_member)


def can_report_use(member: Member, person: StaffMember) -> bool:
    """Who leads the person says what is used at work; HR may write it down; never of oneself."""
    return can_release_person(member, person)


def reported_by(member: Member) -> Q:
    """The people of whom a member may report the use at work, as a condition on staff members."""
    own = Q(pk__in=own_row(member))
    if can_plan(member):
        return ~own
    return led_by(member) & ~own if member.role == Role.MANAGER else Q(pk__in=())


def can_see_evaluation(member: Member) -> bool:
    """What is due of whom, and what evaluations show: the office, and managers of their own."""
    return can_see_nominees(member)


def can_issue(member: Member, place: Enrolment) -> bool:
    """Who records an attendance certifies it; nobody their own."""
    return can_record_attendance(member, place)


def can_revoke(member: Member, certificate: Certificate) -> bool:
    """The office, of its own administration; nobody their own."""
    own = member.administration_id == certificate.administration_id
    return own and has_role(member, OFFICE) and not is_own(member, certificate.staff_member)
