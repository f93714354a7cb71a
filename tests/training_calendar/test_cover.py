import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drawn import frame, same
from training_calendar.analysis.cover import (
    max_away,
    releasable,
)


@pytest.mark.parametrize(
    ("headcount", "share", "expected"), [(20, 0.15, 3), (26, 0.15, 3), (4, 0.15, 1), (0, 0.15, 1)]
)
def test_the_policy_lets_a_share_go_and_never_less_than_one(headcount, share, expected):
    assert max_away(headcount, share) == expected


DUTY = frame("""
    station  day  rostered  minimum  max_away
    port     1    12        10       3
    port     2    12        10       3
    air      1    8         -        1
    air      2    8         3        1
""")
LEAVE = frame("""
    station  day  staff
    port     1    ann
    port     2    ann
    port     2    ben
    port     2    cy
""")
TRAINING = frame("""
    station  day  staff
    port     1    dee
    port     2    ann
    air      2    eve
""")


def test_the_tighter_of_two_limits_says_how_many_may_go():
    # port 1: 12 - 10 - 1 - 1 = 0 of the minimum, 3 - 1 = 2 of the policy
    # port 2: ann is away once, on leave and in training; 12 - 3 - 10 = -1
    # air 1: no minimum known, 1 of the policy; air 2: 8 - 1 - 3 = 4, but 1 - 1 = 0
    expected = frame("""
        station  day  on_leave  in_training  on_duty  spare  releasable  binding  covered
        port     1    1         1            10       0      0           minimum  True
        port     2    3         1            9        -1     0           minimum  False
        air      1    0         0            8        -      1           policy   True
        air      2    0         1            7        4      0           policy   True
    """)
    same(releasable(DUTY, LEAVE, TRAINING)[expected.columns.tolist()], expected)


def test_more_in_training_than_the_policy_allows_is_not_covered():
    two = frame("station day staff\nair 2 eve\nair 2 fay")

    table = releasable(DUTY, LEAVE, two).set_index(["station", "day"])

    assert not table.loc[("air", 2), "covered"]
    assert table.loc[("air", 2), "binding"] == "policy"


@given(st.integers(0, 30), st.integers(0, 30), st.integers(1, 9))
def test_releasing_so_many_keeps_cover_and_one_more_breaks_it(rostered, minimum, policy):
    duty = frame("station day rostered minimum max_away\nport 1 0 0 0").assign(
        rostered=rostered, minimum=minimum, max_away=policy
    )
    nobody = TRAINING.iloc[:0]
    now = releasable(duty, nobody, nobody).iloc[0]

    def after(number):
        people = TRAINING.iloc[[0] * number].assign(staff=[f"s{n}" for n in range(number)])
        return releasable(duty, nobody, people).iloc[0]["covered"]

    if now["covered"]:
        assert after(now["releasable"])
    assert not after(now["releasable"] + 1)
