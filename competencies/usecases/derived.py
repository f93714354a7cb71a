"""Levels of everybody as dense tables: kept one row a person, worked out again where need be.

The ratings are the record; a kept row is only what `analysis.held_levels` concludes from them.
Whatever changes a rating marks the row as stale in the same transaction (`models.assessments`);
another rule or another order of competencies shows in its stamp.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from django.db import transaction
from django.db.models import Case, F, FloatField, Q, QuerySet, When
from django.db.models.functions import Cast
from numpy.typing import NDArray

from competencies import frames
from competencies.analysis.demand import Floats, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.held_levels import (
    EDITION,
    ESTIMATED,
    PLACES,
    SETTLED,
    SOURCES,
    TO_VALIDATE,
    HeldLevelConstants,
    constants_in_print,
    faded,
    held_levels,
    in_force,
)
from competencies.models import Assessment, Framework, HeldProfile, StaffMember
from competencies.models.derived import CHUNK
from competencies.usecases.constants import held_level_constants
from hrplan.core.frames import in_order, numbered, places
from hrplan.core.models import Administration

SORTED_SOURCES = pd.Index(sorted(SOURCES)).get_indexer(pd.Index(SOURCES))
STATUSES = (ESTIMATED, TO_VALIDATE, SETTLED)


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels of people on a day; one row a person, one column a competency of the framework.

    staff : what was read of them, the columns of `frames.STAFF` unless told
    level : NaN = not assessed [level]; confidence : 0 where not assessed [0..1]
    status : place in STATUSES; rated : days after 1970 of the latest rating used; both say
        nothing where not assessed
    """

    staff: pd.DataFrame
    level: Singles
    confidence: Singles
    status: NDArray[np.uint8]
    rated: NDArray[np.uint16]

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


