"""Levels of everybody as dense tables: kept one row a person, worked out again where need be.

The ratings are the record; a kept row is only what `analysis.held_levels` concludes from them.
Whatever changes a rating marks the row as stale in the same transaction (`models.assessments`);
another rule or another order of competencies shows in its stamp.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
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
STAFF = {key: frames.STAFF[key] for key in ("pk", "staff", "name", "unit", "profile", "grade")}


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels of people on a day; one row a person, one column a competency of the framework.

    staff : the columns of STAFF, by code
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


Kept = Sequence[bytes | memoryview | None]
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

    @property
    def shape_then(self) -> np.dtype:
        """How the levels of a person on an earlier day are packed."""
        return np.dtype([("level", "<f4", len(self.topics))])


def read(
    administration: Administration,
    framework: Framework,
    topics: Sequence[int],
    people: QuerySet[StaffMember],
    *,
    as_of: date,
    before: date | None = None,
) -> Levels:
    """The levels of people in competencies, by ids and in the order given, on a day.

    Rows that are missing or not good for the day are worked out; those of today are kept. Where
    that is today, levels of an earlier day are read and kept beside them: of one such day a
    person, good for all days about it on which none of their ratings begins or ends.
    """
    rule = held_level_constants(administration, frames.top_level(framework))
    basis = Basis(framework, topics, rule, as_of)
    past = replace(basis, day=before) if before else None
    asked: dict[str, Any] = {"figures": _good(basis)}
    if past:
        asked |= {"then": _good_then(past), "standing": F("kept__ratings")}
    staff, kept, *more = _placed(people.annotate(**asked), *asked)
    ids, is_today = staff["pk"].to_numpy(np.int64), as_of == administration.as_of
    found = _filled(kept, ids, basis.shape, lambda some: _worked_out(basis, some, keep=is_today))
    fading = faded(as_of.toordinal() - found["day"].astype(np.float64), rule.half_life_months)
    confidence = found["confidence"] * fading.astype(np.float32)[:, None]
    levels = Levels(staff, found["level"], confidence, found["status"], found["rated"])
    if past is None:
        return levels
    then, standing = more
    if None in kept:
        told = dict(people.order_by().values_list("pk", "kept__ratings"))
        standing = [told.get(pk) for pk in ids.tolist()]
    held = _filled(then, ids, past.shape_then, lambda some: _worked_out_then(past, some))
    return replace(levels, earlier=held["level"], seen=_latest(standing, len(topics)))


def _filled(
    kept: Kept, people: Whole, shape: np.dtype, worked_out: Callable[[Whole], NDArray[np.void]]
) -> NDArray[np.void]:
    """What is kept of each person; what is not is worked out, by the ids of some at a time."""
    found = np.zeros(len(people), shape)
    known = np.fromiter((one is not None for one in kept), bool, len(kept))
    if shape.itemsize:
        found[known] = np.frombuffer(b"".join(one for one in kept if one is not None), shape)
    missing = np.flatnonzero(~known)
    for begin in range(0, len(missing), CHUNK):
        chunk = missing[begin : begin + CHUNK]
        found[chunk] = worked_out(people[chunk])
    return found


def _latest(standing: Kept, topics: int) -> NDArray[np.uint16]:
    """The day of the latest rating kept of each person and competency."""
    counts, found = _unpacked(standing)
    table = np.zeros((len(counts), topics), np.uint16)
    own = np.repeat(np.arange(len(counts)), counts)
    table[own, found["topic"]] = found["rated"]  # of each person the latest stand last
    return table


def _unpacked(standing: Kept) -> tuple[list[int], NDArray[np.void]]:
    """How many ratings are kept of each person, and all of them."""
    counts = [len(one or b"") // RATING.itemsize for one in standing]
    return counts, np.frombuffer(b"".join(one for one in standing if one), RATING)


def ratings(people: QuerySet[StaffMember], topics: pd.Series) -> pd.DataFrame:
    """The latest rating in force of each source, in the columns of `frames.RATINGS`, by codes.

    To be asked for after `read`, by which they are kept; topics : the codes of the competencies
    """
    rows = list(people.order_by("code").values_list("code", "kept__ratings"))
    known, names = in_order(pd.Series([code for code, _all in rows])), in_order(topics)
    counts, found = _unpacked([kept for _code, kept in rows])
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


def nobody_rated(people: QuerySet[StaffMember]) -> Levels:
    """The people while there is no framework: no competencies, no levels."""
    (staff,) = _placed(people)
    none, no_days = (np.zeros((len(staff), 0), kind) for kind in (np.float32, np.uint16))
    return Levels(staff, none, none, none.astype(np.uint8), no_days, none, no_days)


def _placed(people: QuerySet[StaffMember], *more: str) -> tuple[Any, ...]:
    """Where people belong, in the columns of STAFF; and each further column."""
    rows = people.order_by("code").values_list(*STAFF.values(), *more)
    columns = list(zip(*rows, strict=True)) or [()] * (len(STAFF) + len(more))
    table = pd.DataFrame(dict(zip(STAFF, columns, strict=False)))
    kinds = dict.fromkeys(STAFF, "str") | {"pk": "int64", "grade": "int64"}
    return table.astype(kinds), *columns[len(STAFF) :]


def _good(basis: Basis) -> Case:
    """What is kept of a person if it is good for the day."""
    until = Q(kept__good_until=None) | Q(kept__good_until__gte=basis.day)
    good = Q(kept__stamp=basis.stamp, kept__made_for__lte=basis.day)
    return Case(When(good & until, then=F("kept__figures")))


def _good_then(basis: Basis) -> Case:
    """The same of an earlier day."""
    until = Q(kept__earlier_until=None) | Q(kept__earlier_until__gte=basis.day)
    good = Q(kept__stamp=basis.stamp, kept__earlier_from__lte=basis.day)
    return Case(When(good & until, then=F("kept__earlier")))


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
            ["stamp", "made_for", "good_until", "figures", "ratings", "earlier_from"],
        )
    return found


def _worked_out_then(basis: Basis, people: Whole) -> NDArray[np.void]:
    """The levels of some people on an earlier day as their ratings say; kept beside today's.

    Only where these are good: whoever changes a rating or works levels out waits for it.
    """
    found = np.zeros(len(people), basis.shape_then)
    with transaction.atomic(savepoint=False):
        rows = HeldProfile.objects.filter(pk__in=people.tolist(), stamp=basis.stamp)
        good = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        place = dict(zip(good, pd.Index(people).get_indexer(pd.Index(good)), strict=True))
        ratings = _ratings(basis, people)
        found["level"] = _concluded(basis, people, ratings)["level"]
        since, until = _good_from(basis.day, ratings), _good_until(basis.day, ratings)
        HeldProfile.objects.put(
            [
                HeldProfile(
                    staff_member_id=pk,
                    earlier=found[row].tobytes(),
                    earlier_from=since.get(pk, date.min),
                    earlier_until=until.get(pk),
                )
                for pk, row in place.items()
            ],
            ["earlier", "earlier_from", "earlier_until"],
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


def _good_from(day: date, ratings: pd.DataFrame) -> dict[int, date]:
    """The first day, by person, since which no rating has expired or come into force."""
    today = pd.Timestamp(day)
    until, rated = (pd.to_datetime(ratings[name]) for name in ("valid_until", "rated_on"))
    ended = (until + pd.Timedelta(days=1)).where(until < today)
    begun = rated.where(rated <= today)
    first = pd.concat([ended, begun], axis=1).max(axis=1).groupby(ratings["staff"]).max().dropna()
    return dict(zip(first.index.tolist(), first.dt.date.tolist(), strict=True))
