"""How far a campaign of assessments has come: what is asked of raters and what they have rated."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from competencies.analysis.demand import PAIR, Asked, Whole
from hrplan.core.frames import need, numbered, one_of, places

SOURCES = ("self", "supervisor", "peer", "test", "validated")


def coverage(
    asked: Asked, ratings: pd.DataFrame, *, sources: Sequence[str], opens_on: date, as_of: date
) -> pd.DataFrame:
    """Count, for each person and source of a campaign, the levels asked and those rated.

    Parameters
    ----------
    asked : what the campaign asks about
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
        A column is missing, or a source unknown.

    Source
    ------
    docs/methods/assessment.md.
    """
    need(ratings, [*PAIR, "source", "rated_on"])
    one_of(ratings, "source", SOURCES)
    counts = asked.counts()
    people = np.flatnonzero(counts)
    people = people[np.argsort(asked.people["staff"].to_numpy()[people], kind="stable")]
    done = _rated(asked, ratings, sources, (opens_on, as_of))
    table = asked.people[["staff", "unit"]].iloc[np.repeat(people, len(sources))]
    return table.reset_index(drop=True).assign(
        source=numbered(np.tile(np.arange(len(sources)), len(people)), pd.Index(sources)),
        asked=np.repeat(counts[people], len(sources)),
        done=done[people].ravel(),
    )


def _rated(
    asked: Asked, ratings: pd.DataFrame, sources: Sequence[str], days: tuple[date, date]
) -> Whole:
    """(people, sources), how many of the levels asked were rated on one of the days."""
    first, last = (pd.Timestamp(day) for day in days)
    rated = pd.to_datetime(ratings["rated_on"])
    person, topic, source = (
        places(known, ratings[name])
        for known, name in (
            (pd.Index(asked.people["staff"]), "staff"),
            (asked.topics, "competency"),
            (pd.Index(sources), "source"),
        )
    )
    counts = ((rated >= first) & (rated <= last)).to_numpy() & (np.minimum(person, topic) >= 0)
    found = np.zeros((len(asked.people), len(sources)), np.int64)
    is_asked = np.vstack([asked.demand.required > 0, np.zeros(len(asked.topics), bool)])
    for number in range(len(sources)):
        rows = np.flatnonzero(counts & (source == number))
        cells = np.zeros((len(found), len(asked.topics)), bool)
        cells[person[rows], topic[rows]] = True
        found[:, number] = (cells & is_asked[asked.role]).sum(axis=1)
    return found
