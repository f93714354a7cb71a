from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.held_levels import (
    SOURCES,
    HeldLevelConstants,
    constants_in_print,
    held_levels,
)
from hrplan.core.frames import FrameError
from tests.drawn import frame, same

RULE = HeldLevelConstants()
TODAY = date(2016, 2, 12)


def ratings(text):
    return frame(text, dates=("rated_on", "valid_until"), level="float")


def of(text, constants=RULE):
    return held_levels(ratings(text), constants, as_of=TODAY)


def test_self_and_supervisor_make_the_worked_example():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          self        3      2016-02-12  -
        ann    O4          supervisor  2      2016-02-12  -
    """)

    # (0.2 x 3 + 0.4 x 2) / 0.6; 0.75 x (1 - 1/4) x 1
    expected = frame(
        """
    staff competency level basis           n_sources disagreement confidence status    rated_on
    ann   O4         2.333 self+supervisor 2         1            0.5625     estimated 2016-02-12
        """,
        dates=("rated_on",),
    )
    expected["level"] = 2.333333
    same(held, expected)


def test_all_four_sources_are_weighed():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          self        3      2016-02-12  -
        ann    O4          supervisor  2      2016-02-12  -
        ann    O4          peer        2      2016-02-12  -
        ann    O4          test        3      2016-02-12  2017-02-12
    """)

    # (0.6 + 0.8 + 0.3 + 1.8) / 1.35 = 3.5 / 1.35; 0.9 x 0.75
    assert held["level"].tolist() == pytest.approx([3.5 / 1.35])
    assert held["confidence"].tolist() == pytest.approx([0.675])
    assert held["basis"].tolist() == ["self+supervisor+peer+test"]


def test_a_validated_rating_overrides_the_others_and_settles_their_quarrel():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          self        4      2016-02-12  -
        ann    O4          supervisor  1      2016-02-12  -
        ann    O4          validated   2      2016-02-12  -
    """)

    assert held.drop(columns="rated_on").to_dict("records") == [
        {
            "staff": "ann",
            "competency": "O4",
            "level": 2.0,
            "basis": "validated",
            "n_sources": 3,
            "disagreement": 0.0,
            "confidence": 1.0,
            "status": "validated",
        }
    ]


def test_ratings_two_levels_apart_are_to_be_validated():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          self        4      2016-02-12  -
        ann    O4          supervisor  2      2016-02-12  -
        ben    O4          peer        1      2016-02-12  -
        ben    O4          test        3      2016-02-12  -
        cy     O4          self        3      2016-02-12  -
        cy     O4          supervisor  2      2016-02-12  -
    """)

    assert held["status"].tolist() == ["to_validate", "to_validate", "estimated"]


def test_self_and_supervisor_have_a_limit_of_their_own():
    held = of(
        """
        staff  competency  source      level  rated_on    valid_until
        ann    O4          self        3      2016-02-12  -
        ann    O4          supervisor  2      2016-02-12  -
        ben    O4          peer        3      2016-02-12  -
        ben    O4          supervisor  2      2016-02-12  -
        """,
        HeldLevelConstants(self_supervisor_doubt_at=1),
    )

    assert held["status"].tolist() == ["to_validate", "estimated"]


def test_of_each_source_the_latest_rating_counts_whatever_the_order_of_rows():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          supervisor  3      2016-02-12  -
        ann    O4          supervisor  1      2014-02-12  -
    """)

    assert held["level"].tolist() == [3.0]
    assert held["confidence"].tolist() == pytest.approx([0.6])


def test_confidence_halves_in_two_years():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          supervisor  3      2014-02-12  -
    """)

    # 730 days are 23.98 months
    assert held["confidence"].tolist() == pytest.approx([0.6 * 0.5 ** (730 / 30.4375 / 24)])
    assert held["confidence"].tolist() == pytest.approx([0.3], abs=0.001)


