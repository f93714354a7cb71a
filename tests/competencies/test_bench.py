import pytest

from competencies.analysis.bench import bench_depth, single_points
from tests.drawn import frame, same


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
