"""Who may do what with units, profiles, staff members, assessments and gaps."""

from competencies.models import (
    Appeal,
    Assessment,
    MemberScope,
    Post,
    Proposal,
    StaffMember,
    own_row,
    units_managed,
)
from hrplan.core.access import OFFICE, has_role
from hrplan.core.models import Member, Role, TenantModel

PEOPLE_READERS = OFFICE | {Role.MANAGER}
FIGURE_READERS = PEOPLE_READERS | {Role.FACILITATOR, Role.REVIEWER}
OWN_SOURCES = frozenset({Assessment.Source.SELF})
MANAGER_SOURCES = frozenset({Assessment.Source.SUPERVISOR, Assessment.Source.PEER})


def can_see_framework(member: Member) -> bool:
    """Everybody of the administration and its reviewers read the framework and the profiles."""
    return member.role != Role.COORDINATOR


def can_see_figures(member: Member) -> bool:
    """Units, gaps and workforce as totals; small cells only in the office."""
    return has_role(member, FIGURE_READERS)


def can_see_small_cells(member: Member) -> bool:
    """Only the office reads figures about fewer people than the small-cell limit."""
    return has_role(member, OFFICE)


def small_cell_limit(member: Member) -> int | None:
    """The limit under which figures are withheld from this member; None for the office."""
    return None if can_see_small_cells(member) else member.administration.small_cell_limit


def can_see_people(member: Member) -> bool:
    """Whether the role reads the data of persons at all, be it the member's own."""
    return has_role(member, PEOPLE_READERS | {Role.STAFF})


def manages(member: Member, person: StaffMember) -> bool:
    """The person works in a unit that the member manages, or has the member as supervisor."""
    if member.role != Role.MANAGER:
        return False
    above = person.supervisor_id
    supervises = above is not None and own_row(member).filter(staff_member=above).exists()
    return supervises or person.unit_id in units_managed(member)


def is_own(member: Member, person: StaffMember) -> bool:
    """The person is the one the member stands for."""
    return MemberScope.objects.filter(member=member, staff_member=person).exists()


def sources_of(member: Member, person: StaffMember) -> frozenset[str]:
    """The sources a member may rate the person as; HR alone validates and enters tests.

    Of oneself everybody only says what they think.
    """
    if member.administration_id != person.administration_id:
        return frozenset()
    if is_own(member, person):
        return OWN_SOURCES
    if member.role == Role.HR_OFFICER:
        return frozenset(Assessment.Source.values)
    if manages(member, person):
        return MANAGER_SOURCES
    return frozenset()


def can_rate(member: Member) -> bool:
    """Whether the role rates those whose profile it sees; the head reads and rates nobody."""
    return has_role(member, frozenset({Role.HR_OFFICER, Role.MANAGER, Role.STAFF}))


def can_assess(member: Member, person: StaffMember, source: str) -> bool:
    """One rates oneself, a manager the own staff, HR enters any source and validates."""
    return source in sources_of(member, person)


def can_keep_people(member: Member) -> bool:
    """The HR officer keeps units, posts and staff members."""
    return member.role == Role.HR_OFFICER


def can_keep(member: Member, row: TenantModel) -> bool:
    """A row about units and people of the officer's own administration."""
    return can_keep_people(member) and row.administration_id == member.administration_id  # type: ignore[attr-defined]


def can_rule_on(member: Member, person: StaffMember) -> bool:
    """What HR decides about one person; about themselves another officer does."""
    return can_keep(member, person) and not is_own(member, person)


def can_agree(member: Member, person: StaffMember) -> bool:
    """The manager of the unit agrees a plan with the person; the HR officer may write it down."""
    if member.administration_id != person.administration_id or is_own(member, person):
        return False
    return can_keep_people(member) or manages(member, person)


def can_take_data(member: Member, person: StaffMember) -> bool:
    """A copy of all that is held on a person goes to the HR officer and to the person."""
    return can_keep(member, person) or is_own(member, person)


def can_change_framework(member: Member) -> bool:
    """The HR officer keeps the framework, the profiles and their requirements."""
    return member.role == Role.HR_OFFICER


def can_approve_profile(member: Member) -> bool:
    """The office approves job profiles."""
    return has_role(member, OFFICE)


def can_sign_second(member: Member, rating: Assessment) -> bool:
    """Another than who gave the level, and never the person: HR, the head, the unit's manager."""
    person = rating.staff_member
    if member.administration_id != rating.administration_id or rating.by_id == member.pk:
        return False
    signs = has_role(member, OFFICE) or manages(member, person)
    return signs and not is_own(member, person)


def can_decide_appeal(member: Member, appeal: Appeal) -> bool:
    """The office, but for who gave or signed the rating and the person who appeals."""
    rating = appeal.assessment
    own = member.administration_id == appeal.administration_id
    had_part = member.pk in {rating.by_id, rating.second_by_id}
    return (
        own
        and has_role(member, OFFICE)
        and not had_part
        and not is_own(member, rating.staff_member)
    )


def can_propose(member: Member, person: StaffMember) -> bool:
    """The person, the manager of the unit and the HR officer bring forward what speaks for one."""
    if member.administration_id != person.administration_id:
        return False
    return can_keep_people(member) or manages(member, person) or is_own(member, person)


def can_decide_proposals(member: Member) -> bool:
    """Whether the role decides on proposed levels: of those it leads, or as HR."""
    return has_role(member, frozenset({Role.HR_OFFICER, Role.MANAGER}))


def can_decide_proposal(member: Member, proposal: Proposal) -> bool:
    """HR, the supervisor on record or the manager of the unit: not of oneself, nor one's own."""
    if proposal.proposed_by_id is not None and proposal.proposed_by_id == member.pk:
        return False
    return can_agree(member, proposal.staff_member)


def can_see_names(member: Member) -> bool:
    """The office reads who retires, and everybody's name behind a figure."""
    return has_role(member, OFFICE)


def can_see_candidates(member: Member, post: Post) -> bool:
    """Who could take a post over: the office, and the manager of its unit."""
    if member.administration_id != post.administration_id:
        return False
    manages_unit = member.role == Role.MANAGER and post.unit_id in units_managed(member)
    return has_role(member, OFFICE) or manages_unit


def can_see_promotions(member: Member) -> bool:
    """Rounds of promotion with their candidates: the HR officer and the head alone."""
    return has_role(member, OFFICE)


def can_keep_promotions(member: Member) -> bool:
    """The HR officer keeps rounds, and candidacies but for the own one."""
    return member.role == Role.HR_OFFICER
