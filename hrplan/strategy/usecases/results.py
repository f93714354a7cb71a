"""Results of training: the modules that are to move an indicator, and what became of it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q

from hrplan.core.models import Administration
from hrplan.strategy import wording
from hrplan.strategy.analysis.results import Result, result
from hrplan.strategy.models import Indicator
from training_calendar.models import Module, TrainingSession
from training_calendar.usecases import constants
from training_calendar.usecases.evaluating import later


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One module: who completed it, when, and the indicator before and after.

    people : completed; began, ended, due : None where no session was held
    """

    pk: int
    title: str
    people: int
    began: date | None
    ended: date | None
    due: date | None
    result: Result
    words: str
    shape: str


def result_lines(indicator: Indicator) -> tuple[ResultLine, ...]:
    """The modules of an indicator, read with its measurements; those attended by anybody count."""
    return results_of(indicator.administration, [indicator])


def results_of(owner: Administration, indicators: Iterable[Indicator]) -> tuple[ResultLine, ...]:
    """One line for each module of each indicator; read with `measurements` and `modules`."""
    rows = list(indicators)
    modules = {module.pk for row in rows for module in row.modules.all()}
    spans = _spans(owner, modules)
    months = constants.planning_constants(owner).results_months
    due = later(owner, (row["ended"] for row in spans.values()), months) if spans else {}
    return tuple(
        _line(module, spans.get(module.pk, {}), due, _values(row), row, owner.as_of)
        for row in rows
        for module in row.modules.all()
    )


def _values(indicator: Indicator) -> list[tuple[date, float]]:
    values = [(one.measured_on, float(one.value)) for one in indicator.measurements.all()]
    if indicator.baseline is not None and indicator.baseline_on is not None:
        values.append((indicator.baseline_on, float(indicator.baseline)))
    return values


def _spans(owner: Administration, modules: Collection[int]) -> dict[int, Mapping[str, Any]]:
    """First and last day of the sessions held of each module, and who completed it."""
    held = TrainingSession.objects.filter(
        administration=owner, module__in=modules, ends_on__lte=owner.as_of
    ).filter(enrolments__attendance__hours__gt=0)
    return {
        row["module"]: row
        for row in held.order_by()
        .values("module")
        .annotate(
            began=Min("starts_on"),
            ended=Max("ends_on"),
            people=Count("enrolments", filter=Q(enrolments__attendance__is_completed=True)),
        )
    }


def _line(
    module: Module,
    span: Mapping[str, Any],
    due: dict[date, date],
    values: list[tuple[date, float]],
    indicator: Indicator,
    today: date,
) -> ResultLine:
    began, ended = span.get("began"), span.get("ended")
    day = due[ended] if ended else None
    found = result(values, began, day, today, indicator.better)
    return ResultLine(
        pk=module.pk,
        title=str(module),
        people=span.get("people", 0),
        began=began,
        ended=ended,
        due=day,
        result=found,
        words=wording.result_state(found.state),
        shape=wording.RESULT_SHAPES[found.state],
    )
