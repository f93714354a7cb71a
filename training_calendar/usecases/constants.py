"""The constants of planning: defaults, what the administration set instead, and both for print."""

from dataclasses import dataclass, field, fields

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from competencies.usecases.constants import Constant
from hrplan.core.models import Administration
from training_calendar.analysis.costs import TimeRates
from training_calendar.analysis.duty import DutyConstants
from training_calendar.analysis.modes import ModeConstants
from training_calendar.analysis.outside import OutsideConstants
from training_calendar.analysis.priorities import PriorityConstants, priority_constants_in_print
from training_calendar.solver.remedy import Trouble

PLANNING = "planning"


@dataclass(frozen=True, slots=True)
class PlanningConstants:
    """What a plan assumes; own proposals, to be set under `planning` of the administration.

    reserve_share : of each quarter's money, kept for courses outside the sessions [0..1]
    cost_gap_share : what spending the whole budget weighs against the whole gap [0..1]
    contingency : on the cash of sessions [0..1]
    preparation_days : between the day of planning and the first session [days]
    overtime_hour, salary_hour : worth of an hour; None is unknown [money/hour]
    share_replaced : of the hours away, covered by overtime [0..1]
    storm_months : months in which a session carries a fallback date
    behaviour_months, results_months : after a session, evaluation levels 3 and 4 are due [months]
    scenarios : shares of the budget that are tried beside the plan; scenario_effort : of each
    frontier : further shares, for the picture of what each budget buys
    """

    reserve_share: float = 0.15
    cost_gap_share: float = 0.05
    contingency: float = 0.0
    preparation_days: int = 14
    overtime_hour: float | None = None
    salary_hour: float | None = None
    share_replaced: float = 0.5
    storm_months: tuple[int, ...] = (6, 7, 8, 9, 10, 11)
    behaviour_months: int = 4
    results_months: int = 9
    effort: int = 30
    scenarios: tuple[float, ...] = (0.6, 0.8, 1.0, 1.2)
    frontier: tuple[float, ...] = (0.2, 0.4, 1.4)
    scenario_effort: int = 8
    duty: DutyConstants = field(default_factory=DutyConstants)
    outside: OutsideConstants = field(default_factory=OutsideConstants)
    priority: PriorityConstants = field(default_factory=PriorityConstants)
    trouble: Trouble = field(default_factory=Trouble)
    modes: ModeConstants = field(default_factory=ModeConstants)

    @property
    def time_rates(self) -> TimeRates:
        return TimeRates(self.overtime_hour, self.salary_hour, self.share_replaced)


PARTS = {
    "duty": DutyConstants,
    "outside": OutsideConstants,
    "priority": PriorityConstants,
    "trouble": Trouble,
    "modes": ModeConstants,
}


def planning_constants(administration: Administration) -> PlanningConstants:
    """The constants in force. Refused where one is unknown or makes no sense."""
    values = administration.constants_of(PLANNING)
    try:
        for name, kind in PARTS.items():
            if name in values:
                values[name] = kind(**values[name])
        if "storm_months" in values:
            values["storm_months"] = tuple(int(month) for month in values["storm_months"])
        for name in ("scenarios", "frontier"):
            if name in values:
                values[name] = tuple(float(share) for share in values[name])
        made = PlanningConstants(**values)
        _check(made)
    except (TypeError, ValueError) as error:
        words = _("The planning constants of the administration do not make sense: %(reason)s")
        raise ValidationError(words % {"reason": error}) from error
    return made


def _check(made: PlanningConstants) -> None:
    for name in ("reserve_share", "cost_gap_share", "contingency", "share_replaced"):
        if not 0 <= getattr(made, name) <= 1:
            raise ValueError(f"{name} is not between 0 and 1")
    if any(share <= 0 for share in (*made.scenarios, *made.frontier)):
        raise ValueError("scenarios hold a share that is not above 0")
    for name in ("effort", "scenario_effort"):
        if getattr(made, name) < 1:
            raise ValueError(f"{name} is below 1")


def constants(administration: Administration) -> tuple[Constant, ...]:
    """Every number among them that is known, in the order in which an annex prints them."""
    ours, usual = planning_constants(administration), PlanningConstants()
    return tuple(
        Constant(f"planning.{key}", value, dict(_numbers(usual)).get(key, value))
        for key, value in _numbers(ours)
    )


def _numbers(made: PlanningConstants) -> list[tuple[str, float]]:
    own = [(f.name, getattr(made, f.name)) for f in fields(made)]
    plain = [(name, float(value)) for name, value in own if isinstance(value, int | float)]
    parts = [
        (f"{part}.{f.name}", float(getattr(getattr(made, part), f.name)))
        for part in ("duty", "outside", "trouble", "modes")
        for f in fields(getattr(made, part))
        if getattr(getattr(made, part), f.name) is not None
    ]
    ranked = priority_constants_in_print(made.priority)
    return [*plain, *parts, *((f"priority.{key}", value) for key, value in ranked)]
