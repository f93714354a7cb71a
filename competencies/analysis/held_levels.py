"""Held levels: the rule that concludes one level from the ratings of several sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import FrameError, need, one_of

SOURCES = ("self", "supervisor", "peer", "test", "validated")
SELF, SUPERVISOR, _PEER, TEST, VALIDATED = range(5)
DAYS_A_MONTH = 365.25 / 12
PLACES = 6  # decimals of a held level, which a number of 4 bytes can keep
EDITION = 2  # of the rule; to be raised with every change of it, as levels are kept by it

ESTIMATED, TO_VALIDATE, SETTLED = "estimated", "to_validate", "validated"
COLUMNS = (
    "staff", "competency", "level", "basis", "n_sources",
    "disagreement", "confidence", "status", "rated_on",
)  # fmt: skip
Floats = NDArray[np.float64]

# Own proposal. The three combinations that no note of the method names lie between its steps.
BASE = {
    "self": 0.40,
    "peer": 0.50,
    "supervisor": 0.60,
    "self+peer": 0.60,
    "self+supervisor": 0.75,
    "supervisor+peer": 0.75,
    "self+supervisor+peer": 0.80,
    "test": 0.90,
    "validated": 1.00,
}


@dataclass(frozen=True, slots=True)
class HeldLevelConstants:
    """What the rule may be told otherwise; every value is printed in the annex."""

    self_weight: float = 0.20
    supervisor_weight: float = 0.40
    peer_weight: float = 0.15
    test_weight: float = 0.60
    top_level: int = 4
    doubt_at: float = 2.0  # levels between the highest and the lowest rating
    self_supervisor_doubt_at: float = 2.0  # levels between those two alone
    half_life_months: float = 24.0
    base: Mapping[str, float] = field(default_factory=lambda: dict(BASE))

    def __post_init__(self) -> None:
        if min(self.weights) <= 0 or self.top_level < 1 or self.half_life_months <= 0:
            raise ValueError("weights, top level and half-life must be above zero")
        if missing := sorted(set(BASE) - set(self.base)):
            raise ValueError(f"no base confidence for {', '.join(missing)}")

    @property
    def weights(self) -> tuple[float, float, float, float]:
        return self.self_weight, self.supervisor_weight, self.peer_weight, self.test_weight


def constants_in_print(constants: HeldLevelConstants) -> tuple[tuple[str, float], ...]:
    """Every constant of the rule as (key, value), in the order in which the annex prints them."""
    return (
        *zip(("weight.self", "weight.supervisor", "weight.peer", "weight.test"), constants.weights,
             strict=True),
        ("top_level", constants.top_level),
        ("doubt_at", constants.doubt_at),
        ("self_supervisor_doubt_at", constants.self_supervisor_doubt_at),
        ("half_life_months", constants.half_life_months),
        *((f"base.{name}", constants.base[name]) for name in BASE),
    )  # fmt: skip


def held_levels(
    assessments: pd.DataFrame, constants: HeldLevelConstants, *, as_of: date
) -> pd.DataFrame:
    """Conclude, for each person and competency, the level held and how sure that is.

    Of each source only the latest rating in force counts. A validated rating overrides all
    others; without one the level is the mean of the sources, weighted by what each is worth.

    Parameters
    ----------
    assessments : DataFrame, one row per (staff, competency, source, rated_on)
        staff, competency : str, codes
        source : str, one of SOURCES
        level : float, rating; 0 = assessed and not held [level, 0..top level]
        rated_on : date; later than `as_of` is not yet known and left out
        valid_until : date or none; before `as_of` the rating has expired and is left out
    constants : HeldLevelConstants
    as_of : date, the day for which the levels are concluded

    Returns
    -------
    DataFrame, one row per (staff, competency) with a rating in force, sorted by them
        level : float, not rounded [level]
        basis : str, the sources it is made of, joined by "+"
        n_sources : int, sources with a rating in force, overridden ones included
        disagreement : float, highest less lowest rating the level is made of [level]
        confidence : float, base x agreement x freshness [0..1]
        status : str, validated | to_validate | estimated
        rated_on : date, the latest rating the level is made of
    No row: not assessed, which is never a zero.

    Raises
    ------
    FrameError
        A column is missing, a key given twice, an unknown source, a level off the scale.

    Source
    ------
    docs/methods/held-level.md.
    """
    key = ["staff", "competency", "source", "rated_on"]
    need(assessments, [*key, "level", "valid_until"], key=key)
    one_of(assessments, "source", SOURCES)
    _on_scale(assessments["level"], constants.top_level)
    rows = in_force(assessments, as_of)
    pairs, ratings, ages = _grid(rows, as_of)
    settled = ~np.isnan(ratings[:, VALIDATED])
    used = np.where(settled[:, None], np.nan, ratings)
    used[:, VALIDATED] = ratings[:, VALIDATED]
    present = ~np.isnan(used)
    spread = _highest(used) - _lowest(used)
    level, freshness = _weighted(used, ages, constants)
    basis, base = _basis(present, constants)
    doubtful = (spread >= constants.doubt_at) | (
        np.abs(used[:, SELF] - used[:, SUPERVISOR]) >= constants.self_supervisor_doubt_at
    )
    age = np.where(present, ages, np.inf).min(axis=1, initial=np.inf)
    return pairs.assign(
        level=level,
        basis=basis,
        n_sources=(~np.isnan(ratings)).sum(axis=1),
        disagreement=spread,
        confidence=base * (1 - spread / constants.top_level) * freshness,
        status=np.select([settled, doubtful], [SETTLED, TO_VALIDATE], ESTIMATED),
        rated_on=pd.Timestamp(as_of) - pd.to_timedelta(age, unit="D"),
    )[list(COLUMNS)]


def _on_scale(levels: pd.Series, top_level: int) -> None:
    off = levels[~levels.between(0, top_level)]
    if len(off):
        found = ", ".join(map(str, sorted(off.unique())[:5]))
        raise FrameError((f"level holds {found}; the scale runs from 0 to {top_level}",))


def in_force(assessments: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The ratings known on a day and not expired."""
    day = pd.Timestamp(as_of)
    known = pd.to_datetime(assessments["rated_on"]) <= day
    expired = pd.to_datetime(assessments["valid_until"]) < day
    return assessments[known & ~expired]


