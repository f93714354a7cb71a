"""How much two pieces of assistance look alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

DAYS_A_MONTH = 365.25 / 12


class Likeness(StrEnum):
    """What a score means."""

    DUPLICATE = "duplicate"  # likely the same
    ASK = "ask"  # ask the partners
    NONE = "none"
    UNKNOWN = "unknown"  # too little is known of the two


@dataclass(frozen=True, slots=True)
class OverlapConstants:
    """Weights of the parts, and where the bands begin; own proposals, printed with the scores.

    near_months, far_months : a time between that far apart scores 1, and 0
    least_known : share of the weights that has to be known for a score
    """

    competencies: float = 0.35
    groups: float = 0.20
    dates: float = 0.20
    levels: float = 0.15
    kind: float = 0.10
    near_months: float = 3.0
    far_months: float = 18.0
    ask_from: float = 0.45
    duplicate_above: float = 0.70
    least_known: float = 0.50


@dataclass(frozen=True, slots=True)
class Piece:
    """One activity: what it builds, for whom, when, from which level to which, how it is given.

    Empty sets and None mean that it isn't known.
    """

    code: str
    competencies: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    starts_on: date | None = None
    ends_on: date | None = None
    level_from: int | None = None
    level_to: int | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two activities: score [0..1] over what is known of both, and the share known [0..1].

    parts : (name, value [0..1] or None, weight)
    """

    first: str
    second: str
    score: float | None
    known: float
    likeness: Likeness
    parts: tuple[tuple[str, float | None, float], ...]


def overlap(first: Piece, second: Piece, constants: OverlapConstants | None = None) -> Overlap:
    """Score two activities; a part that isn't known of both is left out, its weight shared out.

    Returns
    -------
    Overlap
        score is None where less than `least_known` of the weights is known

    Source
    ------
    docs/methods/overlap.md.
    """
    rule = constants or OverlapConstants()
    parts = (
        ("competencies", _alike(first.competencies, second.competencies), rule.competencies),
        ("groups", _alike(first.groups, second.groups), rule.groups),
        ("dates", _near(first, second, rule), rule.dates),
        ("levels", _same_step(first, second), rule.levels),
        ("kind", _same_kind(first, second), rule.kind),
    )
    whole = sum(weight for _, _, weight in parts)
    known = sum(weight for _, value, weight in parts if value is not None)
    score = None
    if known >= rule.least_known * whole:
        score = sum(value * weight for _, value, weight in parts if value is not None) / known
    return Overlap(first.code, second.code, score, known / whole, _likeness(score, rule), parts)


def overlaps(
    pieces: Sequence[Piece], constants: OverlapConstants | None = None
) -> tuple[Overlap, ...]:
    """Every pair once, those that look most alike first; pairs without a score last."""
    found = [overlap(a, b, constants) for a, b in combinations(pieces, 2)]
    none = -1.0
    return tuple(
        sorted(found, key=lambda one: (-(none if one.score is None else one.score), one.first,
                                       one.second))
    )  # fmt: skip


def months_apart(first: Piece, second: Piece) -> float | None:
    """Months between the end of the earlier and the start of the later; 0 where they meet."""
    starts = (first.starts_on or first.ends_on, second.starts_on or second.ends_on)
    ends = (first.ends_on or first.starts_on, second.ends_on or second.starts_on)
    if starts[0] is None or starts[1] is None or ends[0] is None or ends[1] is None:
        return None
    days = (max(starts[0], starts[1]) - min(ends[0], ends[1])).days
    return max(0, days) / DAYS_A_MONTH


def _alike(first: frozenset[str], second: frozenset[str]) -> float | None:
    """Shared among all (Jaccard)."""
    if not first or not second:
        return None
    return len(first & second) / len(first | second)


def _near(first: Piece, second: Piece, rule: OverlapConstants) -> float | None:
    months = months_apart(first, second)
    if months is None:
        return None
    left = (rule.far_months - months) / (rule.far_months - rule.near_months)
    return min(1.0, max(0.0, left))


def _same_step(first: Piece, second: Piece) -> float | None:
    if first.level_to is None or second.level_to is None:
        return None
    return float((first.level_from, first.level_to) == (second.level_from, second.level_to))


def _same_kind(first: Piece, second: Piece) -> float | None:
    return float(first.kind == second.kind) if first.kind and second.kind else None


def _likeness(score: float | None, rule: OverlapConstants) -> Likeness:
    if score is None:
        return Likeness.UNKNOWN
    if score > rule.duplicate_above:
        return Likeness.DUPLICATE
    return Likeness.ASK if score >= rule.ask_from else Likeness.NONE
