"""Who may do what with exercises, workshops, votes and findings."""

from diagnostics.models import Exercise, Participant, Workshop
from hrplan.core.access import INSIDE, has_role
from hrplan.core.models import Member, Role

READERS = INSIDE | {Role.REVIEWER}
PREPARERS = frozenset({Role.HR_OFFICER, Role.FACILITATOR})


def can_see_results(member: Member) -> bool:
    """Scores, findings and questionnaires: those inside and the ministry's reviewer."""
    return has_role(member, READERS)


def can_see_exercise(member: Member) -> bool:
    """Steps, workshops, interviews and the register stay inside the administration."""
    return has_role(member, INSIDE)


def can_prepare(member: Member) -> bool:
    """The HR officer and the facilitator keep the register, the steps and the findings."""
    return has_role(member, PREPARERS)


def can_answer(member: Member) -> bool:
    """The HR officer answers findings by objectives and initiatives of the strategy."""
    return member.role == Role.HR_OFFICER


def can_take_over(member: Member) -> bool:
    """The HR officer writes into the tables what a room settled on."""
    return member.role == Role.HR_OFFICER


def can_lead(member: Member, workshop: Workshop) -> bool:
    """A facilitator leads the own workshop, or one that nobody leads yet."""
    own = workshop.facilitator_id in (None, member.pk)
    return _is_of(member, workshop) and member.role == Role.FACILITATOR and own


def can_see_votes(member: Member, workshop: Workshop) -> bool:
    """Who voted what is for the facilitator of this very workshop alone."""
    return _is_of(member, workshop) and workshop.facilitator_id == member.pk


def can_vote_for(member: Member, participant: Participant) -> bool:
    """Participants enter their own vote; the facilitator enters what was given on paper."""
    return participant.member_id == member.pk or can_lead(member, participant.workshop)


def can_name_facilitator(member: Member, workshop: Workshop) -> bool:
    """The HR officer says who leads; a facilitator may take a workshop that nobody leads."""
    return _is_of(member, workshop) and (
        member.role == Role.HR_OFFICER or can_lead(member, workshop)
    )


def can_make_minutes(member: Member, workshop: Workshop) -> bool:
    """Who leads the workshop, and the HR officer, have its minutes drawn up."""
    return can_name_facilitator(member, workshop)


def can_see_close_out(member: Member, exercise: Exercise) -> bool:
    """Inside at any time; the ministry's reviewer once the diagnostic has come to its close-out."""
    order = Exercise.State.values
    is_out = order.index(exercise.state) >= order.index(Exercise.State.CLOSE_OUT)
    return can_see_exercise(member) or (is_out and can_see_results(member))


def can_set_up(member: Member, workshop: Workshop) -> bool:
    """The facilitator or the HR officer says how the votes are taken."""
    return can_name_facilitator(member, workshop)


def _is_of(member: Member, workshop: Workshop) -> bool:
    return workshop.administration_id == member.administration_id
