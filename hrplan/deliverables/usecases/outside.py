"""What the ministry says without an account, by a link or on a signed page, to a step of its."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.models import Member
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    LineDecision,
    Move,
    ReviewLink,
    Submission,
    SubmissionStep,
    Verdict,
)
from hrplan.deliverables.usecases import submissions, verdicts

State = Submission.State
ARRIVED = frozenset({State.SUBMITTED, State.RESUBMITTED})
"""The states in which nothing else is said than that it was received."""
WIDEST = 200
"""Characters of a name with a function."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody of the ministry who has no account."""

    name: str
    function: str = ""

    @property
    def words(self) -> str:
        """The name with the function in brackets, as it is kept and shown."""
        name, function = self.name.strip(), self.function.strip()
        return (f"{name} ({function})" if function else name)[:WIDEST]


def steps_left(submission: Submission) -> tuple[SubmissionStep, ...]:
    """The steps of the ministry that are not taken yet, in the order of the chain."""
    lines = verdicts.step_lines(submission)
    return tuple(one.step for one in lines if one.step.stage in rules.OUTSIDE and not one.is_taken)


def open_moves(submission: Submission) -> tuple[tuple[SubmissionStep, tuple[Move, ...]], ...]:
    """The steps of the ministry whose turn it is, each with the moves that can be made.

    What was ruled line by line is approved in part, all else in full.
    """
    lines = [one for one in verdicts.step_lines(submission) if one.step.stage in rules.OUTSIDE]
    if submission.state in ARRIVED:
        return tuple((one.step, (Move.RECEIVE,)) for one in lines if not one.is_taken)
    steps = [one.step for one in lines if one.is_open]
    if not steps:
        return ()
    ruled = LineDecision.objects.filter(submission=submission).exclude(ruling="accept").exists()
    other = Move.APPROVE if ruled else Move.APPROVE_PART
    found = [Move(one) for one in rules.WORKFLOW.moves(submission.state) if one in rules.BY_STEP]
    moves = tuple(one for one in found if one != other)
    return tuple((step, moves) for step in steps)


def decides(step: SubmissionStep | None, submission: Submission) -> bool:
    """Whoever takes the step decides now, and so rules on the lines."""
    moves = moves_at(step, submission) if step else ()
    return bool({Move.APPROVE, Move.APPROVE_PART}.intersection(moves))


def moves_at(step: SubmissionStep, submission: Submission) -> tuple[Move, ...]:
    """The moves that whoever takes the step can make now; none where it is not its turn."""
    return dict(open_moves(submission)).get(step, ())


@transaction.atomic
def say(
    submission: Submission,
    step: SubmissionStep,
    move: str,
    *,
    who: Guest,
    note: str,
    shown: str,
    by: Member | None = None,
    link: ReviewLink | None = None,
    at: datetime | None = None,
) -> Verdict:
    """Keep what a guest says to a step and move the submission on, under an account's refusals.

    by : who recorded it, where it was said on paper; at : when it was said, now unless told.
    Refused where it is not the step's turn, for who spoke in this stage already, for who put the
    documents together, and for what `submissions.refuse_unfit` names.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    if move not in moves_at(step, submission):
        words = _("This cannot be said now: the submission is in the state “%(state)s”.")
        raise ValidationError(words % {"state": submission.get_state_display()})
    refuse_other_hand(submission, who)
    submissions.refuse_unfit(submission, move, note, shown)
    when: dict[str, Any] = {"at": at} if at else {}
    made = verdicts.keep(submission, move, step, link=link, said_by=who.words, **when)
    submissions.advance(submission, move)
    verdicts.passage(submission, move, by=by, note=note.strip(), said_by=who.words)
    audit.record(move, submission, by=by, fields=["state"])
    return made


def refuse_other_hand(submission: Submission, who: Guest) -> None:
    """Refuse the author of the documents, and whoever said yes in this stage already."""
    name = verdicts.name_of(who.words)
    authors = Member.objects.filter(pk__in=verdicts.authors_of(submission)).select_related("user")
    if name in {verdicts.name_of(str(one.user)) for one in authors}:
        raise ValidationError(_("Nobody takes a step of what they put together themselves."))
    stage = rules.STAGES.get(State(submission.state))
    said = [one for one in verdicts.counted(submission) if one.step.stage == stage]
    if name in {verdicts.name_of(spoken) for one in said for spoken in _speakers(one)}:
        words = _("%(name)s has spoken in this stage already; it asks for different people.")
        raise ValidationError(words % {"name": who.name.strip()})


def _speakers(one: Verdict) -> tuple[str, ...]:
    seats = (one.by, one.principal)
    return (one.said_by, *(str(seat.user) for seat in seats if seat is not None))
