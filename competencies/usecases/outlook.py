"""The years ahead in total: retirements, the stock by layer of staff, successors for key posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import pandas as pd

from competencies import wording
from competencies.analysis import outlook
from competencies.usecases.constants import WorkforceConstants, workforce_constants
from competencies.usecases.forecast import Stock, stock_lines
from competencies.usecases.gaps import GapAnalysis, known
from competencies.usecases.succession import KeyPost, key_posts
from competencies.usecases.workforce import LEVELS, Words
from hrplan.core.models import Administration


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many of a group reach the age of retirement within the outlook's years."""

    key: str
    title: str
    people: int
    n: int
    missing: int
    past: int
    due: int
    exposure: float | None


@dataclass(frozen=True, slots=True)
class WorkforceOutlook:
    """The coming years: retirements, the stock by layer of staff, successors for key posts."""

    as_of: date
    constants: WorkforceConstants
    overall: Exposure
    by_staff_level: tuple[Exposure, ...]
    by_unit: tuple[Exposure, ...]
    stock: tuple[Stock, ...]
    key_posts: tuple[KeyPost, ...]

    @property
    def covered(self) -> int:
        """Key posts with somebody ready now."""
        return sum(1 for post in self.key_posts if post.ready_now)


def retirement_outlook(administration: Administration, analysis: GapAnalysis) -> Exposure:
    """Everybody in service together."""
    return _overall(_exposed(administration, analysis, analysis.staff, "", str, [""]))


def workforce_outlook(
    administration: Administration, analysis: GapAnalysis, *, limit: int | None = None
) -> WorkforceOutlook:
    """Retirements, stock and successors in the years of the outlook.

    With `limit`, layers of staff whose stock would betray a person are told together.
    """
    posts = key_posts(administration, analysis)
    levels = analysis.profiles.set_index("profile")["staff_level"]
    staff = analysis.staff.assign(group=analysis.staff["profile"].map(levels).fillna(""))
    units = dict(zip(analysis.units["unit"], analysis.units["title"], strict=True))
    exposures = partial(_exposed, administration, analysis, staff)
    return WorkforceOutlook(
        as_of=analysis.as_of,
        constants=workforce_constants(administration),
        overall=_overall(exposures("", str, [""])),
        by_staff_level=exposures("group", wording.staff_level_words, LEVELS),
        by_unit=exposures("unit", units.get, list(units)),
        stock=stock_lines(administration, analysis, limit=limit),
        key_posts=posts,
    )


def _exposed(
    administration: Administration,
    analysis: GapAnalysis,
    staff: pd.DataFrame,
    by: str,
    titles: Words,
    order: Sequence[str],
) -> tuple[Exposure, ...]:
    """The groups of a column of `staff`, in an order; of no column, everybody as one."""
    rule = workforce_constants(administration)
    table = outlook.retirement_exposure(
        staff,
        [by] if by else [],
        as_of=analysis.as_of,
        age=rule.retirement_age,
        within=rule.outlook_years,
    )
    found = {row.get(by, ""): row for row in table.to_dict("records")}
    return tuple(
        Exposure(
            key=key,
            title=str(titles(key)),
            exposure=known(row["exposure"]),
            **{name: int(row[name]) for name in ("people", "n", "missing", "past", "due")},
        )
        for key in order
        if (row := found.get(key)) is not None
    )


def _overall(found: Sequence[Exposure]) -> Exposure:
    return found[0] if found else Exposure("", "", 0, 0, 0, 0, 0, None)
