from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.training_calendar.solver.instances import GOOD, session, small
from training_calendar.solver.check import check
from training_calendar.solver.explain import reasons_for
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.instance import read_instance
from training_calendar.solver.measure import levels_after
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.remedies import remedies
from training_calendar.solver.remedy import KINDS, Remedy, changed
from training_calendar.solver.solve import solve

pytestmark = pytest.mark.whole

PLANNING = Path(__file__).parents[2] / "data" / "planning"
THIRTY = 30
HALLS = "venue_id region_id kind capacity cost_day\nV1 R1 hall 3 15\nV2 R2 hall 3 15"
NO_OFFER = "offer_id module_id start_date end_date seats region_id"
AWAY = "instructor_id from_date to_date\nI1 2027-01-01 2027-12-31"
ALL_NEEDED = "station_id from_date to_date minimum\nA 2027-01-01 2027-12-31 3"
SMALLEST = (
    "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
    "M1 classroom 2 5 9 0 0 room\nM2 classroom 1 1 3 0 0 room\n"
    "M3 online 1 1 9 0 0 -\nM4 external 2 1 2 0 300 -"
)
FULL = "offer_id module_id start_date end_date seats region_id\nX1 M4 2027-02-01 2027-02-02 1 R1"


def only(module: str) -> dict[str, str]:
    """Effects of one module alone, and nothing that must come first."""
    return {
        "module_effects": f"module_id competency_id to_level\n{module} C1 3",
        "prerequisites": "module_id requires_module_id",
    }


def found(instance: Instance, sessions: tuple[Session, ...] = ()) -> dict[tuple, Remedy]:
    made = remedies(instance, sessions, reasons_for(instance, sessions))
    return {(one.staff_id, one.competency_id): one for one in made}


def joined(sessions: tuple[Session, ...], remedy: Remedy) -> tuple[Session, ...]:
    """The calendar with the places that a remedy gives."""
    new = {one.session_id: one for one in remedy.sessions}
    return (*(new.pop(one.session_id, one) for one in sessions), *new.values())


def is_met(instance: Instance, sessions: tuple[Session, ...], remedy: Remedy) -> bool:
    """Whether the calendar obeys every rule and the person reaches the level required."""
    if check(instance, sessions).violations:
        return False
    level = levels_after(instance, placed_sessions(instance, sessions))[0]
    person = instance.staff.ids.index(remedy.staff_id)
    topic = instance.competency_ids.index(remedy.competency_id)
    return bool(level[person, topic] >= instance.required[person, topic])


KIND_FROM_DATA = [
    ("session", only("M3")),
    ("trainer", {**only("M2"), "instructor_quals": "instructor_id module_id\nI2 M3"}),
    ("venue", {**only("M2"), "venues": HALLS}),
    ("offer", {**only("M4"), "external_offers": NO_OFFER}),
    ("trainer", {**only("M2"), "instructor_unavailable": AWAY}),
    ("money", {**only("M2"), "budget": "quarter amount\nQ1 100\nQ2 0"}),
    ("cover", {**only("M3"), "duty": ALL_NEEDED}),
    ("leave", {**only("M3"), "leave": "staff_id from_date to_date\na1 2027-01-01 2027-12-31"}),
    ("group", {**only("M1"), "modules": SMALLEST}),
    ("audience", {**only("M3"), "audience": "module_id role_id\nM3 Q"}),
    ("level", {"module_effects": "module_id competency_id to_level\nM3 C1 2"}),
    ("course", {"module_effects": "module_id competency_id to_level\nM3 C2 2"}),
]


@pytest.mark.parametrize(("kind", "data"), KIND_FROM_DATA)
def test_the_change_named_is_what_is_lacking_and_with_it_the_need_is_met(kind, data):
    instance = small(**data)

    remedy = found(instance)["a1", "C1"]

    assert remedy.kind == kind
    assert is_met(changed(instance, remedy), remedy.sessions, remedy)


@pytest.mark.parametrize(("kind", "data"), [row for row in KIND_FROM_DATA if row[0] != "session"])
def test_without_the_change_the_same_places_break_a_rule_or_lead_nowhere(kind, data):
    instance = small(**data)
    remedy = found(instance)["a1", "C1"]

    assert not is_met(instance, remedy.sessions, remedy)


AWAY_A3 = "staff_id from_date to_date\na3 2027-01-01 2027-12-31"
AWAY_A2 = "staff_id from_date to_date\na2 2027-01-01 2027-12-31"
TWO_HOLD = "staff_id competency_id level\na1 C1 1\na1 C2 2\na2 C2 2\na3 C2 1"
ALL_BOUND = {
    "earmarks": "source_id quarter amount\nS Q1 900\nS Q2 500",
    "earmark_modules": "source_id module_id\nS M1",
}
BY_FURTHER_RULES = [
    ("peak", {"obeyed": ["F2"]}, {**only("M3"), "peaks": "station_id month\nA 1\nA 2"}),
    ("money", {"obeyed": ["F4"]}, {**only("M3"), **ALL_BOUND}),
    ("pair", {"obeyed": ["F3"]}, {**only("M3"), "assessments": TWO_HOLD, "leave": AWAY_A2}),
    ("week", {"obeyed": ["F1"]}, {**only("M3"), "courses": AWAY_A3, "leave": AWAY_A3}),
]


