"""Groups of which too little may be told are told together."""

import pandas as pd

from hrplan.core.frames import need


def gathered_groups(groups: pd.DataFrame, *, limit: int) -> tuple[str, ...]:
    """Find the groups whose stock would betray a person, to be told as one.

    A group says too much if it has fewer people than the limit, or if fewer of them, but some,
    retire in the outlook. Together they must say enough: as long as they don't, or it is one
    group alone, the next smallest goes with them.

    Parameters
    ----------
    groups : DataFrame, one row per group; group : str; people, retirements : int [persons]
    limit : int, a count above 0 and under it is small [persons]

    Returns
    -------
    Codes of the groups to gather, smallest first; none where each may be told.

    Raises
    ------
    FrameError
        A column is missing or a group given twice.

    Source
    ------
    docs/methods/outlook.md, "Who sees what".
    """
    need(groups, ["group", "people", "retirements"], key=["group"])
    rows = groups.sort_values(["people", "group"], kind="stable")
    retiring = rows["retirements"]
    few = (rows["people"] < limit) | ((retiring > 0) & (retiring < limit))
    found, others = list(rows[few].index), list(rows[~few].index)
    while found and others and _says_too_much(rows.loc[found], limit):
        found.append(others.pop(0))
    return tuple(rows.loc[found, "group"].astype(str))


def _says_too_much(rows: pd.DataFrame, limit: int) -> bool:
    retiring = int(rows["retirements"].sum())
    return len(rows) == 1 or rows["people"].sum() < limit or 0 < retiring < limit
