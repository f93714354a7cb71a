"""Long work on each engine, with a worker process of its own: the database, and Redis."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.tables import lay_out

pytestmark = pytest.mark.whole

ROOT = Path(__file__).resolve().parents[2]
ASK = """
from django.core.management import call_command
from hrplan.core import runs
from hrplan.core.models import Administration, Member, Role, User
from tests.core.engine_task import double
call_command("migrate", verbosity=0)
home = Administration.objects.create(slug="engines", name="E", short_name="E", country="BZ")
user = User.objects.create_user("e@engines.example", "a long enough pass-phrase")
member = Member.objects.create(administration=home, user=user, role=Role.HR_OFFICER)
for number in (1, 2, 3):
    runs.ask("test", double, by=member, number=number)
"""
TELL = "SELECT state, attempt, result FROM core_run WHERE kind = 'test' ORDER BY id"
DONE = [("done", 1, {"answer": number}) for number in (2, 4, 6)]


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
    lay_out(tmp_path / "engine.sqlite3")
    return {
        "DJANGO_SETTINGS_MODULE": "hrplan.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'engine.sqlite3'}",
        "HRPLAN_TASKS": request.param,
        "REDIS_URL": redis,
    }


def test_three_runs_are_each_carried_out_once_by_a_worker(engine):
    manage(engine, "shell", "-c", ASK)

    manage(engine, "worker", "--batch")

    with closing(sqlite3.connect(engine["DATABASE_URL"].removeprefix("sqlite:///"))) as database:
        rows = [
            (state, number, json.loads(result)) for state, number, result in database.execute(TELL)
        ]
    assert rows == DONE
