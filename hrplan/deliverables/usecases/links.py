"""Links for people of the ministry without an account: made, opened, spoken by, revoked."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    SENT,
    Comment,
    DocumentVersion,
    LineDecision,
    LinkUse,
    Move,
    ReviewLink,
    Submission,
    SubmissionStep,
    Verdict,
)
from hrplan.deliverables.usecases import comments, line_decisions, outside, submissions
from hrplan.deliverables.usecases.outside import Guest

DAYS, MOST_DAYS = 21, 90
"""For how many days a link is valid unless told, and at most."""
OPENED, READ, FILE, COMMENTED, RULED = "open", "read", "file", "comment", "rule"
"""What is done by a link beside the moves."""


@dataclass(frozen=True, slots=True)
class Made:
    """A link that was just made, with its secret; it is shown this once and kept nowhere."""

    link: ReviewLink
    secret: str


@dataclass(frozen=True, slots=True)
class LinkShown:
    """What the page behind a link shows.

    versions : none where the documents were taken back; shown : the hash over all of them
    """

    versions: tuple[DocumentVersion, ...]
    comments: tuple[Comment, ...]
    moves: tuple[Move, ...]
    can_comment: bool
    can_rule: bool
    shown: str


@transaction.atomic
def make_link(
    submission: Submission,
    *,
    name: str,
    by: Member,
    function: str = "",
    step: int | None = None,
    expires_on: date | None = None,
) -> Made:
    """Make a link for one person: for one step of the ministry, or for comments where none is told.

    Refused before the submission was sent, for a step that is taken or none of the ministry's,
    without a name, and for more than `MOST_DAYS`.
    """
    require(rules.can_make_link(by) and by.administration_id == submission.administration_id)
    if submission.state not in SENT:
        raise ValidationError(_("The ministry reads a submission once it is submitted."))
    if not name.strip():
        raise ValidationError({"name": _("Say for whom the link is.")})
    today = timezone.localdate()
    until = expires_on or today + timedelta(days=DAYS)
    if not today <= until <= today + timedelta(days=MOST_DAYS):
        words = _("Choose a day from today on, at most %(n)d days ahead.")
        raise ValidationError({"expires_on": words % {"n": MOST_DAYS}})
    secret = secrets.token_urlsafe(32)
    made = ReviewLink.objects.create(
        administration=submission.administration,
        submission=submission,
        step=_step(submission, step),
        name=name.strip(),
        function=function.strip(),
        secret=digest(secret),
        expires_on=until,
        made_by=by,
    )
    audit.record("make_link", made, by=by, fields=["submission", "step", "expires_on"])
    return Made(made, secret)


def _step(submission: Submission, key: int | None) -> SubmissionStep | None:
    if key is None:
        return None
    left = {step.pk: step for step in outside.steps_left(submission)}
    if key not in left:
        raise ValidationError({"step": _("This step is taken, or is not the ministry's.")})
    return left[key]


@transaction.atomic
def revoke(link: ReviewLink, *, by: Member) -> None:
    """Let a link die at once; what was said by it stays."""
    require(rules.can_make_link(by) and by.administration_id == link.administration_id)
    ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    audit.record("revoke_link", link, by=by, fields=["revoked_at"])


def links_of(submission: Submission, *, by: Member) -> QuerySet[ReviewLink]:
    """The links of a submission with their uses, the last first; only the office sees them."""
    require(rules.can_make_link(by) and by.administration_id == submission.administration_id)
    rows = ReviewLink.objects.filter(submission=submission)
    return rows.select_related("step", "made_by__user").order_by("-pk").prefetch_related("uses")


def digest(secret: str) -> str:
    """What is kept of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def live(secret: str) -> ReviewLink | None:
    """The link of a secret; None where it is unknown, revoked or past its last day."""
    rows = ReviewLink.objects.select_related("administration", "submission__author__user", "step")
    found = rows.filter(secret=digest(secret)).first()
    return found if found is not None and is_live(found) else None


def is_live(link: ReviewLink) -> bool:
    """Neither revoked nor past its last day."""
    return link.revoked_at is None and link.expires_on >= timezone.localdate()


