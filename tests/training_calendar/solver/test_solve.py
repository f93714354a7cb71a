import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.training_calendar.solver.instances import PARAMS, small, tables
from training_calendar.solver.check import check
from training_calendar.solver.class_bound import class_bound
from training_calendar.solver.instance import instance_from_tables, read_instance
from training_calendar.solver.solution import Progress, Solution
from training_calendar.solver.solve import solve, write_solution

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[3]
DATA = ROOT / "tests" / "data" / "planning"
BENCH = ROOT.parent / "shared" / "planning"


def folder(name: str) -> Path:
    return DATA / name


def apart(solution: Solution) -> Solution:
    """The solution without what the clock says."""
    return replace(solution, seconds=0.0)


@pytest.mark.parametrize(
    ("name", "least"), [("mini-1", 36.0), ("mini-2", 119.0), ("mini-3", 225.0), ("tiny-1", 275.0)]
)
def test_plans_are_sound_good_and_below_the_bound(name, least):
    solution = solve(read_instance(folder(name)), effort=400)

    assert solution.check.violations == ()
    assert solution.bound is not None
    assert least <= solution.check.objective.z <= solution.bound.value


def test_effort_is_the_same_on_any_number_of_cores(tmp_path):
    solve_two = (
        "import sys; from pathlib import Path\n"
        "from training_calendar.solver.instance import read_instance\n"
        "from training_calendar.solver.solve import solve, write_solution\n"
        "i = read_instance(Path(sys.argv[1]))\n"
        "write_solution(i, solve(i, effort=30, seed=4, with_bound=False), Path(sys.argv[2]))\n"
    )
    for cores, out in (("1", "one"), ("8", "eight")):
        subprocess.run(
            [sys.executable, "-c", solve_two, folder("mini-3"), tmp_path / out],
            check=True,
            cwd=ROOT,
            env={**os.environ, "NUMBA_NUM_THREADS": cores, "PYTHONHASHSEED": cores},
        )

    for name in ("sessions.csv", "seats.csv"):
        assert (tmp_path / "one" / name).read_text() == (tmp_path / "eight" / name).read_text()


def test_the_same_seed_gives_the_same_plan_and_reasons():
    instance = read_instance(folder("mini-3"))

    first, second = (solve(instance, effort=30, seed=1) for _ in range(2))

    assert apart(first) == apart(second)


def test_more_effort_is_never_worse():
    instance = read_instance(folder("mini-2"))

    few, many = (solve(instance, effort=n, with_bound=False) for n in (13, 61))

    assert few.check.objective.z <= many.check.objective.z


def test_a_stop_from_outside_keeps_the_best_plan_so_far():
    told: list[Progress] = []

    def stop_soon(progress: Progress) -> bool:
        told.append(progress)
        return len(told) < 5

    solution = solve(small(), effort=500, progress=stop_soon, with_bound=False)

    assert solution.stopped
    assert solution.effort < 500
    assert solution.check.violations == ()
    assert [p.stage for p in told[:4]] == ["search"] * 4


def test_pinned_sessions_stay_and_their_free_places_are_filled():
    pins = {
        "pinned_sessions": (
            "session_id module_id start_date end_date venue_id instructor_id open\n"
            "p1 M3 2027-01-04 2027-01-04 - I1 1\np2 M1 2027-02-02 2027-02-03 V1 I1 0"
        ),
        "pinned_seats": "session_id staff_id\np1 a1\np2 a1\np2 b1",
    }

    solution = solve(small(**pins), effort=30)

    assert solution.check.violations == ()
    stands = {s.session_id: s for s in solution.sessions}
    assert sorted(stands["p1"].staff_ids) == ["a1", "a2"]
    assert stands["p2"].staff_ids == ("a1", "b1")


def test_nobody_goes_where_the_station_needs_all():
    duty = (
        "station_id from_date to_date minimum\nA 2027-01-01 2027-12-31 3\nB 2027-01-01 2027-12-31 1"
    )

    solution = solve(small(duty=duty), effort=30)

    seated = {who for s in solution.sessions for who in s.staff_ids}
    assert solution.check.violations == ()
    assert seated <= {"b1"}


