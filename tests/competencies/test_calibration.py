from datetime import date

import numpy as np
import pandas as pd
import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.calibration import rater_bias, rater_severity, rating_pairs
from competencies.models import Assessment
from tests.competencies.make_gaps import port, rate
from tests.drawn import frame, same

ASSESSMENTS = frame(
    """
    staff  competency  source      level  rated_on
    ann    O4          self        4      2016-01-10
    ann    O4          self        1      2014-01-10
    ann    O4          supervisor  2      2016-01-20
    ann    O1          self        3      2016-01-10
    ann    O1          supervisor  4      2016-02-13
    ben    O4          self        2      2016-01-10
    ben    O4          supervisor  2      2016-01-10
    ben    O1          supervisor  3      2016-01-10
    ben    O1          test        3      2016-01-10
    """,
    dates=("rated_on",),
)


def test_the_latest_ratings_known_on_the_day_are_paired():
    expected = frame("""
        staff  competency  self  supervisor  difference
        ann    O1          3     -           -
        ann    O4          4     2           2
        ben    O1          -     3           -
        ben    O4          2     2           0
    """)
    same(rating_pairs(ASSESSMENTS, as_of=date(2016, 2, 12)), expected)


PAIRS = frame("""
    unit  staff  competency  difference
    port  ann    O1          1
    port  ann    O4          2
    port  ben    O4          0
    port  ben    O1          -
    air   cy     O1          -1
    air   cy     O4          -1
    air   dee    O4          0
    hq    eve    O4          3
    post  fay    O4          -
""")


def test_a_unit_that_rates_itself_high_or_low_is_marked_if_the_pairs_are_enough():
    table = rater_bias(PAIRS, ["unit"], enough=3)

    expected = frame("""
        unit  people  n  missing  mean    spread  apart  state
        air   2       3  0        -0.667  0.444   0      self_lower
        hq    1       1  0        3       0       1      too_few
        port  2       3  1        1       0.667   0.333  self_higher
        post  1       0  1        -       -       -      too_few
    """)
    thirds = {"mean": -2 / 3, "spread": 4 / 9}
    expected.loc[0, list(thirds)] = list(thirds.values())
    expected.loc[2, ["spread", "apart"]] = [2 / 3, 1 / 3]
    same(table, expected)


def test_a_small_difference_is_in_line():
    table = rater_bias(PAIRS.assign(difference=0.25), ["unit"], enough=1)

    assert set(table["state"]) == {"in_line"}


@given(st.lists(st.integers(-4, 4), min_size=10, max_size=20))
def test_swapping_who_rates_turns_the_sign(differences):
    pairs = pd.DataFrame({"staff": range(len(differences)), "difference": differences})
    pairs = pairs.assign(competency="O4", unit="port")
    turned = pairs.assign(difference=-pairs["difference"])
    mirror = {"self_higher": "self_lower", "self_lower": "self_higher", "in_line": "in_line"}

    one, other = (rater_bias(rows, ["unit"]).iloc[0] for rows in (pairs, turned))

    assert one["mean"] == -other["mean"]
    assert one["spread"] == other["spread"]
    assert mirror[one["state"]] == other["state"]


def test_a_rater_is_set_against_all_others_of_the_same_pairs():
    rows = [
        (staff, "O1", rater, level, rater != "by self")
        for staff in map(str, range(12))
        for rater, level in (("m", 3.0), ("n", 1.0), ("by self", 1.0))
    ]
    columns = ["staff", "competency", "rater", "level", "judged"]
    rows += [("x", "O1", "o", 4.0, True), ("y", "O1", "o", 4.0, True), ("y", "O1", "m", 4.0, True)]

    found = rater_severity(pd.DataFrame(rows, columns=columns)).set_index("rater")

    assert list(found.index) == ["m", "n", "o"]
    assert list(found["state"]) == ["lenient", "severe", "too_few"]
    assert (found.loc["m", "n"], found.loc["o", "n"]) == (13, 1)
    assert found.loc["n", "mean"] == -1.0
    assert np.isnan(found.loc["o", "spread"])


@pytest.mark.django_db
def test_the_office_reads_who_is_severe_and_nobody_else(customs, alice, mona, ruth, as_):
    place = port(customs)
    for person in (place.ann, place.ben, place.eve):
        for code in ("O1", "O2"):
            rate(person, code, 4, source="self")
            rate(person, code, 2, source="supervisor")
    Assessment.objects.filter(source="supervisor").update(by=mona)
    address = reverse("competencies:raters", args=["customs"])

    line = as_(alice).get(address).context["lines"][0]

    assert (line.n, line.people, line.state) == (6, 3, "too_few")
    assert line.mean < 0
    for other in (mona, ruth):
        assert as_(other).get(address).status_code == 403
