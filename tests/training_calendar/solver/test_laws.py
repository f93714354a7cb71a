import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training_calendar.solver.instances import PARAMS, START, calendar, small, tables
from tests.training_calendar.solver.test_solve import BENCH
from training_calendar.solver.check import check
from training_calendar.solver.explain import reasons_for
from training_calendar.solver.facts import Instance
from training_calendar.solver.instance import instance_from_tables
from training_calendar.solver.measure import levels_after
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.solve import solve, write_sessions
from training_calendar.solver.tables import InstanceError

pytestmark = pytest.mark.slow
LEVEL = st.integers(0, 3)
DAYS = st.integers(0, 55)


@st.composite
def administrations(draw) -> Instance:
    """The small administration with levels, leave, limits, prices and ladders drawn at random."""
    people = ["a1", "a2", "a3", "b1", "b2"]
    rated = [
        f"{who} {c} {draw(LEVEL)}" for who in people for c in ("C1", "C2") if draw(st.booleans())
    ]
    away = draw(st.lists(st.tuples(st.sampled_from(people), DAYS, st.integers(0, 9)), max_size=5))
    leave = [f"{who} {_day(first)} {_day(first + n)}" for who, first, n in away]
    steps = draw(st.sampled_from(["", "\nM2 M1", "\nM2 M1\nM3 M2"]))
    least, spare = draw(st.integers(1, 3)), draw(st.integers(0, 3))
    duty = f"station_id from_date to_date minimum\nA 2027-01-01 2027-12-31 {spare}"
    modules = (
        "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
        f"M1 classroom {draw(st.integers(1, 5))} {least} 3 {draw(st.integers(0, 300))} 10 room\n"
        f"M2 classroom {draw(st.integers(1, 3))} 1 2 100 10 hall\n"
        "M3 online 1 1 9 20 5 -\nM4 external 2 1 2 0 30 -"
    )
    effects = (
        "module_id competency_id to_level from_level\nM1 C1 2 0\n"
        f"M2 C1 3 {draw(st.integers(0, 2))}\nM3 C2 2 0\nM4 C1 3 {draw(st.integers(0, 2))}"
    )
    quals = "instructor_id module_id\nI1 M1\nI2 M2\nI1 M3\nI2 M3"
    money = f"quarter amount\nQ1 {draw(st.integers(0, 1500))}\nQ2 {draw(st.integers(0, 1500))}"
    peaks = draw(st.lists(st.sampled_from(["A 1", "A 2", "B 1", "B 2"]), unique=True))
    obeyed = draw(st.lists(st.sampled_from(["F1", "F2", "F3", "F4"]), unique=True))
    days = draw(st.integers(1, 8))
    bound = "\n".join(f"{name} {draw(st.integers(0, 800))}" for name in ("S Q1", "S Q2", "T Q1"))
    return small(
        {"max_days_staff_year": days, "lambda_smooth": 0.02, "obeyed": obeyed},
        earmarks=f"source_id quarter amount\n{bound}",
        earmark_modules=f"source_id module_id\nS {draw(st.sampled_from(['M1', 'M3', 'M9']))}",
        earmark_windows=f"source_id from_date to_date\nT {_day(draw(DAYS))} 2027-03-20",
        peaks="\n".join(["station_id month", *peaks]),
        stations=f"station_id region_id shift max_away max_week\nA R1 0 3 {least}\nB R2 1 1 1",
        assessments="\n".join(["staff_id competency_id level", *rated]),
        leave="\n".join(["staff_id from_date to_date", *leave]),
        prerequisites="module_id requires_module_id" + steps,
        modules=modules,
        module_effects=effects,
        instructor_quals=quals,
        duty=duty,
        budget=money,
    )


def _day(number: int) -> str:
    return f"2027-{1 + number // 28:02d}-{1 + number % 28:02d}"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(administrations(), st.integers(0, 9))
def test_whatever_is_planned_passes_the_checker_below_the_bound(instance, seed):
    solution = solve(instance, effort=20, seed=seed)

    assert solution.check.violations == ()
    assert solution.check.objective.z >= -1e-9
    assert solution.bound is not None
    assert solution.check.objective.z <= solution.bound.value + 1e-6
    assert check(instance, solution.sessions) == solution.check


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(administrations())
def test_every_gap_left_open_has_one_reason(instance):
    sessions = solve(instance, effort=5, with_bound=False).sessions

    level, _, closed = levels_after(instance, placed_sessions(instance, sessions))
    reasons = reasons_for(instance, sessions)

    left = ((instance.required - level) * (level >= 0)).clip(min=0)
    assert len({(r.staff_id, r.competency_id) for r in reasons}) == len(reasons)
    assert len(reasons) == int((left > 0).sum())
    assert sum(r.weight for r in reasons) + closed == instance.total_weighted_gap


