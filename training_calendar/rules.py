"""Who may do what with modules, supply, needs, plans, calendars and sessions."""

from competencies.models import LearningPath
from competencies.rules import is_own
from hrplan.core.access import INSIDE, OFFICE, has_role
from hrplan.core.models import Member, Role
from training_calendar.models import (
    Calendar,
    Enrolment,
    FundingSource,
    NeedRuling,
    PathStep,
    Plan,
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


def can_adopt_plan(member: Member, plan: Plan) -> bool:
    """The head adopts a plan of the own administration."""
    return member.role == Role.HEAD and member.administration_id == plan.administration_id


def can_change_calendar(member: Member, calendar: Calendar) -> bool:
    """The HR officer moves, pins and cancels sessions; each change is on record."""
    return can_plan(member) and member.administration_id == calendar.administration_id


def can_release_calendar(member: Member, calendar: Calendar) -> bool:
    """The head releases the calendar to the stations."""
    return member.role == Role.HEAD and member.administration_id == calendar.administration_id


def can_keep_source(member: Member, source: FundingSource) -> bool:
    """The HR officer keeps the funding sources of the own administration."""
    return can_plan(member) and member.administration_id == source.administration_id


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


def can_record_attendance(member: Member, place: Enrolment) -> bool:
    """The HR officer writes down who attended what, but of themselves."""
    own = member.administration_id == place.staff_member.administration_id
    return can_plan(member) and own and not is_own(member, place.staff_member)
