"""The last cycle against this one: only what is known both times makes a mean."""

from datetime import date

import pandas as pd
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis import cycles
from competencies.usecases import cycles as usecase
from competencies.usecases.gaps import gap_analysis
from tests.competencies.make_gaps import Port, port, rate
from tests.conftest import frame

ASKED = frame("""
    staff competency unit required
    A     O1         P    3
    B     O1         P    3
    C     O1         P    3
    D     O1         Q    3
""")
THEN = frame("""
    staff competency level
    A     O1         1
    B     O1         2
""")
NOW = frame("""
    staff competency level
    A     O1         3
    C     O1         2
""")


def test_what_is_known_once_is_counted_beside_and_never_as_zero():
    table = cycles.changes(ASKED, THEN, NOW)

    total = cycles.change_totals(table, []).to_dict("records")[0]

    assert {name: total[name] for name in cycles.COUNTS} == {
        "n": 1, "fresh": 1, "lapsed": 1, "missing": 1, "risen": 1, "fallen": 0,
    }  # fmt: skip
    assert (total["change"], total["gap_before"], total["gap_now"]) == (2, 2, 0)


def test_trained_pairs_are_set_beside_all_others():
    now = pd.concat([NOW, pd.DataFrame({"staff": ["B"], "competency": ["O1"], "level": [2.0]})])
    trained = pd.DataFrame({"staff": ["A", "D"], "competency": ["O1", "O1"]})

    found = cycles.training_effect(cycles.changes(ASKED, THEN, now), trained)

    rows = found.set_index("trained")[["n", "missing", "change"]].to_dict("index")
    assert rows == {
        False: {"n": 1, "missing": 0, "change": 0.0},
        True: {"n": 1, "missing": 1, "change": 2.0},
    }


LEVELS = st.dictionaries(
    st.sampled_from("ABCD"), st.integers(0, 4), max_size=4
).map(lambda held: pd.DataFrame(
    {"staff": list(held), "competency": "O1", "level": [float(level) for level in held.values()]}
))  # fmt: skip


@given(then=LEVELS, now=LEVELS)
def test_the_parts_of_units_add_up_to_the_whole_in_any_order(then, now):
    whole = cycles.change_totals(cycles.changes(ASKED, then, now), [])
    turned = cycles.changes(ASKED[::-1], then[::-1], now[::-1])
    parts = cycles.change_totals(turned, ["unit"])

    for name in cycles.COUNTS:
        assert parts[name].sum() == whole[name].iloc[0]
    counted = whole[["n", "fresh", "lapsed", "missing"]].sum(axis=1).iloc[0]
    assert counted == len(ASKED)


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
    seen = usecase.cycle(gap_analysis(customs), date(2015, 2, 12), limit=5)
    page = as_(ruth).get(reverse("competencies:cycle", args=["customs"]))

    assert all(line.withheld for line in (*seen.by_unit, *seen.by_competency))
    assert page.context["cycle"].by_unit[0].withheld