BREAKS = {
    "circle": {"prerequisites": "module_id requires_module_id\nM2 M1\nM1 M2"},
    "self": {"prerequisites": "module_id requires_module_id\nM1 M1"},
    "no rooms": {
        "venues": "venue_id region_id kind capacity cost_day",
        "venue_closed": "venue_id from_date to_date",
    },
    "room for nobody": {"venues": "venue_id region_id kind capacity cost_day\nV1 R1 room 0 15"},
    "no money": {"budget": "quarter amount\nQ1 0\nQ2 0"},
    "no budget at all": {"budget": "quarter amount"},
    "all on leave": {
        "leave": "staff_id from_date to_date\n"
        + "\n".join(f"{who} 2026-01-01 2028-01-01" for who in ("a1", "a2", "a3", "b1", "b2"))
    },
    "needed by nobody": {
        "module_effects": "module_id competency_id to_level\nM1 C3 5\nM2 C3 1",
        "competencies": "competency_id weight\nC1 1\nC2 2\nC3 3",
    },
    "no effects": {"module_effects": "module_id competency_id to_level"},
    "nobody assessed": {"assessments": "staff_id competency_id level"},
    "no profiles": {"role_profiles": "role_id competency_id required_level weight"},
    "nobody may be away": {"stations": "station_id region_id shift max_away\nA R1 0 0\nB R2 1 0"},
    "weightless": {"competencies": "competency_id weight\nC1 0\nC2 0"},
    "closed": {"blackouts": "from_date to_date scope scope_id\n2026-01-01 2028-01-01 ALL -"},
    "too long": {
        "modules": (
            "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
            "M1 classroom 9 2 3 100 10 room\nM2 classroom 6 1 3 100 10 room\n"
            "M3 online 400 1 9 20 5 -\nM4 external 2 9 2 0 300 -"
        )
    },
    "groups of none": {
        "modules": (
            "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
            "M1 classroom 2 0 0 100 10 room\nM2 classroom 1 3 2 100 10 room\n"
            "M3 online 1 0 9 0 0 -\nM4 external 2 0 0 0 0 -"
        )
    },
    "no modules": {
        "modules": (
            "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind"
        ),
        "module_effects": "module_id competency_id to_level",
        "prerequisites": "module_id requires_module_id",
        "instructor_quals": "instructor_id module_id",
        "external_offers": "offer_id module_id start_date end_date seats region_id",
    },
}
"""What planning tables may lack or hold wrongly, by name."""


def broken(names: list[str]) -> dict:
    """The tables of the small administration with all these breaks; later ones win."""
    changed = {name: text for key in names for name, text in BREAKS[key].items()}
    return tables(**changed)


def read_or_faults(given_tables: dict, params: dict) -> Instance | set[str]:
    """The instance, or the reasons for which the tables are refused."""
    try:
        return instance_from_tables(given_tables, params)
    except InstanceError as error:
        return {fault.reason for fault in error.faults}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.sampled_from(sorted(BREAKS)), min_size=1, max_size=3, unique=True),
    st.integers(1, 8),
    st.sampled_from([1, 2, 4, 8]),
)
def test_a_broken_administration_gets_a_plan_without_fault_or_the_fault_named(names, days, weeks):
    given_tables = {**broken(names), "calendar": calendar(weeks)}
    instance = read_or_faults(given_tables, {**PARAMS, "max_days_staff_year": days})
    if not isinstance(instance, Instance):
        assert instance
        return

    solution = solve(instance, effort=20)

    assert solution.check.violations == ()
    assert solution.bound is not None
    assert -1e-9 <= solution.check.objective.z <= solution.bound.value + 1e-6


@pytest.mark.skipif(
    not BENCH.is_dir(), reason="../shared/planning does not stand beside the project"
)
@pytest.mark.parametrize("name", sorted(BREAKS))
def test_the_outside_checker_finds_no_fault_in_plans_of_broken_administrations(name, tmp_path):
    given_tables = broken([name])
    instance = read_or_faults(given_tables, PARAMS)
    if not isinstance(instance, Instance):
        assert instance <= {"circle", "unknown-reference"}
        return
    folder, out = tmp_path / "tables", tmp_path / "plan"
    folder.mkdir()
    _write_folder(folder, given_tables)

    write_sessions(solve(instance, effort=20, with_bound=False).sessions, out)

    done = subprocess.run(
        [sys.executable, BENCH / "check.py", folder, out, "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["violations"] == 0


def _write_folder(folder: Path, given_tables: dict) -> None:
    """Planning tables with the columns that the interchange format has besides."""
    for name, table in given_tables.items():
        extra = {"calendar": {"day": range(len(table))}, "stations": {"kind": "post"}}
        extra["staff"] = {"grade": 1}
        extra["competencies"] = {"family": "core"}
        table.assign(**extra.get(name, {})).to_csv(folder / f"{name}.csv", index=False)
    lines = [f"{key} = {value}" for key, value in PARAMS.items() if key != "horizon_start"]
    end = START.replace(month=2, day=28)
    lines += [f"horizon_start = {START}", f"horizon_end = {end}", 'name = "broken"']
    (folder / "params.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
