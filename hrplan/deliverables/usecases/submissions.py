"""Submissions: the documents sent together, moved along their chain, approved by their hashes."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import frames, rules, wording
from hrplan.deliverables.analysis.checks import outcome_of
from hrplan.deliverables.analysis.stays import Stay, stays
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import (
    Body,
    DocumentVersion,
    LineDecision,
    Move,
    Passage,
    Stage,
    Submission,
)
from hrplan.deliverables.usecases import chain, verdicts
from hrplan.deliverables.usecases.line_decisions import (
    Decided,
    decided_on,
    drop_rulings,
    lines_of,
    waits,
)
from hrplan.deliverables.usecases.verdicts import StepLine
from hrplan.deliverables.usecases.versions import is_intact

State = Submission.State
WAY = (
    State.DRAFT, State.REVIEW, State.SIGNING, State.ENDORSING, State.ENDORSED, State.SUBMITTED,
    State.TECHNICAL, State.DECISION, State.APPROVED, State.IN_FORCE, State.CLOSED,
)  # fmt: skip
"""The states from draft to the end, where nothing is asked or sent back."""
STANDS_AT = {
    State.QUERIES: State.TECHNICAL,
    State.RESUBMITTED: State.TECHNICAL,
    State.DEFERRED: State.DECISION,
    State.RETURNED: State.DECISION,
    State.PARTLY: State.APPROVED,
    State.NOTED: State.APPROVED,
    State.REPORTED: State.IN_FORCE,
}
"""Where on the way the other states stand."""
MINISTRY = frozenset(
    {State.SUBMITTED, State.TECHNICAL, State.RESUBMITTED, State.DECISION, State.DEFERRED}
)
"""The states in which the ministry holds it."""
OVER = frozenset({State.APPROVED, State.NOTED, State.IN_FORCE, State.REPORTED, State.CLOSED})
"""The states in which nobody is waited for."""
RENEWABLE = frozenset({State.DRAFT, State.QUERIES})
"""The states in which the documents may be exchanged for later versions."""


@dataclass(frozen=True, slots=True)
class SubmissionShown:
    """A submission with its documents, its chain, its way so far, and the moves open to a reader.

    shown : the hash over all its documents, which a decision names
    """

    submission: Submission
    versions: tuple[DocumentVersion, ...]
    carried: tuple[DocumentVersion, ...]
    chain: tuple[StepLine, ...]
    passages: tuple[Passage, ...]
    moves: tuple[Move, ...]
    outdated: tuple[DocumentVersion, ...]
    can_renew: bool
    stays: tuple[Stay, ...]
    shown: str
    rulings: Decided
    can_carry_out: bool

    def days_of(self, side: Collection[str]) -> int:
        """Whole days for which a side held the submission, by the states in which it does."""
        return sum(one.days for one in self.stays if one.state in side)

    @property
    def days_inside(self) -> int:
        return self.days_of({one for one in State if one not in MINISTRY | OVER})

    @property
    def days_at_ministry(self) -> int:
        return self.days_of(MINISTRY)

    def held_by(self, state: str) -> str:
        """With whom it lies in a state: the bodies of its stage, or those who move it on."""
        stage = rules.STAGES.get(State(state))
        steps = [line.step for line in self.chain if line.step.stage == stage]
        bodies = dict.fromkeys(
            str(Role(one.role).label if one.body == Body.HOUSE else one.get_body_display())
            for one in steps
        )
        return ", ".join(bodies) or wording.held_by(rules.holders(state))

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The states on the way in words, each with done, current or waiting."""
        state = State(self.submission.state)
        place = WAY.index(STANDS_AT.get(state, state))
        marks = ["done"] * place + ["done" if state == State.CLOSED else "current"]
        marks += ["waiting"] * (len(WAY) - len(marks))
        words = [str((state if n == place else one).label) for n, one in enumerate(WAY)]
        return tuple(zip(words, marks, strict=True))

    @property
    def next_words(self) -> str:
        """Who makes the next move."""
        return wording.next_move(self.submission.state)


