"""A worker killed in the middle of each kind of long work: it is done again, or says it failed."""

import json
import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from tests.tables import lay_out

pytestmark = pytest.mark.long
ROOT = Path(__file__).resolve().parents[2]
KINDS = ("schedule", "replan", "move", "scenarios", "export", "plan")
SCRIPT = """
import json, os, signal, subprocess, sys, time
from datetime import timedelta
from pathlib import Path
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hrplan.core.models import Member, Run
from hrplan.imports.usecases import exports
from tests.furnish import planned
from training_calendar.models import TrainingSession
from training_calendar.usecases import calendars, improving, moves, places, plans
from training_calendar.usecases import replanning, scenarios

call_command("migrate", verbosity=0)
customs = planned()
officer = Member.objects.get(administration=customs, role="hr_officer")
calendar = calendars.current_calendar(customs)
ahead = TrainingSession.objects.filter(calendar=calendar, status="planned", offer=None)
ahead = ahead.select_related("administration", "module", "calendar__plan", "venue", "trainer",
                             "calendar__administration").order_by("starts_on")
held = ahead.filter(starts_on__gt=customs.as_of)
ASK = {
    "schedule": lambda: improving.ask_for_schedule(calendar, by=officer),
    "replan": lambda: replanning.ask_for_replan(held[0], reason="Ill", by=officer),
    "move": lambda: move(held[1]),
    "scenarios": lambda: scenarios.ask_for_scenarios(calendar.plan, by=officer),
    "export": lambda: exports.ask(by=officer),
    "plan": lambda: plans.ask_for_plan(by=officer),
}
OVER = {"done", "failed", "stopped"}


def move(session):
    day = places.nearest_places(session, by=officer)[0].wish.starts_on
    return moves.ask_for_move(session, starts_on=day, reason="Ill", by=officer)


def worker():
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "manage.py", "worker"]
    return subprocess.Popen(command, start_new_session=True, **quiet)


def below(pid):
    files = Path(f"/proc/{pid}/task").glob("*/children")
    mine = [int(one) for file in files for one in file.read_text().split()]
    return [pid, *(deeper for one in mine for deeper in below(one))]


def kill(process):
    for pid in below(process.pid):
        os.kill(pid, signal.SIGKILL)
    process.wait()


def until(run, holds, seconds):
    begun = time.monotonic()
    while time.monotonic() - begun < seconds:
        run.refresh_from_db()
        if holds(run):
            return
        time.sleep(0.02)


told = {}
for at, kind in enumerate(os.environ["KINDS"].split(",")):
    run = ASK[kind]()
    first = worker()
    until(run, lambda one: one.state != "waiting", 60)
    kill(first)
    run.refresh_from_db()
    was = run.state
    if at:  # time passes; only the first is waited for
        Run.objects.filter(pk=run.pk, state="running").update(
            lease_until=timezone.now() - timedelta(seconds=1))
    two = [worker(), worker()]
    until(run, lambda one: one.state in OVER, 900)
    for one in two:
        kill(one)
    told[kind] = {"was": was, "state": run.state, "attempt": run.attempt, "error": run.error[:200]}
many = [exports.ask(by=officer) for _ in range(6)]
two = [worker(), worker()]
for run in many:
    until(run, lambda one: one.state in OVER, 300)
for one in two:
    kill(one)
told["many"] = sorted({(run.state, run.attempt) for run in many})
print(json.dumps(told))
"""


@pytest.fixture(params=["sqlite", "postgresql", "rq"])
def engine(request, tmp_path):
    """The settings of each engine; of PostgreSQL a database of its own."""
    env = {"HRPLAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "hrplan.settings"}
    env |= {"HRPLAN_TASKS": "database", "DATABASE_URL": f"sqlite:///{tmp_path / 'killed.sqlite3'}"}
    server = os.environ.get("DATABASE_URL", "")
    if request.param == "postgresql":
        if not server.startswith("postgres"):
            pytest.skip("no PostgreSQL is named by DATABASE_URL")
        import psycopg  # noqa: PLC0415 -- only with PostgreSQL

        name = f"killed_{uuid4().hex[:8]}"
        with psycopg.connect(server, autocommit=True) as database:
            database.execute(f"CREATE DATABASE {name}")
            yield env | {"DATABASE_URL": f"{server.rpartition('/')[0]}/{name}"}
            database.execute(f"DROP DATABASE {name} WITH (FORCE)")
        return
    if request.param == "rq":
        redis = os.environ.get("HRPLAN_TEST_REDIS", "")
        if not redis:
            pytest.skip("no Redis is named by HRPLAN_TEST_REDIS")
        env |= {"HRPLAN_TASKS": "rq", "REDIS_URL": redis}
    lay_out(tmp_path / "killed.sqlite3")
    yield env


def test_work_whose_worker_is_killed_is_taken_up_again_and_by_one_alone(engine):
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", SCRIPT],
        cwd=ROOT,
        env=os.environ | engine | {"KINDS": ",".join(KINDS)},
        capture_output=True,
        text=True,
        timeout=2400,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout.splitlines()[-1])

    assert told.pop("many") == [["done", 1]]
    assert {kind: one["state"] for kind, one in told.items()} == dict.fromkeys(KINDS, "done"), told
    assert all(one["attempt"] == 2 for one in told.values() if one["was"] == "running"), told
    assert any(one["was"] == "running" for one in told.values())
