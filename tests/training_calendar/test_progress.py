from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training_calendar.analysis.progress import Step, next_step, programme_standing, step_states

UNITS = ("U1", "U2", "U3")


def standing(done=(), planned=(), *, awarded=False, units=UNITS):
    return programme_standing(units, "P", done=set(done), planned=set(planned), awarded=awarded)


@pytest.mark.parametrize(
    ("found", "state", "missing"),
    [
        (standing(), "open", UNITS),
        (standing(planned=["P"]), "planned", UNITS),
        (standing(planned=["U2"]), "planned", UNITS),
        (standing(["U2"]), "under_way", ("U1", "U3")),
        (standing(UNITS), "finished", ()),
        (standing(["P"]), "finished", ()),
        (standing(awarded=True), "finished", ()),
        (standing(units=()), "open", ()),
    ],
)
def test_a_person_is_as_far_in_a_programme_as_units_and_award_say(found, state, missing):
    assert (found.state, found.missing) == (state, missing)
    assert found.done == found.units - len(missing)


@given(st.sets(st.sampled_from(UNITS)), st.sampled_from(UNITS))
def test_one_more_unit_never_lengthens_what_is_missing(done, unit):
    assert set(standing(done | {unit}).missing) <= set(standing(done).missing)


def states(**given):
    usual = {
        "done": set(),
        "planned": set(),
        "programmes": {},
        "joined_on": date(2015, 3, 1),
        "known_from": date(2016, 4, 4),
        "as_of": date(2016, 6, 1),
    }
    steps = (
        Step("T05", is_programme=False, within_months=6),
        Step("T06", is_programme=False, within_months=14),
        Step("T65", is_programme=True, within_months=None),
    )
    return step_states(steps, **{**usual, **given})


def test_the_worked_example_of_the_page():
    found = states(programmes={"T65": "under_way"})

    assert [one.state for one in found] == ["unknown", "late", "planned"]
    assert [one.due_on for one in found] == [date(2015, 8, 31), date(2016, 4, 30), None]
    assert next_step(found) == 1


def test_what_was_due_before_attendance_was_kept_is_unknown_and_not_late():
    assert [one.state for one in states(known_from=None)] == ["unknown", "unknown", "open"]


def test_nothing_is_due_for_who_joined_on_an_unknown_day():
    assert {(one.state, one.due_on) for one in states(joined_on=None)} == {("open", None)}


def test_all_done_leaves_no_next_step():
    found = states(done={"T05", "T06"}, programmes={"T65": "finished"})

    assert next_step(found) is None
