"""Who is told what, without a database."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from training_calendar.analysis.telling import CANCEL, REQUEST, Entry, steps

TODAY = date(2016, 4, 10)


def entry(day: int, place: str = "Room one") -> Entry:
    return Entry(date(2016, 4, day), date(2016, 4, day), "Module", place)


def told(held: dict, now: dict) -> dict:
    return {step.key[0]: step.method for step in steps(held, now, TODAY)}


def test_who_keeps_a_place_as_it_was_hears_nothing() -> None:
    held = {(1, "A"): entry(18), (2, "A"): entry(18), (3, "B"): entry(20)}
    now = {(1, "A"): entry(18), (4, "A"): entry(18), (3, "B"): entry(21)}

    assert told(held, now) == {2: CANCEL, 4: REQUEST, 3: REQUEST}


def test_nobody_hears_of_a_session_that_is_over() -> None:
    assert told({(1, "A"): entry(4)}, {(2, "A"): entry(4)}) == {}


def test_another_room_is_told() -> None:
    assert told({(1, "A"): entry(18)}, {(1, "A"): entry(18, "Room two")}) == {1: REQUEST}


ENTRIES = st.dictionaries(
    st.tuples(st.integers(1, 4), st.sampled_from("ABC")),
    st.builds(entry, st.integers(10, 28), st.sampled_from(["Room one", "Room two"])),
)


@given(ENTRIES, ENTRIES)
def test_who_heard_all_steps_knows_the_calendar(held: dict, now: dict) -> None:
    known = dict(held)
    for step in steps(held, now, TODAY):
        if step.method == CANCEL:
            del known[step.key]
        else:
            known[step.key] = step.entry

    assert known == now
    assert steps(now, now, TODAY) == ()