RATING = np.dtype([("topic", "<u2"), ("source", "u1"), ("level", "<f2"), ("rated", "<u2")])
DECIMALS = 2  # of a rating


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What levels rest on beside ratings."""

    framework: Framework
    topics: Sequence[int]
    rule: HeldLevelConstants
    day: date

    @property
    def stamp(self) -> str:
        rests_on = self.framework.pk, list(self.topics), constants_in_print(self.rule)
        told = repr((EDITION, self.shape.descr, rests_on))
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def shape(self) -> np.dtype:
        """How the figures of a person are packed."""
        width = len(self.topics)
        kinds = {"level": "<f4", "confidence": "<f4", "status": "u1", "rated": "<u2"}
        return np.dtype([("day", "<i4"), *((name, kind, width) for name, kind in kinds.items())])


def read(
    administration: Administration,
    framework: Framework,
    topics: Sequence[int],
    people: QuerySet[StaffMember],
    *,
    as_of: date,
    columns: Mapping[str, str] = frames.STAFF,
) -> Levels:
    """The levels of people in competencies, by ids and in the order given, on a day.

    Rows that are missing or not good for the day are worked out; those of today are kept.
    columns : what is read of the people, as `frames.STAFF`; by code where that is among it
    """
    rule = held_level_constants(administration, frames.top_level(framework))
    basis = Basis(framework, topics, rule, as_of)
    staff, kept = _placed(people.annotate(figures=_good(basis)), columns, "figures")
    known = np.fromiter((one is not None for one in kept), bool, len(kept))
    found = np.frombuffer(b"".join(filter(None, kept)), basis.shape)
    if not known.all():
        whole = np.zeros(len(staff), basis.shape)
        whole[known] = found
        found = whole
    missing = np.flatnonzero(~known)
    for begin in range(0, len(missing), CHUNK):
        chunk = missing[begin : begin + CHUNK]
        ids = staff["pk"].to_numpy(np.int64)[chunk]
        found[chunk] = _worked_out(basis, ids, keep=as_of == administration.as_of)
    fading = faded(as_of.toordinal() - found["day"].astype(np.float64), rule.half_life_months)
    confidence = found["confidence"] * fading.astype(np.float32)[:, None]
    return Levels(staff, found["level"], confidence, found["status"], found["rated"])


def ratings(people: QuerySet[StaffMember], topics: pd.Series) -> pd.DataFrame:
    """The latest rating in force of each source, in the columns of `frames.RATINGS`, by codes.

    To be asked for after `read`, by which they are kept; topics : the codes of the competencies
    """
    rows = list(people.order_by("code").values_list("code", "kept__ratings"))
    known, names = in_order(pd.Series([code for code, _all in rows])), in_order(topics)
    counts = [len(kept or b"") // RATING.itemsize for _code, kept in rows]
    found = np.frombuffer(b"".join(kept for _code, kept in rows if kept), RATING)
    own = places(known, pd.Series([code for code, _all in rows], dtype="str"))
    return pd.DataFrame(
        {
            "staff": numbered(np.repeat(own, counts), known),
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
    staff, _none = _placed(people, columns)
    none = np.zeros((len(staff), 0), np.float32)
    return Levels(staff, none, none, none.astype(np.uint8), none.astype(np.uint16))


def _placed(
    people: QuerySet[StaffMember], columns: Mapping[str, str], *more: str
) -> tuple[pd.DataFrame, tuple[Any, ...]]:
    """Where people belong, in the columns asked for; and one further column."""
    ordered = people.order_by("code" if "staff" in columns else "pk")
    rows = ordered.values_list(*columns.values(), *more)
    found = list(zip(*rows, strict=True)) or [()] * (len(columns) + len(more))
    table = pd.DataFrame(dict(zip(columns, found, strict=False)))
    kinds = frames.KINDS if "staff" in columns else frames.IDS
    return table.astype({name: kinds.get(name, "str") for name in columns}), found[-1]


def _good(basis: Basis) -> Case:
    """What is kept of a person if it is good for the day."""
    until = Q(kept__good_until=None) | Q(kept__good_until__gte=basis.day)
    good = Q(kept__stamp=basis.stamp, kept__made_for__lte=basis.day)
    return Case(When(good & until, then=F("kept__figures")))


def _worked_out(basis: Basis, people: Whole, *, keep: bool) -> NDArray[np.void]:
    """The levels of some people as their ratings say; kept where told."""
    if not keep:
        return _concluded(basis, people, _ratings(basis, people))
    with transaction.atomic(savepoint=False):
        HeldProfile.objects.mark_stale(people.tolist())
        ratings = _ratings(basis, people)
        found, until = _concluded(basis, people, ratings), _good_until(basis.day, ratings)
        standing = _standing(basis, people, ratings)
        HeldProfile.objects.put(
            [
                HeldProfile(
                    staff_member_id=pk,
                    stamp=basis.stamp,
                    made_for=basis.day,
                    good_until=until.get(pk),
                    figures=row.tobytes(),
                    ratings=rated,
                )
                for pk, row, rated in sorted(
                    zip(people.tolist(), found, standing, strict=True), key=itemgetter(0)
                )
            ],
            ["stamp", "made_for", "good_until", "figures", "ratings"],
        )
    return found


def _ratings(basis: Basis, people: Whole) -> pd.DataFrame:
    """The ratings that count of some people, in the columns of `frames.RATINGS`, by ids.

    Asked for by people alone, whose index is the narrowest, and only then by competency.
    """
    rows = Assessment.objects.filter(staff_member__in=people.tolist(), revoked_on=None)
    found = rows.order_by().values_list(
        "staff_member_id",
        "competency_id",
        "source",
        Cast("level", FloatField()),
        "rated_on",
        "valid_until",
    )
    table = pd.DataFrame(list(found), columns=frames.RATINGS).astype({"level": float})
    return table[table["competency"].isin(basis.topics)].reset_index(drop=True)


def _concluded(basis: Basis, people: Whole, ratings: pd.DataFrame) -> NDArray[np.void]:
    found = np.zeros(len(people), basis.shape)
    found["day"], found["level"] = basis.day.toordinal(), np.nan
    held = held_levels(ratings, basis.rule, as_of=basis.day)
    place = (
        pd.Index(people).get_indexer(pd.Index(held["staff"])),
        pd.Index(basis.topics).get_indexer(pd.Index(held["competency"])),
    )
    found["level"][place] = held["level"].to_numpy(np.float32)
    found["confidence"][place] = held["confidence"].to_numpy(np.float32)
    found["rated"][place] = _days(held["rated_on"])
    found["status"][place] = pd.Index(STATUSES).get_indexer(pd.Index(held["status"]))
    return found


def _days(dates: pd.Series) -> Whole:
    """Days after 1970; 0 for those before."""
    days = pd.to_datetime(dates).to_numpy("datetime64[D]").astype(np.int64)
    return np.maximum(days, 0)


def _standing(basis: Basis, people: Whole, ratings: pd.DataFrame) -> list[bytes]:
    """The latest ratings in force of each person, packed."""
    rows = in_force(ratings, basis.day).sort_values(["staff", "rated_on"], kind="stable")
    rows = rows.drop_duplicates(["staff", "competency", "source"], keep="last")
    packed = np.zeros(len(rows), RATING)
    packed["topic"] = pd.Index(basis.topics).get_indexer(pd.Index(rows["competency"]))
    packed["source"] = pd.Index(SOURCES).get_indexer(pd.Index(rows["source"]))
    packed["level"], packed["rated"] = rows["level"], _days(rows["rated_on"])
    staff = rows["staff"].to_numpy(np.int64)
    begin, end = (np.searchsorted(staff, people, side) for side in ("left", "right"))
    return [packed[a:b].tobytes() for a, b in zip(begin, end, strict=True)]


def _good_until(day: date, ratings: pd.DataFrame) -> dict[int, date]:
    """The last day, by person, before a rating expires or one of a later date comes into force."""
    today = pd.Timestamp(day)
    until, rated = (pd.to_datetime(ratings[name]) for name in ("valid_until", "rated_on"))
    ends = until.where(until >= today)
    begins = (rated - pd.Timedelta(days=1)).where(rated > today)
    last = pd.concat([ends, begins], axis=1).min(axis=1).groupby(ratings["staff"]).min().dropna()
    return dict(zip(last.index.tolist(), last.dt.date.tolist(), strict=True))
