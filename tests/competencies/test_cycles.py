"""The last cycle against this one: only what is known both times makes a mean."""

import dataclasses
from datetime import date
from random import Random

import numpy as np
import pandas as pd
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import cycles
from competencies.analysis.demand import Demand
from competencies.usecases import cycles as usecase
from competencies.usecases.gaps import gap_analysis, known
from tests import make
from tests.competencies import plain_cycles
from tests.competencies.make_cycles import furnish
from tests.competencies.make_gaps import Port, port, rate
from tests.drawn import same

NONE = np.nan
UNITS = ["P", "Q", "R"]
PEOPLE, TOPICS = [f"S{number}" for number in range(5)], ["C1", "O1", "V1"]


def test_what_is_known_once_is_counted_beside_and_never_as_zero():
    asked, then, now = [[3.0]] * 4, [[1.0], [2.0], [NONE], [NONE]], [[3.0], [NONE], [2.0], [NONE]]

    sums = cycles.change_sums(*map(np.array, (asked, then, now)), np.zeros(4, int), 1)
    total = cycles.change_totals(sums[:, :, 0], np.array([4])).to_dict("records")[0]

    assert {name: total[name] for name in cycles.COUNTS} == {
        "n": 1, "fresh": 1, "lapsed": 1, "missing": 1, "risen": 1, "fallen": 0,
    }  # fmt: skip
    assert (total["change"], total["gap_before"], total["gap_now"]) == (2, 2, 0)


def test_nothing_is_asked_of_who_holds_no_profile_nor_of_what_does_not_count():
    demand = Demand(np.array([[3.0, 2.0], [0.0, 4.0]]), np.ones((2, 2)), np.zeros((2, 2), bool))

    found = cycles.asked(demand, np.array([1, -1, 0]), np.array([True, False]))

    assert found.tolist() == [[0, 0], [0, 0], [3, 0]]


def test_a_miss_of_the_day_before_is_closed_open_or_not_known_today():
    asked = np.array([[3.0, 3.0, 2.0, 0.0], [3.0, 3.0, 3.0, 3.0]])
    then = np.array([[1.0, 2.0, 1.5, 0.0], [2.0, NONE, 1.0, 3.0]])
    now = np.array([[3.0, 1.0, 2.0, 0.0], [NONE, 3.0, 2.5, 1.0]])

    found = cycles.closed(asked, then, now)

    # The first missed two, one of them closed (1.5 of 2 was none); the second one, and one is gone.
    assert found.tolist() == [[2, 1], [1, 1], [0, 1]]


levels = st.one_of(st.just(NONE), st.integers(0, 40).map(lambda tenths: tenths / 10))
tables = st.lists(st.lists(levels, min_size=3, max_size=3), min_size=5, max_size=5).map(np.array)
demands = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=5, max_size=5)


def frames_of(required, then, now, unit):
    """The same as frames: what is asked, and both levels."""
    who, what = np.nonzero(required)
    asked = pd.DataFrame({
        "staff": np.array(PEOPLE)[who],
        "competency": np.array(TOPICS)[what],
        "unit": np.array(UNITS)[unit[who]],
        "required": required[who, what],
    })  # fmt: skip
    held = [
        pd.DataFrame(
            [
                (PEOPLE[row], TOPICS[column], level[row, column])
                for row, column in np.argwhere(~np.isnan(level))
            ],
            columns=["staff", "competency", "level"],
        ).astype({"level": float})
        for level in (then, now)
    ]
    return plain_cycles.changes(asked, *held)


units = st.lists(st.integers(0, 2), min_size=5, max_size=5).map(np.array)


@given(demands.map(np.array), tables, tables, units)
def test_every_total_is_the_one_of_the_pairs_read_one_by_one(required, then, now, unit):
    table = frames_of(required, then, now, unit)
    sums = cycles.change_sums(required, then, now, unit, len(UNITS))
    pairs = required > 0

    for found, people, by, names in (
        (sums.sum(axis=1), pairs.sum(axis=0), "competency", TOPICS),
        (sums.sum(axis=2), np.bincount(unit[pairs.any(axis=1)], minlength=3), "unit", UNITS),
    ):
        totals = cycles.change_totals(found, people).assign(**{by: names})
        totals = totals[totals["people"] > 0].reset_index(drop=True)
        expected = plain_cycles.change_totals(table, [by])
        assert (
            totals["people"] == totals[list(cycles.COUNTS[:4])].sum(axis=1)
        ).all() or by == "unit"
        same(totals[expected.columns], expected)