def _grid(rows: pd.DataFrame, as_of: date) -> tuple[pd.DataFrame, Floats, Floats]:
    """Pairs, with the latest rating of each source and its age in days; NaN where there is none."""
    staff, staff_codes = pd.factorize(rows["staff"], sort=True)
    competency, competency_codes = pd.factorize(rows["competency"], sort=True)
    source = pd.Index(SOURCES).get_indexer(pd.Index(rows["source"]))
    pair, row = np.unique(staff * len(competency_codes) + competency, return_inverse=True)
    age = (pd.Timestamp(as_of) - pd.to_datetime(rows["rated_on"])).dt.days.to_numpy(np.float64)
    oldest_first = np.argsort(-age, kind="stable")
    place = row[oldest_first], source[oldest_first]
    ratings, ages = np.full((2, len(pair), len(SOURCES)), np.nan)
    ratings[place] = rows["level"].to_numpy(np.float64)[oldest_first]
    ages[place] = age[oldest_first]
    width = max(len(competency_codes), 1)
    pairs = pd.DataFrame(
        {
            "staff": staff_codes.take(pair // width),
            "competency": competency_codes.take(pair % width),
        }
    )
    return pairs, ratings, ages


def _highest(ratings: Floats) -> Floats:
    return np.asarray(np.where(np.isnan(ratings), -np.inf, ratings).max(axis=1, initial=-np.inf))


def _lowest(ratings: Floats) -> Floats:
    return np.asarray(np.where(np.isnan(ratings), np.inf, ratings).min(axis=1, initial=np.inf))


def _weighted(used: Floats, ages: Floats, constants: HeldLevelConstants) -> tuple[Floats, Floats]:
    """Mean level and mean freshness over the sources used, each by its weight.

    Levels are kept to PLACES: a mean of two twos is 2, not a hair less, which would be a gap.
    """
    weights = np.where(np.isnan(used), 0.0, np.array([*constants.weights, 1.0]))
    share = weights / weights.sum(axis=1, keepdims=True)
    freshness = faded(np.nan_to_num(ages), constants.half_life_months)
    level = np.round((share * np.nan_to_num(used)).sum(axis=1), PLACES)
    return level, (share * freshness).sum(axis=1)


def _basis(
    present: NDArray[np.bool_], constants: HeldLevelConstants
) -> tuple[NDArray[np.str_], Floats]:
    """The sources' names and the base confidence, looked up by the pattern of sources."""
    patterns = [[bool(number >> place & 1) for place in range(5)] for number in range(32)]
    names = [
        "+".join(name for name, there in zip(SOURCES, pattern, strict=True) if there)
        for pattern in patterns
    ]
    base = [
        constants.base["validated"] if pattern[VALIDATED]
        else constants.base["test"] if pattern[TEST]
        else constants.base.get(name, 0.0)
        for name, pattern in zip(names, patterns, strict=True)
    ]  # fmt: skip
    number = present @ (1 << np.arange(5))
    return np.array(names)[number], np.array(base)[number]


def faded(days: Floats, half_life_months: float) -> Floats:
    """What is left of a confidence some days later [0..1]; all ratings grow old alike."""
    return np.asarray(0.5 ** (days / DAYS_A_MONTH / half_life_months), np.float64)
