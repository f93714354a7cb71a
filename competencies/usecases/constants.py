"""The constants of floor 1: defaults, what the administration set instead, and both for print."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from competencies.analysis.gaps import CRITICAL_AT
from competencies.analysis.held_levels import BASE, HeldLevelConstants, constants_in_print
from competencies.analysis.staffing import WorkingTime
from hrplan.core.models import Administration

HELD_LEVELS = "held_levels"
WORKFORCE = "workforce"
STAFFING = "staffing"
TECHNICAL = frozenset({"O", "S"})  # groups of competencies that lapse without use


@dataclass(frozen=True, slots=True)
class WorkforceConstants:
    """What the outlook assumes; own proposals, to be set by the administration."""

    retirement_age: int = 60
    outlook_years: int = 3
    leaver_rate: float = 0.03  # share of the stock a year, retirements apart
    intake_a_year: float = 0.0  # persons
    small_group: int = 20  # below it nobody is forecast by a rate
    single_point_level: int = 3
    single_point_people: int = 2
    coverage_months: int = 18
    unused_months: int = 24  # after which a technical skill without use counts no more
    lead_months_low: int = 18  # from recruit to level 2
    lead_months_high: int = 36  # from recruit to level 3


@dataclass(frozen=True, slots=True)
class Constant:
    """One constant as it is printed: key, value in force, the default it replaces."""

    key: str
    value: float
    default: float

    @property
    def is_changed(self) -> bool:
        return self.value != self.default


def _refusal(part: str, reason: object) -> ValidationError:
    words = _("The constants “%(part)s” of the administration do not make sense: %(reason)s")
    return ValidationError(words % {"part": part, "reason": reason})


def _checked(part: str, own: dict[str, Any], kind: type) -> dict[str, Any]:
    known = {field.name for field in fields(kind)}
    if strange := sorted(set(own) - known):
        raise _refusal(part, ", ".join(strange))
    wrong = [
        name
        for name, value in own.items()
        if name != "base" and (isinstance(value, bool) or not isinstance(value, int | float))
    ]
    if wrong:
        raise _refusal(part, ", ".join(sorted(wrong)))
    return own


def held_level_constants(administration: Administration, top_level: int) -> HeldLevelConstants:
    """The constants of the rule for held levels. Refused where they make no sense."""
    own = _checked(HELD_LEVELS, administration.constants_of(HELD_LEVELS), HeldLevelConstants)
    base = {**BASE, **own.pop("base", {})}
    try:
        return HeldLevelConstants(**{**own, "base": base, "top_level": top_level})
    except (TypeError, ValueError) as error:
        raise _refusal(HELD_LEVELS, error) from error


def workforce_constants(administration: Administration) -> WorkforceConstants:
    """The constants of the workforce outlook. Refused where one is unknown."""
    own = _checked(WORKFORCE, administration.constants_of(WORKFORCE), WorkforceConstants)
    return WorkforceConstants(**own)


def working_time(administration: Administration) -> WorkingTime:
    """What one officer gives in a year. Refused where a constant is unknown, or nothing is left."""
    own = _checked(STAFFING, administration.constants_of(STAFFING), WorkingTime)
    time = WorkingTime(**own)
    if time.net_hours <= 0:
        raise _refusal(STAFFING, _("absences take up all the hours of a year"))
    return time


def constants(administration: Administration, top_level: int = 4) -> tuple[Constant, ...]:
    """Every constant of this floor, in the order in which an annex prints them."""
    held = constants_in_print(held_level_constants(administration, top_level))
    usual = dict(constants_in_print(HeldLevelConstants(top_level=top_level)))
    workforce, default = workforce_constants(administration), WorkforceConstants()
    time, whole = working_time(administration), WorkingTime()
    return (
        *(Constant(f"held_levels.{key}", value, usual[key]) for key, value in held),
        Constant("gaps.critical_at", CRITICAL_AT, CRITICAL_AT),
        *_printed(WORKFORCE, workforce, default),
        *_printed(STAFFING, time, whole),
        Constant("small_cell_limit", administration.small_cell_limit, 5),
    )


def _printed(part: str, own: Any, usual: Any) -> Iterator[Constant]:
    for field in fields(own):
        yield Constant(f"{part}.{field.name}", getattr(own, field.name), getattr(usual, field.name))
