import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.demand import asked_of
from competencies.analysis.gaps import gap_totals, person_gaps
from hrplan.core.frames import FrameError
from tests.drawn import frame, same

REQUIREMENTS = frame("""
    profile    competency  level  weight  critical
    examiner   O4          3      3       True
    examiner   O1          2      2       False
    examiner   V1          2      2       False
    clearance  O4          2      2       False
    clearance  O1          3      1       True
""")
PEOPLE = frame("""
    staff  profile    unit
    ann    examiner   port
    ben    examiner   port
    cy     examiner   air
    dee    clearance  air
""")
COLUMNS = pd.Index(["O4", "O1", "V1"])
HELD = frame("""
    staff  competency  level  confidence
    ann    O4          2.25   0.5
    ann    O1          3      1.0
    ann    V1          1      1.0
    ben    O4          1      0.8
    cy     O4          3      1.0
    cy     O1          0      0.5
    dee    O1          1      0.5
    dee    M9          4      1.0
""")
ASKED = asked_of(PEOPLE, REQUIREMENTS, COLUMNS, [("cy", "clearance")])
GAPS = person_gaps(ASKED.required(), HELD)


def test_of_two_profiles_the_higher_level_counts_and_is_marked_with_its_origin():
    required = ASKED.required().query("staff == 'cy'").reset_index(drop=True)

    expected = frame("""
        staff  competency  unit  profile   origin     required  weight  critical
        cy     O1          air   examiner  clearance  3         2       True
        cy     O4          air   examiner  examiner   3         3       True
        cy     V1          air   examiner  examiner   2         2       False
    """)
    same(required, expected)


def test_two_main_profiles_are_refused():
    with pytest.raises(FrameError, match="key given twice: staff cy"):
        asked_of(pd.concat([PEOPLE, PEOPLE.iloc[[2]]]), REQUIREMENTS, COLUMNS)


def test_of_who_is_exempt_nothing_is_asked_and_others_keep_what_is_asked_of_them():
    required = asked_of(PEOPLE, REQUIREMENTS, COLUMNS, exempt=[("ann", "O4")]).required()

    pairs = list(zip(required["staff"], required["competency"], strict=True))
    assert ("ann", "O4") not in pairs
    assert ("ben", "O4") in pairs
    assert ("ann", "O1") in pairs


def test_a_further_profile_counts_beside_a_main_one_alone():
    nobody = PEOPLE.assign(profile=[None, "examiner", "examiner", "clearance"])

    required = asked_of(nobody, REQUIREMENTS, COLUMNS, [("ann", "clearance")]).required()

    assert "ann" not in set(required["staff"])


def test_the_gap_of_each_person_is_measured_and_the_unknown_stays_unknown():
    expected = frame("""
        staff  competency  held  gap   surplus  weighted_gap  adjusted_gap  critical_miss
        ann    O1          3     0     1        0             0             False
        ann    O4          2.25  0.75  0        2.25          1.125         False
        ann    V1          1     1     0        2             2             False
        ben    O1          -     -     -        -             -             False
        ben    O4          1     2     0        6             4.8           True
        ben    V1          -     -     -        -             -             False
        cy     O1          0     3     0        6             3             True
        cy     O4          3     0     0        0             0             False
        cy     V1          -     -     -        -             -             False
        dee    O1          1     2     0        2             1             True
        dee    O4          -     -     -        -             -             False
    """)
    same(GAPS[expected.columns.tolist()], expected)
    assert GAPS["assessed"].sum() == 7


def test_a_unit_is_summed_over_people_with_the_unknown_counted_apart():
    totals = gap_totals(GAPS, ["unit"], left_out={"V1"})

    # port: ann O1 and O4, ben O4 of 4 cells; weighted 0 + 2.25 + 6 of 4 + 9 + 9
    # air: cy O1 and O4, dee O1 of 4 cells; weighted 6 + 0 + 2 of 6 + 9 + 3
    expected = frame("""
        unit  people  pairs  n  missing  short  gap   weighted_gap  weighted_required  adjusted_gap
        air   2       4      3  1        2      5     8             18                 4
        port  2       4      3  1        2      2.75  8.25          22                 5.925
    """)
    same(totals[expected.columns.tolist()], expected)
    assert totals["index"].tolist() == pytest.approx([8 / 18, 8.25 / 22])
    assert totals["mean_gap"].tolist() == pytest.approx([5 / 3, 2.75 / 3])
    assert totals["confidence"].tolist() == pytest.approx([2 / 3, 2.3 / 3])
    assert totals[["critical", "critical_n", "critical_misses"]].values.tolist() == [
        [3, 3, 2],
        [2, 2, 1],
    ]


