"""Levels of everybody as dense tables: kept one row a person, worked out again where need be.

The ratings are the record; a kept row is only what `analysis.held_levels` concludes from them.
Whatever changes a rating marks the row as stale in the same transaction (`models.assessments`);
another rule or another order of competencies shows in its stamp.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from django.db.models import F, QuerySet
from numpy.typing import NDArray

from competencies import frames
from competencies.analysis.demand import Floats, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.held_levels import PLACES, SOURCES, faded
from competencies.models import Framework, StaffMember
from competencies.models.derived import CHUNK
from competencies.usecases import working_out
from competencies.usecases.constants import held_level_constants
from competencies.usecases.working_out import STATUSES, Basis, Kept
from hrplan.core.frames import in_order, numbered, places
from hrplan.core.models import Administration

SORTED_SOURCES = pd.Index(sorted(SOURCES)).get_indexer(pd.Index(SOURCES))
DECIMALS = 2  # of a rating


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels of people on a day; one row a person, one column a competency of the framework.

    staff : what was read of them, the columns of `frames.STAFF` unless told
    level : NaN = not assessed [level]; confidence : 0 where not assessed [0..1]
    status : place in STATUSES; rated : days after 1970 of the latest rating used; both say
        nothing where not assessed
    earlier : level on an earlier day; seen : days after 1970 of the latest rating in force of any
        source, 0 = none; both of no size unless an earlier day was asked for
    """

    staff: pd.DataFrame
    level: Singles
    confidence: Singles
    status: NDArray[np.uint8]
    rated: NDArray[np.uint16]
    earlier: Singles = field(default_factory=lambda: np.zeros((0, 0), np.float32))
    seen: NDArray[np.uint16] = field(default_factory=lambda: np.zeros((0, 0), np.uint16))

    def frame(self, topics: pd.Series) -> pd.DataFrame:
        """One row per (staff, competency) assessed: level, confidence, status, rated_on.

        topics : the codes of the competencies, in the order of the columns
        """
        people, names = in_order(self.staff["staff"]), in_order(topics)
        rows = places(people, self.staff["staff"]).argsort()
        columns = places(names, topics).argsort()
        known = ~np.isnan(self.level)
        who, what = np.nonzero(known[np.ix_(rows, columns)])
        cells = rows[who], columns[what]
        return pd.DataFrame(
            {
                "staff": numbered(who, people),
                "competency": numbered(what, names),
                "level": np.round(self.level[cells].astype(np.float64), PLACES),
                "confidence": self.confidence[cells].astype(np.float64),
                "status": numbered(self.status[cells], pd.Index(STATUSES)),
                "rated_on": self.rated[cells].astype("datetime64[D]"),
            }
        )

    def with_levels(self, held: pd.DataFrame, staff: pd.Series, topics: pd.Series) -> "Levels":
        """The same people with other levels, as `analysis.held_levels` concludes them.

        staff, topics : the codes, in the order of the rows and of the columns
        """
        place = (
            places(pd.Index(staff), held["staff"]),
            places(pd.Index(topics), held["competency"]),
        )
        level, confidence = np.full_like(self.level, np.nan), np.zeros_like(self.confidence)
        level[place], confidence[place] = held["level"], held["confidence"]
        return replace(self, level=level, confidence=confidence)

    def beside(self, rows: pd.DataFrame, topics: pd.Series) -> tuple[Floats, Floats]:
        """Level and confidence of each row's pair (staff, competency); NaN where not assessed."""
        place = (
            places(pd.Index(self.staff["staff"]), rows["staff"]),
            places(pd.Index(topics), rows["competency"]),
        )
        level = self.level[place].astype(np.float64)
        return level.round(PLACES), np.where(np.isnan(level), np.nan, self.confidence[place])

    def carriers(self, topics: pd.Series, level: float) -> pd.DataFrame:
        """One row per competency: n assessed, and the holders of the level among them.

        topics : as in `frame`
        """
        return pd.DataFrame(
            {
                "competency": topics,
                "n": (~np.isnan(self.level)).sum(axis=0),
                "holders": (np.round(self.level, PLACES) >= level).sum(axis=0),
            }
        )


