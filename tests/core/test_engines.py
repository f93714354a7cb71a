"""Long work on each engine, with a worker process of its own: the database, and Redis."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ASK = """
from hrplan.core import runs
from hrplan.core.models import Administration, Member, Role, User
from tests.core.engine_task import double
home = Administration.objects.create(slug="engines", name="E", short_name="E", country="BZ")
user = User.objects.create_user("e@engines.example", "a long enough pass-phrase")
member = Member.objects.create(administration=home, user=user, role=Role.HR_OFFICER)
for number in (1, 2, 3):
    runs.ask("test", double, by=member, number=number)
"""
TELL = """
from hrplan.core.models import Run
rows = Run.objects.filter(kind="test").order_by("pk")
print([(run.state, run.attempt, run.result) for run in rows])
"""
DONE = [("done", 1, {"answer": 2}), ("done", 1, {"answer": 4}), ("done", 1, {"answer": 6})]


def manage(env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=["database", "rq"])
def engine(request, tmp_path) -> dict[str, str]:
    redis = os.environ.get("HRPLAN_TEST_REDIS", "")
    if request.param == "rq" and not redis:
        pytest.skip("no Redis is named by HRPLAN_TEST_REDIS")
    return {
        "DJANGO_SETTINGS_MODULE": "hrplan.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'engine.sqlite3'}",
        "HRPLAN_TASKS": request.param,
        "REDIS_URL": redis,
    }


def test_three_runs_are_each_carried_out_once_by_a_worker(engine):
    manage(engine, "migrate", "--verbosity", "0")
    manage(engine, "shell", "-c", ASK)

    manage(engine, "worker", "--batch")

    assert manage(engine, "shell", "-c", TELL).strip().splitlines()[-1] == repr(DONE)
