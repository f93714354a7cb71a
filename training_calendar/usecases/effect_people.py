"""The people behind a figure of the training effect, for the office."""

from dataclasses import dataclass
from datetime import date

import pandas as pd
from django.utils.translation import gettext as _

from competencies.analysis.demand import PAIR
from competencies.usecases.gaps import known
from hrplan.core.frames import rows_of
from training_calendar.analysis.effects import OTHER, TRAINED
from training_calendar.usecases.training_effect import Compared


@dataclass(frozen=True, slots=True)
class Behind:
    """One person in one competency: what was held on both days, and the training between.

    modules : codes of the modules completed that lift it; ended_on : last day of the first
    """

    pk: int
    name: str
    unit: str
    competency: str
    competency_title: str
    modules: tuple[str, ...]
    ended_on: date | None
    before: float | None
    now: float | None

    @property
    def change(self) -> float | None:
        return None if self.before is None or self.now is None else self.now - self.before

    @property
    def why_not(self) -> str:
        """Why the person is in no mean; empty for those who are."""
        if self.before is None:
            return _("not known then")
        return "" if self.now is not None else _("not rated since")


def people_behind(
    found: Compared, *, competency: str = "", module: str = "", trained: bool = True
) -> tuple[Behind, ...]:
    """Those trained or those not, of a competency, of a module, or of all; by name."""
    pairs = found.pairs
    if module:
        pairs = found.by_module[found.by_module["module"] == module]
    if competency:
        pairs = pairs[pairs["competency"] == competency]
    pairs = pairs[pairs["training"] == (TRAINED if trained else OTHER)]
    staff = found.analysis.people[["staff", "pk", "name"]]
    units = found.analysis.units[["unit", "title"]].rename(columns={"title": "unit_title"})
    topics = found.analysis.competencies[["competency", "title"]]
    columns = [*PAIR, "unit", "ended_on", "before", "now"]
    rows = pairs[columns].merge(staff, on="staff").merge(units, on="unit", how="left")
    rows = rows.merge(topics, on="competency")
    courses = _courses(found)
    rows = rows.sort_values(["name", "staff", "competency"], kind="stable")
    return tuple(
        Behind(
            pk=int(row["pk"]),
            name=row["name"],
            unit=row["unit_title"],
            competency=row["competency"],
            competency_title=row["title"],
            modules=tuple(courses.get((row["staff"], row["competency"]), ())),
            ended_on=None if pd.isna(row["ended_on"]) else row["ended_on"].date(),
            before=known(row["before"]),
            now=known(row["now"]),
        )
        for row in rows.to_dict("records")
    )


def _courses(found: Compared) -> dict[tuple[str, str], list[str]]:
    """(staff, competency) -> the codes of the modules completed that lift it."""
    done = found.taken[found.taken["completed"]].sort_values("module")
    courses: dict[tuple[str, str], list[str]] = {}
    for row in rows_of(done):
        courses.setdefault((row.staff, row.competency), []).append(row.module)
    return courses
