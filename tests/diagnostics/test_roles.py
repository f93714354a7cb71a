import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.analysis.roles import role_distances
from tests.drawn import frame, same


def votes(**roles: list[int]) -> pd.DataFrame:
    """One question; `role=[levels]`, a vote each."""
    rows = [
        {"question": "D1.1", "participant": f"{role}{n}", "role": role, "level": float(level)}
        for role, levels in roles.items()
        for n, level in enumerate(levels)
    ]
    return pd.DataFrame(rows)


def test_a_function_is_told_by_its_mean_distance_from_the_median_of_the_room():
    # The median of all eleven is 3.
    table = role_distances(votes(collector=[1, 1, 2, 3, 3], deputy=[3, 3, 4, 4, 5, 5]), limit=5)

    expected = frame("""
        role       people  votes  distance  apart
        collector  5       5      -1.0      2
        deputy     6       6      1.0       2
    """)
    same(table, expected)


def test_functions_below_the_limit_are_told_together_as_the_others():
    table = role_distances(votes(a=[3] * 5, b=[3] * 3, c=[5] * 2), limit=5)

    assert table[["role", "people"]].to_numpy().tolist() == [["a", 5], ["", 5]]


def test_what_is_left_over_of_the_total_never_gives_a_small_function_away():
    table = role_distances(votes(a=[3] * 9, b=[2] * 5, c=[5]), limit=5)

    assert table[["role", "people"]].to_numpy().tolist() == [["a", 9], ["", 6]]


def test_a_room_of_small_functions_shows_none():
    twelve = {f"role{n}": [3] for n in range(12)}

    assert role_distances(votes(**twelve), limit=5).empty


def test_who_gave_no_level_counts_nowhere():
    rows = votes(a=[3] * 5, b=[3] * 5)
    rows.loc[rows["participant"] == "b0", "level"] = None

    assert role_distances(rows, limit=5).empty


sizes = st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 9), min_size=1)


@given(sizes, st.integers(1, 6))
def test_no_line_has_fewer_people_than_the_limit(people, limit):
    table = role_distances(votes(**{role: [3] * n for role, n in people.items()}), limit=limit)

    assert (table["people"] >= limit).all()
    assert table["people"].sum() in {0, sum(people.values())}
