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
from hrplan.deliverables.analysis.stays import Stay, stays
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import (
    Body,
    DocumentVersion,
    Move,
    Passage,
    Submission,
)
from hrplan.deliverables.usecases import chain, choosing, verdicts
from hrplan.deliverables.usecases.in_force import InForce, in_force
from hrplan.deliverables.usecases.line_decisions import (
    Decided,
    decided_on,
    drop_rulings,
    lines_of,
    waits,
)
from hrplan.deliverables.usecases.refusals import refuse_early
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
    can_choose: bool
    stays: tuple[Stay, ...]
    shown: str
    rulings: Decided
    can_carry_out: bool
    in_force: Mapping[str, InForce]

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
        asked = dict.fromkeys(Role(one.step.role) for one in self.chain if one.is_open)
        return wording.next_move(self.submission.state, tuple(asked))

    @property
    def documents(self) -> tuple[tuple[DocumentVersion, InForce | None], ...]:
        """Its documents, each with the version of it that is in force now, by whichever."""
        return tuple((one, self.in_force.get(one.kind)) for one in self.versions)


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
        can_choose=submission.state == State.DRAFT and rules.can_make_submission(by),
        stays=lay,
        shown=_hash_over({one.kind: one.digest for one in versions}),
        rulings=decided_on(submission),
        can_carry_out=rules.can_make_submission(by) and waits(submission),
        in_force=in_force(submission.administration),
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
def make_submission(
    administration: Administration, documents: Collection[str] = KINDS, *, by: Member
) -> Submission:
    """Put the latest versions of the documents together, with the chain as it now stands.

    Refused for what `choosing.chosen` refuses.
    """
    require(rules.can_make_submission(by) and by.administration_id == administration.pk)
    versions = choosing.chosen(administration, documents)
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
def renew_versions(
    submission: Submission, documents: Collection[str] | None = None, *, by: Member
) -> Submission:
    """Take the latest versions instead: what was said to the earlier ones counts no more.

    documents : other ones than it has, while it is a draft. Refused once the submission is on its
    way, but while the ministry's queries are answered, and for what `choosing.chosen` refuses.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(rules.can_make_submission(by) and by.administration_id == submission.administration_id)
    if submission.state not in RENEWABLE:
        raise ValidationError(_("Take the submission back before you change its documents."))
    held = choosing.kinds_of(submission)
    wanted = held if documents is None else documents
    if set(wanted) != set(held) and submission.state != State.DRAFT:
        words = _("The ministry asked about %(documents)s: answer with the same documents.")
        told = ", ".join(choosing.title_of(kind) for kind in held)
        raise ValidationError({"documents": words % {"documents": told}})
    frozen = lines_of(submission)
    versions = choosing.chosen(submission.administration, wanted, but=submission)
    submission.versions.set(versions)
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
    something of `refuse_early` stands in the way. Who answers with other documents than were
    endorsed endorses them; they go back once every endorsing step is taken.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    by.refresh_from_db(fields=["role", "ended_on"])  # a role lost acts at once
    require(verdicts.can_move(by, submission, step))
    refuse_unfit(submission, step, note, shown)
    said = verdicts.said_by(Move(step), submission)
    if said in rules.BY_STEP:
        turn = verdicts.turn_of(by, submission)
        require(turn is not None)
        if turn is not None and said in rules.SAYS_YES:
            verdicts.keep(submission, said, turn.step, by=by, principal=turn.principal)
    if step == Move.ANSWER and not verdicts.is_endorsed(submission):
        step = said
    if step in {Move.SUBMIT, Move.ANSWER}:
        submission.sent.add(*submission.versions.all())
    advance(submission, step)
    verdicts.passage(submission, step, by=by, note=note.strip())
    audit.record(step, submission, by=by, fields=["state"])
    return submission


def refuse_unfit(submission: Submission, step: str, note: str, shown: str | None) -> None:
    """Refuse what nobody may do now: without a word, on changed documents, too early."""
    if step in rules.NOTED and not note.strip():
        raise ValidationError(_("Say why, so that the others know what to mend."))
    changed = [version for version in submission.versions.all() if not is_intact(version)]
    if changed:
        words = _("%(document)s is no longer what was frozen; make a new version.")
        raise ValidationError([words % {"document": version} for version in changed])
    yes = verdicts.said_by(Move(step), submission) in rules.SAYS_YES
    if yes and shown is not None and shown != shown_hash(submission):
        raise ValidationError(_("The documents are others than you were shown. Read them again."))
    refuse_early(submission, Move(step))


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
