"""Indicators under the reference points that they, or else their objectives, serve."""

from collections.abc import Iterable, Mapping

from hrplan.strategy.analysis.follow_up import Standing
from hrplan.strategy.usecases.lines import IndicatorLine, PointLine

OF_NONE = "none"  # in an address: those of no reference point
ON_COURSE = frozenset({Standing.MET, Standing.NEARER})
JUDGED = ON_COURSE | {Standing.NO_NEARER}


def serving(line: IndicatorLine) -> tuple[str, ...]:
    """Codes of the reference points an indicator serves; OF_NONE where it serves none."""
    return tuple(code for code, _title in line.serves) or (OF_NONE,)


def by_point(lines: Iterable[IndicatorLine], known: Mapping[str, str]) -> tuple[PointLine, ...]:
    """Indicators by reference point, in the order of `known` (code -> title), those of none last.

    One that serves several stands under each; empty where no indicator serves a point. A value
    that isn't known, or has no target, is counted apart and never as a failure.
    """
    found: dict[str, list[IndicatorLine]] = {code: [] for code in known}
    titles = dict(known)
    for line in lines:
        titles |= dict(line.serves)
        for code in serving(line):
            found.setdefault(code, []).append(line)
    of_none = found.pop(OF_NONE, [])
    points = tuple(_point(code, titles[code], some) for code, some in found.items() if some)
    return (*points, _point("", "", of_none)) if points and of_none else points


def _point(code: str, title: str, lines: list[IndicatorLine]) -> PointLine:
    standings = [line.standing for line in lines]
    return PointLine(
        code,
        title,
        tuple(lines),
        judged=sum(one in JUDGED for one in standings),
        on_course=sum(one in ON_COURSE for one in standings),
    )
