"""Cost lines of a plan: cash of sessions and of courses outside them, opportunity cost apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from hrplan.core.frames import rows_of
from hrplan.core.workdays import fiscal_year
from training_calendar import wording
from training_calendar.analysis import costs
from training_calendar.models import CostLine, Intervention, Module
from training_calendar.solver.facts import EXTERNAL, Instance, Session
from training_calendar.solver.placed import Placed, placed_sessions
from training_calendar.usecases.constants import PlanningConstants

FAR = ("regional", "long_haul")
SPLIT = ["quarter", "year", "line", "item", "unit", "opportunity"]


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """Every amount of a plan, and the cash of each session by its id.

    lines : one row per (session or enrolment, item): module, starts_on, item, unit, line,
        quantity, rate, amount, opportunity
    """

    lines: pd.DataFrame
    by_session: Mapping[str, float]


def plan_costs(
    instance: Instance,
    sessions: tuple[Session, ...],
    outside: pd.DataFrame,
    modules: Mapping[str, Module],
    rule: PlanningConstants,
    on: Mapping[str, str],
) -> Costs:
    """Price sessions and the enrolments outside them, item by item.

    on : item -> its line of the budget
    """
    priced = _sessions(instance, sessions, modules, rule, on)
    beside = _outside(outside, modules, instance.parameters.per_diem, on)
    lines = pd.concat([priced, beside], ignore_index=True) if len(beside) else priced
    cash = priced[~priced["opportunity"].astype(bool)]
    by_session = cash.groupby("session")["amount"].sum()
    return Costs(lines, {str(code): float(amount) for code, amount in by_session.items()})


def _sessions(
    instance: Instance,
    sessions: tuple[Session, ...],
    modules: Mapping[str, Module],
    rule: PlanningConstants,
    on: Mapping[str, str],
) -> pd.DataFrame:
    facts = pd.DataFrame(
        [_session(instance, placed, modules) for placed in placed_sessions(instance, sessions)],
        columns=[
            "session", "module", "starts_on", "days", "participants", "cost_session",
            "cost_person", "venue_day", "travellers", "transport", "trainer_travels",
            "trainer_transport", "per_diem", "abroad",
        ],
    )  # fmt: skip
    spent = costs.session_quantities(facts)
    time = costs.time_quantities(facts, rule.time_rates)
    both = pd.concat([spent, time], ignore_index=True) if len(time) else spent
    lines = costs.cost_lines(both, on, contingency=rule.contingency)
    return lines.merge(facts[["session", "module", "starts_on"]], on="session")


def _session(instance: Instance, placed: Placed, modules: Mapping[str, Module]) -> tuple:
    at = placed.module
    mode, length = int(instance.modules.mode[at]), len(placed.days)
    station = instance.stations.region[instance.staff.station[list(placed.staff)]]
    away = [int(region) for region in station if 0 <= placed.region != region]
    trainer = int(instance.instructors.region[placed.trainer]) if placed.trainer >= 0 else -1
    moves = placed.region >= 0 and trainer >= 0 and trainer != placed.region
    trips = instance.regions.trip
    return (
        placed.session.session_id,
        placed.session.module_id,
        placed.session.start_date,
        length,
        len(placed.staff),
        0.0 if mode == EXTERNAL else float(instance.modules.cost_session[at]),
        float(instance.modules.cost_seat[at]),
        float(instance.venues.cost_day[placed.venue]) if placed.venue >= 0 else 0.0,
        len(away),
        sum(float(trips[region, placed.region]) for region in away),
        moves,
        float(trips[trainer, placed.region]) if moves else 0.0,
        instance.parameters.per_diem,
        mode == EXTERNAL and modules[placed.session.module_id].travel in FAR,
    )


def _outside(
    outside: pd.DataFrame, modules: Mapping[str, Module], per_diem: float, on: Mapping[str, str]
) -> pd.DataFrame:
    """Fees, and subsistence of blocks abroad; who stays at home travels nowhere."""
    rows = []
    for at, (staff, module, starts_on) in enumerate(
        rows_of(outside[["staff", "module", "starts_on"]])
    ):
        row = modules[module]
        name = f"{module} {staff} {at}"
        rows.append((name, module, starts_on, "course_fee", 1.0, float(row.cost_person)))
        if row.travel in FAR:
            rows.append((name, module, starts_on, "subsistence_abroad", float(row.days), per_diem))
    frame = pd.DataFrame(
        rows, columns=["session", "module", "starts_on", "item", "quantity", "rate"]
    )
    frame = frame[(frame["quantity"] > 0) & (frame["rate"] > 0)]
    if frame.empty:
        return frame
    named = frame[["session", "module", "starts_on"]].drop_duplicates("session")
    return costs.cost_lines(frame[["session", "item", "quantity", "rate"]], on).merge(
        named, on="session"
    )


def cost_lines(
    found: Costs,
    interventions: Mapping[str, Intervention],
    quarters: Mapping[date, str],
    fiscal_month: int,
    kept: Mapping[str, str] | None = None,
) -> list[CostLine]:
    """The amounts summed by intervention, quarter, budget line and item, ready to be saved.

    kept : item in words -> the line it keeps, whatever the chart says by now
    """
    lines = found.lines.assign(
        quarter=found.lines["starts_on"].map(dict(quarters)),
        year=[fiscal_year(day, fiscal_month).label for day in found.lines["starts_on"]],
    )
    sums = lines.groupby(["module", *SPLIT], as_index=False, dropna=False).agg(
        quantity=("quantity", "sum"), amount=("amount", "sum")
    )
    made = []
    for row in rows_of(sums):
        rate = row.amount / row.quantity if row.quantity else 0.0
        title = wording.cost_item(row.item)
        made.append(
            CostLine(
                intervention=interventions[row.module],
                budget_line=(kept or {}).get(title, row.line),
                title=title,
                quarter=row.quarter,
                fiscal_year=row.year,
                quantity=_decimal(row.quantity),
                unit=wording.cost_unit(row.unit),
                rate=_decimal(rate),
                amount=_decimal(row.amount),
                is_opportunity=bool(row.opportunity),
            )
        )
    return made


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))