@given(demands.map(np.array), tables, tables, units, st.permutations(range(5)))
def test_the_parts_of_units_add_up_to_the_whole_in_any_order(required, then, now, unit, order):
    whole = cycles.change_sums(required, then, now, np.zeros(5, int), 1)[:, 0]
    rows = np.array(order)

    parts = cycles.change_sums(required[rows], then[rows], now[rows], unit[rows], len(UNITS))

    np.testing.assert_allclose(parts.sum(axis=1), whole, atol=1e-12)
    assert whole[cycles.PAIRS].sum() == (required > 0).sum()


@given(demands.map(np.array), tables, tables)
def test_raising_what_is_held_now_never_widens_a_gap(required, then, now):
    more = cycles.measured(required, then, np.minimum(now + 1, 4))
    asked = dict(zip(cycles.SUMS, cycles.measured(required, then, now), strict=True))

    raised = dict(zip(cycles.SUMS, more, strict=True))
    assert (raised["gap_now"] <= asked["gap_now"]).all()
    assert (raised["change"] >= asked["change"]).all()
    assert (raised["gap_before"] == asked["gap_before"]).all()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_the_comparison_is_the_one_of_the_ratings_read_anew(customs, seed):
    furnish(make.framework(customs, ("O1", "O2", "V1")), Random(seed))

    for day in (date(2015, 2, 12), date(2015, 2, 11), date(2015, 7, 27), date(2014, 9, 1)):
        table = plain_cycles.changes_since(gap_analysis(customs), day)
        for limit in (None, 2, 4):
            found = usecase.cycle(usecase.two_days(customs, day), limit=limit)
            for by, lines in (("competency", found.by_competency), ("unit", found.by_unit)):
                rows = plain_cycles.change_totals(table, [by]).set_index(by).to_dict("index")
                assert {line.key for line in lines} == set(rows)
                for line in lines:
                    _is(line, rows[line.key], few=rows[line.key]["people"] < (limit or 0))
            if len(table):
                _is(found.total, plain_cycles.change_totals(table, []).to_dict("records")[0])


def _is(line, row, *, few=False):
    told = dataclasses.asdict(line)
    assert line.withheld == few
    for name in cycles.COUNTS:
        assert told[name] == (0 if few else row[name])
    for name in ("change", "gap_before", "gap_now"):
        value = None if few else known(row[name])
        assert told[name] == (value if value is None else pytest.approx(value, abs=1e-6))


@pytest.mark.django_db
def test_before_there_is_a_framework_nothing_is_compared(customs):
    make.staff_member(make.unit(customs))

    found = usecase.cycle(usecase.two_days(customs, date(2015, 1, 1)))

    assert (found.total.n, found.by_competency, found.by_unit) == (0, (), ())


@pytest.fixture
def place(customs) -> Port:
    made = port(customs)
    rate(made.ann, "O1", 0, source="validated", rated_on=date(2015, 2, 1))
    return made


@pytest.mark.django_db
def test_the_page_compares_with_a_year_ago_or_the_day_asked_for(place, as_, alice, customs):
    client, address = as_(alice), reverse("competencies:cycle", args=["customs"])

    usual = client.get(address).context["cycle"]
    asked = client.get(address, {"before": "2015-01-01"}).context["cycle"]
    late = client.get(address, {"before": "2017-01-01"})

    assert (usual.before, usual.total.n, usual.total.change) == (date(2015, 2, 12), 1, 1.0)
    assert (asked.total.n, asked.total.fresh) == (0, 3)
    assert "Choose a day before today" in late.content.decode()


@pytest.mark.django_db
def test_outside_the_office_small_groups_are_withheld(place, as_, ruth, customs):
    seen = usecase.cycle(usecase.two_days(customs, date(2015, 2, 12)), limit=5)
    page = as_(ruth).get(reverse("competencies:cycle", args=["customs"]))

    assert all(line.withheld for line in (*seen.by_unit, *seen.by_competency))
    assert page.context["cycle"].by_unit[0].withheld
