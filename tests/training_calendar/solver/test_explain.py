import numpy as np
import pytest

from tests.training_calendar.solver.instances import GOOD, session, small
from training_calendar.solver import explain
from training_calendar.solver.explain import KEYS, count_by_key, reasons_for, unassessed
from training_calendar.solver.solution import Reason

S1, S2, S3 = GOOD
HALLS = "venue_id region_id kind capacity cost_day\nV1 R1 hall 3 15\nV2 R2 hall 3 15"
NO_OFFER = "offer_id module_id start_date end_date seats region_id"
AWAY = "instructor_id from_date to_date\nI1 2027-01-01 2027-12-31"
ALL_NEEDED = "station_id from_date to_date minimum\nA 2027-01-01 2027-12-31 3"


def keys(sessions=(), params: dict | None = None, **changed: str) -> dict[tuple[str, str], str]:
    found = reasons_for(small(params, **changed), sessions)
    return {(r.staff_id, r.competency_id): r.key for r in found}


def only(module: str) -> dict[str, str]:
    """Effects of one module alone, and nothing that must come first."""
    return {
        "module_effects": f"module_id competency_id to_level\n{module} C1 3",
        "prerequisites": "module_id requires_module_id",
    }


def test_a_closed_gap_needs_no_reason_and_the_not_assessed_have_none():
    found = keys(GOOD)

    assert ("a1", "C1") not in found
    assert ("b1", "C2") not in found
    assert unassessed(small()) == 1


def test_a_reason_says_what_is_still_missing():
    by_person = {(r.staff_id, r.competency_id): r for r in reasons_for(small(), [S1])}

    found = by_person["a2", "C1"]
    assert (found.levels, found.weight) == (1, 2)
    assert isinstance(found, Reason)


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("no-module", {"module_effects": "module_id competency_id to_level\nM3 C2 2"}),
        ("no-module", {**only("M3"), "audience": "module_id role_id\nM3 Q"}),
        ("no-trainer", {**only("M2"), "instructor_quals": "instructor_id module_id\nI2 M3"}),
        ("no-venue", {**only("M2"), "venues": HALLS}),
        ("no-offer", {**only("M4"), "external_offers": NO_OFFER}),
        ("no-date", {**only("M2"), "instructor_unavailable": AWAY}),
        ("money", {**only("M2"), "budget": "quarter amount\nQ1 100\nQ2 0"}),
        ("cover", {**only("M3"), "duty": ALL_NEEDED}),
        ("leave", {**only("M3"), "leave": "staff_id from_date to_date\na1 2027-01-01 2027-12-31"}),
        ("worth", only("M3")),
        ("worth", {**only("M3"), "peaks": "station_id month\nA 1\nA 2"}),
    ],
)
def test_each_reason_comes_from_the_data(key, changed):
    assert keys(**changed)["a1", "C1"] == key


def test_a_busy_month_is_the_reason_where_the_rule_blocks():
    data = {**only("M3"), "peaks": "station_id month\nA 1\nA 2"}

    assert keys(params={"obeyed": ["F2"]}, **data)["a1", "C1"] == "peak"
    assert keys(params={"obeyed": ["F2"]}, **data)["b1", "C1"] == "worth"


def test_the_other_holder_of_a_competency_is_the_reason_where_the_rule_blocks():
    """a1 and a2 alone hold C2; a2 is on leave all year, so a1 stays."""
    rated = "staff_id competency_id level\na1 C1 1\na1 C2 2\na2 C2 2\na3 C2 1"
    away = "staff_id from_date to_date\na2 2027-01-01 2027-12-31"
    data = {**only("M3"), "assessments": rated, "leave": away}

    assert keys(params={"obeyed": ["F3"]}, **data)["a1", "C1"] == "pair"
    assert keys(**data)["a1", "C1"] == "worth"


def test_money_that_is_bound_to_other_modules_is_the_reason():
    data = {
        **only("M2"),
        "earmarks": "source_id quarter amount\nS Q1 900\nS Q2 500",
        "earmark_modules": "source_id module_id\nS M1",
    }

    assert keys(params={"obeyed": ["F4"]}, **data)["a1", "C1"] == "bound"
    assert keys(**data)["a1", "C1"] == "worth"


def test_the_share_of_each_week_is_the_reason_where_the_rule_blocks():
    """A station of three lets one go a week; the week is full for all others."""
    away = "staff_id from_date to_date\na3 2027-01-01 2027-12-31"
    data = {**only("M3"), "courses": away, "leave": away}

    assert keys(params={"obeyed": ["F1"]}, **data)["a1", "C1"] == "week"
    assert keys(params={"obeyed": ["F2"]}, **data)["a1", "C1"] == "worth"


def test_a_missing_step_is_the_reason():
    effects = "module_id competency_id to_level\nM1 C2 2\nM2 C1 3"

    assert keys(module_effects=effects)["a1", "C1"] == "prerequisite"


def test_a_group_too_small_is_the_reason():
    few = (
        "module_id mode duration_days min_seats max_seats cost_session cost_seat venue_kind\n"
        "M1 classroom 2 5 9 0 0 room\nM2 classroom 1 1 3 0 0 room\n"
        "M3 online 1 1 9 0 0 -\nM4 external 2 1 2 0 300 -"
    )

    assert keys(modules=few, **only("M1"))["a1", "C1"] == "small-group"


def test_days_used_up_and_clashes_are_reasons():
    busy = [session("s", "M1", "2027-02-01", 2, "a1 b1")]
    offer = {**only("M4"), "budget": "quarter amount\nQ1 0\nQ2 900"}

    assert keys(busy, {"max_days_staff_year": 3}, **offer)["a1", "C1"] == "days"
    assert keys(busy, **offer)["a1", "C1"] == "clash"


def test_counts_add_up():
    found = reasons_for(small(), [S1])

    assert sum(count_by_key(found).values()) == len(found)
    assert set(count_by_key(found)) <= set(KEYS)


def test_a_person_is_free_on_a_date_if_on_all_its_days():
    random = np.random.default_rng(0)
    flags, who = random.random((6, 30)) < 0.2, np.array([4, 0, 5])
    starts = np.array([0, 3, 17, 27])

    free = explain._off(flags, who, starts, 3)

    assert (free == explain.window(~flags, 3)[who][:, starts]).all()
