"""The steps of a submission: which are open, who may take them, and what was said to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from hrplan.core.models import Administration, Member
from hrplan.core.workdays import add_workdays
from hrplan.core.working_calendar import working_calendar
from hrplan.deliverables import rules
from hrplan.deliverables.analysis.stays import stays
from hrplan.deliverables.models import (
    Delegation,
    Move,
    Passage,
    Stage,
    Submission,
    SubmissionStep,
    Verdict,
)

Digests = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step with what was said to it under the present documents.

    due_on : None where no days are set, or where it is not open; late : days it is overdue
    """

    step: SubmissionStep
    said: tuple[Verdict, ...]
    is_open: bool
    due_on: date | None
    late: int

    @property
    def is_taken(self) -> bool:
        return len(self.said) >= self.step.quorum


def digests_of(submission: Submission) -> dict[str, str]:
    """The hashes of the documents by kind."""
    return dict(submission.versions.values_list("kind", "digest"))


def counted(submission: Submission) -> list[Verdict]:
    """What was said with a yes to the documents as they are, and stands."""
    rows = Verdict.objects.filter(step__submission=submission, is_void=False)
    now = digests_of(submission)
    said = rows.filter(move__in=rules.SAYS_YES).select_related(
        "step", "by__user", "principal__user"
    )
    return [one for one in said if one.digests == now]


def step_lines(submission: Submission, *, since: datetime | None = None) -> tuple[StepLine, ...]:
    """Every step in the order of the chain, as it stands.

    since : when the state was entered, where that is known already
    """
    said: dict[int, list[Verdict]] = {}
    for one in counted(submission):
        said.setdefault(one.step_id, []).append(one)
    steps = sorted(submission.steps.all(), key=rules.place_of)
    stage = rules.ASKED.get(Submission.State(submission.state))
    now_at = _open_position([one for one in steps if one.stage == stage], said)
    since = since or _since(submission)
    lines = []
    for step in steps:
        heard = tuple(said.get(step.pk, ()))
        turn = step.stage == stage and step.position == now_at and len(heard) < step.quorum
        due = _due(submission.administration, step.days, since) if turn else None
        lines.append(StepLine(step, heard, turn, due, _late(due)))
    return tuple(lines)


def _open_position(
    steps: Iterable[SubmissionStep], said: Mapping[int, list[Verdict]]
) -> int | None:
    """The lowest place of a stage where somebody is still asked for; None: all are taken."""
    left = [one.position for one in steps if len(said.get(one.pk, ())) < one.quorum]
    return min(left, default=None)


def _since(submission: Submission) -> datetime | None:
    """When the submission entered the state that it is in."""
    way = list(submission.passages.order_by("at", "pk").values_list("state", "at"))
    found = stays(way, timezone.now(), over=())
    return found[-1].since if found else None


def _due(owner: Administration, days: int | None, since: datetime | None) -> date | None:
    """The day by which a step that is open shall be taken."""
    if not days or since is None:
        return None
    first = timezone.localdate(since)
    calendar = working_calendar(owner, (first.year, first.year + 1))
    return add_workdays(calendar, first, days)


def _late(due: date | None) -> int:
    return max(0, (timezone.localdate() - due) // timedelta(days=1)) if due else 0


def open_steps(submission: Submission) -> tuple[SubmissionStep, ...]:
    """The steps that can be taken now."""
    return tuple(line.step for line in step_lines(submission) if line.is_open)


def is_stage_done(submission: Submission) -> bool:
    """Whether nobody is asked for any more in the state that the submission is in."""
    return not open_steps(submission)


@dataclass(frozen=True, slots=True)
class Turn:
    """A step that a member may take, and whose seat it is where the member acts for another."""

    step: SubmissionStep
    principal: Member | None


def turn_of(member: Member, submission: Submission) -> Turn | None:
    """The step that the member may take now: an own one first, then one of whom they act for.

    Nobody takes a step of what they put together, nor two steps of one stage.
    """
    authors = authors_of(submission)
    if member.pk in authors or _has_spoken(member, submission):
        return None
    steps = open_steps(submission)
    own = next((step for step in steps if rules.fits(member, step)), None)
    if own is not None:
        return Turn(own, None)
    for principal in _principals(member):
        if principal.pk in authors or _has_spoken(principal, submission):
            continue
        step = next((step for step in steps if rules.fits(principal, step)), None)
        if step is not None:
            return Turn(step, principal)
    return None


def authors_of(submission: Submission) -> set[int]:
    """Who put the submission together, or made one of its documents."""
    made = submission.versions.exclude(made_by=None).values_list("made_by", flat=True)
    return {*made, *([submission.author_id] if submission.author_id else ())}


def _has_spoken(member: Member, submission: Submission) -> bool:
    stage = rules.ASKED.get(Submission.State(submission.state))
    said = (one for one in counted(submission) if one.step.stage == stage)
    return any(
        member.pk in {one.by_id, one.principal_id}
        or (one.said_by and name_of(one.said_by) == name_of(str(member.user)))
        for one in said
    )


def name_of(said_by: str) -> str:
    """A name as two are compared: without the function in brackets, case and odd blanks."""
    name, bracket, _function = said_by.rpartition(" (")
    return " ".join((name if bracket else said_by).casefold().split())


def _principals(member: Member) -> list[Member]:
    today = timezone.localdate()
    rows = Delegation.objects.filter(
        delegate=member, starts_on__lte=today, ends_on__gte=today,
        administration=member.administration_id, principal__ended_on=None,
    )  # fmt: skip
    return [one.principal for one in rows.select_related("principal")]


def moves(member: Member, submission: Submission) -> tuple[Move, ...]:
    """The moves that this member can make now."""
    if submission.administration_id != member.administration_id or member.ended_on is not None:
        return ()
    steps = [Move(one) for one in rules.WORKFLOW.moves(submission.state)]
    by_step = {one for one in steps if said_by(one, submission) in rules.BY_STEP}
    has_turn = bool(by_step) and turn_of(member, submission) is not None
    return tuple(
        one for one in steps if (has_turn if one in by_step else member.role == rules.MOVERS[one])
    )


def said_by(move: Move, submission: Submission) -> Move:
    """What a move says: who answers with other documents than were endorsed endorses these."""
    anew = move == Move.ANSWER and not is_endorsed(submission)
    return Move.ENDORSE if anew else move


def is_endorsed(submission: Submission) -> bool:
    """Every endorsing step of its chain is taken for the documents as they are."""
    lines = step_lines(submission)
    return all(line.is_taken for line in lines if line.step.stage == Stage.ENDORSING)


def can_move(member: Member, submission: Submission, move: str) -> bool:
    """The move is open, and the member is who makes it."""
    return move in moves(member, submission)


def keep(
    submission: Submission,
    move: str,
    step: SubmissionStep,
    *,
    by: Member | None = None,
    principal: Member | None = None,
    **said: object,
) -> Verdict:
    """Keep what was said to a step, with the hashes it was about."""
    return Verdict.objects.create(
        step=step, move=move, by=by, principal=principal, digests=digests_of(submission), **said
    )


def void(submission: Submission) -> None:
    """Nothing that was said so far counts any more."""
    Verdict.objects.filter(step__submission=submission).update(is_void=True)


def passage(
    submission: Submission, move: str, *, by: Member | None, note: str = "", said_by: str = ""
) -> Passage:
    """Put a move on record, with the state it led to and the hashes it was about."""
    return Passage.objects.create(
        submission=submission, by=by, said_by=said_by, move=move, note=note,
        state=submission.state, digests=digests_of(submission),
    )  # fmt: skip
