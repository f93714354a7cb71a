"""Drawings with a number axis: bars, stacked columns, pyramids and lines."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from hrplan.documents.behind import unknown_word
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
from hrplan.documents.nodes import BarChart, Chart, LineChart, Pyramid, StackedBar
from hrplan.documents.palette import ACCENT, QUIET, RULE, UNKNOWN, series_colour
from hrplan.documents.words import Words


def _number_axis(axes: Axes, axis: str, chart: Chart, words: Words) -> None:
    scale = axes.xaxis if axis == "x" else axes.yaxis
    scale.set_major_locator(MaxNLocator(nbins=6, integer=chart.decimals == 0))
    scale.set_major_formatter(
        FuncFormatter(lambda value, _: words.number(abs(value), _decimals(value, chart)))
    )
    grid(axes, axis)


def _decimals(value: float, chart: Chart) -> int:
    return 0 if float(value).is_integer() else max(chart.decimals, 1)


def _largest(values: list[float]) -> float:
    return max([abs(value) for value in values], default=0.0) or 1.0


def bar_chart(chart: BarChart, words: Words, width: float) -> Figure:
    """Horizontal bars, the first label on top, the number at each end."""
    labels = [wrapped(label, int(width * 5.4)) for label in chart.labels]
    step = 0.13 + 0.14 * lines_of(labels)
    figure, axes = sheet(width, 0.75 + step * max(len(labels), 1))
    known = [value for value in chart.values if value is not None]
    marks = () if chart.marks is None else chart.marks.values
    reach = _largest(known + [mark for mark in marks if mark is not None])
    axes.barh(range(len(labels)), [value or 0 for value in chart.values], 0.62, color=f"#{ACCENT}")
    for place, value in enumerate(chart.values):
        _bar_end(axes, place, value, chart, words, reach)
    if chart.marks is not None:
        points = [(mark, place) for place, mark in enumerate(marks) if mark is not None]
        axes.plot(
            [mark for mark, _ in points],
            [place for _, place in points],
            linestyle="none",
            marker="D",
            markersize=6,
            markerfacecolor=series_colour(1),
            markeredgecolor="white",
            label=chart.marks.name,
        )
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(min([0.0, *known]), reach * 1.16)
    _number_axis(axes, "x", chart, words)
    unit_label(axes, "x", chart.unit)
    legend(figure, axes.get_legend_handles_labels()[0], width)
    return figure


def _bar_end(
    axes: Axes, place: int, value: float | None, chart: BarChart, words: Words, reach: float
) -> None:
    if value is None:
        axes.barh(place, reach * 0.05, 0.62, color=f"#{UNKNOWN}", hatch=HATCH, edgecolor=f"#{RULE}")
        at, shown, style = reach * 0.05, unknown_word(chart, words), "italic"
    else:
        at, shown, style = max(value, 0), words.number(value, chart.decimals), "normal"
    text = drawn(f" {shown}")
    axes.text(at, place, text, va="center", style=style, color=f"#{QUIET}", zorder=5)


def stacked_bar(chart: StackedBar, words: Words, width: float) -> Figure:
    """Columns divided among the series, the sum on top; an unknown part is left out and said."""
    labels = [
        wrapped(label, max(6, int(width * 9 / max(len(chart.labels), 1)))) for label in chart.labels
    ]
    figure, axes = sheet(width, 3.5 + 0.2 * (len(chart.series) // 3))
    base = [0.0] * len(labels)
    for index, series in enumerate(chart.series):
        heights = [value or 0.0 for value in series.values]
        colour = series_colour(index)
        axes.bar(range(len(labels)), heights, 0.6, bottom=base, color=colour, label=series.name)
        base = [low + height for low, height in zip(base, heights, strict=True)]
    for place, total in enumerate(base):
        unknown = any(series.values[place] is None for series in chart.series)
        more = f"\n+ {unknown_word(chart, words)}" if unknown else ""
        text = words.number(total, chart.decimals) + more
        axes.text(place, total, drawn(text), ha="center", va="bottom", weight="bold")
    axes.set_xticks(range(len(labels)), labels)
    axes.set_ylim(0, _largest(base) * 1.15)
    _number_axis(axes, "y", chart, words)
    unit_label(axes, "y", chart.unit)
    legend(figure, axes.get_legend_handles_labels()[0], width)
    return figure


def pyramid(chart: Pyramid, words: Words, width: float) -> Figure:
    """Two series back to back, the first band at the foot."""
    labels = [wrapped(label, int(width * 4)) for label in chart.labels]
    figure, axes = sheet(width, 0.95 + max(len(labels), 1) * (0.13 + 0.14 * lines_of(labels)))
    places = range(len(labels))
    sides = (chart.left, chart.right)
    reach = _largest([v for series in sides for v in series.values if v is not None])
    for index, (side, series) in enumerate(zip((-1, 1), sides, strict=True)):
        ends = [side * (value or 0) for value in series.values]
        axes.barh(places, ends, 0.78, color=series_colour(index), label=series.name)
        for place, value in enumerate(series.values):
            text = f" {words.number(value, chart.decimals, unknown_word(chart, words))} "
            at, align = side * (value or 0), "right" if side < 0 else "left"
            axes.text(at, place, drawn(text), ha=align, va="center", color=f"#{QUIET}")
    axes.set_yticks(places, labels)
    axes.axvline(0, color="white", linewidth=1.2)
    axes.set_xlim(-reach * 1.2, reach * 1.2)
    _number_axis(axes, "x", chart, words)
    unit_label(axes, "x", chart.unit)
    legend(figure, axes.get_legend_handles_labels()[0], width)
    return figure


_MARKERS = "osD^vPX*"


def line_chart(chart: LineChart, words: Words, width: float) -> Figure:
    """Lines with a marker of its own for each series, broken where a value is not known."""
    labels = [
        wrapped(label, max(6, int(width * 9 / max(len(chart.labels), 1)))) for label in chart.labels
    ]
    figure, axes = sheet(width, 3.3 + 0.2 * (len(chart.series) // 3))
    for index, series in enumerate(chart.series):
        heights = [float("nan") if value is None else float(value) for value in series.values]
        axes.plot(
            range(len(labels)),
            heights,
            color=series_colour(index),
            marker=_MARKERS[index % len(_MARKERS)],
            linewidth=1.8,
            markersize=5,
            label=series.name,
        )
    known = [v for series in chart.series for v in series.values if v is not None]
    low, high = min([0.0, *known]), max([0.0, *known]) or 1.0
    axes.set_ylim(low, high + (high - low) * 0.12)
    axes.set_xticks(range(len(labels)), labels)
    axes.margins(x=0.04)
    _number_axis(axes, "y", chart, words)
    unit_label(axes, "y", chart.unit)
    legend(figure, axes.get_legend_handles_labels()[0], width)
    return figure
