"""Differences of two states of a calendar, and the further rules, without a database."""

from collections import defaultdict
from datetime import date, timedelta

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from training_calendar.analysis.differences import Side, Stand, difference
from training_calendar.solver.further import further

ANN, BEN, CY, DEE = 1, 2, 3, 4


def stand(
    code: str, day: int, *people: int, place: str = "Room one", trainer: str = "Tina"
) -> Stand:
    first = date(2016, 4, day)
    return Stand(code, "T01", "Module", first, first, place, trainer, frozenset(people))


def side(*stands: Stand, outside: dict | None = None) -> Side:
    return Side({one.code: one for one in stands}, outside or {})


def test_the_worked_example_of_the_page_holds() -> None:
    found = difference(
        side(stand("A", 4, ANN, BEN), stand("B", 11, CY)),
        side(stand("A", 18, ANN, DEE), stand("C", 25, CY)),
    )

    kinds = {line.stand.code: line.kinds for line in found.lines}
    assert kinds == {"A": ("moved", "people"), "B": ("cancelled",), "C": ("new",)}
    assert found.counts == {"new": 1, "moved": 1, "cancelled": 1, "elsewhere": 0, "people": 1}
    assert found.touched == {ANN, BEN, CY, DEE}


def test_another_trainer_differs_and_concerns_nobody() -> None:
    found = difference(side(stand("A", 4, ANN)), side(stand("A", 4, ANN, trainer="Theo")))

    assert found.counts["elsewhere"] == 1
    assert found.touched == frozenset()


def test_another_room_concerns_who_has_a_place() -> None:
    found = difference(side(stand("A", 4, ANN)), side(stand("A", 4, ANN, place="Room two")))

    assert found.touched == {ANN}


def test_places_outside_the_sessions_are_told_apart() -> None:
    spring, summer = (date(2016, 4, 1), date(2016, 6, 1)), (date(2016, 7, 1), date(2016, 8, 1))
    found = difference(
        side(outside={(ANN, "E1"): spring, (BEN, "E1"): spring}),
        side(outside={(ANN, "E1"): summer, (CY, "E1"): spring}),
    )

    assert (found.outside_moved, found.outside_gone, found.outside_new) == (
        {(ANN, "E1")},
        {(BEN, "E1")},
        {(CY, "E1")},
    )
    assert not found.is_empty


STANDS = st.builds(
    lambda code, day, people, place: stand(code, day, *people, place=place),
    st.sampled_from("ABCD"),
    st.integers(1, 28),
    st.sets(st.integers(1, 5)),
    st.sampled_from(["Room one", "Room two"]),
)
SIDES = st.lists(STANDS, max_size=5).map(lambda stands: side(*stands))


@given(SIDES, SIDES)
def test_turned_round_new_is_cancelled_and_the_rest_stays(before: Side, after: Side) -> None:
    there, back = difference(before, after), difference(after, before)

    assert there.counts["new"] == back.counts["cancelled"]
    assert there.counts["moved"] == back.counts["moved"]
    assert there.unchanged + len(there.lines) == len(before.sessions.keys() | after.sessions.keys())
    assert difference(before, before).is_empty


STATIONS = pd.DataFrame(
    {"station": ["PORT", "POST"], "week_most": [3, 1], "peak_months": [[12], []]}
)


def places(*rows: tuple[str, str, date, date]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["staff", "station", "starts_on", "ends_on"])


def test_too_many_of_a_station_in_one_week_are_named() -> None:
    monday, friday = date(2016, 4, 4), date(2016, 4, 8)
    four = [(f"P{number}", "PORT", monday, monday) for number in range(3)]
    away = places(*four, ("P3", "PORT", friday, friday), ("Q1", "POST", monday, friday))

    found = further(STATIONS, away)

    assert [(one.rule, one.station, one.week, one.found, one.allowed) for one in found] == [
        ("F1", "PORT", monday, 4, 3)
    ]


def test_training_in_a_busy_month_is_named() -> None:
    found = further(STATIONS, places(("P1", "PORT", date(2016, 12, 1), date(2016, 12, 2))))

    assert [(one.rule, one.station) for one in found] == [("F2", "PORT")]
    assert further(STATIONS, places()) == []


AWAY = st.builds(
    lambda who, station, first, days: (
        f"P{who}", station, date(2016, 11, 1) + timedelta(days=first),
        date(2016, 11, 1) + timedelta(days=first + days),
    ),
    st.integers(1, 6), st.sampled_from(["PORT", "POST", "NONE"]), st.integers(0, 60),
    st.integers(0, 9),
)  # fmt: skip


@given(st.lists(AWAY, max_size=30))
def test_the_further_rules_say_what_counting_day_by_day_says(rows: list) -> None:
    away, busy = defaultdict(set), defaultdict(set)
    for who, station, first, last in rows:
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            week = day - timedelta(days=day.weekday())
            away[week, station].add(who)
            if station == "PORT" and day.month == 12:
                busy[week, station].add(who)
    most = {"PORT": 3, "POST": 1, "NONE": 1}

    found = further(STATIONS, places(*rows))

    assert [(one.week, one.station, one.rule, one.found, one.allowed) for one in found] == sorted(
        [
            *((week, at, "F1", len(who), most[at])
              for (week, at), who in away.items() if len(who) > most[at]),
            *((week, at, "F2", len(who), 0) for (week, at), who in busy.items()),
        ]
    )  # fmt: skip
