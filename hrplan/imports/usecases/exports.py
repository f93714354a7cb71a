"""Tables out: every table in one workbook, written by a worker and kept for some days.

The file holds names and ratings. It lies outside what a backup holds, under a name that cannot be
guessed, and is removed after `KEPT`; who asked for it and who took it is on record.
"""

import secrets
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan import workbook
from hrplan.core import audit, rules, runs, storing
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Run, RunState

KIND = "export"
KEPT = timedelta(days=3)
LISTED = 5


def ask(*, by: Member) -> Run:
    """Ask for a workbook of every table, in the language of who asks."""
    require(rules.can_import(by))
    run = runs.ask(KIND, export_task, by=by, language=translation.get_language() or "en")
    audit.record("export", run, by=by)
    return run


@task()
def export_task(run_id: int) -> None:
    """Write the workbook of a run."""
    runs.carry_out(run_id, _write)


def _write(run: Run, watch: runs.Watch) -> dict[str, Any]:
    forget_old()
    stored = f"{secrets.token_hex(16)}.xlsx"
    language = translation.override(run.parameters["language"])

    def on(percent: float, message: str) -> None:
        if not watch(percent, message):
            raise runs.Stopped

    with language, storing.whole_file(_folder() / stored) as part:
        tables = workbook.write_book(run.administration, part, on)
    url = reverse("export_file", args=[run.administration.slug, run.pk])
    return {"url": url, "stored": stored, "tables": tables}


def kept(administration: Administration) -> Sequence[Run]:
    """The latest workbooks that can still be taken."""
    done = _done(administration).filter(finished_at__gt=timezone.now() - KEPT)
    return [run for run in done.select_related("by__user")[:LISTED] if _path(run).exists()]


def take(pk: int, *, by: Member) -> tuple[str, Path]:
    """A finished workbook: what to call it, and where it lies. Recorded."""
    require(rules.can_import(by))
    run = get_object_or_404(_done(by.administration), pk=pk)
    path = _path(run)
    if not path.exists():
        raise Http404(_("This workbook is no longer kept; ask for a new one."))
    audit.record("download export", run, by=by)
    day = timezone.localdate(run.finished_at)
    return f"{by.administration.slug}-{day.isoformat()}.xlsx", path


def forget_old() -> int:
    """Remove the workbooks that were kept long enough. [files]"""
    oldest = (timezone.now() - KEPT).timestamp()
    old = [path for path in _folder().glob("*.xlsx") if path.stat().st_mtime < oldest]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _done(administration: Administration) -> QuerySet[Run]:
    return Run.objects.of(administration).filter(kind=KIND, state=RunState.DONE)


def _folder() -> Path:
    return Path(settings.EXPORTS_ROOT)


def _path(run: Run) -> Path:
    return _folder() / Path(run.result["stored"]).name
