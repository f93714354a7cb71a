"""The constants of floor 1: defaults, what the administration set instead, and both for print."""

from dataclasses import dataclass, fields
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from competencies.analysis.gaps import CRITICAL_AT
from competencies.analysis.held_levels import BASE, HeldLevelConstants, constants_in_print
from hrplan.core.models import Administration

HELD_LEVELS = "held_levels"
WORKFORCE = "workforce"


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


def constants(administration: Administration, top_level: int = 4) -> tuple[Constant, ...]:
    """Every constant of this floor, in the order in which an annex prints them."""
    held = constants_in_print(held_level_constants(administration, top_level))
    usual = dict(constants_in_print(HeldLevelConstants(top_level=top_level)))
    workforce, default = workforce_constants(administration), WorkforceConstants()
    names = [field.name for field in fields(WorkforceConstants)]
    ours = ((name, getattr(workforce, name), getattr(default, name)) for name in names)
    return (
        *(Constant(f"held_levels.{key}", value, usual[key]) for key, value in held),
        Constant("gaps.critical_at", CRITICAL_AT, CRITICAL_AT),
        *(Constant(f"workforce.{name}", value, usual_value) for name, value, usual_value in ours),
        Constant("small_cell_limit", administration.small_cell_limit, 5),
    )