def note_use(link: ReviewLink, what: str) -> None:
    """Write down that a link was used: what and when, not from where."""
    LinkUse.objects.create(link=link, what=what)


def versions_of(link: ReviewLink) -> QuerySet[DocumentVersion]:
    """The documents that a link reads: those that the ministry was sent last, while it has them."""
    rows = link.submission.sent.filter(is_internal=False).order_by("kind")
    told = link.submission.passages.filter(move__in=(Move.SUBMIT, Move.ANSWER))
    last = told.order_by("-at", "-pk").first()
    if last is None or link.submission.state not in SENT:
        return rows.none()
    return rows.filter(digest__in=last.digests.values())


def link_shown(link: ReviewLink) -> LinkShown:
    """What the page behind a link shows now."""
    versions = tuple(versions_of(link).defer("tree", "snapshot"))
    speaks, step = can_speak(link), link.step
    return LinkShown(
        versions=versions,
        comments=_comments(versions),
        moves=outside.moves_at(step, link.submission) if speaks and step else (),
        can_comment=speaks,
        can_rule=speaks and outside.decides(step, link.submission),
        shown=submissions.shown_hash(link.submission),
    )


def _comments(versions: Iterable[DocumentVersion]) -> tuple[Comment, ...]:
    rows = Comment.objects.filter(version__in=[one.pk for one in versions], is_from_ministry=True)
    return tuple(rows.select_related("version", "author__user").defer("version__tree"))


def can_speak(link: ReviewLink) -> bool:
    """The link is alive, the documents are with the ministry, and its step is not taken yet."""
    submission = link.submission
    if not is_live(link) or submission.state not in SENT:
        return False
    if link.step is None:
        return submission.state != Submission.State.CLOSED
    return not _is_spent(link) and link.step in outside.steps_left(submission)


def _is_spent(link: ReviewLink) -> bool:
    return Verdict.objects.filter(link=link, move__in=rules.SAYS_YES).exists()


@transaction.atomic
def say(link: ReviewLink, move: str, *, note: str = "", shown: str) -> Verdict:
    """Make a move by a link. Refused once it has served, and where an account would be."""
    link = _speaking(link)
    if link.step is None:
        raise ValidationError(_("This link is for reading and comments."))
    who = Guest(link.name, link.function)
    made = outside.say(link.submission, link.step, move, who=who, note=note, shown=shown, link=link)
    note_use(link, move)
    return made


@transaction.atomic
def comment(link: ReviewLink, version: DocumentVersion, *, anchor: str, text: str) -> Comment:
    """Keep a remark that is made by a link, on a document that it reads."""
    link = _speaking(link)
    require(versions_of(link).filter(pk=version.pk).exists())
    made = comments.comment_by_link(version, anchor=anchor, text=text, link=link)
    note_use(link, COMMENTED)
    return made


def can_rule(link: ReviewLink) -> bool:
    """The link is for the decision, and it is its turn."""
    return can_speak(link) and outside.decides(link.step, link.submission)


@transaction.atomic
def rule(
    link: ReviewLink, *, kind: str, key: str, ruling: str, condition: str = ""
) -> LineDecision:
    """Accept, cut or bind a line by a link. Refused where an account would be."""
    link, who = _speaking(link), Guest(link.name, link.function)
    submission = Submission.objects.select_for_update().get(pk=link.submission_id)
    if not outside.decides(link.step, submission):
        raise ValidationError(_("This link does not decide, or it is not its turn."))
    outside.refuse_other_hand(submission, who)
    made = line_decisions.keep(
        submission, kind=kind, key=key, ruling=ruling, condition=condition, said_by=who.words
    )
    note_use(link, RULED)
    return made


def _speaking(link: ReviewLink) -> ReviewLink:
    """The link as it stands now, held for this transaction. Refused where it says no more."""
    rows = ReviewLink.objects.select_for_update(of=("self",))
    link = rows.select_related("submission", "step", "administration").get(pk=link.pk)
    if not can_speak(link):
        raise ValidationError(_("This link only reads now."))
    return link
