"""What the ministry answered on paper: a signed and scanned page, kept with what it says."""

import secrets
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.deliverables import rules
from hrplan.deliverables.models import SENT, Submission, Verdict
from hrplan.deliverables.usecases import outside
from hrplan.deliverables.usecases.outside import Guest

MOST = 10 * 1024 * 1024
"""Bytes of a scan."""
BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
"""The first bytes of what is taken as a scan, by the ending of its name here."""
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
NOON = time(12)


@transaction.atomic
def record(
    submission: Submission,
    *,
    step: int,
    move: str,
    name: str,
    on: date,
    file: UploadedFile,
    by: Member,
    function: str = "",
    note: str = "",
    shown: str = "",
) -> Verdict:
    """Record what a body of the ministry answered on paper on a day, with the scanned page.

    Whoever records may have put the documents together: it is the ministry's word. Refused for
    a file that is no scan, a day before the submission or ahead, and what `outside.say` refuses.
    """
    require(rules.can_record_paper(by) and by.administration_id == submission.administration_id)
    if not name.strip():
        raise ValidationError({"name": _("Say who signed.")})
    data, ending = _scan(file)
    _refuse_other_day(submission, on)
    found = submission.steps.filter(pk=step).first()
    if found is None:
        raise ValidationError({"step": _("This submission has no such step.")})
    at = timezone.make_aware(datetime.combine(on, NOON))
    made = outside.say(
        submission, found, move, who=Guest(name, function), note=note, shown=shown, by=by,
        at=min(at, timezone.now()),
    )  # fmt: skip
    audit.record("record_paper", submission, by=by, fields=["paper"])
    made.paper.save(f"{secrets.token_hex(16)}.{ending}", ContentFile(data))
    return made


def _scan(file: UploadedFile) -> tuple[bytes, str]:
    """The bytes and the ending of a scan. Refused where it is too large or none."""
    if (file.size or 0) > MOST:
        words = _("The file has more than %(n)d MB. Scan it in grey, or with fewer dots.")
        raise ValidationError({"file": words % {"n": MOST // 1024**2}})
    data = b"".join(file.chunks())
    ending = next((name for name, begin in BEGINS.items() if data.startswith(begin)), "")
    if not ending:
        raise ValidationError({"file": _("This is no PDF, PNG or JPEG, whatever its name says.")})
    return data, ending


def _refuse_other_day(submission: Submission, on: date) -> None:
    if on > timezone.localdate():
        raise ValidationError({"on": _("This day has not come yet.")})
    first = submission.passages.filter(state__in=SENT).order_by("at").first()
    if first is not None and on < timezone.localdate(first.at):
        raise ValidationError({"on": _("On this day the ministry did not have it yet.")})


def papers(submission: Submission) -> QuerySet[Verdict]:
    """What was said on paper to a submission, in order; also what counts no more."""
    rows = Verdict.objects.filter(step__submission=submission).exclude(paper="")
    return rows.select_related("step").order_by("pk")


def seen(member: Member) -> QuerySet[Verdict]:
    """The papers that the member may read."""
    require(rules.can_see_papers(member))
    rows = Verdict.objects.filter(step__administration=member.administration_id)
    return rows.exclude(paper="").select_related("step__submission")


def ending(paper: Verdict) -> str:
    """Which kind of file a scan is."""
    return str(paper.paper.name).rpartition(".")[2]


def file_name(paper: Verdict) -> str:
    """Under what name the scan is handed out."""
    return f"submission-{paper.step.submission.number}-{paper.step.body}-{paper.pk}.{ending(paper)}"