def submission_shown(submission: Submission, *, by: Member) -> SubmissionShown:
    """What a page shows of a submission."""
    rows = submission.versions.defer("tree", "snapshot").select_related("administration")
    versions = tuple(rows.order_by("kind"))
    latest = frames.latest(submission.administration)
    stale = tuple(
        version
        for version in versions
        if version.kind in latest and latest[version.kind].pk != version.pk
    )
    passages = tuple(submission.passages.select_related("by__user"))
    way = [(passage.state, passage.at) for passage in passages]
    lay = stays(way, _now(submission, passages), over=OVER)
    renewable = submission.state in RENEWABLE and bool(stale)
    return SubmissionShown(
        submission=submission,
        versions=versions,
        carried=tuple(submission.carried.defer("tree", "snapshot").order_by("kind")),
        chain=verdicts.step_lines(submission, since=lay[-1].since if lay else None),
        passages=passages,
        moves=verdicts.moves(by, submission),
        outdated=stale,
        can_renew=renewable and rules.can_make_submission(by),
        stays=lay,
        shown=_hash_over({one.kind: one.digest for one in versions}),
        rulings=decided_on(submission),
        can_carry_out=rules.can_make_submission(by) and waits(submission),
    )


def _now(submission: Submission, passages: Sequence[Passage]) -> datetime:
    """The time until which the last stay is counted: a demonstration stands where it was left."""
    if submission.administration.is_demonstration and passages:
        return passages[-1].at
    return timezone.now()


def shown_hash(submission: Submission) -> str:
    """One SHA-256 over the hashes of all documents, which whoever decides has before them."""
    return _hash_over(verdicts.digests_of(submission))


def _hash_over(digests: Mapping[str, str]) -> str:
    told = "\n".join(f"{kind} {digest}" for kind, digest in sorted(digests.items()))
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def make_submission(administration: Administration, *, by: Member) -> Submission:
    """Put the latest versions together, with the chain as it now stands.

    Refused while one of the three is missing.
    """
    require(rules.can_make_submission(by) and by.administration_id == administration.pk)
    versions = _latest(administration)
    last = Submission.objects.of(administration).order_by("-number").first()
    made = Submission.objects.create(
        administration=administration, number=last.number + 1 if last else 1, author=by
    )
    made.versions.set(versions)
    chain.copy(made)
    Passage.objects.create(
        submission=made, by=by, move="make", state=made.state, digests=verdicts.digests_of(made)
    )
    audit.record("make", made, by=by, fields=["versions"])
    return made


@transaction.atomic
def renew_versions(submission: Submission, *, by: Member) -> Submission:
    """Take the latest versions instead: what was said to the earlier ones counts no more.

    Refused once the submission is on its way, but while the ministry's queries are answered.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(rules.can_make_submission(by) and by.administration_id == submission.administration_id)
    if submission.state not in RENEWABLE:
        raise ValidationError(_("Take the submission back before you change its documents."))
    frozen = lines_of(submission)
    submission.versions.set(_latest(submission.administration))
    drop_rulings(submission, frozen)
    audit.record("renew", submission, by=by, fields=["versions"])
    return submission


@transaction.atomic
def move(
    submission: Submission, step: str, *, by: Member, note: str = "", shown: str | None = None
) -> Submission:
    """Make a move and keep the passage with the hashes it was about.

    shown : the hash that whoever decides had before them. Refused where a note is due and
    missing, where a document is no longer what was frozen or another than was shown, and where
    something of `_refuse_early` stands in the way.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    by.refresh_from_db(fields=["role", "ended_on"])  # a role lost acts at once
    require(verdicts.can_move(by, submission, step))
    refuse_unfit(submission, step, note, shown)
    if step in rules.BY_STEP:
        turn = verdicts.turn_of(by, submission)
        require(turn is not None)
        if turn is not None and step in rules.SAYS_YES:
            verdicts.keep(submission, step, turn.step, by=by, principal=turn.principal)
    if step == Move.ANSWER and by.role == Role.HEAD:
        _endorse_again(submission, by)
    if step in {Move.SUBMIT, Move.ANSWER}:
        submission.sent.add(*submission.versions.all())
    advance(submission, step)
    verdicts.passage(submission, step, by=by, note=note.strip())
    audit.record(step, submission, by=by, fields=["state"])
    return submission