def test_an_old_rating_is_not_freshened_by_a_new_one_of_less_weight():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          self        3      2016-02-12  -
        ann    O4          supervisor  3      2014-02-12  -
    """)

    # a third of the weight is fresh, two thirds are half as fresh
    assert held["confidence"].tolist() == pytest.approx([0.75 * (1 / 3 + 2 / 3 * 0.5)], abs=0.001)


def test_an_expired_test_and_a_rating_of_tomorrow_do_not_count():
    held = of("""
        staff  competency  source      level  rated_on    valid_until
        ann    O4          test        4      2014-02-11  2016-02-11
        ann    O4          self        1      2016-01-12  -
        ann    O4          supervisor  3      2016-02-13  -
        ben    O4          test        4      2014-02-11  2016-02-12
        cy     O4          test        4      2014-02-11  2016-02-11
    """)

    assert held[["staff", "basis"]].values.tolist() == [["ann", "self"], ["ben", "test"]]


def test_zero_is_a_level_and_no_row_is_unknown():
    held = of("""
        staff  competency  source  level  rated_on    valid_until
        ann    O4          self    0      2016-02-12  -
    """)

    assert held["level"].tolist() == [0.0]
    assert len(held) == 1


def test_nobody_assessed_gives_an_empty_table_with_its_columns():
    nothing = ratings("staff  competency  source  level  rated_on  valid_until")

    assert held_levels(nothing, RULE, as_of=TODAY).columns.tolist() == [
        "staff",
        "competency",
        "level",
        "basis",
        "n_sources",
        "disagreement",
        "confidence",
        "status",
        "rated_on",
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("ann O4 boss 2 2016-02-12 -", "source holds boss"),
        ("ann O4 self 5 2016-02-12 -", "level holds 5.0; the scale runs from 0 to 4"),
        ("ann O4 self - 2016-02-12 -", "level holds nan"),
    ],
)
def test_what_is_off_the_scale_or_unknown_is_refused(row, message):
    with pytest.raises(FrameError, match=message):
        of(f"staff competency source level rated_on valid_until\n{row}")


def test_constants_without_sense_are_refused():
    with pytest.raises(ValueError, match="above zero"):
        HeldLevelConstants(peer_weight=0)
    with pytest.raises(ValueError, match="no base confidence for peer"):
        HeldLevelConstants(base={"self": 0.4})


def test_the_annex_lists_every_constant():
    printed = dict(constants_in_print(RULE))

    assert printed["weight.supervisor"] == 0.40
    assert printed["base.self+supervisor"] == 0.75
    assert len(printed) == 4 + 4 + 9


some_ratings = st.dictionaries(st.sampled_from(SOURCES), st.integers(0, 4), min_size=1)


@given(some_ratings, st.integers(0, 2000))
def test_the_level_lies_between_the_ratings_and_confidence_between_nought_and_one(given_, age):
    rows = pd.DataFrame(
        {
            "staff": "ann",
            "competency": "O4",
            "source": list(given_),
            "level": [float(level) for level in given_.values()],
            "rated_on": pd.Timestamp(TODAY) - pd.Timedelta(days=age),
            "valid_until": pd.NaT,
        }
    )

    held = held_levels(rows, RULE, as_of=TODAY).iloc[0]

    assert min(given_.values()) - 1e-9 <= held["level"] <= max(given_.values()) + 1e-9
    assert 0 <= held["confidence"] <= 1
    assert held["rated_on"] == pd.Timestamp(TODAY) - pd.Timedelta(days=age)


@given(some_ratings, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_of_no_matter(given_, random):
    rows = pd.DataFrame(
        {
            "staff": ["ann"] * len(given_) + ["ben"],
            "competency": "O4",
            "source": [*given_, "self"],
            "level": [*map(float, given_.values()), 2.0],
            "rated_on": pd.Timestamp(TODAY),
            "valid_until": pd.NaT,
        }
    )
    order = random.sample(range(len(rows)), len(rows))

    pd.testing.assert_frame_equal(
        held_levels(rows, RULE, as_of=TODAY), held_levels(rows.iloc[order], RULE, as_of=TODAY)
    )
