"""Where an indicator stands against its target, and which way it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HIGHER, LOWER, BAND = "higher", "lower", "band"


class Standing(StrEnum):
    """Where the last value stands against the target."""

    UNKNOWN = "unknown"  # nothing measured
    NO_TARGET = "no_target"
    MET = "met"
    NEARER = "nearer"  # better than the baseline, short of the target
    NO_NEARER = "no_nearer"  # not better than the baseline, or no baseline to compare with


class Trend(StrEnum):
    """Which way the last two values go."""

    UNKNOWN = "unknown"  # fewer than two values
    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class BandConstants:
    """How near to the target counts as within its band."""

    share: Decimal = Decimal("0.10")  # of the target, on either side [0..1] own proposal


def standing(
    latest: Decimal | None,
    target: Decimal | None,
    baseline: Decimal | None,
    better: str,
    band: BandConstants | None = None,
) -> Standing:
    """Compare the last value with the target and the baseline; unknown ones stay unknown."""
    if latest is None:
        return Standing.UNKNOWN
    if target is None:
        return Standing.NO_TARGET
    if _shortfall(latest, target, better, band or BandConstants()) == 0:
        return Standing.MET
    if baseline is None:
        return Standing.NO_NEARER
    before = _distance(baseline, target, better)
    return Standing.NEARER if _distance(latest, target, better) < before else Standing.NO_NEARER


def trend(values: Sequence[Decimal], target: Decimal | None, better: str) -> Trend:
    """Compare the last value with the one before it, in the direction that is better.

    A band without a target has no direction, so its trend is unknown.
    """
    if len(values) < 2:
        return Trend.UNKNOWN
    before, after = values[-2], values[-1]
    if better == HIGHER:
        gain = after - before
    elif better == LOWER:
        gain = before - after
    elif target is None:
        return Trend.UNKNOWN
    else:
        gain = abs(before - target) - abs(after - target)
    if gain == 0:
        return Trend.STEADY
    return Trend.BETTER if gain > 0 else Trend.WORSE


def way_covered(
    latest: Decimal | None, target: Decimal | None, baseline: Decimal | None
) -> Decimal | None:
    """The share of the way from baseline to target; below 0 moved away, above 1 gone past it."""
    if latest is None or target is None or baseline is None or target == baseline:
        return None
    return (latest - baseline) / (target - baseline)


def _distance(value: Decimal, target: Decimal, better: str) -> Decimal:
    """How far a value is short of its target; 0 once it is reached."""
    if better == HIGHER:
        return max(Decimal(0), target - value)
    if better == LOWER:
        return max(Decimal(0), value - target)
    return abs(value - target)


def _shortfall(value: Decimal, target: Decimal, better: str, band: BandConstants) -> Decimal:
    allowed = abs(target) * band.share if better == BAND else Decimal(0)
    return max(Decimal(0), _distance(value, target, better) - allowed)
