import io
import json
import os
import shutil
import signal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from hrplan.management.commands import solve_instance

DATA = Path(__file__).parents[2] / "data" / "planning"


def test_the_command_writes_a_plan_and_says_how_good_it_is(tmp_path):
    out = io.StringIO()

    call_command(
        "solve_instance",
        str(DATA / "mini-1"),
        out=tmp_path,
        effort=60,
        stdout=out,
        stderr=io.StringIO(),
    )

    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "report.json",
        "seats.csv",
        "sessions.csv",
    ]
    assert json.loads((tmp_path / "report.json").read_text())["violations"] == []
    assert "Objective 36." in out.getvalue()
    assert "violations 0" in out.getvalue()


def test_a_bad_folder_is_refused_with_all_its_faults_and_nothing_is_written(tmp_path):
    folder = tmp_path / "bad"
    shutil.copytree(DATA / "mini-1", folder)
    (folder / "venues.csv").unlink()
    (folder / "leave.csv").write_text("staff_id,from_date,to_date\nnobody,soon,2027-01-02\n")

    with pytest.raises(CommandError) as caught:
        call_command("solve_instance", str(folder), out=tmp_path / "out", effort=1)

    told = str(caught.value)
    assert "venues: 'venues.csv' the file is missing" in told
    assert "leave, line 2, from_date: 'soon' this is not a date" in told
    assert "leave, line 2, staff_id: 'nobody' no other table has this id" in told
    assert not (tmp_path / "out").exists()


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no such folder"):
        call_command("solve_instance", str(tmp_path / "none"), out=tmp_path, effort=1)


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_an_end_asked_for_by_the_system_still_writes_the_best_plan(tmp_path, monkeypatch, asked):
    solve = solve_instance.solve

    def ended_at_once(*words, **options):
        os.kill(os.getpid(), asked)
        return solve(*words, **options)

    monkeypatch.setattr(solve_instance, "solve", ended_at_once)
    before = signal.getsignal(asked)

    call_command(
        "solve_instance",
        str(DATA / "mini-1"),
        out=tmp_path,
        effort=1_000_000,
        stdout=io.StringIO(),
        stderr=io.StringIO(),
    )

    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["stopped"], report["violations"]) == (True, [])
    assert (tmp_path / "sessions.csv").exists()
    assert signal.getsignal(asked) == before
