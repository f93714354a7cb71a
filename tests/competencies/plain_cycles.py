"""The change between two days read cell by cell over frames: what the dense tables must say."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from competencies import frames
from competencies.analysis.cycles import COUNTS, MEANS
from competencies.analysis.demand import PAIR
from competencies.analysis.held_levels import held_levels
from competencies.usecases.gaps import GapAnalysis
from hrplan.core.frames import plain


def changes(required: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Each pair of `required` with its levels and gaps on both days; NaN where not assessed."""
    table = required
    for name, held in (("before", before), ("now", now)):
        table = table.merge(held[[*PAIR, "level"]].rename(columns={"level": name}), "left", PAIR)
        table[f"gap_{name}"] = (table["required"] - table[name]).clip(lower=0.0)
    return table.assign(change=table["now"] - table["before"])


def change_totals(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Totals by the columns `by`, of none one row over all: by, people, COUNTS, MEANS."""
    then, today, up = table["before"].notna(), table["now"].notna(), table["change"]
    told = (then & today, today & ~then, then & ~today, ~then & ~today, up > 0, up < 0)
    rows = table.assign(**dict(zip(COUNTS, told, strict=True)), everybody="")
    rows[list(MEANS)] = rows[list(MEANS)].where(rows["n"])
    found = rows.groupby(list(by) or ["everybody"], as_index=False).agg(
        people=("staff", "nunique"),
        **{name: (name, "sum") for name in COUNTS},
        **{name: (name, "mean") for name in MEANS},
    )
    return found[[*by, "people", *COUNTS, *MEANS]]


def changes_since(analysis: GapAnalysis, before: date) -> pd.DataFrame:
    """The changes of everybody of an analysis, from the ratings; values stay out."""
    if analysis.framework is None:
        then = now = analysis.levels
    else:
        ratings = analysis.ratings_of(frames.counting(analysis.framework))
        then, now = (
            plain(held_levels(ratings, analysis.constants, as_of=day))
            for day in (before, analysis.as_of)
        )
    required = plain(analysis.required)
    required = required[~required["competency"].isin(analysis.left_out)]
    return changes(required, then, now)


def seen_since(table: pd.DataFrame, rated: pd.DataFrame, since: pd.Series) -> pd.DataFrame:
    """The same without what nobody rated on the day `since` of the row or later."""
    last = rated.groupby(PAIR, as_index=False)["rated_on"].max()
    day = table[PAIR].merge(last, "left", PAIR)["rated_on"].to_numpy()
    names = ["now", "gap_now", "change"]
    return table.assign(**{name: np.where(day >= since, table[name], np.nan) for name in names})
