"""What is told of an objective in a line: its leading indicators, and what it costs."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from hrplan.strategy.usecases.contents import StrategyContents
from hrplan.strategy.usecases.lines import IndicatorLine, ObjectiveLine

# Indicators that training moves, so that the objectives judged by them are served by it.
GAPS = frozenset({"K10", "K11", "K12", "K13", "K14", "K15", "K16", "K34"})
# Indicators of what became different, not of what was done: they stand for an objective first.
OUTCOMES = frozenset({"K03", "K10", "K11", "K12", "K14", "K34", "K35", "K37", "K38", "K39"})
LEADING = 2  # indicators that stand for an objective


def leading_objective(objectives: Sequence[ObjectiveLine]) -> ObjectiveLine | None:
    """The objective under which training is counted; None where none is judged by what it moves."""
    judged = {row.code: sum(line.code in GAPS for line in row.indicators) for row in objectives}
    first = max(objectives, key=lambda row: judged[row.code], default=None)
    return first if first is not None and judged[first.code] else None


def objective_costs(contents: StrategyContents) -> Mapping[str, Decimal]:
    """Code of each objective -> what its initiatives cost; training is counted once."""
    objectives = contents.overview.objectives
    spent = {row.code: Decimal(0) for row in objectives}
    for line in contents.overview.initiatives:
        spent[line.objective[0]] += line.cost or 0
    leading = leading_objective(objectives)
    if leading is not None:
        spent[leading.code] += contents.costs.training
    return spent


def headline(lines: Sequence[IndicatorLine]) -> tuple[IndicatorLine, ...]:
    """The indicators that stand for an objective: outcomes first, else in their own order."""
    return tuple(sorted(lines, key=lambda line: line.code not in OUTCOMES)[:LEADING])
