"""Where an indicator stands against its target, and which way it goes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

HIGHER, LOWER, BAND, MONITORED = "higher", "lower", "band", "monitored"
Ends = tuple[Decimal, Decimal]


class Standing(StrEnum):
    """Where the last value stands against the target."""

    UNKNOWN = "unknown"  # nothing measured
    NO_TARGET = "no_target"
    MET = "met"
    NEARER = "nearer"  # better than the baseline, short of the target
    NO_NEARER = "no_nearer"  # not better than the baseline, or no baseline to compare with
    WATCHED = "watched"  # no value of it is good or bad


class Trend(StrEnum):
    """Which way the last two values go."""

    UNKNOWN = "unknown"  # fewer than two values
    BETTER = "better"
    WORSE = "worse"
    STEADY = "steady"
    MOVED = "moved"  # changed, where neither way is better


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
    ends: Ends | None = None,
) -> Standing:
    """Compare the last value with the target and the baseline; unknown ones stay unknown.

    ends : the stated band, in place of one about the target; what is only watched has no standing
    """
    if latest is None:
        return Standing.UNKNOWN
    if better == MONITORED:
        return Standing.WATCHED
    if target is None and ends is None:
        return Standing.NO_TARGET
    if _shortfall(latest, target, better, band or BandConstants(), ends) == 0:
        return Standing.MET
    if baseline is None:
        return Standing.NO_NEARER
    before = _distance(baseline, target, better, ends)
    now = _distance(latest, target, better, ends)
    return Standing.NEARER if now < before else Standing.NO_NEARER


def trend(
    values: Sequence[Decimal], target: Decimal | None, better: str, ends: Ends | None = None
) -> Trend:
    """Compare the last value with the one before it, in the direction that is better.

    A band without ends or target has no direction, so its trend is unknown.
    """
    if len(values) < 2:
        return Trend.UNKNOWN
    before, after = values[-2], values[-1]
    if better == MONITORED:
        return Trend.STEADY if before == after else Trend.MOVED
    if better == HIGHER:
        gain = after - before
    elif better == LOWER:
        gain = before - after
    elif target is None and ends is None:
        return Trend.UNKNOWN
    else:
        gain = _distance(before, target, better, ends) - _distance(after, target, better, ends)
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


def _distance(
    value: Decimal, target: Decimal | None, better: str, ends: Ends | None = None
) -> Decimal:
    """How far a value is short of its target, or outside its band; 0 once it is reached."""
    if ends is not None:
        return max(Decimal(0), ends[0] - value, value - ends[1])
    if target is None:
        raise ValueError("there is neither a target nor a band")
    if better == HIGHER:
        return max(Decimal(0), target - value)
    if better == LOWER:
        return max(Decimal(0), value - target)
    return abs(value - target)


def _shortfall(
    value: Decimal,
    target: Decimal | None,
    better: str,
    band: BandConstants,
    ends: Ends | None,
) -> Decimal:
    """The same, where what is near a target without stated ends counts as reached."""
    allowed = Decimal(0)
    if better == BAND and ends is None and target is not None:
        allowed = abs(target) * band.share
    return max(Decimal(0), _distance(value, target, better, ends) - allowed)