def test_an_audience_keeps_others_out():
    solution = solve(small(audience="module_id role_id\nM3 Q"), effort=30)

    assert solution.check.violations == ()
    assert "M3" not in {s.module_id for s in solution.sessions}


def test_who_starts_below_a_module_takes_the_step_before_it():
    effects = (
        "module_id competency_id to_level from_level\nM1 C1 2 0\nM2 C1 3 2\nM3 C2 2 0\nM4 C1 3 2"
    )

    solution = solve(small({"lambda_cost": 0.0001}, module_effects=effects), effort=60)

    ends = {(s.module_id, who): s.end_date for s in solution.sessions for who in s.staff_ids}
    late = [(who, day) for (module, who), day in ends.items() if module in ("M2", "M4")]
    assert late
    assert all(ends["M1", who] < day for who, day in late)
    assert solution.check.violations == ()


def test_without_money_nothing_is_planned():
    solution = solve(small(budget="quarter amount\nQ1 0\nQ2 0"), effort=20)

    assert solution.sessions == ()
    assert solution.check.objective.z == 0


def test_without_gaps_nothing_is_planned():
    given = tables(assessments="staff_id competency_id level\na1 C1 3")
    solution = solve(instance_from_tables(given, PARAMS), effort=20)

    assert solution.sessions == ()
    assert solution.bound is not None
    assert solution.bound.value == 0
    assert solution.reasons == ()


def test_files_hold_the_plan_and_its_report(tmp_path):
    instance = small()
    solution = solve(instance, effort=20)

    write_solution(instance, solution, tmp_path)

    lines = (tmp_path / "sessions.csv").read_text().splitlines()
    assert lines[0] == "session_id,module_id,start_date,end_date,venue_id,instructor_id"
    assert len(lines) == 1 + len(solution.sessions)
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["objective"]["z"] == solution.check.objective.z
    assert report["parameters"]["lambda_cost"] == 0.001
    assert report["reasons"]["not_assessed"] == 1


@pytest.mark.skipif(
    not BENCH.is_dir(), reason="../shared/planning does not stand beside the project"
)
@pytest.mark.parametrize("name", ["mini-1", "mini-2", "mini-3", "tiny-1", "small-1"])
def test_the_outside_checker_agrees(name, tmp_path):
    instance = read_instance(BENCH / name)
    solution = solve(instance, effort=30, with_bound=False)
    write_solution(instance, solution, tmp_path)

    done = subprocess.run(
        [sys.executable, BENCH / "check.py", BENCH / name, tmp_path, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    judged = json.loads(done.stdout)
    assert (done.returncode, judged["violations"]) == (0, 0)
    assert judged["Z"] == pytest.approx(solution.check.objective.z, abs=1e-6)
    assert check(instance, solution.sessions) == solution.check


@pytest.mark.skipif(
    not BENCH.is_dir(), reason="../shared/planning does not stand beside the project"
)
def test_the_bound_by_classes_is_that_of_the_outside_checker_and_the_printed_one_tighter():
    done = subprocess.run(
        [sys.executable, BENCH / "check.py", BENCH / "mini-3", "--bound", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )

    outside = json.loads(done.stdout)["upper"]["bound"]
    instance = read_instance(BENCH / "mini-3")

    bound = solve(instance, effort=1).bound

    assert class_bound(instance).value == pytest.approx(outside, rel=1e-4)
    assert bound is not None
    assert bound.value <= 0.93 * outside


def test_without_rooms_trainers_and_offers_nothing_is_planned_and_each_gap_says_why():
    bare = small(
        venues="venue_id region_id kind capacity cost_day",
        venue_closed="venue_id from_date to_date",
        instructors="instructor_id region_id max_days_quarter",
        instructor_quals="instructor_id module_id",
        instructor_unavailable="instructor_id from_date to_date",
        external_offers="offer_id module_id start_date end_date seats region_id",
        travel="from_region to_region trip_cost",
    )

    solution = solve(bare, effort=5)

    assert solution.sessions == ()
    assert solution.bound is not None
    assert solution.bound.value == 0
    assert {r.key for r in solution.reasons} == {"no-trainer", "no-offer"}
