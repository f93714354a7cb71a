"""Equity of the workforce: gaps, critical levels met and key posts, by sex, station and grade."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from competencies import frames, wording
from competencies.analysis import suppression
from competencies.usecases.dense import OPEN, READY, SHORT, GapFigures
from competencies.usecases.gaps import gap_total, known
from hrplan.core.frames import plain
from hrplan.core.models import Administration

DIMENSIONS = ("gender", "unit", "grade")


@dataclass(frozen=True, slots=True)
class EquityLine:
    """One group; None is withheld, or not known where nobody of the group is assessed.

    ready, short, unassessed : people who meet every critical level, miss one, or are not assessed
    """

    key: str
    title: str
    people: int | None
    mean_gap: float | None
    index: float | None
    ready: int | None
    short: int | None
    unassessed: int | None
    key_posts: int | None
    hidden: bool  # the gaps of the group are withheld

    @property
    def key_share(self) -> float | None:
        """Holders of key posts among the people [0..1]."""
        if self.people is None or self.key_posts is None or not self.people:
            return None
        return self.key_posts / self.people


@dataclass(frozen=True, slots=True)
class EquityTable:
    """The groups of one dimension."""

    by: str
    lines: tuple[EquityLine, ...]


def equity(
    administration: Administration, figures: GapFigures, *, limit: int | None = None
) -> tuple[EquityTable, ...]:
    """The three tables; with `limit`, small groups and what would betray them are withheld."""
    posts = frames.posts(administration)
    holders = posts.loc[posts["is_key"].astype(bool), "person"].dropna()
    serving = figures.serving
    people = pd.DataFrame(
        {
            "gender": serving["pk"].map(frames.genders(figures.chosen)),
            "unit": serving["unit"],
            "grade": serving["grade"].astype(str),
            "state": figures.standing(),
            "key": np.where(serving["pk"].isin(holders), "key", "other"),
        }
    )
    people = people.astype("category")
    return tuple(_table(by, people, figures, limit) for by in DIMENSIONS)


def _table(by: str, staff: pd.DataFrame, figures: GapFigures, limit: int | None) -> EquityTable:
    if staff.empty:
        return EquityTable(by, ())
    states, keys = (_counts(staff, by, column, limit) for column in ("state", "key"))
    sizes = staff.groupby(by, observed=True).size()
    few = _few(sizes, limit)
    gaps = {row["key"]: gap_total(row) for row in figures.totals_by(staff[by]).to_dict("records")}
    lines = []
    for key, title in _titles(by, figures, sizes):
        total = None if key in few else gaps.get(key)
        people = None if key in few else _whole(states, key, suppression.TOTAL)
        told = people is not None  # who counts heads elsewhere could work out the rest
        lines.append(
            EquityLine(
                key=key,
                title=title,
                people=people,
                mean_gap=total.mean_gap if total else None,
                index=total.index if total else None,
                ready=_whole(states, key, READY) if told else None,
                short=_whole(states, key, SHORT) if told else None,
                unassessed=_whole(states, key, OPEN) if told else None,
                key_posts=_whole(keys, key, "key") if told else None,
                hidden=key in few,
            )
        )
    return EquityTable(by, tuple(lines))


def _counts(
    staff: pd.DataFrame, by: str, column: str, limit: int | None
) -> dict[tuple[str, str], float]:
    counted = staff.groupby([by, column], observed=True).size().rename("n").reset_index()
    counted = plain(counted.set_axis(["row", "column", "n"], axis="columns"))
    seen = suppression.suppressed(counted, limit=limit or 0)
    rows = seen[["row", "column", "n"]].itertuples(index=False)
    return {(row, head): n for row, head, n in rows}


def _whole(table: dict[tuple[str, str], float], row: str, column: str) -> int | None:
    number = known(table.get((row, column), 0.0))
    return None if number is None else int(number)


def _few(sizes: pd.Series, limit: int | None) -> set[str]:
    """Groups under the limit; one that stood alone would follow from the total, so two are."""
    few = [str(key) for key in sizes.index[sizes < (limit or 0)]]
    if len(few) == 1 and len(sizes) > 1:
        few.append(str(sizes.drop(few).sort_values(kind="stable").index[0]))
    return set(few)


def _titles(by: str, figures: GapFigures, sizes: pd.Series) -> Sequence[tuple[str, str]]:
    if by == "unit":
        units = zip(figures.units["unit"], figures.units["title"], strict=True)
        return [(unit, title) for unit, title in units if unit in sizes.index]
    keys = sorted(sizes.index, key=int if by == "grade" else str)
    return [(key, wording.gender_words(key) if by == "gender" else key) for key in keys]
