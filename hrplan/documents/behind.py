"""The table behind a chart, made from the chart's own values so that both always agree."""

from hrplan.documents.nodes import (
    Align,
    BarChart,
    CalendarChart,
    ChangeChart,
    Chart,
    HeatMap,
    LineChart,
    MaturityProfile,
    Pyramid,
    RadarChart,
    ScatterChart,
    Series,
    StackedBar,
    Table,
    TreeError,
)
from hrplan.documents.words import ENGLISH, Words

_RIGHT: tuple[Align, ...] = ("right",)


def table_behind(chart: Chart, words: Words = ENGLISH) -> Table:
    """One row per label (per span of a calendar) with every value that the chart draws."""
    match chart:
        case BarChart(values=values, marks=marks):
            series = (Series(chart.unit, values), *(() if marks is None else (marks,)))
            return _columns(chart, chart.labels, series, words)
        case Pyramid(left=left, right=right):
            return _columns(chart, chart.labels, (left, right), words)
        case StackedBar() | RadarChart() | LineChart():
            return _columns(chart, chart.labels, chart.series, words)
        case MaturityProfile():
            ends = (Series(words.lowest, chart.lows), Series(words.highest, chart.highs))
            series = (Series(chart.unit, chart.values), *ends)
            return _columns(chart, chart.labels, series, words)
        case ChangeChart(before=before, after=after):
            return _columns(chart, chart.labels, (before, after), words)
        case ScatterChart():
            return _points(chart, words)
        case HeatMap():
            columns = zip(*chart.values, strict=True) if chart.values else ()
            named = zip(chart.columns, columns, strict=False)
            return _columns(chart, chart.rows, tuple(Series(n, v) for n, v in named), words)
        case CalendarChart():
            return _spans(chart, words)
    raise TreeError(f"{type(chart).__name__} has no table behind it.")


def unknown_word(chart: Chart, words: Words) -> str:
    """What an absent value is called: on a scale it was not assessed, elsewhere it is not known."""
    if chart.absent:
        return chart.absent
    scaled = isinstance(chart, HeatMap | RadarChart | MaturityProfile | ChangeChart)
    return words.not_assessed if scaled else words.unknown


def _columns(
    chart: Chart, labels: tuple[str, ...], series: tuple[Series, ...], words: Words
) -> Table:
    unknown = unknown_word(chart, words)
    rows = tuple(
        (label, *(words.number(one.values[i], chart.decimals, unknown) for one in series))
        for i, label in enumerate(labels)
    )
    heads = (chart.label_title or words.item, *(one.name for one in series))
    align: tuple[Align, ...] = ("left", *(_RIGHT * len(series)))
    return Table(chart.caption, heads, rows, align=align, note=chart.unit)


def _points(chart: ScatterChart, words: Words) -> Table:
    rows = [
        (one.label, *(words.number(value, chart.decimals) for value in (one.x, one.y)))
        for one in chart.points
    ]
    rows += [(label, words.unknown, words.unknown) for label in chart.missing]
    heads = (chart.label_title or words.item, chart.across, chart.unit)
    return Table(chart.caption, heads, tuple(rows), align=("left", "right", "right"))


def _spans(chart: CalendarChart, words: Words) -> Table:
    spans = sorted(chart.spans, key=lambda span: (span.row, span.first, span.last))
    rows = [
        (chart.rows[s.row], s.label, s.kind, words.date(s.first), words.date(s.last)) for s in spans
    ]
    rows += [
        ("", closed.label, words.closed, words.date(closed.first), words.date(closed.last))
        for closed in chart.closures
    ]
    heads = (chart.label_title or words.item, chart.unit or words.item, words.kind)
    return Table(chart.caption, (*heads, words.first_day, words.last_day), tuple(rows))
