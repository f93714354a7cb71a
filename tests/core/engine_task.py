"""A piece of long work for the tests of the task engines."""

from typing import Any

from django_tasks import task

from hrplan.core import runs
from hrplan.core.models import Run


@task()
def double(run_id: int) -> None:
    runs.carry_out(run_id, _double)


def _double(run: Run, watch: runs.Watch) -> dict[str, Any]:
    watch(50, "half done")
    return {"answer": 2 * run.parameters["number"]}
