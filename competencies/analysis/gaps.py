"""Gaps: how far people fall short of what their job profiles ask, cell by cell and summed."""

from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import in_order, need, numbered, places, plain

CRITICAL_AT = 1.0  # levels; a critical cell this far below is a critical miss
PAIR = ["staff", "competency"]
COUNTS = (
    "people", "pairs", "n", "missing", "short", "critical", "critical_n", "critical_misses",
)  # fmt: skip
TOTALS = (
    "people", "pairs", "n", "missing", "short", "gap", "surplus", "weighted_gap",
    "weighted_required", "adjusted_gap", "index", "mean_gap", "confidence",
    "critical", "critical_n", "critical_misses",
)  # fmt: skip
NOT_ASKED = -1.0
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def required_levels(holdings: pd.DataFrame, requirements: pd.DataFrame) -> pd.DataFrame:
    """Say what each person is asked to hold, over the main and any secondary profile.

    Where two profiles ask for the same competency the higher level counts, marked with the
    profile it comes from; the weight is the greater one, and critical is what either marks so.

    Parameters
    ----------
    holdings : DataFrame, one row per (staff, profile)
        staff, profile, unit : str, codes
        main : bool, the profile is the person's main one
    requirements : DataFrame, one row per (profile, competency)
        profile, competency : str, codes
        level : int, level asked for [level, 1..top level]
        weight : float, importance in the profile [1..3]
        critical : bool, the work cannot be done below it

    Returns
    -------
    DataFrame, one row per (staff, competency), sorted by them
        unit : str; profile : str, the person's main profile
        origin : str, the profile that asks for the highest level; the main one on a tie
        required : int [level]; weight : float; critical : bool

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/gaps.md, "What is required".
    """
    need(holdings, ["staff", "profile", "unit", "main"], key=["staff", "profile"])
    asked = ["profile", "competency"]
    need(requirements, [*asked, "level", "weight", "critical"], key=asked)
    first = holdings["main"].astype(bool)
    need(holdings[first], [], key=["staff"])
    rows = pd.concat([holdings[first], holdings[~first]], ignore_index=True)
    people, profiles = in_order(rows["staff"]), in_order(rows["profile"])
    topics = in_order(requirements["competency"])
    tables = np.full((3, len(profiles) + 1, len(topics)), NOT_ASKED)
    cells = places(profiles, requirements["profile"]), places(topics, requirements["competency"])
    for table, name in zip(tables, ("level", "weight", "critical"), strict=True):
        table[cells] = requirements[name].to_numpy(np.float64)
    tables[:, -1] = NOT_ASKED  # what profiles that nobody holds ask for
    person, profile = places(people, rows["staff"]), places(profiles, rows["profile"])
    held, role = _roles(len(people), person, profile)
    highest, origin = _highest(tables, held)
    staff, cell = _spread(highest[0] > NOT_ASKED, role)
    main = np.full(len(people), -1)
    main[person[: first.sum()]] = np.arange(first.sum())
    return pd.DataFrame({
        "staff": numbered(staff, people),
        "competency": numbered(cell[1], topics),
        "unit": _of_main(rows["unit"], main[staff]),
        "profile": _of_main(rows["profile"], main[staff]),
        "origin": numbered(origin[cell], profiles),
        "required": highest[0][cell].astype(np.int64),
        "weight": highest[1][cell],
        "critical": highest[2][cell] > 0,
    })  # fmt: skip


def _roles(people: int, person: Whole, profile: Whole) -> tuple[list[tuple[int, ...]], Whole]:
    """The different combinations of profiles held, main one first, and which each person has."""
    held: list[tuple[int, ...]] = [()] * people
    for who, what in zip(person.tolist(), profile.tolist(), strict=True):
        held[who] = (*held[who], what)
    different = {key: number for number, key in enumerate(dict.fromkeys(held))}
    return list(different), np.fromiter((different[key] for key in held), np.int64, people)


def _highest(tables: Floats, held: list[tuple[int, ...]]) -> tuple[Floats, Whole]:
    """What each combination asks for, (3, combinations, competencies), and which profile does."""
    highest = np.full((3, len(held), tables.shape[2]), NOT_ASKED)
    origin = np.zeros(highest.shape[1:], np.int64)
    for number, key in enumerate(held):
        asked = tables[:, list(key)]
        highest[:, number] = asked.max(axis=1)
        origin[number] = np.array(key)[asked[0].argmax(axis=0)]
    return highest, origin


