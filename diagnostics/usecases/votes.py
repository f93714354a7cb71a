"""How votes come in: from a participant's device, from a member's page, from paper."""

from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import Participant, Round, Vote
from diagnostics.usecases.rounds import refuse_off_scale
from diagnostics.usecases.workshops import refuse_closed
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member


@dataclass(frozen=True, slots=True)
class Ballot:
    """One answer; no level where the person does not know or the question does not apply."""

    level: int | None
    does_not_apply: bool = False
    existence: str = ""
    use: str = ""
    note: str = ""

    @property
    def key(self) -> str:
        """The answer as forms name it."""
        if self.does_not_apply:
            return "not_applicable"
        return "unknown" if self.level is None else str(self.level)

    @property
    def words(self) -> str:
        if self.does_not_apply:
            return _("does not apply")
        return _("don't know") if self.level is None else str(self.level)


@transaction.atomic
def enter_vote(
    round: Round,
    participant: Participant,
    *,
    by: Member,
    level: int | None,
    does_not_apply: bool = False,
    existence: str = "",
    use: str = "",
    note: str = "",
) -> Vote:
    """Enter or correct a vote while the round is open; refused afterwards, telling what stands.

    What the facilitator enters for another counts as given on paper.
    """
    require(participant.workshop_id == round.workshop_id and rules.can_vote_for(by, participant))
    ballot = Ballot(level, does_not_apply, existence, use, note)
    round = _open_for(round, participant, ballot)
    paper = participant.member_id != by.pk
    vote = _put(round, participant, ballot, is_paper=paper, client=None, sequence=0)
    audit.record("vote", round, by=by, administration=participant.workshop.administration)
    return vote


@transaction.atomic
def cast_vote(
    round: Round, participant: Participant, ballot: Ballot, *, client: UUID | None, sequence: int
) -> Vote:
    """Take a vote from a participant's page; sent twice, or late after a newer one, it counts once.

    `client` names the page and `sequence` counts the answers given on it, so that a replay after a
    lost connection never undoes a later answer. Refused where the round was closed before, and
    where the facilitator entered a vote from paper.
    """
    require(participant.workshop_id == round.workshop_id)
    held = Vote.objects.select_for_update().filter(round=round, participant=participant).first()
    if held and client and held.client == client and held.sequence >= sequence:
        return held
    round = _open_for(round, participant, ballot)
    if held and held.is_paper:
        words = _("The facilitator entered your vote from paper: %(held)s. Ask there to change it.")
        raise ValidationError(words % {"held": ballot_of(held).words})
    vote = _put(round, participant, ballot, is_paper=False, client=client, sequence=sequence)
    audit.record("vote", round, by=None, administration=participant.workshop.administration)
    return vote


def ballot_of(vote: Vote) -> Ballot:
    """The answer of a vote."""
    return Ballot(vote.level, vote.does_not_apply, vote.existence, vote.use, vote.note)


def _open_for(round: Round, participant: Participant, ballot: Ballot) -> Round:
    """The round under lock; refused where it takes no votes or the answer makes no sense."""
    locked = Round.objects.select_for_update(of=("self",))
    round = locked.select_related("question__domain__questionnaire").get(pk=round.pk)
    refuse_closed(participant.workshop)
    if not round.is_open:
        raise ValidationError(_too_late(round, participant, ballot))
    refuse_off_scale(round.question, [ballot.level])
    if ballot.level is None and (ballot.existence or ballot.use):
        raise ValidationError(_("Without a level, leave existence and use empty."))
    if ballot.level is not None and ballot.does_not_apply:
        raise ValidationError(_("What does not apply has no level."))
    return round


def _put(
    round: Round,
    participant: Participant,
    ballot: Ballot,
    *,
    is_paper: bool,
    client: UUID | None,
    sequence: int,
) -> Vote:
    values = asdict(ballot) | {"is_paper": is_paper, "client": client, "sequence": sequence}
    Vote(round=round, participant=participant, **values).clean_fields(
        exclude=["round", "participant"]
    )
    vote, _new = Vote.objects.update_or_create(
        round=round, participant=participant, defaults=values
    )
    return vote


def _too_late(round: Round, participant: Participant, ballot: Ballot) -> str:
    held = Vote.objects.filter(round=round, participant=participant).first()
    if held is None:
        words = _("The round was closed before this vote (%(wanted)s) came; it does not count.")
        return words % {"wanted": ballot.words}
    words = _("The round is closed; the vote stays as it was given: %(held)s, not %(wanted)s.")
    return words % {"held": ballot_of(held).words, "wanted": ballot.words}
