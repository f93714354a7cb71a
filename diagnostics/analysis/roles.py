"""Whether the functions in the room see things differently; no group too small to hide a person."""

import pandas as pd

from diagnostics.analysis.agreement import APART_AT
from hrplan.core.frames import need

OTHERS = ""  # the functions that are too small to be shown by themselves, taken together
COLUMNS = ["role", "people", "votes", "distance", "apart"]


def role_distances(votes: pd.DataFrame, *, limit: int, at: float = APART_AT) -> pd.DataFrame:
    """Say how far each function lies from the room's median, over all questions.

    A function with fewer people than the limit is told only together with the others that are
    small. If these together are still too few, the smallest function that could be shown joins
    them: what is left over of a total would give them away.

    Parameters
    ----------
    votes : DataFrame, one row per (question, participant), of one round of each question
        question, participant, role : str, codes; an empty role belongs to the others
        level : float, NaN where no level was given [level]
    limit : int, people below which no function is shown [persons]
    at : float, levels from the median at which a vote stands apart

    Returns
    -------
    DataFrame, one row per function, the farthest first, the others last; none where even all
    people together are fewer than the limit, or where nothing but the others would be left
        role : str, "" for the others
        people : int, with at least one level [persons]; votes : int, with a level
        distance : float, mean of level - median of the question [level]
        apart : int, votes at least `at` levels from the median

    Raises
    ------
    FrameError
        A column is missing or a vote given twice.

    Source
    ------
    docs/methods/agreement.md, "Functions that stand apart".
    """
    need(votes, ["question", "participant", "role", "level"], key=["question", "participant"])
    rows = votes.assign(
        away=votes["level"] - votes.groupby("question")["level"].transform("median")
    )
    rows = rows.dropna(subset=["away"])
    people = rows[rows["role"] != OTHERS].groupby("role")["participant"].nunique()
    shown = _shown(people, rows["participant"].nunique(), limit)
    rows = rows.assign(role=rows["role"].where(rows["role"].isin(shown), OTHERS))
    table = (
        rows.assign(apart=rows["away"].abs() >= at)
        .groupby("role", as_index=False)
        .agg(
            people=("participant", "nunique"),
            votes=("away", "size"),
            distance=("away", "mean"),
            apart=("apart", "sum"),
        )
    )
    table["last"], table["size"] = table["role"] == OTHERS, -table["distance"].abs()
    table = table.sort_values(["last", "size", "role"]) if shown else table.iloc[:0]
    return table[COLUMNS].reset_index(drop=True)


def _shown(people: pd.Series, everybody: int, limit: int) -> list[str]:
    """The functions that are large enough, as long as those left over are none or enough."""
    large = people[people >= limit].sort_index().sort_values(kind="stable")
    while len(large) and 0 < everybody - int(large.sum()) < limit:
        large = large.iloc[1:]
    return list(large.index)
