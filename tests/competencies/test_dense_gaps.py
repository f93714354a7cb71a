"""The dense engine says what the frames say, whatever the administration."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.demand import Demand, asked_of, roles
from competencies.analysis.dense_gaps import dense_sums
from competencies.analysis.dense_totals import dense_totals
from competencies.analysis.gaps import TOTALS, gap_totals, person_gaps
from hrplan.core.frames import plain

TOPICS, PROFILES, UNITS = ["C1", "O1", "O2", "V1"], ["p", "q", "r"], ["air", "port"]
WAYS = [(), ("unit",), ("profile",), ("competency",), ("unit", "competency"),
        ("profile", "competency")]  # fmt: skip
levels = st.one_of(st.none(), st.integers(0, 4000).map(lambda part: part / 1000))


@st.composite
def worlds(draw):
    """People with a unit, perhaps a profile, further profiles, exemptions; levels, some unknown."""
    count = draw(st.integers(0, 7))
    people, topics = range(count), range(len(TOPICS))
    cells = [(person, topic) for person in people for topic in topics]
    demands = [(profile, topic) for profile in range(len(PROFILES)) for topic in topics]
    return {
        "unit": [draw(st.integers(0, 1)) for _ in people],
        "profile": [draw(st.integers(-1, 2)) for _ in people],
        "second": draw(st.sets(st.tuples(st.sampled_from(people), st.integers(0, 2)), max_size=4))
        if count
        else set(),
        "exempt": draw(st.sets(st.sampled_from(cells), max_size=4)) if count else set(),
        "asked": {
            cell: (draw(st.integers(1, 4)), draw(st.integers(1, 3)), draw(st.booleans()))
            for cell in sorted(draw(st.sets(st.sampled_from(demands))))
        },
        "held": {
            cell: (level, draw(st.integers(0, 8)) / 8)
            for cell in cells
            if (level := draw(levels)) is not None
        },
    }


def by_frames(world):
    """The cells of the world by the functions on frames."""
    held = [(f"s{person}", TOPICS[topic], *cell) for (person, topic), cell in world["held"].items()]
    columns = ["staff", "unit", "profile", "competency", "required", "weight", "critical"]
    asked = [
        (f"s{n}", UNITS[world["unit"][n]], PROFILES[profile], TOPICS[topic], *_highest(cells))
        for n, profile in enumerate(world["profile"])
        if profile >= 0
        for topic in range(len(TOPICS))
        if (cells := _demands(world, n, topic))
    ]
    required = pd.DataFrame(asked, columns=columns).astype({"critical": bool})
    columns = ["staff", "competency", "level", "confidence"]
    return person_gaps(required, pd.DataFrame(held, columns=columns))


def _demands(world, person, topic):
    """What each profile of a person asks for in a competency, unless the person is exempt."""
    if (person, topic) in world["exempt"]:
        return []
    held = {world["profile"][person], *(p for n, p in world["second"] if n == person)}
    return [
        world["asked"][profile, topic] for profile in held if (profile, topic) in world["asked"]
    ]


def _highest(cells):
    levels, weights, critical = zip(*cells, strict=True)
    return max(levels), max(weights), any(critical)


def by_arrays(world, people=None, columns=None):
    """The sums of the world by the dense engine; people and columns in the order given."""
    people = list(range(len(world["unit"]))) if people is None else people
    columns = list(range(len(TOPICS))) if columns is None else columns
    level = np.full((len(people), len(columns)), np.nan, np.float32)
    sure = np.zeros((len(people), len(columns)), np.float32)
    row, column = ({old: new for new, old in enumerate(order)} for order in (people, columns))
    for (person, topic), cell in world["held"].items():
        if person in row:
            place = row[person], column[topic]
            level[place], sure[place] = cell
    tables = np.zeros((3, len(PROFILES), len(columns)))
    for (profile, topic), cell in world["asked"].items():
        tables[:, profile, column[topic]] = cell
    main = np.array([world["profile"][person] for person in people], np.int64)
    demand, role, _origin = roles(
        Demand(tables[0], tables[1], tables[2] > 0),
        main,
        [(row[person], profile) for person, profile in world["second"] if person in row],
        [(row[person], column[topic]) for person, topic in world["exempt"] if person in row],
    )
    unit = np.array([world["unit"][person] for person in people], np.int64)
    return dense_sums(level, sure, demand, role, np.column_stack([unit, np.maximum(main, 0)]))


def totals(sums, by, columns=None, left_out=()):
    topics = [TOPICS[column] for column in columns or range(len(TOPICS))]
    kept = np.array([topic not in left_out for topic in topics])
    names = {"unit": UNITS, "profile": PROFILES}
    return dense_totals(sums, names, topics, by, columns=kept)


def same(found, expected):
    pd.testing.assert_frame_equal(
        found, expected, check_dtype=False, check_exact=False, rtol=1e-6, atol=1e-6
    )


@given(worlds(), st.sampled_from(WAYS), st.sets(st.sampled_from(TOPICS), max_size=2))
def test_every_total_is_the_one_of_the_frames(world, by, left_out):
    expected = gap_totals(by_frames(world), by, left_out=left_out)

    same(totals(by_arrays(world), by, left_out=left_out), expected)


@given(worlds())
def test_what_is_asked_of_each_person_is_the_highest_of_their_profiles(world):
    people = pd.DataFrame({
        "staff": [f"s{n}" for n, _ in enumerate(world["unit"])],
        "unit": [UNITS[unit] for unit in world["unit"]],
        "profile": [PROFILES[p] if p >= 0 else None for p in world["profile"]],
    })  # fmt: skip
    asked = [(PROFILES[p], TOPICS[c], *cell) for (p, c), cell in world["asked"].items()]
    names = ["profile", "competency", "level", "weight", "critical"]
    found = asked_of(
        people,
        pd.DataFrame(asked, columns=names),
        pd.Index(TOPICS),
        [(f"s{person}", PROFILES[profile]) for person, profile in world["second"]],
        [(f"s{person}", TOPICS[topic]) for person, topic in world["exempt"]],
    ).required()

    expected = by_frames(world)
    columns = ["staff", "unit", "profile", "competency", "required", "weight", "critical"]
    same(
        plain(found[columns]),
        expected[columns].sort_values(["staff", "competency"], ignore_index=True),
    )
    for row in found.itertuples():
        origin = world["asked"][PROFILES.index(row.origin), TOPICS.index(row.competency)]
        assert origin[0] == row.required


@given(worlds(), st.sampled_from(WAYS), st.randoms())
def test_the_order_of_people_and_of_columns_is_of_no_matter(world, by, chance):
    people, columns = list(range(len(world["unit"]))), list(range(len(TOPICS)))
    chance.shuffle(people)
    chance.shuffle(columns)

    same(totals(by_arrays(world, people, columns), by, columns), totals(by_arrays(world), by))


@given(worlds())
def test_units_and_profiles_sum_to_the_whole(world):
    sums = by_arrays(world)
    whole = totals(sums, ())

    for by in (("unit",), ("profile",)):
        parts = totals(sums, by)
        for name in set(TOTALS) - {"index", "mean_gap", "confidence"}:
            assert parts[name].sum() == pytest.approx(whole[name].sum())


@given(worlds())
def test_what_is_not_assessed_is_missing_and_never_a_zero(world):
    unknown = {**world, "held": {}}

    found = totals(by_arrays(unknown), ())

    assert found["missing"].tolist() == found["pairs"].tolist()
    assert found[["n", "gap", "short", "critical_misses"]].to_numpy().sum() == 0
    assert found[["index", "mean_gap", "confidence"]].isna().all(axis=None)


@given(worlds(), st.floats(0, 4))
def test_raising_levels_never_widens_a_gap(world, more):
    raised = {cell: (level + more, sure) for cell, (level, sure) in world["held"].items()}

    before = totals(by_arrays(world), ("unit", "competency"))
    after = totals(by_arrays({**world, "held": raised}), ("unit", "competency"))

    for name in ("gap", "weighted_gap", "adjusted_gap", "short", "critical_misses"):
        assert (after[name] <= before[name] + 1e-6).all()


@given(worlds())
def test_of_the_critical_alone_the_totals_are_those_of_critical_cells(world):
    cells = by_frames(world)
    marked = {cell: one for cell, one in world["asked"].items() if one[2]}
    if world["second"]:  # whose other profile marks a cell is tried with the frames of the pages
        return

    expected = gap_totals(cells[cells["critical"]], ("unit",))

    same(totals(by_arrays({**world, "asked": marked}), ("unit",)), expected)
