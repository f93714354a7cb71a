"""Submissions: the three documents sent together, moved by the table, approved by their hashes."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.deliverables import frames, rules, wording
from hrplan.deliverables.analysis.stays import Stay, stays
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import DocumentVersion, Move, Passage, Submission
from hrplan.deliverables.usecases.versions import is_intact

NOTED = frozenset({Move.RETURN, Move.REVISE})
WAY = (
    Submission.State.DRAFT,
    Submission.State.REVIEW,
    Submission.State.ENDORSED,
    Submission.State.SUBMITTED,
    Submission.State.APPROVED,
)
"""The states from draft to approval."""


MINISTRY = frozenset({Submission.State.SUBMITTED})
"""The states in which the ministry holds it."""


@dataclass(frozen=True, slots=True)
class SubmissionShown:
    """A submission with its versions, its way so far, and the moves open to who looks."""

    submission: Submission
    versions: tuple[DocumentVersion, ...]
    passages: tuple[Passage, ...]
    moves: tuple[Move, ...]
    outdated: tuple[DocumentVersion, ...]
    can_renew: bool
    stays: tuple[Stay, ...]

    def days_of(self, side: Collection[str]) -> int:
        """Whole days for which a side held the submission, by the states in which it does."""
        return sum(one.days for one in self.stays if one.state in side)

    @property
    def days_inside(self) -> int:
        return self.days_of(set(WAY) - MINISTRY | {Submission.State.RETURNED})

    @property
    def days_at_ministry(self) -> int:
        return self.days_of(MINISTRY)

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The states on the way to approval in words, each with done, current or waiting."""
        state = self.submission.state
        now = Submission.State.SUBMITTED if state == Submission.State.RETURNED else state
        place = WAY.index(Submission.State(now))
        is_over = place == len(WAY) - 1
        marks = ["done"] * place + ["done" if is_over else "current"]
        marks += ["waiting"] * (len(WAY) - len(marks))
        return tuple((str(one.label), mark) for one, mark in zip(WAY, marks, strict=True))

    @property
    def next_words(self) -> str:
        """Who makes the next move."""
        return wording.next_move(self.submission.state)


def submission_shown(submission: Submission, *, by: Member) -> SubmissionShown:
    """What a page shows of a submission."""
    versions = tuple(submission.versions.defer("tree", "snapshot").order_by("kind"))
    latest = frames.latest(submission.administration)
    stale = tuple(
        version
        for version in versions
        if version.kind in latest and latest[version.kind].pk != version.pk
    )
    draft = submission.state == Submission.State.DRAFT
    passages = tuple(submission.passages.select_related("by__user"))
    return SubmissionShown(
        submission=submission,
        versions=versions,
        passages=passages,
        moves=rules.moves(by, submission),
        outdated=stale,
        can_renew=draft and bool(stale) and rules.can_make_submission(by),
        stays=stays(
            [(passage.move, passage.at) for passage in passages],
            timezone.now(),
            first=rules.WORKFLOW.first,
            after=rules.WORKFLOW.after,
            last=Submission.State.APPROVED,
        ),
    )


@transaction.atomic
def make_submission(administration: Administration, *, by: Member) -> Submission:
    """Put the latest versions together. Refused while one of the three is missing."""
    require(rules.can_make_submission(by) and by.administration_id == administration.pk)
    versions = _latest(administration)
    last = Submission.objects.of(administration).order_by("-number").first()
    made = Submission.objects.create(
        administration=administration, number=last.number + 1 if last else 1, author=by
    )
    made.versions.set(versions)
    _pass(made, "make", by, "")
    audit.record("make", made, by=by, fields=["versions"])
    return made


@transaction.atomic
def renew_versions(submission: Submission, *, by: Member) -> Submission:
    """Take the latest versions instead. Refused once the submission is on its way."""
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(rules.can_make_submission(by) and by.administration_id == submission.administration_id)
    if submission.state != Submission.State.DRAFT:
        raise ValidationError(_("Take the submission back before you change its documents."))
    submission.versions.set(_latest(submission.administration))
    audit.record("renew", submission, by=by, fields=["versions"])
    return submission


@transaction.atomic
def move(submission: Submission, step: str, *, by: Member, note: str = "") -> Submission:
    """Make a move and keep the passage with the hashes it was about.

    Refused where a note is due and missing, or where a document is no longer what was frozen.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(rules.can_move(by, submission, step))
    if step in NOTED and not note.strip():
        raise ValidationError(_("Say why, so that the others know what to mend."))
    changed = [version for version in submission.versions.all() if not is_intact(version)]
    if changed:
        words = _("%(document)s is no longer what was frozen; make a new version.")
        raise ValidationError([words % {"document": version} for version in changed])
    submission.state = rules.WORKFLOW.after(submission.state, step)
    submission.save(update_fields=["state"])
    _pass(submission, step, by, note.strip())
    audit.record(step, submission, by=by, fields=["state"])
    return submission


def _pass(submission: Submission, step: str, by: Member, note: str) -> None:
    digests = dict(submission.versions.values_list("kind", "digest"))
    Passage.objects.create(submission=submission, by=by, move=step, note=note, digests=digests)


def _latest(administration: Administration) -> list[DocumentVersion]:
    latest = frames.latest(administration)
    missing = [kind for kind in KINDS if kind not in latest]
    if missing:
        raise ValidationError(_("Make versions of all three documents first."))
    return [latest[kind] for kind in KINDS]
