"""Drawings of a profile on a scale: radar and maturity profile."""

from math import pi, sin

from matplotlib.figure import Figure

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
from hrplan.documents.nodes import MaturityProfile, RadarChart
from hrplan.documents.palette import ACCENT, QUIET, RAMPS, RULE, UNKNOWN, series_colour
from hrplan.documents.words import Words

_MARKERS = "osD^vPX*"


def radar_chart(chart: RadarChart, words: Words, width: float) -> Figure:
    """Spokes clockwise from the top; an unassessed spoke has no point and says so at its label."""
    count = max(len(chart.labels), 1)
    angles = [2 * pi * index / count for index in range(count)]
    figure = Figure(figsize=(width, min(width * 0.73, 4.8)))
    axes = figure.add_axes((0.29, 0.17, 0.42, 0.7), projection="polar")  # room for the labels
    axes.set_theta_offset(pi / 2)  # type: ignore[attr-defined]
    axes.set_theta_direction(-1)  # type: ignore[attr-defined]
    for index, series in enumerate(chart.series):
        radii = [float("nan") if value is None else float(value) for value in series.values]
        axes.plot(
            [*angles, *angles[:1]],
            [*radii, *radii[:1]],
            color=series_colour(index),
            marker=_MARKERS[index % len(_MARKERS)],
            markersize=4.5,
            linewidth=1.8,
            label=series.name,
        )
    axes.set_xticks(angles, [_spoke(chart, index, words) for index in range(len(chart.labels))])
    axes.tick_params(axis="x", pad=4)
    for label, angle in zip(axes.get_xticklabels(), angles, strict=True):
        across = round(sin(angle), 6)
        label.set_horizontalalignment("left" if across > 0 else "right" if across else "center")
    axes.set_rlabel_position(180 / count)  # type: ignore[attr-defined]
    axes.set_ylim(chart.bottom, chart.top)
    steps = range(int(chart.bottom) + 1, int(chart.top) + 1)
    axes.set_yticks(list(steps), [str(step) for step in steps], color=f"#{QUIET}")
    axes.grid(color=f"#{RULE}", linewidth=0.6)
    axes.spines["polar"].set_color(f"#{RULE}")
    legend(figure, axes.get_legend_handles_labels()[0], width, place="lower center")
    return figure


def _spoke(chart: RadarChart, index: int, words: Words) -> str:
    label = wrapped(chart.labels[index], 18)
    missing = any(series.values[index] is None for series in chart.series)
    return f"{label}\n({drawn(unknown_word(chart, words))})" if missing else label


def maturity_profile(chart: MaturityProfile, words: Words, width: float) -> Figure:
    """One dot a label between the lowest and highest vote, with its number at the right edge."""
    labels = [wrapped(label, int(width * 6)) for label in chart.labels]
    step = 0.17 + 0.145 * lines_of(labels)
    figure, axes = sheet(width, 0.8 + step * max(len(labels), 1))
    edge = chart.top + (chart.top - chart.bottom) * 0.04
    for place, value in enumerate(chart.values):
        low, high = chart.lows[place], chart.highs[place]
        axes.plot((chart.bottom, chart.top), (place, place), color=f"#{RULE}", linewidth=0.8)
        if low is not None and high is not None:
            colour = f"#{RAMPS['level'][2]}"
            axes.plot((low, high), (place, place), color=colour, linewidth=6, zorder=2)
        if value is None:
            span = chart.top - chart.bottom
            axes.barh(
                place,
                span,
                0.5,
                left=chart.bottom,
                color=f"#{UNKNOWN}",
                hatch=HATCH,
                edgecolor=f"#{RULE}",
            )
        else:
            axes.plot(value, place, "o", color=f"#{ACCENT}", markersize=8, zorder=3)
        shown = words.number(value, chart.decimals, unknown_word(chart, words))
        axes.text(edge, place, drawn(shown), va="center", weight="bold")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(chart.bottom - 0.1, chart.top + (chart.top - chart.bottom) * 0.2)
    axes.set_xticks([chart.bottom + n for n in range(int(chart.top - chart.bottom) + 1)])
    axes.spines["bottom"].set_visible(False)
    grid(axes, "x")
    unit_label(axes, "x", chart.unit)
    return figure
