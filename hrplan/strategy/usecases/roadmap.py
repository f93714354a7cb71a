"""The initiatives over the quarters of the strategy."""

from datetime import date, timedelta

from hrplan.core.workdays import quarter
from hrplan.strategy.models import Strategy
from hrplan.strategy.usecases.lines import InitiativeLine, Roadmap, RoadmapQuarter, RoadmapRow
from hrplan.strategy.usecases.read import initiative_lines

ONE_DAY = timedelta(days=1)


def roadmap(strategy: Strategy) -> Roadmap:
    """Which initiatives run in which quarter of the fiscal year, and milestones due in each."""
    as_of = strategy.administration.as_of
    return roadmap_of(strategy, initiative_lines(strategy.initiatives.standing(), as_of))


def roadmap_of(strategy: Strategy, lines: tuple[InitiativeLine, ...]) -> Roadmap:
    """The same from lines that were read already."""
    if not lines:
        return Roadmap((), ())
    first = min(line.starts_on for line in lines)
    last = max(line.ends_on for line in lines)
    due = [one.due_on for line in lines for one in line.milestones]
    month = strategy.administration.fiscal_year_month
    quarters = _quarters(min([first, *due]), max([last, *due]), month)
    return Roadmap(quarters, tuple(_row(line, quarters) for line in lines))


def _quarters(first: date, last: date, month: int) -> tuple[RoadmapQuarter, ...]:
    found = [quarter(first, month)]
    while found[-1].last < last:
        found.append(quarter(found[-1].last + ONE_DAY, month))
    return tuple(RoadmapQuarter(one.label, one.first, one.last) for one in found)


def _row(line: InitiativeLine, quarters: tuple[RoadmapQuarter, ...]) -> RoadmapRow:
    return RoadmapRow(
        line,
        tuple(line.starts_on <= one.last and line.ends_on >= one.first for one in quarters),
        tuple(
            sum(one.first <= milestone.due_on <= one.last for milestone in line.milestones)
            for one in quarters
        ),
    )