def test_values_enter_the_totals_unless_they_are_left_out():
    assert gap_totals(GAPS, [])["gap"].tolist() == [8.75]
    assert gap_totals(GAPS, [], left_out={"V1"})["gap"].tolist() == [7.75]


def test_a_group_in_which_nobody_is_assessed_has_no_index():
    totals = gap_totals(GAPS[GAPS["staff"] == "ben"], ["competency"])

    assert totals["competency"].tolist() == ["O1", "O4", "V1"]
    assert totals["n"].tolist() == [0, 1, 0]
    assert totals["index"].isna().tolist() == [True, False, True]
    assert totals["mean_gap"].isna().tolist() == [True, False, True]


def test_a_heat_map_has_a_row_for_each_cell_that_asks_for_something():
    cells = gap_totals(GAPS, ["unit", "competency"])

    assert cells[["unit", "competency", "people", "short"]].values.tolist() == [
        ["air", "O1", 2, 2],
        ["air", "O4", 2, 0],
        ["air", "V1", 1, 0],
        ["port", "O1", 2, 0],
        ["port", "O4", 2, 2],
        ["port", "V1", 2, 1],
    ]


def test_no_gaps_make_no_groups():
    assert gap_totals(GAPS.iloc[:0], ["unit"]).empty


STAFF, TOPICS = [f"s{n}" for n in range(6)], ["C1", "C2", "O1", "O2"]


@st.composite
def worlds(draw):
    """Six people of two units, some required, some of it held."""
    cells = [(staff, topic) for staff in STAFF for topic in TOPICS]
    asked = draw(st.lists(st.sampled_from(cells), min_size=1, unique=True))
    known = draw(st.lists(st.sampled_from(cells), unique=True))
    required = pd.DataFrame(asked, columns=["staff", "competency"]).assign(
        unit=[f"u{STAFF.index(staff) % 2}" for staff, _ in asked],
        profile="p",
        required=[draw(st.integers(1, 4)) for _ in asked],
        weight=[draw(st.integers(1, 3)) for _ in asked],
        critical=[draw(st.booleans()) for _ in asked],
    )
    held = pd.DataFrame(known, columns=["staff", "competency"]).assign(
        level=[draw(st.integers(0, 16)) / 4 for _ in known],
        confidence=[draw(st.integers(0, 4)) / 4 for _ in known],
    )
    return required, held


@given(worlds(), st.floats(0, 4))
def test_raising_a_held_level_never_widens_a_gap(world, more):
    required, held = world

    before = person_gaps(required, held)["gap"]
    after = person_gaps(required, held.assign(level=held["level"] + more))["gap"]

    assert (after.dropna() <= before.dropna()).all()
    assert (after.isna() == before.isna()).all()


@given(worlds())
def test_the_gaps_of_units_sum_to_the_gaps_of_persons(world):
    gaps = person_gaps(*world)

    units, persons, everybody = (gap_totals(gaps, by) for by in (["unit"], ["staff"], []))

    for name in ("people", "pairs", "n", "missing", "short", "gap", "weighted_gap"):
        assert units[name].sum() == pytest.approx(persons[name].sum())
        assert units[name].sum() == pytest.approx(everybody[name].sum())


@given(worlds(), st.integers(0, 1000))
def test_the_order_of_rows_is_of_no_matter(world, seed):
    required, held = world
    shuffled = required.sample(frac=1, random_state=seed), held.sample(frac=1, random_state=seed)

    totals = gap_totals(person_gaps(*shuffled), ["unit", "competency"])

    pd.testing.assert_frame_equal(
        totals, gap_totals(person_gaps(*world), ["unit", "competency"]), check_exact=False
    )


@given(worlds())
def test_a_gap_and_a_surplus_are_never_both_there(world):
    gaps = person_gaps(*world)

    assert np.nanmax(np.minimum(gaps["gap"], gaps["surplus"]).fillna(0)) == 0
