"""Drawings on a grid: heat map and calendar."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from hrplan.documents.behind import unknown_word
from hrplan.documents.drawing import HATCH, TALLEST, WIDE, drawn, legend, lines_of, sheet, wrapped
from hrplan.documents.nodes import CalendarChart, HeatMap, Span
from hrplan.documents.palette import ACCENT, CLOSED, INK, RAMPS, RULE, UNKNOWN, ink, series_colour
from hrplan.documents.words import Words

_EDGES, _DIGIT = 0.15, 0.05  # [inch] a cell needs so much, and for each character of its number
_TWO_LINES = 0.34  # [inch] a cell that has room for an upright label in two lines
_LANE = 0.17  # [inch] the height of one lane of a calendar
_THINNEST = 0.05  # [inch] a bar that is still seen
_MANY_DAYS = 500  # from here on a calendar names quarters, not months
_HATCHES = ("", "///", "...", "xxx", "---", "ooo", "|||")
_TIMES_NARROWER = 1.3  # turning the map round is worth it only for clearly wider cells


def heat_map(chart: HeatMap, words: Words, width: float) -> Figure:
    """Cells with their numbers; a map too wide for the page is turned round."""
    across, down, values = chart.columns, chart.rows, chart.values
    longest = _longest(values, chart, words)
    too_narrow = _cell(len(across), width) < _EDGES + _DIGIT * longest
    if too_narrow and len(across) > _TIMES_NARROWER * len(down):
        across, down = down, across
        values = tuple(zip(*values, strict=True)) or ((),) * len(down)
    side = [wrapped(label, int(width * 4.2), 2) for label in down]
    cell = _cell(len(across), width)
    top = [wrapped(label, *((36, 1) if cell < _TWO_LINES else (22, 2))) for label in across]
    row = min(max(0.2, 0.06 + 0.145 * lines_of(side)), TALLEST)
    head = min(
        2.8, 0.35 + 0.075 * max((len(line) for t in top for line in t.split("\n")), default=1)
    )
    figure, axes = sheet(width, head + row * max(len(side), 1) + 0.4)
    size = min(9.0, cell * 66 / (0.6 * longest))
    _heat_cells(axes, chart, values)
    for y, line in enumerate(values):
        for x, value in enumerate(line):
            if value is not None:
                _heat_number(axes, x, y, value, chart=chart, words=words, size=size)
    _heat_axes(axes, top, side, size)
    _scale_legend(figure, chart, words, values)
    return figure


def _cell(columns: int, width: float) -> float:
    return width * 0.7 / max(columns, 1)


def _longest(values: tuple[tuple[float | None, ...], ...], chart: HeatMap, words: Words) -> int:
    shown = (words.number(v, chart.decimals) for line in values for v in line if v is not None)
    return max((len(text) for text in shown), default=1)


def _step(value: float, chart: HeatMap) -> int:
    share = (value - chart.bottom) / ((chart.top - chart.bottom) or 1)
    return min(4, max(0, int(share * 4 + 0.5)))


def _heat_cells(axes: Axes, chart: HeatMap, values: tuple[tuple[float | None, ...], ...]) -> None:
    cells = [(x, y, v) for y, line in enumerate(values) for x, v in enumerate(line)]
    known = [Rectangle((x - 0.5, y - 0.5), 1, 1) for x, y, v in cells if v is not None]
    colours = [f"#{RAMPS[chart.tone][_step(v, chart)]}" for _, _, v in cells if v is not None]
    absent = [Rectangle((x - 0.5, y - 0.5), 1, 1) for x, y, v in cells if v is None]
    axes.add_collection(
        PatchCollection(known, facecolors=colours, edgecolors="white", linewidths=0.8)
    )
    axes.add_collection(
        PatchCollection(
            absent, facecolors=f"#{UNKNOWN}", hatch=HATCH, edgecolors=f"#{RULE}", linewidths=0.4
        )
    )


def _heat_number(
    axes: Axes, x: int, y: int, value: float, *, chart: HeatMap, words: Words, size: float
) -> None:
    text = words.number(value, chart.decimals)
    colour = f"#{ink(f'{chart.tone}-{_step(value, chart)}')}"
    number = axes.text(x, y, text, ha="center", va="center_baseline", size=size, color=colour)
    number.set_in_layout(False)  # hundreds inside the axes: the layout need not measure them


def _heat_axes(axes: Axes, top: list[str], side: list[str], size: float) -> None:
    axes.set_xlim(-0.5, max(len(top), 1) - 0.5)
    axes.set_ylim(max(len(side), 1) - 0.5, -0.5)
    axes.xaxis.tick_top()
    upright = max((len(label) for label in top), default=0) > 3
    axes.set_xticks(range(len(top)), top, rotation=90 if upright else 0)
    axes.set_yticks(range(len(side)), side)
    axes.tick_params(labelsize=min(9.0, max(7.5, size + 1)))
    for spine in axes.spines.values():
        spine.set_visible(False)


def _scale_legend(
    figure: Figure, chart: HeatMap, words: Words, values: tuple[tuple[float | None, ...], ...]
) -> None:
    cells = [value for line in values for value in line]
    entries = [
        Patch(facecolor=f"#{RAMPS[chart.tone][step]}", edgecolor=f"#{RULE}", label=label)
        for step, label in enumerate(_scale(chart, words, cells))
    ]
    if None in cells:
        entries.append(
            Patch(
                facecolor=f"#{UNKNOWN}",
                hatch=HATCH,
                edgecolor=f"#{RULE}",
                label=drawn(unknown_word(chart, words)),
            )
        )
    figure.legend(
        handles=entries,
        loc="outside lower right",
        ncols=len(entries),
        handlelength=1.2,
        columnspacing=1.2,
        title=wrapped(chart.unit, 60),
        title_fontsize=9,
    )


def _scale(chart: HeatMap, words: Words, cells: list[float | None]) -> list[str]:
    """The values at the steps of the colours; the last holds all above it too."""
    points = [chart.bottom + step * (chart.top - chart.bottom) / 4 for step in range(5)]
    labels = [words.number(point, 0 if float(point).is_integer() else 1) for point in points]
    if any(value is not None and value > chart.top for value in cells):
        labels[-1] = f"≥ {labels[-1]}"
    return labels


def calendar_chart(chart: CalendarChart, words: Words, width: float) -> Figure:
    """Rows of spans over months; spans of one row that overlap stand under each other."""
    labels = [wrapped(label, int(width * (3.9 if width > WIDE else 3.2))) for label in chart.rows]
    lanes = _lanes(chart)
    tops = _tops(labels, lanes)
    figure, axes = sheet(width, 0.9 + tops[-1])
    _months(axes, chart, words, tops[-1])
    kinds = list(dict.fromkeys(span.kind for span in chart.spans))
    broad = [0.6 if index else 0.8 for index in range(len(tops))]
    across = axes.get_yaxis_transform()
    axes.hlines(tops, 0, 1, f"#{RULE}", linewidths=broad, zorder=1, transform=across)
    day = (width * 0.75) / max((chart.last - chart.first).days + 1, 1)
    used = {span.row: 0 for span, _ in lanes}
    for span, lane in lanes:
        used[span.row] = max(used[span.row], lane + 1)
    points: dict[str, list[tuple[float, float]]] = {}
    for span, lane in lanes:
        spare = tops[span.row + 1] - tops[span.row] - used[span.row] * _LANE
        middle = tops[span.row] + spare / 2 + (lane + 0.5) * _LANE
        colour = series_colour(kinds.index(span.kind))
        if span.milestone:
            points.setdefault(colour, []).append(((span.first - chart.first).days + 0.5, middle))
        else:
            _draw_span(axes, span, chart, middle, colour=colour, day=day)
    _draw_points(axes, points)
    axes.set_yticks([(a + b) / 2 for a, b in pairwise(tops)], labels)
    _calendar_legend(figure, chart, kinds, words, width)
    return figure


def _tops(labels: list[str], lanes: list[tuple[Span, int]]) -> list[float]:
    """The upper edge of each row and the foot of the last [inch]."""
    tops = [0.0]
    for index, label in enumerate(labels):
        used = 1 + max((lane for span, lane in lanes if span.row == index), default=0)
        tops.append(tops[-1] + max(used * _LANE, 0.145 * lines_of([label])) + 0.05)
    return tops if labels else [0.0, 1.0]


def _lanes(chart: CalendarChart) -> list[tuple[Span, int]]:
    """Each span with the first lane of its row that is free on its first day."""
    free: dict[tuple[int, int], date] = {}
    placed = []
    for span in sorted(chart.spans, key=lambda s: (s.row, s.first, s.last, s.kind, s.label)):
        lane = 0
        while (busy := free.get((span.row, lane))) is not None and busy >= span.first:
            lane += 1
        free[span.row, lane] = span.last
        placed.append((span, lane))
    return placed


def _months(axes: Axes, chart: CalendarChart, words: Words, depth: float) -> None:
    length = (chart.last - chart.first).days + 1
    starts = [day for n in range(length) if (day := chart.first + timedelta(days=n)).day == 1]
    if chart.first.day != 1:
        starts.insert(0, chart.first)
    every = 1 if length < _MANY_DAYS else 3
    shown = [day for day in starts if every == 1 or (day.month - 1) % every == 0]
    at = [(day - chart.first).days for day in shown]
    broad = [1.2 if day.month == 1 else 0.6 for day in shown]
    down = axes.get_xaxis_transform()
    axes.vlines(at, 0, 1, f"#{RULE}", linewidths=broad, zorder=1, transform=down)
    for closed in chart.closures:
        left = (closed.first - chart.first).days
        right = (closed.last - chart.first).days + 1
        axes.axvspan(left, right, zorder=0, **_band(chart, closed.label))
    axes.set_xlim(0, length)
    axes.set_ylim(depth, 0)
    axes.tick_params(left=False, bottom=False, labelbottom=False, labeltop=True)
    axes.set_xticks(_middles(shown, chart.first, length), _month_names(shown, words))


def _band(chart: CalendarChart, label: str) -> dict[str, Any]:
    """How days closed for one reason are drawn: each reason with its own hatch."""
    reasons = list(dict.fromkeys(closed.label for closed in chart.closures))
    hatch = _HATCHES[reasons.index(label) % len(_HATCHES)]
    return {"facecolor": f"#{CLOSED}", "edgecolor": f"#{RULE}", "linewidth": 0, "hatch": hatch}


def _middles(shown: list[date], first: date, length: int) -> list[float]:
    edges = [*((day - first).days for day in shown), length]
    return [(a + b) / 2 for a, b in pairwise(edges)]


def _month_names(shown: list[date], words: Words) -> list[str]:
    names = []
    for index, day in enumerate(shown):
        year = f"\n{day.year}" if not index or day.month == 1 else ""
        names.append(drawn(words.short_months[day.month - 1]) + year)
    return names


def _draw_span(
    axes: Axes, span: Span, chart: CalendarChart, y: float, *, colour: str, day: float
) -> None:
    left = (span.first - chart.first).days
    days = (span.last - span.first).days + 1
    broad = max(days, _THINNEST / day)
    axes.add_patch(
        Rectangle((left, y - _LANE * 0.42), broad, _LANE * 0.84, facecolor=colour, lw=0, zorder=2)
    )
    if span.label and len(span.label) * 0.075 < days * day:
        on = "white" if colour in _DEEP else f"#{INK}"
        axes.text(
            left + days / 2,
            y,
            drawn(span.label),
            ha="center",
            va="center_baseline",
            size=8,
            color=on,
        )


def _draw_points(axes: Axes, points: dict[str, list[tuple[float, float]]]) -> None:
    """Milestones as diamonds, colour by colour: one drawing for each is what takes time."""
    for colour, places in points.items():
        x, y = zip(*places, strict=True)
        axes.plot(x, y, "D", color=colour, markersize=5, zorder=3, clip_on=False)


_DEEP = frozenset({f"#{ACCENT}", series_colour(3), series_colour(5), series_colour(1)})


def _calendar_legend(
    figure: Figure, chart: CalendarChart, kinds: list[str], words: Words, width: float
) -> None:
    entries = [
        Patch(color=series_colour(index), label=kind) for index, kind in enumerate(kinds) if kind
    ]
    for name in dict.fromkeys(closed.label for closed in chart.closures):
        text = f"{words.closed}{words.colon}{name}" if name else words.closed
        entries.append(Patch(label=text, **_band(chart, name)))
    legend(figure, entries, width)
