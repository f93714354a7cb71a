"""Cycles: what people held then and hold now, and what those who were trained gained."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from competencies.analysis.demand import PAIR
from competencies.analysis.summing import beside, grouped, heads, latest, sums
from hrplan.core.frames import need

COUNTS = ("n", "fresh", "lapsed", "missing", "risen", "fallen")
MEANS = ("before", "now", "change", "gap_before", "gap_now")


def changes(required: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Set the level held then beside the level held now, against what is asked today.

    Parameters
    ----------
    required : DataFrame, one row per (staff, competency) asked today, as `demand.Asked.required`
        required : int [level]
    before, now : DataFrame, one row per (staff, competency), as `held_levels` gives it
        level : float [level]; no row: not assessed by then

    Returns
    -------
    DataFrame, the rows of `required`, and
        before, now : float, NaN where not assessed [level]
        change : float, now - before, NaN unless assessed both times [level]
        gap_before, gap_now : float, against what is asked today, NaN as above [level]

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/cycles.md.
    """
    need(required, [*PAIR, "required"], key=PAIR)
    table = required.reset_index(drop=True)
    for name, held in (("before", before), ("now", now)):
        need(held, [*PAIR, "level"], key=PAIR)
        (table[name],) = beside(table, held, "level")
        table[f"gap_{name}"] = (table["required"] - table[name]).clip(lower=0.0)
    return table.assign(change=table["now"] - table["before"])


def change_totals(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Sum changes by group; only who was assessed both times counts in a mean.

    Parameters
    ----------
    table : DataFrame, as `changes` gives it, with the columns `by`
    by : the columns to group by; of none, one row over all

    Returns
    -------
    DataFrame, one row per group
        people : int [persons]
        n : int, pairs assessed both times; fresh : assessed only now; lapsed : only then
        missing : assessed neither time; risen, fallen : of n, with a level above or below
        before, now, change, gap_before, gap_now : float, means over n, NaN if n is 0 [level]

    Source
    ------
    docs/methods/cycles.md.
    """
    need(table, [*PAIR, *by, "before", "now", "change", "gap_before", "gap_now"])
    group, groups = grouped(table, by)
    found = groups.assign(**sums(group, len(groups), _addends(table)))
    n = found["n"].where(found["n"] > 0)
    found["people"] = heads(group, table["staff"], len(groups))
    found = found.assign(**{name: found[name] / n for name in MEANS})
    return found.astype(dict.fromkeys(COUNTS, int))[[*by, "people", *COUNTS, *MEANS]]


def _addends(table: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """What each row adds to each count and sum, by name."""
    then, today = (table[name].notna().to_numpy() for name in ("before", "now"))
    both, change = then & today, table["change"].to_numpy(np.float64)
    counts = (both, today & ~then, then & ~today, ~then & ~today, change > 0, change < 0)
    whole = {name: told.astype(np.float64) for name, told in zip(COUNTS, counts, strict=True)}
    return whole | {name: np.where(both, table[name].to_numpy(np.float64), 0.0) for name in MEANS}


def seen_since(table: pd.DataFrame, rated: pd.DataFrame, since: pd.Series) -> pd.DataFrame:
    """Take away the level held now where nobody looked again: an old rating shows no change.

    Parameters
    ----------
    table : DataFrame, as `changes` gives it
    rated : DataFrame, one row per rating
        rated_on : datetime, its day
    since : Series of datetime, of the rows of `table`: only a rating of that day or later counts

    Returns
    -------
    DataFrame, as `changes` gives it; now, gap_now and change NaN where not rated since

    Source
    ------
    docs/methods/cycles.md, "Training effect".
    """
    need(table, [*PAIR, "now", "gap_now", "change"], key=PAIR)
    need(rated, [*PAIR, "rated_on"])
    again = latest(table, rated, "rated_on").to_numpy() >= since.to_numpy()  # unknown: never later
    names = ["now", "gap_now", "change"]
    return table.assign(**{name: table[name].where(again) for name in names})


def training_effect(
    table: pd.DataFrame, trained: pd.DataFrame, by: Sequence[str] = ()
) -> pd.DataFrame:
    """Compare the change of those who were trained in a competency with that of all others.

    Parameters
    ----------
    table : DataFrame, as `changes` gives it, with the columns `by`
    trained : DataFrame, one row per (staff, competency) trained between the two days
    by : the columns to group by

    Returns
    -------
    DataFrame, the columns of `change_totals`, one row each for trained True and False, and
        trained : bool. A difference is no proof: who is trained was chosen for a gap.

    Source
    ------
    docs/methods/cycles.md, "Training effect".
    """
    need(trained, PAIR)
    (chosen,) = beside(table, trained[PAIR].drop_duplicates().assign(chosen=1), "chosen")
    rows = table.assign(trained=chosen == 1)
    return change_totals(rows, [*by, "trained"])
