"""Long work: asked for as a `Run`, carried out by the task engine, watched and stopped.

The work itself is a function `work(run, watch) -> result` that an app's task passes to
`carry_out`; the task is given the run's id alone, so that every engine can carry it.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from hrplan.core.access import can_manage_runs, require
from hrplan.core.models import Member, Run, RunState

LEASE = timedelta(seconds=60)
"""How long a run whose worker says nothing counts as being worked on."""
BEAT = 10.0
"""Seconds between two signs of life of a worker, whatever its work does meanwhile."""
ATTEMPTS = 3


class Stopped(Exception):
    """The run was asked to stop; its work ends without a result."""


class Watch:
    """Tells the run's row how far the work is; learns from it whether to stop."""

    def __init__(self, run: Run) -> None:
        self.run = run

    def __call__(self, percent: float, message: str = "") -> bool:
        """Note the progress and renew the lease; False when the run shall stop.

        Also where the run was given to another worker, as this one seemed to be gone.
        """
        rows = _own(self.run)
        rows.update(
            progress=max(0, min(100, int(percent))),
            message=message[:200],
            lease_until=timezone.now() + LEASE,
        )
        return rows.filter(stop_requested=False).exists()


def _own(run: Run) -> QuerySet[Run]:
    """The run while it is worked on by whoever claimed it with this attempt."""
    return Run.objects.filter(pk=run.pk, state=RunState.RUNNING, attempt=run.attempt)


@contextmanager
def _signs_of_life(run: Run) -> Iterator[None]:
    """While the work lasts, its lease is renewed from a thread beside it."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            try:
                _own(run).update(lease_until=timezone.now() + LEASE)
            except DatabaseError:
                continue  # the next sign may come through
            finally:
                connections.close_all()

    beside = threading.Thread(target=beat, daemon=True)
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def claim(run_id: int) -> Run | None:
    """Take the run for work; None where another worker has it or it is over."""
    now = timezone.now()
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, lease_until__lt=now)
    taken = Run.objects.filter(free, pk=run_id).update(
        state=RunState.RUNNING,
        attempt=F("attempt") + 1,
        lease_until=now + LEASE,
        started_at=now,
        error="",
    )
    return Run.objects.select_related("administration", "by").get(pk=run_id) if taken else None


def carry_out(run_id: int, work: Callable[[Run, Watch], dict[str, Any]]) -> None:
    """Do the work of a run once, and keep its result, the words of its refusal, or its fault."""
    run = claim(run_id)
    if run is None:
        return
    try:
        with _signs_of_life(run):
            result = work(run, Watch(run))
    except Stopped:
        _finish(run, RunState.STOPPED)
    except ValidationError as refusal:
        _finish(run, RunState.FAILED, error="\n".join(refusal.messages))
    except Exception as error:
        _finish(run, RunState.FAILED, error=f"{type(error).__name__}: {error}")
        raise
    else:
        _finish(run, RunState.DONE, result=result, progress=100)


def _finish(run: Run, state: str, **fields: Any) -> None:
    fields |= {"state": state, "finished_at": timezone.now(), "lease_until": None}
    _own(run).update(**fields)


@transaction.atomic
def ask(
    kind: str, task: Task, *, by: Member, allowed: bool | None = None, **parameters: Any
) -> Run:
    """Save a waiting run, and hand its task to the engine once it is committed.

    allowed : the answer of the work's own rule; without one, only HR officers may ask
    """
    require(can_manage_runs(by) if allowed is None else allowed)
    run = Run.objects.create(
        administration=by.administration,
        kind=kind,
        task=task.module_path,
        by=by,
        parameters=parameters,
    )
    transaction.on_commit(lambda: task.enqueue(run.pk))
    return run


def stop(run: Run, *, by: Member) -> None:
    """Ask a run to stop; one that never started is stopped at once."""
    require(can_manage_runs(by) and run.administration_id == by.administration_id)
    rows = Run.objects.filter(pk=run.pk)
    if not rows.filter(state=RunState.WAITING).update(
        state=RunState.STOPPED, finished_at=timezone.now()
    ):
        rows.filter(state=RunState.RUNNING).update(stop_requested=True)


def reap() -> int:
    """Hand runs whose worker vanished out again; after three attempts they fail. [runs]"""
    lost = Run.objects.filter(state=RunState.RUNNING, lease_until__lt=timezone.now())
    failed = lost.filter(attempt__gte=ATTEMPTS).update(
        state=RunState.FAILED, error="The worker vanished three times.", finished_at=timezone.now()
    )
    again = list(lost.filter(attempt__lt=ATTEMPTS))
    for run in again:
        if lost.filter(pk=run.pk).update(state=RunState.WAITING, lease_until=None):
            import_string(run.task).enqueue(run.pk)
    return failed + len(again)
