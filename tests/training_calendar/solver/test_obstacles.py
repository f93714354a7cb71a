"""What stands in the way before anything is planned, and what alone would do."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.training_calendar.solver.instances import small
from tests.training_calendar.solver.test_explain import ALL_NEEDED, AWAY, HALLS, NO_OFFER, only
from tests.training_calendar.solver.test_laws import administrations
from training_calendar.solver.obstacles import Obstacle, obstacles
from training_calendar.solver.solve import solve

CLOSED = "from_date to_date scope scope_id\n2026-01-01 2028-01-01 ALL -"
NOT_RELEASED = CLOSED.replace("ALL -", "STATION A") + "\n2026-01-01 2028-01-01 STATION B"
ON_LEAVE = "staff_id from_date to_date\n" + "\n".join(
    f"{who} 2026-01-01 2028-01-01" for who in ("a1", "a2", "a3", "b1", "b2")
)
HEADING = "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
REST = "\nM2 classroom 1 1 3 100 10 room\nM3 online 1 1 9 20 5 -\nM4 external 2 1 2 0 300 -"
GROUP_OF_FIVE = HEADING + "M1 classroom 2 5 9 0 0 room" + REST
LONG = HEADING + "M1 classroom 6 1 3 0 0 room" + REST
MANY_DAYS = "instructor_id region_id max_days_quarter\nI1 R1 9\nI2 R2 9"
SHUT = "station_id region_id shift max_away\nA R1 0 0\nB R2 1 0"
BOTH_SHORT = f"{ALL_NEEDED}\nB 2027-01-01 2027-12-31 2"
BOUND = {
    "earmarks": "source_id quarter amount\nS Q1 900\nS Q2 500",
    "earmark_modules": "source_id module_id\nS M2",
}
PEAKS = "station_id month\nA 1\nA 2\nB 1\nB 2"

FROM_DATA = [
    (("H01",), {}, {**only("M1"), "modules": LONG, "instructors": MANY_DAYS}),
    (("H02",), {}, {**only("M3"), "blackouts": CLOSED}),
    (("H03",), {}, {**only("M2"), "venues": HALLS}),
    (("H05",), {}, {**only("M2"), "instructor_quals": "instructor_id module_id\nI2 M3"}),
    (("H05",), {}, {**only("M2"), "instructor_unavailable": AWAY}),
    (("H07",), {}, {**only("M4"), "external_offers": NO_OFFER}),
    (("H08",), {}, {**only("M1"), "modules": GROUP_OF_FIVE}),
    (("H11",), {}, {**only("M3"), "leave": ON_LEAVE}),
    (("H12",), {}, {**only("M3"), "blackouts": NOT_RELEASED}),
    (("H13",), {}, {**only("M3"), "stations": SHUT}),
    (("H15",), {}, {**only("M2"), "budget": "quarter amount\nQ1 100\nQ2 0"}),
    (("H16",), {"max_days_staff_year": 1}, only("M1")),
    (("C1",), {}, {**only("M3"), "duty": BOTH_SHORT}),
    (("F2",), {"obeyed": ["F2"]}, {**only("M3"), "peaks": PEAKS}),
    (("H15", "F4"), {"obeyed": ["F4"]}, {**only("M3"), **BOUND}),
    ((), {}, {**only("M2"), "venues": HALLS, "instructor_unavailable": AWAY}),
]


@pytest.mark.parametrize(("rules", "params", "data"), FROM_DATA)
def test_each_rule_that_alone_keeps_everything_from_being_held_is_named(rules, params, data):
    instance = small(params, **data)

    found = obstacles(instance)

    assert (found[0].module_id, found[0].rules) == ("", rules)
    assert [(one.rules, one.people > 0) for one in found[1:]] == [(rules, True)]
    assert solve(instance, effort=3, with_bound=False).sessions == ()


def test_where_one_module_can_be_held_only_the_others_are_named():
    """M2 needs M1, for which nobody is qualified; M3 is taught."""
    found = obstacles(small(instructor_quals="instructor_id module_id\nI1 M2\nI1 M3"))

    assert found == (Obstacle("M1", 4, ("H05",)), Obstacle("M2", 4, ("H05", "H14")))


def test_a_station_that_keeps_its_people_stands_in_nobody_elses_way():
    assert obstacles(small(**only("M3"), duty=ALL_NEEDED)) == ()


def test_where_nobody_needs_anything_that_is_said():
    nothing = small(assessments="staff_id competency_id level")

    assert obstacles(nothing) == (Obstacle("", 0, ()),)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(administrations())
def test_what_is_named_is_never_held(instance):
    named = {one.module_id for one in obstacles(instance)}

    held = {s.module_id for s in solve(instance, effort=10, with_bound=False).sessions}

    assert not named & held
    assert not ("" in named and held)
