"""Levels of everybody as dense tables: kept one row a person, worked out again where need be.

The ratings are the record; a kept row is only what `analysis.held_levels` concludes from them.
Whatever changes a rating marks the row as stale in the same transaction (`models.assessments`);
another rule or another order of competencies shows in its stamp.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

import numpy as np
import pandas as pd
from django.db import transaction
from django.db.models import FloatField, Q
from django.db.models.functions import Cast
from numpy.typing import NDArray

from competencies import frames
from competencies.analysis.dense_gaps import Singles, Whole
from competencies.analysis.held_levels import (
    EDITION,
    HeldLevelConstants,
    constants_in_print,
    faded,
    held_levels,
)
from competencies.models import Assessment, Framework, HeldProfile
from competencies.models.derived import CHUNK
from competencies.usecases.constants import held_level_constants
from hrplan.core.models import Administration

MOST = 500  # people up to whom ratings and rows are asked for by their ids


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Levels of people on a day; one row a person, one column a competency of the framework.

    level : NaN = not assessed [level]; confidence : 0 where not assessed [0..1]
    """

    level: Singles
    confidence: Singles


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What levels rest on beside ratings."""

    framework: Framework
    topics: Sequence[int]
    rule: HeldLevelConstants
    day: date

    @property
    def stamp(self) -> str:
        told = repr((EDITION, self.framework.pk, list(self.topics), constants_in_print(self.rule)))
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    @property
    def shape(self) -> np.dtype:
        """How the figures of a person are packed."""
        width = len(self.topics)
        return np.dtype([("day", "<i4"), ("level", "<f4", width), ("confidence", "<f4", width)])


def read(
    administration: Administration,
    framework: Framework,
    topics: Sequence[int],
    people: Whole,
    *,
    as_of: date,
) -> Levels:
    """The levels of people in competencies, both by ids and in the order given, on a day.

    Rows that are missing or not good for the day are worked out; those of today are kept.
    """
    rule = held_level_constants(administration, frames.top_level(framework))
    basis = Basis(framework, topics, rule, as_of)
    found = np.zeros(len(people), basis.shape)
    known, packed = _kept(basis, people)
    rows = pd.Index(people).get_indexer(pd.Index(known))
    found[rows] = packed
    missing = np.setdiff1d(np.arange(len(people)), rows)
    keep = as_of == administration.as_of
    for begin in range(0, len(missing), CHUNK):
        chunk = missing[begin : begin + CHUNK]
        found[chunk] = _worked_out(basis, people[chunk], keep=keep)
    fading = faded(as_of.toordinal() - found["day"].astype(np.float64), rule.half_life_months)
    return Levels(found["level"], found["confidence"] * fading.astype(np.float32)[:, None])


def refresh(administration: Administration) -> None:
    """Work out now what is missing or stale of everybody in service, so that no page has to."""
    if framework := frames.current_framework(administration):
        day = administration.as_of
        people = frames.serving(administration, day).order_by("pk").values_list("pk", flat=True)
        topics = list(frames.competencies(framework)["pk"])
        read(administration, framework, topics, np.array(list(people), np.int64), as_of=day)


def _kept(basis: Basis, people: Whole) -> tuple[Whole, NDArray[np.void]]:
    """The ids of those whose row is good for the day, and what it holds."""
    rows = HeldProfile.objects.filter(
        Q(good_until=None) | Q(good_until__gte=basis.day),
        staff_member__administration=basis.framework.administration_id,
        stamp=basis.stamp,
        made_for__lte=basis.day,
    )
    if len(people) <= MOST:
        rows = rows.filter(staff_member__in=people.tolist())
    pairs = list(rows.order_by().values_list("pk", "figures"))
    known = np.fromiter((pk for pk, _figures in pairs), np.int64, len(pairs))
    packed = np.frombuffer(b"".join(figures for _pk, figures in pairs), basis.shape)
    wanted = np.isin(known, people)
    return known[wanted], packed[wanted]


def _worked_out(basis: Basis, people: Whole, *, keep: bool) -> NDArray[np.void]:
    """The levels of some people as their ratings say; kept where told."""
    if not keep:
        return _concluded(basis, people, _ratings(basis, people))
    with transaction.atomic(savepoint=False):
        HeldProfile.objects.mark_stale(people.tolist())
        ratings = _ratings(basis, people)
        found, until = _concluded(basis, people, ratings), _good_until(basis.day, ratings)
        HeldProfile.objects.put(
            [
                HeldProfile(
                    staff_member_id=pk,
                    stamp=basis.stamp,
                    made_for=basis.day,
                    good_until=until.get(pk),
                    figures=row.tobytes(),
                )
                for pk, row in sorted(zip(people.tolist(), found, strict=True), key=itemgetter(0))
            ],
            ["stamp", "made_for", "good_until", "figures"],
        )
    return found


def _ratings(basis: Basis, people: Whole) -> pd.DataFrame:
    """The ratings that count of some people, in the columns of `frames.RATINGS`, by ids."""
    rows = Assessment.objects.filter(
        administration=basis.framework.administration_id,
        competency__framework=basis.framework,
        revoked_on=None,
    )
    rows = rows.filter(staff_member__in=people.tolist())
    found = rows.order_by().values_list(
        "staff_member_id",
        "competency_id",
        "source",
        Cast("level", FloatField()),
        "rated_on",
        "valid_until",
    )
    return pd.DataFrame(list(found), columns=frames.RATINGS).astype({"level": float})


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
    return found


def _good_until(day: date, ratings: pd.DataFrame) -> dict[int, date]:
    """The last day, by person, before a rating expires or one of a later date comes into force."""
    today = pd.Timestamp(day)
    until, rated = (pd.to_datetime(ratings[name]) for name in ("valid_until", "rated_on"))
    ends = until.where(until >= today)
    begins = (rated - pd.Timedelta(days=1)).where(rated > today)
    last = pd.concat([ends, begins], axis=1).min(axis=1).groupby(ratings["staff"]).min().dropna()
    return dict(zip(last.index.tolist(), last.dt.date.tolist(), strict=True))