def read(
    administration: Administration,
    framework: Framework,
    topics: Sequence[int],
    people: QuerySet[StaffMember],
    *,
    as_of: date,
    before: date | None = None,
    columns: Mapping[str, str] = frames.STAFF,
) -> Levels:
    """The levels of people in competencies, by ids and in the order given, on a day.

    Rows that are missing or not good for the day are worked out; those of today are kept. Where
    that is today, levels of an earlier day are read and kept beside them: of one such day a
    person, good for all days about it on which none of their ratings begins or ends.

    columns : what is read of the people, as `frames.STAFF`; by code where that is among it
    """
    rule = held_level_constants(administration, frames.top_level(framework))
    basis = Basis(framework, topics, rule, as_of)
    past = replace(basis, day=before) if before else None
    also = {"then": working_out.figures_then(past), "standing": F("kept__ratings")} if past else {}
    staff, kept, *more = _placed(
        people.annotate(figures=working_out.figures(basis), **also), columns, "figures", *also
    )
    ids, is_today = staff["pk"].to_numpy(np.int64), as_of == administration.as_of
    found = _filled(
        kept,
        ids,
        basis.shape,
        lambda some: working_out.worked_out(basis, some, past, keep=is_today),
    )
    fading = faded(as_of.toordinal() - found["day"].astype(np.float64), rule.half_life_months)
    confidence = found["confidence"] * fading.astype(np.float32)[:, None]
    levels = Levels(staff, found["level"], confidence, found["status"], found["rated"])
    if past is None:
        return levels
    if None in kept:
        rows = people.annotate(**also).order_by().values_list("pk", *also)
        told = {pk: others for pk, *others in rows}
        more = list(zip(*(told.get(pk, (None, None)) for pk in ids.tolist()), strict=True))
    then, standing = more
    held = _filled(then, ids, past.shape_then, lambda some: working_out.worked_out_then(past, some))
    return replace(levels, earlier=held["level"], seen=_latest(standing, len(topics)))


def _filled(
    kept: Kept, people: Whole, shape: np.dtype, worked_out: Callable[[Whole], NDArray[np.void]]
) -> NDArray[np.void]:
    """What is kept of each person; what is not is worked out, by the ids of some at a time."""
    known = np.fromiter((one is not None for one in kept), bool, len(kept))
    told = np.frombuffer(b"".join(filter(None, kept)), shape) if shape.itemsize else None
    if told is not None and known.all():
        return told
    found = np.zeros(len(people), shape)
    if told is not None:
        found[known] = told
    missing = np.flatnonzero(~known)
    for begin in range(0, len(missing), CHUNK):
        chunk = missing[begin : begin + CHUNK]
        found[chunk] = worked_out(people[chunk])
    return found


def _latest(standing: Kept, topics: int) -> NDArray[np.uint16]:
    """The day of the latest rating kept of each person and competency."""
    counts, found = working_out.unpacked(standing)
    table = np.zeros((len(counts), topics), np.uint16)
    own = np.repeat(np.arange(len(counts)), counts)
    table[own, found["topic"]] = found["rated"]  # of each person the latest stand last
    return table


def ratings(people: QuerySet[StaffMember], topics: pd.Series, *, by: str = "code") -> pd.DataFrame:
    """The latest rating in force of each source, in the columns of `frames.RATINGS`.

    To be asked for after `read`, by which they are kept; topics : the codes of the competencies
    by : how people are named: code or pk
    """
    rows = list(people.order_by(by).values_list(by, "kept__ratings"))
    keys, names = pd.Series([key for key, _all in rows]), in_order(topics)
    known = pd.Index(keys) if by == "pk" else in_order(keys)
    counts, found = working_out.unpacked([kept for _key, kept in rows])
    return pd.DataFrame(
        {
            "staff": numbered(np.repeat(places(known, keys), counts), known),
            "competency": numbered(places(names, topics)[found["topic"]], names),
            "source": numbered(SORTED_SOURCES[found["source"]], pd.Index(sorted(SOURCES))),
            "level": np.round(found["level"].astype(np.float64), DECIMALS),
            "rated_on": found["rated"].astype("datetime64[D]"),
            "valid_until": pd.NaT,
        }
    )


def nobody_rated(
    people: QuerySet[StaffMember], columns: Mapping[str, str] = frames.STAFF
) -> Levels:
    """The people while there is no framework: no competencies, no levels."""
    (staff,) = _placed(people, columns)
    none, no_days = (np.zeros((len(staff), 0), kind) for kind in (np.float32, np.uint16))
    return Levels(staff, none, none, none.astype(np.uint8), no_days, none, no_days)


def _placed(
    people: QuerySet[StaffMember], columns: Mapping[str, str], *more: str
) -> tuple[Any, ...]:
    """Where people belong, in the columns asked for; and each further column."""
    ordered = people.order_by("code" if "staff" in columns else "pk")
    rows = ordered.values_list(*columns.values(), *more)
    found = list(zip(*rows, strict=True)) or [()] * (len(columns) + len(more))
    table = pd.DataFrame(dict(zip(columns, found, strict=False)))
    kinds = frames.KINDS if "staff" in columns else frames.IDS
    named = table.astype({name: kinds.get(name, "str") for name in columns})
    return named, *found[len(columns) :]
