"""Skills ahead: level by level, who will still hold it, who is needed, and when to begin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from competencies import frames
from competencies.analysis import outlook, skills, suppression
from competencies.analysis.demand import Floats
from competencies.usecases.constants import TECHNICAL, WorkforceConstants, workforce_constants
from competencies.usecases.dense import GapFigures
from hrplan.core.frames import places, rows_of
from hrplan.core.models import Administration

NOW, LATER, ENOUGH = "now", "later", "enough"


@dataclass(frozen=True, slots=True)
class SkillLine:
    """One competency at one level; `able` on the day and at the end of each year ahead.

    needed : places that ask for the level; missing : people it is asked of and not assessed
    bands : `able` as outsiders read it; state : now | later | enough
    """

    competency: str
    pk: int
    title: str
    group: str
    level: int
    needed: int
    able: tuple[int, ...]
    bands: tuple[str, ...]
    lapsed: int
    missing: int
    state: str
    short_from: date | None
    lead_months: int
    start_by: date | None
    ready_on: date  # when recruits have the level who begin on the day
    is_late: bool


@dataclass(frozen=True, slots=True)
class SkillsAhead:
    """All levels asked for, the soonest short first."""

    as_of: date
    constants: WorkforceConstants
    days: tuple[date, ...]
    lines: tuple[SkillLine, ...]
    without_birth: int

    def count(self, state: str) -> int:
        return sum(1 for line in self.lines if line.state == state)


def skills_ahead(
    administration: Administration,
    figures: GapFigures,
    *,
    only_critical: bool = True,
    group: str = "",
    state: str = "",
) -> SkillsAhead:
    """Who meets each level asked for in the years ahead, and by when to begin with recruits."""
    rule = workforce_constants(administration)
    births = frames.births(figures.chosen, by="pk")
    years = range(rule.outlook_years + 1)
    days = tuple(outlook.years_on(figures.as_of, year) for year in years)
    asked = figures.requirements
    asked = asked[asked["critical"].astype(bool)] if only_critical else asked
    asked = asked[~asked["competency"].isin(figures.left_out)]
    needed = _needed(asked, _places(administration, figures))
    topics = pd.Index(figures.competencies["competency"])
    table = skills.skill_forecast(_still_held(figures, births, rule), topics, needed, days=days)
    lead = (rule.lead_months_low, rule.lead_months_high)
    table = table.join(skills.start_by(table["short_from"], table["level"], lead=lead))
    lines = [
        line
        for line in _lines(table, figures, administration.small_cell_limit)
        if state in ("", line.state) and group in ("", line.group)
    ]
    soonest = sorted(lines, key=lambda one: (one.short_from or date.max, one.able[0] - one.needed))
    return SkillsAhead(
        as_of=figures.as_of,
        constants=rule,
        days=days,
        lines=tuple(soonest),
        without_birth=int(births["born_on"].isna().sum()),
    )


def _still_held(
    figures: GapFigures, births: pd.DataFrame, rule: WorkforceConstants
) -> skills.StillHeld:
    leaving = outlook.retirement_days(births, age=rule.retirement_age)
    kept = figures.dense
    retires = np.full(len(figures.serving), np.datetime64("NaT", "D"))
    place = places(pd.Index(figures.serving["pk"]), leaving["staff"])
    retires[place[place >= 0]] = leaving["retires_on"].to_numpy("datetime64[D]")[place >= 0]
    return skills.still_held(
        kept.level,
        kept.rated.astype("datetime64[D]"),
        _required(figures) > 0,
        retires,
        technical=figures.competencies["group"].isin(TECHNICAL).to_numpy(),
        months=rule.unused_months,
    )


def _required(figures: GapFigures) -> Floats:
    """(people, competencies), level asked of each person; 0 = not asked."""
    return figures.demand.of(figures.role).required


def _places(administration: Administration, figures: GapFigures) -> pd.Series:
    """Places of each profile: its established posts, or its people where they are more."""
    posts = frames.posts(administration).groupby("profile").size()
    people = figures.serving["profile"].astype("str").value_counts()
    return pd.concat([posts, people], axis=1).max(axis=1).fillna(0).astype(int)


def _needed(asked: pd.DataFrame, places: pd.Series) -> pd.DataFrame:
    """One row per (competency, level asked): the places that ask for the level or a higher one."""
    rows = asked.assign(places=asked["profile"].map(places).fillna(0).astype(int))
    sums = rows[rows["places"] > 0].groupby(["competency", "level"])["places"].sum()
    rows = sums.reset_index().sort_values(["competency", "level"], ascending=[True, False])
    needed = rows.groupby("competency")["places"].cumsum()
    return rows.assign(needed=needed).sort_values(["competency", "level"]).reset_index(drop=True)


def _lines(table: pd.DataFrame, figures: GapFigures, limit: int) -> Iterator[SkillLine]:
    topics = figures.competencies.set_index("competency").to_dict("index")
    place = {code: number for number, code in enumerate(topics)}
    unknown = np.where(np.isnan(figures.dense.level), _required(figures), 0)
    today = pd.Timestamp(figures.as_of)
    for row in rows_of(table):
        topic = topics[row.competency]
        yield SkillLine(
            competency=row.competency,
            pk=int(topic["pk"]),
            title=topic["title"],
            group=topic["group"],
            level=int(row.level),
            needed=int(row.needed),
            able=row.able,
            bands=tuple(suppression.count_band(n, limit) for n in row.able),
            lapsed=int(row.lapsed),
            missing=int((unknown[:, place[row.competency]] >= row.level).sum()),
            state=_state(row.short_from, today),
            short_from=_day(row.short_from),
            lead_months=int(row.lead_months),
            start_by=_day(row.start_by),
            ready_on=(today + pd.DateOffset(months=int(row.lead_months))).date(),
            is_late=bool(row.start_by <= today),
        )


def _state(short_from: pd.Timestamp, today: pd.Timestamp) -> str:
    if pd.isna(short_from):
        return ENOUGH
    return NOW if short_from <= today else LATER


def _day(stamp: pd.Timestamp) -> date | None:
    return None if pd.isna(stamp) else stamp.date()
