import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.rounds import round_effects
from hrplan.core.frames import FrameError
from tests.drawn import frame, same

SCALE = [1, 2, 3, 4, 5]
VOTES = frame("""
    question  sitting  round  participant  level  does_not_apply
    D1.1      w1       1      p1           1      False
    D1.1      w1       1      p2           3      False
    D1.1      w1       1      p3           3      False
    D1.1      w1       1      p4           5      False
    D1.1      w1       1      p5           -      False
    D1.1      w1       2      p1           2      False
    D1.1      w1       2      p2           3      False
    D1.1      w1       2      p3           4      False
    D1.1      w1       2      p4           -      True
    D1.1      w1       2      p5           3      False
    D1.1      w2       1      p1           4      False
""")


def test_people_are_followed_one_by_one_from_round_to_round():
    # Both p1, p2, p3: p4 gave no level in round 2, p5 none in round 1.
    # p1 came nearer to the earlier median of 3, p3 went away from it.
    # Round 1: 1 0 2 0 1, as in the agreement's own test. Round 2: 0 1 2 1 0 is a layer 01110 of 3
    # votes and 00100 of 1: (3 x 1/2 + 1) / 4.
    expected = frame("""
        question sitting round n missing not_applicable median agreement earlier both up down
        D1.1     w1      1     4 1       0              3      -         -       0    0  0
        D1.1     w1      2     4 0       1              3      0.625     3       3    2  0
        D1.1     w2      1     1 0       0              4      1         -       0    0  0
    """).assign(agreement=[(3 * -5 / 18 + 1) / 4, 0.625, 1.0], nearer=[0, 1, 0], farther=[0, 1, 0])
    same(round_effects(VOTES, SCALE), expected)


def test_no_votes_have_no_rounds():
    assert round_effects(VOTES.iloc[:0], SCALE).empty


def test_a_vote_given_twice_is_refused():
    with pytest.raises(FrameError, match="given twice"):
        round_effects(VOTES.assign(participant="p1"), SCALE)


levels = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9)


@given(levels)
def test_who_moved_went_either_up_or_down_and_nobody_moves_without_moving(pairs):
    rows = [
        {"round": number, "participant": f"p{place}", "level": pair[number - 1]}
        for place, pair in enumerate(pairs)
        for number in (1, 2)
    ]
    votes = VOTES.iloc[:0].assign(participant=[]).reindex(range(len(rows)))
    votes = votes.assign(question="q", sitting="w", does_not_apply=False)
    for name in ("round", "participant", "level"):
        votes[name] = [row[name] for row in rows]

    after = round_effects(votes, SCALE).iloc[1]

    moved = sum(one != other for one, other in pairs)
    assert (after["both"], after["up"] + after["down"]) == (len(pairs), moved)
    assert after["nearer"] + after["farther"] <= moved