@pytest.mark.parametrize(("kind", "params", "data"), BY_FURTHER_RULES)
def test_an_exception_from_a_further_rule_that_blocks_meets_the_need(kind, params, data):
    instance = small(params, **data)

    remedy = found(instance)["a1", "C1"]

    assert [one.kind for one in remedy.changes] == [kind]
    if kind in {"peak", "week"}:
        assert instance.stations.ids[remedy.changes[0].at] == "A"
    assert is_met(changed(instance, remedy), remedy.sessions, remedy)
    assert not is_met(instance, remedy.sessions, remedy)


def test_a_need_that_lacks_nothing_takes_a_free_place_before_a_new_session():
    instance = small(**only("M2"))
    held = (session("s1", "M2", "2027-01-06", 1, "b1"),)

    remedy = found(instance, held)["a1", "C1"]

    assert (remedy.kind, remedy.changes) == ("seat", ())
    assert remedy.sessions[0].staff_ids == ("b1", "a1")
    assert remedy.cost == 10


def test_one_more_place_in_a_full_course_abroad_is_named():
    instance = small(**only("M4"), external_offers=FULL, budget="quarter amount\nQ1 0\nQ2 900")
    held = (session("s1", "M4", "2027-02-01", 2, "a2", where="X1", by=""),)

    remedy = found(instance, held)["a1", "C1"]

    assert (remedy.kind, remedy.changes[0].amount) == ("place", 2)
    assert is_met(changed(instance, remedy), joined(held, remedy), remedy)


def test_what_must_come_first_is_part_of_the_change():
    instance = small(module_effects="module_id competency_id to_level\nM1 C2 2\nM2 C1 3")

    remedy = found(instance)["a1", "C1"]

    assert [one.module_id for one in remedy.sessions] == ["M1", "M2"]
    assert is_met(changed(instance, remedy), remedy.sessions, remedy)


def test_money_lacking_is_told_to_the_unit_that_is_short():
    instance = small(**only("M2"), budget="quarter amount\nQ1 100.5\nQ2 0")

    remedy = found(instance)["a1", "C1"]

    assert remedy.cost == 125  # 100 a session, 15 the room, 10 the place
    assert [(one.kind, one.amount) for one in remedy.changes] == [("money", 25)]


def test_days_used_up_are_the_change_where_nothing_else_lacks():
    instance = small({"max_days_staff_year": 1}, **only("M4"))

    remedy = found(instance)["a1", "C1"]

    assert [one.kind for one in remedy.changes] == ["days"]
    assert remedy.changes[0].amount == 2


def test_people_busy_elsewhere_are_not_sent():
    instance = small(**only("M3"))
    busy = np.zeros((len(instance.staff.ids), instance.horizon.length), dtype=bool)
    busy[0, :28] = True  # a1, the first four weeks

    made = remedies(instance, (), reasons_for(instance, ()), busy=busy)

    mine = next(one for one in made if one.staff_id == "a1")
    assert mine.steps[0].first >= 28


def test_the_rest_of_the_calendar_stays_as_it_is():
    instance = small()

    for remedy in found(instance, GOOD).values():
        kept = {one.session_id: one for one in joined(GOOD, remedy)}
        for was in GOOD:
            assert set(was.staff_ids) <= set(kept[was.session_id].staff_ids)
            assert kept[was.session_id].start_date == was.start_date


@cache
def planned(name: str) -> tuple[Instance, tuple[Session, ...], tuple[Remedy, ...]]:
    """An instance, a plan of small effort, and what would meet each need it leaves open."""
    instance = read_instance(PLANNING / name)
    plan = solve(instance, effort=3, with_bound=False)
    return instance, plan.sessions, remedies(instance, plan.sessions, plan.reasons)


def thirty(name: str) -> list[Remedy]:
    """Thirty needs left open, spread over the whole list, each kind of change among them."""
    made = planned(name)[2]
    first = {one.kind: one for one in reversed(made)}
    step = max(1, len(made) // (THIRTY - len(first)))
    others = [one for one in made[::step] if one not in first.values()]
    return [*first.values(), *others][:THIRTY]


def again(name: str, remedy: Remedy, keep: tuple[Session, ...]) -> tuple[Session, ...]:
    """The engine's calendar once the change is made, what is kept and named held fast."""
    instance = changed(planned(name)[0], remedy)
    pins = tuple(replace(one, pinned=True) for one in joined(keep, remedy))
    return solve(replace(instance, pins=pins), effort=2, with_bound=False).sessions


@pytest.mark.parametrize("name", ["tiny-1", pytest.param("small-1", marks=pytest.mark.slow)])
def test_thirty_needs_are_met_once_the_change_named_for_each_is_made(name):
    instance, plan, made = planned(name)
    assert len(made) == len({(one.staff_id, one.competency_id) for one in made})

    asked = thirty(name)
    met = [is_met(changed(instance, one), again(name, one, plan), one) for one in asked]

    assert len(asked) == THIRTY
    assert all(met), Counter(one.kind for one, ok in zip(asked, met, strict=True) if not ok)


@pytest.mark.slow
def test_the_engine_plans_anew_around_a_need_that_is_wanted():
    instance, plan, made = planned("tiny-1")

    for remedy in made[:: len(made) // 5]:
        before = tuple(one for one in plan if remedy.staff_id in one.staff_ids)
        sessions = again("tiny-1", remedy, before)
        assert is_met(changed(instance, remedy), sessions, remedy)


def test_one_change_is_enough_for_nearly_every_need():
    made = planned("tiny-1")[2]

    assert {one.kind for one in made} <= set(KINDS)
    assert sum(len(one.changes) <= 1 for one in made) / len(made) > 0.6