def _endorse_again(submission: Submission, by: Member) -> None:
    """The head's answer with other documents endorses them. Refused for who made them."""
    require(by.pk not in verdicts.authors_of(submission))
    for step in submission.steps.filter(stage=Stage.ENDORSING):
        verdicts.keep(submission, Move.ENDORSE, step, by=by)


def refuse_unfit(submission: Submission, step: str, note: str, shown: str | None) -> None:
    """Refuse what nobody may do now: without a word, on changed documents, too early."""
    if step in rules.NOTED and not note.strip():
        raise ValidationError(_("Say why, so that the others know what to mend."))
    changed = [version for version in submission.versions.all() if not is_intact(version)]
    if changed:
        words = _("%(document)s is no longer what was frozen; make a new version.")
        raise ValidationError([words % {"document": version} for version in changed])
    if step in rules.SAYS_YES and shown is not None and shown != shown_hash(submission):
        raise ValidationError(_("The documents are others than you were shown. Read them again."))
    _refuse_early(submission, Move(step))


def _refuse_early(submission: Submission, step: Move) -> None:
    if step in {Move.REVIEW, Move.SUBMIT, Move.ANSWER}:
        _refuse_broken_rules(submission)
    if step == Move.REVIEW:
        chain.copy(submission)
        chain.refuse_empty_seats(submission, verdicts.authors_of(submission))
    ruled = LineDecision.objects.filter(submission=submission).exclude(ruling="accept").count()
    if step == Move.APPROVE and ruled:
        words = _("%(n)d lines are cut or accepted on a condition: approve in part.")
        raise ValidationError(words % {"n": ruled})
    if step == Move.APPROVE_PART and not ruled:
        raise ValidationError(_("No line is cut or accepted on a condition: approve in full."))
    if step == Move.ENFORCE:
        _refuse_unready(submission)


def _refuse_broken_rules(submission: Submission) -> None:
    found = {
        row["number"]
        for version in submission.versions.all()
        for row in version.snapshot["checks"]
        if outcome_of(row).stops
    }
    if found:
        words = _("Rule %(number)d does not hold: %(rule)s Mend it, or let the head say why the"
                  " documents go on, and make new versions.")  # fmt: skip
        raise ValidationError(
            [words % {"number": n, "rule": wording.check_title(n)} for n in sorted(found)]
        )


def _refuse_unready(submission: Submission) -> None:
    noting = submission.steps.filter(stage=Stage.CABINET).exists()
    if noting and submission.state != State.NOTED:
        raise ValidationError(_("Cabinet has not noted it yet."))
    if waits(submission):
        raise ValidationError(_("Carry out what was decided line by line first."))


def advance(submission: Submission, step: str) -> None:
    """The state after a move; a step that asks for more people, or more steps, keeps it."""
    state = submission.state
    if step in rules.SAYS_YES and not verdicts.is_stage_done(submission):
        return
    if step == Move.APPROVE and _any_part(submission):
        step = Move.APPROVE_PART
    submission.state = rules.WORKFLOW.after(state, step)
    while submission.state in rules.ONWARD and verdicts.is_stage_done(submission):
        onward = rules.ONWARD[State(submission.state)]
        submission.state = rules.WORKFLOW.after(submission.state, onward)
    submission.save(update_fields=["state"])
    if step in rules.VOIDS:
        verdicts.void(submission)


def _any_part(submission: Submission) -> bool:
    return any(one.move == Move.APPROVE_PART for one in verdicts.counted(submission))


def _latest(administration: Administration) -> list[DocumentVersion]:
    latest = frames.latest(administration)
    missing = [kind for kind in KINDS if kind not in latest]
    if missing:
        raise ValidationError(_("Make versions of all three documents first."))
    return [latest[kind] for kind in KINDS]
