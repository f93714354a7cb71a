import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.succession import (
    KINDS,
    Readiness,
    readiness,
    ready_people,
    standing_above,
    successors,
)
from tests.drawn import frame, same

TOPICS = pd.Index(["O1", "O4", "M1", "C1", "S1"])
REQUIREMENTS = frame("""
    profile  competency  level  critical
    head     O4          3      True
    head     O1          4      True
    head     M1          4      False
    clerk    S1          2      False
""")
NONE = np.nan


def ready(levels, profile="head"):
    """Kind and critical cells lacking, person by person."""
    found = readiness(
        np.array(levels, np.float32), TOPICS, REQUIREMENTS, pd.Index([profile], dtype="str")
    )
    kinds = [KINDS[kind] for kind in found.kind[0]]
    return list(zip(kinds, found.lacking[0].tolist(), strict=True))


def test_readiness_looks_at_critical_cells_alone():
    lacks_one_level_of_o1 = [3, 3, 0, NONE, NONE]
    lacks_a_tenth_of_o4 = [4, 2.9, NONE, NONE, NONE]
    has_no_o1 = [NONE, 3, NONE, 0, NONE]
    lacks_more_whatever_o1_is = [NONE, 1.5, NONE, NONE, NONE]
    has_all = [4, 3, NONE, NONE, NONE]

    assert ready([
        lacks_one_level_of_o1, lacks_a_tenth_of_o4, has_no_o1, lacks_more_whatever_o1_is, has_all,
    ]) == [
        ("one_to_two_years", 1), ("one_to_two_years", 1), ("unknown", 1), ("over_two_years", 2),
        ("ready_now", 0),
    ]  # fmt: skip


def test_a_profile_without_critical_cells_tells_nothing_of_readiness():
    assert ready([[4, 4, 4, 4, 4]], "clerk") == ready([[4] * 5], "new") == [("unknown", 0)]


STAFF = pd.Series(["ann", "ben", "cy"])
POSTS = frame("""
    post  profile  holder
    P1    head     ann
    P2    head     -
    P3    chief    zoe
    P4    none     ann
""")
READY_NOW, NEAR, FAR, UNKNOWN = range(4)
KNOWN = Readiness(
    pd.Index(["chief", "head"]),
    np.zeros((2, 3), np.int64),
    np.array([[FAR, UNKNOWN, UNKNOWN], [READY_NOW, READY_NOW, UNKNOWN]]),
)
STANDS_ABOVE = np.array(
    [[True, False, False], [False, True, False], [False, False, False], [False, False, False]]
)  # ann above P1, which is hers; ben above P2


def test_successors_are_counted_without_the_holder():
    expected = frame("""
        post  profile  ready_now  one_to_two_years  over_two_years  unknown  above  covered
        P1    head     1          0                 0               1        0      True
        P2    head     1          0                 0               1        1      True
        P3    chief    0          0                 1               2        0      False
        P4    none     0          0                 0               0        0      False
    """)
    same(successors(POSTS, STAFF, KNOWN, STANDS_ABOVE), expected)


def test_who_is_ready_for_two_posts_counts_once():
    assert ready_people(POSTS, STAFF, KNOWN, STANDS_ABOVE) == 2  # ann for P2, ben for P1
    assert ready_people(POSTS[:1], STAFF, KNOWN, STANDS_ABOVE[:1]) == 1


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

    found = standing_above(posts, people)

    # ann's job is lower, whatever her grade; of eve and fay only the grade can be told
    assert {
        post: [who for who, above in zip(people["staff"], row, strict=True) if above]
        for post, row in zip(posts["post"], found, strict=True)
    } == {
        "chief": ["cy", "dee"], "vacant": ["dee"], "typist": ["ann", "ben", "cy", "dee", "eve"],
    }  # fmt: skip


levels = st.lists(st.integers(0, 4), min_size=2, max_size=2)


@given(levels, st.integers(0, 1), st.integers(1, 4))
def test_learning_more_never_makes_anybody_less_ready(known, which, more):
    order = ["over_two_years", "one_to_two_years", "ready_now"]
    better = [level + more * (place == which) for place, level in enumerate(known)]

    before, after = (
        order.index(kind) for kind, _n in ready([[*known, 0, 0, 0], [*better, 0, 0, 0]])
    )

    assert after >= before