def _spread(asked: NDArray[np.bool_], role: Whole) -> tuple[Whole, tuple[Whole, Whole]]:
    """One place a person and thing asked of them: the person, and the (role, thing) it is."""
    kind, thing = np.nonzero(asked)
    size = asked.sum(axis=1)
    many = size[role]
    person = np.repeat(np.arange(len(role)), many)
    begin = np.cumsum(size) - size
    place = np.arange(len(person)) + np.repeat(begin[role] - np.cumsum(many) + many, many)
    return person, (kind[place], thing[place])


def _of_main(column: pd.Series, row: Whole) -> pd.Categorical:
    """What the row of the main profile holds, for each place; nothing where there is none."""
    known, names = pd.factorize(column, sort=True)
    return numbered(np.append(known, -1)[row], pd.Index(names))


def without_exempt(required: pd.DataFrame, exempt: pd.DataFrame) -> pd.DataFrame:
    """The rows of `required` but for the pairs (staff, competency) of which nothing is asked."""
    need(exempt, PAIR)
    if exempt.empty:
        return required
    people, topics = (pd.Index(exempt[name].unique()) for name in PAIR)
    gone = np.zeros((len(people) + 1, len(topics) + 1), bool)
    gone[places(people, exempt["staff"]), places(topics, exempt["competency"])] = True
    kept = ~gone[places(people, required["staff"]), places(topics, required["competency"])]
    return required[kept].reset_index(drop=True)


