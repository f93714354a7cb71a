"""How far a campaign of assessments has come: what is asked of raters and what they have rated."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from hrplan.core.frames import need, one_of

SOURCES = ("self", "supervisor", "peer", "test", "validated")
PAIR = ["staff", "competency"]


def coverage(
    required: pd.DataFrame,
    ratings: pd.DataFrame,
    *,
    sources: Sequence[str],
    opens_on: date,
    as_of: date,
) -> pd.DataFrame:
    """Count, for each person and source of a campaign, the levels asked and those rated.

    Parameters
    ----------
    required : DataFrame, one row per (staff, competency) in the campaign
        unit : str, code of the person's unit
    ratings : DataFrame, one row per (staff, competency, source, rated_on)
        rated_on : date; before the campaign opens, or after `as_of`, left out
    sources : whose ratings the campaign asks for
    opens_on, as_of : date

    Returns
    -------
    DataFrame, one row per (staff, source), sorted by staff and in the order of the sources
        unit : str; asked : int [levels]; done : int, rated at least once [levels]

    Raises
    ------
    FrameError
        A column is missing, a key given twice, or a source unknown.

    Source
    ------
    docs/methods/assessment.md.
    """
    need(required, [*PAIR, "unit"], key=PAIR)
    need(ratings, [*PAIR, "source", "rated_on"])
    one_of(ratings, "source", SOURCES)
    asked = required.groupby(["staff", "unit"], as_index=False).size()
    asked = asked.rename(columns={"size": "asked"})
    table = asked.merge(pd.DataFrame({"source": list(sources)}), how="cross")
    days = pd.to_datetime(ratings["rated_on"])
    inside = (days >= pd.Timestamp(opens_on)) & (days <= pd.Timestamp(as_of))
    rated = ratings.loc[inside, [*PAIR, "source"]].drop_duplicates()
    rated = rated.merge(required[PAIR], on=PAIR)
    done = rated.groupby(["staff", "source"], as_index=False).size()
    done = done.rename(columns={"size": "done"})
    table = table.merge(done, on=["staff", "source"], how="left")
    table["done"] = table["done"].fillna(0).astype(int)
    place = {source: number for number, source in enumerate(sources)}
    order = table.assign(place=table["source"].map(place)).sort_values(["staff", "place"])
    return order[["staff", "unit", "source", "asked", "done"]].reset_index(drop=True)
