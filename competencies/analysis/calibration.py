"""Calibration: how far self-ratings lie from supervisors' ratings, unit by unit."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from hrplan.core.frames import need

BIASED_AT = 0.5  # levels of mean difference from which a group is marked; own proposal
ENOUGH_PAIRS = 10  # pairs under which no group is marked; own proposal
HIGH, LOW, LEVEL, TOO_FEW = "self_higher", "self_lower", "in_line", "too_few"
PAIR = ["staff", "competency"]


def rating_pairs(assessments: pd.DataFrame, *, as_of: date) -> pd.DataFrame:
    """Set the latest self-rating beside the latest supervisor's rating, person by person.

    Parameters
    ----------
    assessments : DataFrame, one row per (staff, competency, source, rated_on)
        source : str; level : float [level]; rated_on : date, after `as_of` left out

    Returns
    -------
    DataFrame, one row per (staff, competency) rated by either, sorted
        self, supervisor : float, NaN where that one has not rated [level]
        difference : float, self - supervisor, NaN unless both have rated [level]

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/calibration.md.
    """
    key = [*PAIR, "source", "rated_on"]
    need(assessments, [*key, "level"])
    rows = assessments[assessments["source"].isin(["self", "supervisor"])]
    need(rows, [], key=key)
    known = pd.to_datetime(rows["rated_on"]) <= pd.Timestamp(as_of)
    rows = rows[known].sort_values("rated_on").drop_duplicates(key[:3], keep="last")
    both = [
        rows.loc[rows["source"] == source, [*PAIR, "level"]].rename(columns={"level": source})
        for source in ("self", "supervisor")
    ]
    table = both[0].merge(both[1], on=PAIR, how="outer").sort_values(PAIR)
    table["difference"] = table["self"] - table["supervisor"]
    return table.reset_index(drop=True)


def rater_bias(
    pairs: pd.DataFrame,
    by: Sequence[str],
    *,
    biased_at: float = BIASED_AT,
    enough: int = ENOUGH_PAIRS,
) -> pd.DataFrame:
    """Say of each group whether its people rate themselves above or below their supervisors.

    Parameters
    ----------
    pairs : DataFrame, one row per (staff, competency), as `rating_pairs` gives it, and `by`
    by : the columns to group by, such as unit
    biased_at : float, mean difference from which a group is marked [level]
    enough : int, pairs under which nothing is said [pairs]

    Returns
    -------
    DataFrame, one row per group, sorted by it
        people : int; n : int, pairs rated by both; missing : int, rated by one alone
        mean : float, mean difference, above 0 = self higher, NaN without pairs [level]
        spread : float, mean absolute distance of the differences from that mean [level]
        apart : float, share of pairs two or more levels apart, NaN without pairs [0..1]
        state : str, self_higher | self_lower | in_line | too_few

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/calibration.md.
    """
    need(pairs, [*PAIR, "difference", *by], key=PAIR)
    names = list(by)
    centre = pairs.groupby(names)["difference"].transform("mean")
    rows = pairs.assign(
        known=pairs["difference"].notna(),
        off=(pairs["difference"] - centre).abs(),
        far=(pairs["difference"].abs() >= 2).where(pairs["difference"].notna()).astype(float),
    )
    table = rows.groupby(names, as_index=False).agg(
        people=("staff", "nunique"),
        pairs=("known", "size"),
        n=("known", "sum"),
        mean=("difference", "mean"),
        spread=("off", "mean"),
        apart=("far", "mean"),
    )
    table["missing"] = table["pairs"] - table["n"]
    table["state"] = np.select(
        [table["n"] < enough, table["mean"] >= biased_at, table["mean"] <= -biased_at],
        [TOO_FEW, HIGH, LOW],
        LEVEL,
    )
    return table[[*names, "people", "n", "missing", "mean", "spread", "apart", "state"]]


LENIENT, SEVERE = "lenient", "severe"


def rater_severity(
    ratings: pd.DataFrame, *, biased_at: float = BIASED_AT, enough: int = ENOUGH_PAIRS
) -> pd.DataFrame:
    """Say of each rater how far the ratings lie from what all others say of the same pairs.

    Parameters
    ----------
    ratings : DataFrame, one row per (staff, competency, rater), the latest of each
        level : float [level]
        judged : bool, whether the rater is looked at; who rates oneself only serves to compare
    biased_at : float, mean difference from which a rater is marked [level]
    enough : int, pairs under which nothing is said [pairs]

    Returns
    -------
    DataFrame, one row per judged rater with a pair that somebody else rated, sorted by rater
        n : int, such pairs; people : int
        mean : float, rating less the mean of the others', above 0 is lenient [level]
        spread : float, standard deviation of these differences, NaN of one pair [level]
        state : str, lenient | severe | in_line | too_few

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/calibration.md, "Lenient and severe raters".
    """
    need(ratings, [*PAIR, "rater", "level", "judged"], key=[*PAIR, "rater"])
    groups = ratings.groupby(PAIR)["level"]
    others = groups.transform("size") - 1
    rest = (groups.transform("sum") - ratings["level"]) / others.where(others > 0)
    rows = ratings.assign(difference=ratings["level"] - rest)
    rows = rows[rows["judged"].astype(bool) & rows["difference"].notna()]
    table = rows.groupby("rater", as_index=False).agg(
        n=("difference", "size"),
        people=("staff", "nunique"),
        mean=("difference", "mean"),
        spread=("difference", "std"),
    )
    state = np.select(
        [table["n"] < enough, table["mean"] >= biased_at, table["mean"] <= -biased_at],
        [TOO_FEW, LENIENT, SEVERE],
        LEVEL,
    )
    return table.assign(state=state)