def person_gaps(required: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Measure the gap of each person in each competency asked of them.

    Parameters
    ----------
    required : DataFrame, one row per (staff, competency), as `required_levels` gives it
        staff, competency, unit, profile : str, codes
        required : int [level]; weight : float [1..3]; critical : bool
    held : DataFrame, one row per (staff, competency), as `held_levels` gives it
        level : float, held; 0 = assessed and not held [level]
        confidence : float [0..1]
        No row: not assessed. What isn't asked for is left out.

    Returns
    -------
    DataFrame, the rows and columns of `required`, and
        held : float, NaN if not assessed [level]
        confidence : float, NaN if not assessed [0..1]
        assessed : bool
        gap : float, max(0, required - held), NaN if not assessed [level]
        surplus : float, max(0, held - required), NaN if not assessed [level]
        weighted_gap : float, weight x gap [weighted levels]
        adjusted_gap : float, weighted gap x confidence [weighted levels]
        critical_miss : bool, a critical cell assessed at least one level below

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/gaps.md, "The gap of one person".
    """
    need(required, [*PAIR, "unit", "profile", "required", "weight", "critical"], key=PAIR)
    need(held, [*PAIR, "level", "confidence"], key=PAIR)
    level, confidence = beside(required, held, "level", "confidence")
    asked = required["required"].to_numpy(np.float64)
    gap = np.maximum(0.0, asked - level)
    weighted = gap * required["weight"].to_numpy(np.float64)
    return required.reset_index(drop=True).assign(
        held=level,
        confidence=confidence,
        assessed=~np.isnan(level),
        gap=gap,
        surplus=np.maximum(0.0, level - asked),
        weighted_gap=weighted,
        adjusted_gap=weighted * confidence,
        critical_miss=required["critical"].to_numpy(bool) & (gap >= CRITICAL_AT),
    )


def beside(rows: pd.DataFrame, told: pd.DataFrame, *names: str) -> tuple[Floats, ...]:
    """What another frame tells of the pair (staff, competency) of each row; NaN where nothing.

    told : one row per (staff, competency); names : its columns of numbers to look up
    """
    people, topics = (pd.Index(rows[name].unique()) for name in PAIR)
    table = np.full((len(people) + 1, len(topics) + 1), -1, np.int32)
    table[places(people, told["staff"]), places(topics, told["competency"])] = np.arange(len(told))
    table[-1], table[:, -1] = -1, -1  # of whom or what no row speaks
    place = table[places(people, rows["staff"]), places(topics, rows["competency"])]
    return tuple(np.append(told[name].to_numpy(np.float64), np.nan)[place] for name in names)


def gap_totals(
    gaps: pd.DataFrame, by: Sequence[str], *, left_out: Collection[str] = frozenset()
) -> pd.DataFrame:
    """Sum gaps over any grouping: unit, profile, competency, both of a heat map, or person.

    Gaps are taken person by person and only then summed: one who holds more than is asked
    doesn't make up for one who holds less. Required pairs without an assessment are counted
    apart and enter neither side of the index.

    Parameters
    ----------
    gaps : DataFrame, one row per (staff, competency), as `person_gaps` gives it
    by : the columns to group by; none gives one row for all
    left_out : codes of competencies kept out of totals, such as the values of group V

    Returns
    -------
    DataFrame, one row per group, sorted by it
        people : int, staff members of whom something is asked
        pairs, n, missing : int, cells required, of them assessed and not assessed
        short : int, assessed cells with a gap
        gap, surplus : float, sums [person-levels]
        weighted_gap, weighted_required, adjusted_gap : float, sums over assessed cells
        index : float, weighted_gap / weighted_required, NaN if nothing is assessed [0..1]
        mean_gap : float, gap / n, NaN if nothing is assessed [level]
        confidence : float, mean over assessed cells [0..1]
        critical, critical_n, critical_misses : int, critical cells, of them assessed, missed

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/gaps.md, "Sums and the gap index".
    """
    names = ["required", "weight", "assessed", "gap", "surplus", "weighted_gap", "adjusted_gap"]
    need(gaps, [*PAIR, *by, *names, "critical", "critical_miss", "confidence"], key=PAIR)
    kept = gaps[~gaps["competency"].isin(list(left_out))]
    group, sums = _groups(kept, by)
    for name, values in _addends(kept).items():
        sums[name] = np.bincount(group, np.nan_to_num(values), minlength=len(sums))
    sums["people"] = _heads(group, kept["staff"], len(sums))
    sums["index"] = sums["weighted_gap"] / sums["weighted_required"].where(sums["n"] > 0)
    sums["mean_gap"] = sums["gap"] / sums["n"].where(sums["n"] > 0)
    sums["confidence"] = sums["confidence"] / sums["n"].where(sums["n"] > 0)
    return sums.astype(dict.fromkeys(COUNTS, int))[[*by, *TOTALS]]


def _addends(cells: pd.DataFrame) -> dict[str, Floats]:
    """What each cell adds to each sum, by the sum's name; NaN adds nothing."""
    numbers = {
        name: cells[name].to_numpy(np.float64)
        for name in ("gap", "surplus", "weighted_gap", "adjusted_gap", "confidence")
    }
    n = cells["assessed"].to_numpy(np.float64)
    critical = cells["critical"].to_numpy(np.float64)
    asked = cells["weight"].to_numpy(np.float64) * cells["required"].to_numpy(np.float64)
    return {
        **numbers,
        "pairs": np.ones(len(cells)),
        "n": n,
        "missing": 1 - n,
        "short": (numbers["gap"] > 0).astype(np.float64),
        "weighted_required": asked * n,
        "critical": critical,
        "critical_n": critical * n,
        "critical_misses": cells["critical_miss"].to_numpy(np.float64),
    }


def _heads(group: NDArray[np.int64], staff: pd.Series, groups: int) -> NDArray[np.int64]:
    """How many different staff members each group has."""
    codes = np.asarray(pd.factorize(staff)[0], np.int64)
    width = int(codes.max(initial=0)) + 1
    pairs = np.sort(group * width + codes)
    first = np.diff(pairs, prepend=-1) > 0
    return np.bincount(pairs[first] // width, minlength=groups).astype(np.int64)


def _groups(rows: pd.DataFrame, by: Sequence[str]) -> tuple[NDArray[np.int64], pd.DataFrame]:
    """The number of each row's group, and the groups in order."""
    if not by:
        return np.zeros(len(rows), np.int64), pd.DataFrame(index=range(1))
    number = np.zeros(len(rows), np.int64)
    for name in by:
        codes, values = pd.factorize(rows[name], sort=True, use_na_sentinel=False)
        number = number * len(values) + codes
    found, first, group = np.unique(number, return_index=True, return_inverse=True)
    return np.asarray(group, np.int64), plain(rows[list(by)].iloc[first])
