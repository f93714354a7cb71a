import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.training_calendar.solver.instances import small
from training_calendar.solver.check import check
from training_calendar.solver.explain import reasons_for
from training_calendar.solver.facts import Instance
from training_calendar.solver.measure import levels_after
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.solve import solve

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
    return small(
        {"max_days_staff_year": draw(st.integers(1, 8)), "lambda_smooth": 0.02},
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
