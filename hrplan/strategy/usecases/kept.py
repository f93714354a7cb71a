"""The computed indicators as they were last computed: long work with many staff, so kept.

They are computed when the HR officer asks for it and whenever versions of the documents are made.
"""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from hrplan.core import runs
from hrplan.core.access import require
from hrplan.core.indicators import Found
from hrplan.core.models import Administration, AuditEntry, Member, Run, RunState
from hrplan.strategy import rules
from hrplan.strategy.usecases.computed import found_today, worded
from hrplan.strategy.usecases.lines import Computed

KIND = "indicators"
NO_RECORDS = Q(table__startswith="deliverables.") | Q(table="core.run")  # they change no figure


@dataclass(frozen=True, slots=True)
class Kept:
    """What was computed then; `is_stale`: records have changed since."""

    lines: tuple[Computed, ...]
    made_at: datetime
    is_stale: bool


def kept_indicators(administration: Administration) -> Kept | None:
    """The last computed ones; None where they never were."""
    done = Run.objects.of(administration).filter(kind=KIND, state=RunState.DONE)
    last = done.order_by("-finished_at").first()
    if last is None or last.finished_at is None:
        return None
    found = {code: Found(**one) for code, one in last.result["found"].items()}
    stale = last.result["stamp"] != _stamp(administration)
    return Kept(worded(administration, found), last.finished_at, stale)


def ask_for_indicators(*, by: Member) -> Run:
    """Ask for all of them to be computed from the records as they stand."""
    require(rules.can_see_strategy(by))
    return runs.ask(KIND, indicators_task, by=by)


@task()
def indicators_task(run_id: int) -> None:
    """Compute the indicators of a run's administration."""
    runs.carry_out(run_id, _work)


def _work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    if not watch(10):
        raise runs.Stopped
    return _result(run.administration)


def keep_indicators(administration: Administration, *, by: Member | None) -> Run:
    """Compute and keep them at once, within other work."""
    now = timezone.now()
    return Run.objects.create(
        administration=administration,
        kind=KIND,
        task=indicators_task.module_path,
        by=by,
        state=RunState.DONE,
        progress=100,
        started_at=now,
        finished_at=timezone.now(),
        result=_result(administration),
    )


def _result(administration: Administration) -> dict[str, Any]:
    stamp = _stamp(administration)
    found = {code: asdict(one) for code, one in found_today(administration).items()}
    url = reverse("strategy:computed_list", args=[administration.slug])
    return {"url": url, "stamp": stamp, "found": found}


def _stamp(administration: Administration) -> str:
    """Differs where anything was recorded that may change a figure, or the as-of date moved."""
    traces = AuditEntry.objects.of(administration).exclude(NO_RECORDS)
    newest = traces.aggregate(newest=Max("pk"))["newest"]
    return f"{administration.as_of}-{newest}"
