"""Drawings made of points: before and after on a scale, and two measures against each other."""

from collections import defaultdict

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from hrplan.documents.drawing import (
    HATCH,
    drawn,
    grid,
    legend,
    lines_of,
    sheet,
    unit_label,
    wrapped,
)
from hrplan.documents.nodes import ChangeChart, Chart, ScatterChart
from hrplan.documents.palette import ACCENT, QUIET, RAMPS, RULE, UNKNOWN
from hrplan.documents.words import Words

BEFORE = f"#{RAMPS['level'][2]}"
_TALL = 0.62  # height of a scatter chart by its width
_SMALLEST = 30.0  # [points^2] of the dot of one point
_LETTER, _LINE = 6.0, 9.0  # [points] of a letter's width and a line's height
_SPOTS = (5, -13, 15, -23, 25, -33)  # [points] above or below the dot at which marks may stand
_NAMED = 4  # marks written at one place; more are counted


def change_chart(chart: ChangeChart, words: Words, width: float) -> Figure:
    """An arrow a label from the earlier dot to the later one, both numbers at the right edge."""
    labels = [wrapped(label, int(width * 5.4)) for label in chart.labels]
    step = 0.21 + 0.145 * lines_of(labels)
    figure, axes = sheet(width, 1.05 + step * max(len(labels), 1))
    span = chart.top - chart.bottom
    for place, (before, after) in enumerate(
        zip(chart.before.values, chart.after.values, strict=True)
    ):
        axes.plot((chart.bottom, chart.top), (place, place), color=f"#{RULE}", linewidth=0.8)
        _change(axes, place, before, after, chart)
        told = (words.number(value, chart.decimals, "–") for value in (before, after))
        axes.text(chart.top + span * 0.04, place, drawn(" → ".join(told)), va="center")
    handles = [
        *axes.plot([], [], "o", color=BEFORE, markersize=8, label=chart.before.name),
        *axes.plot([], [], "o", color=f"#{ACCENT}", markersize=8, label=chart.after.name),
    ]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(chart.bottom - 0.1, chart.top + span * 0.28)
    axes.set_xticks([chart.bottom + n for n in range(int(span) + 1)])
    axes.spines["bottom"].set_visible(False)
    grid(axes, "x")
    unit_label(axes, "x", chart.unit)
    legend(figure, handles, width)
    return figure


def _change(
    axes: Axes, place: int, before: float | None, after: float | None, chart: ChangeChart
) -> None:
    if before is None and after is None:
        span, left = chart.top - chart.bottom, chart.bottom
        colours = {"color": f"#{UNKNOWN}", "edgecolor": f"#{RULE}"}
        axes.barh(place, span, 0.5, left=left, hatch=HATCH, **colours)  # type: ignore[arg-type]
    if before is not None and after is not None and before != after:
        arrow = {"arrowstyle": "-|>", "color": f"#{QUIET}", "shrinkA": 3, "shrinkB": 4}
        axes.annotate("", (after, place), (before, place), arrowprops=arrow)
    if before is not None:
        axes.plot(before, place, "o", color=BEFORE, markersize=8, zorder=3)
    if after is not None:
        axes.plot(after, place, "o", color=f"#{ACCENT}", markersize=8, zorder=4)


def scatter_chart(chart: ScatterChart, words: Words, width: float) -> Figure:
    """A dot a place, larger where more points share it, with the marks of those that have one."""
    figure, axes = sheet(width, width * _TALL)
    places: dict[tuple[float, float], list[str]] = defaultdict(list)
    for point in chart.points:
        places[point.x, point.y].append(point.mark)
    for (x, y), marks in places.items():
        axes.scatter(x, y, s=_SMALLEST * len(marks), color=f"#{ACCENT}", alpha=0.75, linewidth=0)
    _marks(axes, chart, places, width)
    for value, line in ((chart.across_from, axes.axvline), (chart.up_from, axes.axhline)):
        if value is not None:
            line(value, color=f"#{QUIET}", linewidth=1, linestyle=(0, (4, 3)))
    across, up = (chart.right - chart.left) * 0.04, (chart.top - chart.bottom) * 0.06
    axes.set_xlim(chart.left - across, chart.right + across)
    axes.set_ylim(chart.bottom - up, chart.top + up)
    _numbers(axes, chart, words)
    unit_label(axes, "x", chart.across)
    unit_label(axes, "y", chart.unit)
    return figure


def _marks(
    axes: Axes, chart: ScatterChart, places: dict[tuple[float, float], list[str]], width: float
) -> None:
    """Write each place's marks beside it, in the first of some spots where no other stands."""
    across = width * 72 * 0.85 / (chart.right - chart.left)  # [points a unit], roughly
    up = width * _TALL * 72 * 0.8 / (chart.top - chart.bottom)
    taken: list[tuple[float, float, float]] = []
    for (x, y), marks in sorted(places.items()):
        told = _told([mark for mark in marks if mark])
        if not told:
            continue
        long = _LETTER * len(told)
        spots = [(6.0, height) for height in _SPOTS]
        dx, dy = next(
            (spot for spot in spots if _is_free(x * across, y * up, spot, long, taken)), spots[0]
        )
        taken.append((x * across + dx, y * up + dy, long))
        axes.annotate(drawn(told), (x, y), (dx, dy), textcoords="offset points", fontsize=8)


def _is_free(
    x: float,
    y: float,
    spot: tuple[float, float],
    long: float,
    taken: list[tuple[float, float, float]],
) -> bool:
    """Whether words of that length [points] would overlap none that stand already."""
    left, base = x + spot[0], y + spot[1]
    return all(
        left + long + _LINE < other
        or other + other_long + _LINE < left
        or abs(base - other_base) > _LINE
        for other, other_base, other_long in taken
    )


def _told(marks: list[str]) -> str:
    """The marks of one place, the first few by themselves."""
    rest = len(marks) - _NAMED
    return ", ".join([*marks[:_NAMED], *([f"+{rest}"] if rest > 0 else [])])


def _numbers(axes: Axes, chart: Chart, words: Words) -> None:
    for axis, name in ((axes.xaxis, "x"), (axes.yaxis, "y")):
        axis.set_major_locator(MaxNLocator(nbins=5, steps=[1, 2.5, 5, 10]))
        axis.set_major_formatter(
            FuncFormatter(lambda value, _: words.number(value, 0 if value % 1 == 0 else 1))
        )
        grid(axes, name)
