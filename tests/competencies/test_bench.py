import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.bench import (
    bench_depth,
    readiness,
    single_points,
    standing_above,
    successors,
)
from tests.drawn import frame, same

HELD = frame("""
    staff  competency  level
    ann    O4          3
    ben    O4          2.9
    ann    O1          3
    ben    O1          4
    cy     C1          0
""")


def test_depth_counts_who_meets_what_is_asked():
    totals = frame("""
        competency  people  n  missing  short
        O1          2       1  1        0
        O4          3       2  1        1
    """)
    depth = bench_depth(totals)
    assert depth["able"].tolist() == [1, 1]
    assert depth["depth"].tolist() == pytest.approx([1 / 2, 1 / 3])


def test_where_nobody_meets_it_and_somebody_is_not_assessed_the_depth_is_unknown():
    totals = frame("""
        unit  competency  people  n  missing  short
        air   O4          1       0  1        0
        port  O1          2       1  1        0
        port  O4          2       2  0        2
    """)
    depth = bench_depth(totals)
    assert depth["able"].tolist() == [0, 1, 0]
    assert depth["depth"].isna().tolist() == [True, False, False]


def test_a_competency_that_hangs_on_one_person_is_a_single_point():
    expected = frame("""
        competency  n  holders  state
        O1          2  2        covered
        O4          2  1        single_point
        C1          1  0        single_point
        M1          0  0        unknown
    """)
    carriers = frame("""
        competency  n  holders
        O1          2  2
        O4          2  1
        C1          1  0
        M1          0  0
    """)
    same(single_points(carriers), expected)


REQUIREMENTS = frame("""
    profile  competency  level  critical
    head     O4          3      True
    head     O1          4      True
    head     M1          4      False
    clerk    S1          2      False
""")


def test_readiness_looks_at_critical_cells_alone():
    people = ["ann", "ben", "cy", "dee"]
    candidates = pd.DataFrame({"profile": "head", "staff": people})
    held = pd.concat([HELD, frame("staff competency level\ndee O4 1.5\ncy O4 3\nann M1 0")])

    # ann lacks one level of O1; ben 0.1 of O4; cy has no O1; dee lacks 1.5, whatever O1 is
    expected = frame("""
        profile  staff  critical  n  missing  short  widest  readiness
        head     ann    2         2  0        1      1       one_to_two_years
        head     ben    2         2  0        1      0.1     one_to_two_years
        head     cy     2         1  1        0      0       unknown
        head     dee    2         1  1        1      1.5     over_two_years
    """)
    same(readiness(candidates, REQUIREMENTS, held), expected)


def test_a_profile_without_critical_cells_tells_nothing_of_readiness():
    table = readiness(frame("profile staff\nclerk ann"), REQUIREMENTS, HELD)

    assert table[["critical", "readiness"]].values.tolist() == [[0, "unknown"]]


def test_successors_are_counted_without_the_holder():
    ready = frame("""
        profile  staff  readiness
        head     ann    ready_now
        head     ben    ready_now
        head     cy     unknown
        chief    ann    over_two_years
    """)
    posts = frame("""
        post  profile  holder
        P1    head     ann
        P2    head     -
        P3    chief    zoe
        P4    none     ann
    """)
    above = frame("post staff\nP2 ben\nP1 ann")

    expected = frame("""
        post  profile  ready_now  one_to_two_years  over_two_years  unknown  above  covered
        P1    head     1          0                 0               1        0      True
        P2    head     1          0                 0               1        1      True
        P3    chief    0          0                 1               0        0      False
        P4    none     0          0                 0               0        0      False
    """)
    same(successors(posts, ready, above), expected)


def test_who_holds_a_higher_post_or_grade_stands_above():
    posts = frame("""
        post     staff_level  grade
        chief    supervisors  7
        vacant   supervisors  -
        typist   support      3
    """)
    people = frame("""
        staff  staff_level  grade
        ann    officers     9
        ben    supervisors  7
        cy     supervisors  8
        dee    managers     5
        eve    support      4
        fay    -            2
    """)

    # ann's job is lower, whatever her grade; of eve and fay only the grade can be told
    expected = frame("""
        post    staff
        chief   cy
        chief   dee
        typist  ann
        typist  ben
        typist  cy
        typist  dee
        typist  eve
        vacant  dee
    """)
    same(standing_above(posts, people), expected)


levels = st.lists(st.integers(0, 4), min_size=2, max_size=2)


@given(levels, st.integers(0, 1), st.integers(1, 4))
def test_learning_more_never_makes_anybody_less_ready(known, which, more):
    order = ["over_two_years", "one_to_two_years", "ready_now"]
    candidate = frame("profile staff\nhead ann")

    def state(now):
        held = pd.DataFrame({"staff": "ann", "competency": ["O4", "O1"], "level": now})
        return order.index(readiness(candidate, REQUIREMENTS, held)["readiness"].iloc[0])

    better = [level + more * (place == which) for place, level in enumerate(known)]

    assert state(better) >= state(known)
