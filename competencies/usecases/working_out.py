"""What ratings conclude about people, worked out and packed into the rows that are kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd
from django.db import transaction
from django.db.models import Case, F, FloatField, Q, When
from django.db.models.functions import Cast
from numpy.typing import NDArray

from competencies import frames
from competencies.analysis.demand import Whole
from competencies.analysis.held_levels import (
    EDITION,
    ESTIMATED,
    SETTLED,
    SOURCES,
    TO_VALIDATE,
    HeldLevelConstants,
    constants_in_print,
    held_levels,
    in_force,
)
from competencies.models import Assessment, Framework, HeldProfile

STATUSES = (ESTIMATED, TO_VALIDATE, SETTLED)
THEN = ["earlier", "earlier_from", "earlier_until"]
Kept = Sequence[bytes | memoryview | None]
RATING = np.dtype([("topic", "<u2"), ("source", "u1"), ("level", "<f2"), ("rated", "<u2")])


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


def figures(basis: Basis) -> Case:
    """What is kept of a person if it is good for the day."""
    until = Q(kept__good_until=None) | Q(kept__good_until__gte=basis.day)
    good = Q(kept__stamp=basis.stamp, kept__made_for__lte=basis.day)
    return Case(When(good & until, then=F("kept__figures")))


def figures_then(basis: Basis) -> Case:
    """The same of an earlier day."""
    until = Q(kept__earlier_until=None) | Q(kept__earlier_until__gte=basis.day)
    good = Q(kept__stamp=basis.stamp, kept__earlier_from__lte=basis.day)
    return Case(When(good & until, then=F("kept__earlier")))


def unpacked(standing: Kept) -> tuple[list[int], NDArray[np.void]]:
    """How many ratings are kept of each person, and all of them."""
    counts = [len(one or b"") // RATING.itemsize for one in standing]
    return counts, np.frombuffer(b"".join(one for one in standing if one), RATING)


def worked_out(basis: Basis, people: Whole, past: Basis | None, *, keep: bool) -> NDArray[np.void]:
    """The levels of some people as their ratings say; kept where told, with those of the past."""
    if not keep:
        return _concluded(basis, people, _ratings(basis, people))
    with transaction.atomic(savepoint=False):
        HeldProfile.objects.mark_stale(people.tolist())
        ratings = _ratings(basis, people)
        found, until = _concluded(basis, people, ratings), _good_until(basis.day, ratings)
        standing = _standing(basis, people, ratings)
        then = _concluded_then(past, people, ratings)[1] if past else {}
        HeldProfile.objects.put(
            [
                HeldProfile(
                    staff_member_id=pk,
                    stamp=basis.stamp,
                    made_for=basis.day,
                    good_until=until.get(pk),
                    figures=row.tobytes(),
                    ratings=rated,
                    **then.get(pk, {}),
                )
                for pk, row, rated in sorted(
                    zip(people.tolist(), found, standing, strict=True), key=itemgetter(0)
                )
            ],
            ["stamp", "made_for", "good_until", "figures", "ratings", *THEN],
        )
    return found


def worked_out_then(basis: Basis, people: Whole) -> NDArray[np.void]:
    """The levels of some people on an earlier day as their ratings say; kept beside today's.

    Only where these are good: whoever changes a rating or works levels out waits for it.
    """
    with transaction.atomic(savepoint=False):
        rows = HeldProfile.objects.filter(pk__in=people.tolist(), stamp=basis.stamp)
        good = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        found, then = _concluded_then(basis, people, _ratings(basis, people))
        HeldProfile.objects.put([HeldProfile(staff_member_id=pk, **then[pk]) for pk in good], THEN)
    return found


def _concluded_then(
    basis: Basis, people: Whole, ratings: pd.DataFrame
) -> tuple[NDArray[np.void], dict[int, dict[str, Any]]]:
    """The levels of an earlier day, and the fields of THEN of each person."""
    found = np.zeros(len(people), basis.shape_then)
    found["level"] = _concluded(basis, people, ratings)["level"]
    since, until = _good_from(basis.day, ratings), _good_until(basis.day, ratings)
    rows = zip(people.tolist(), found, strict=True)
    fields = {pk: (row.tobytes(), since.get(pk, date.min), until.get(pk)) for pk, row in rows}
    return found, {pk: dict(zip(THEN, values, strict=True)) for pk, values in fields.items()}


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
    days = {name: pd.to_datetime(table[name]) for name in ("rated_on", "valid_until")}
    return table[table["competency"].isin(basis.topics)].assign(**days).reset_index(drop=True)


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
