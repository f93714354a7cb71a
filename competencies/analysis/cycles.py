"""Cycles: what people held then and hold now, and what those who were trained gained."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from competencies.analysis.gaps import beside
from hrplan.core.frames import need

PAIR = ["staff", "competency"]
COUNTS = ("n", "fresh", "lapsed", "missing", "risen", "fallen")
MEANS = ("before", "now", "change", "gap_before", "gap_now")


def changes(required: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Set the level held then beside the level held now, against what is asked today.

    Parameters
    ----------
    required : DataFrame, one row per (staff, competency) asked today, as `required_levels`
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
    then, today = table["before"].notna(), table["now"].notna()
    both = then & today
    rows = table.assign(
        n=both,
        fresh=today & ~then,
        lapsed=then & ~today,
        missing=~then & ~today,
        risen=table["change"] > 0,
        fallen=table["change"] < 0,
        **{name: table[name].where(both) for name in MEANS},
    )
    sums = {name: (name, "sum") for name in COUNTS}
    means = {name: (name, "mean") for name in MEANS}
    keyed = rows if by else rows.assign(_all=0)
    found = keyed.groupby(list(by) or ["_all"], as_index=False).agg(
        people=("staff", "nunique"), **sums, **means
    )
    return found.drop(columns="_all", errors="ignore").astype(dict.fromkeys(COUNTS, int))


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
    last = rated.groupby(PAIR)["rated_on"].max().rename("_last").reset_index()
    looked = table[PAIR].merge(last, on=PAIR, how="left")["_last"]
    again = looked.to_numpy() >= since.to_numpy()  # an unknown day is never later
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
    chosen = pd.MultiIndex.from_frame(trained[PAIR].drop_duplicates())
    is_trained = pd.MultiIndex.from_frame(table[PAIR]).isin(chosen)
    rows = table.assign(trained=np.asarray(is_trained, dtype=bool))
    return change_totals(rows, [*by, "trained"])
