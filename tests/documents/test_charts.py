"""Charts are the same bytes each time, safe on a page, and agree with the table behind them."""

from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from hrplan.documents import charts
from hrplan.documents.behind import table_behind
from hrplan.documents.grids import _scale
from hrplan.documents.nodes import (
    BarChart,
    CalendarChart,
    HeatMap,
    Point,
    ScatterChart,
    Series,
    Span,
    TreeError,
)
from hrplan.documents.palette import RAMPS, ink
from hrplan.documents.words import ENGLISH
from tests.documents.sample import CHARTS

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_drawn_twice_is_the_same(chart):
    first = charts.svg(chart), charts.on_sheet(chart).png()
    charts.svg.cache_clear()
    charts.on_sheet.cache_clear()

    assert (charts.svg(chart), charts.on_sheet(chart).png()) == first


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_drawing_has_title_and_description_and_nothing_a_strict_page_refuses(chart):
    drawing = charts.svg(chart)

    root = etree.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == chart.caption
    assert root.find(f"{SVG}desc").text == charts.alternative(chart)
    assert "style=" not in drawing
    assert not list(root.iter(f"{SVG}style", f"{SVG}script", f"{SVG}metadata"))


def test_two_drawings_of_one_page_share_no_id():
    ids = [
        {element.get("id") for element in etree.fromstring(charts.svg(chart)).iter()} - {None}
        for chart in CHARTS
    ]

    assert sum(map(len, ids)) == len(set.union(*ids))


@pytest.mark.parametrize("text", ["$a^2$", "税関 🚢", "a\x00b\ud800", "<b>&", "x" * 200, ""])
def test_hostile_labels_are_drawn_without_a_warning(text):
    chart = BarChart(caption=text, unit=text, labels=(text,), values=(1.0,))

    etree.fromstring(charts.svg(chart))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: type(chart).__name__)
def test_a_chart_without_values_can_be_drawn(chart):
    empty = ("labels", "values", "series", "lows", "highs", "rows", "spans", "points")
    known = {name: () for name in empty if hasattr(chart, name)}
    pairs = ("left", "right", "before", "after")
    series = {name: getattr(chart, name, None) for name in pairs}
    known |= {n: replace(s, values=()) for n, s in series.items() if isinstance(s, Series)}
    if getattr(chart, "marks", None):
        known["marks"] = None

    sheet = charts.on_sheet(replace(chart, **known))
    data, height = sheet.png(), sheet.height

    assert data.startswith(b"\x89PNG")
    assert height > 0


def test_points_without_a_place_are_told_in_the_table_and_one_off_the_scale_is_refused():
    chart = next(one for one in CHARTS if isinstance(one, ScatterChart))

    assert [row[0] for row in table_behind(chart).rows] == [
        *("Planning", "Learning", "Reward", "Careers")
    ]
    assert table_behind(chart).rows[-1][1:] == ("not known", "not known")
    with pytest.raises(TreeError, match="is off it"):
        replace(chart, points=(Point("Far", 2, 50),))


def test_not_assessed_looks_different_from_zero():
    base = {"caption": "c", "unit": "levels", "rows": ("a",), "columns": ("b",)}

    unknown = charts.svg(HeatMap(values=((None,),), **base))
    zero = charts.svg(HeatMap(values=((0.0,),), **base))

    assert "<pattern" in unknown
    assert "<pattern" not in zero


def test_the_table_behind_bars_prints_every_value_and_the_word_for_none():
    table = table_behind(CHARTS[0])

    assert table.columns == ("Item", "person-levels", "Target")
    assert table.rows == (("Valuation", "12", "6"), ("Origin", "not known", "3"))


def test_the_table_behind_a_heat_map_says_what_was_not_assessed():
    table = table_behind(CHARTS[4])

    assert table.rows == (("Valuation", "0.0", "1.5"), ("Origin", "not assessed", "4.0"))


def test_a_chart_may_have_its_own_word_for_what_it_does_not_show():
    chart = replace(CHARTS[5], left=Series("Women", (None, 8.0)), absent="withheld")

    assert table_behind(chart).rows[0] == ("under 30", "withheld", "4")


@pytest.mark.parametrize(("most", "last"), [(4.0, "4"), (5.0, "≥ 4")])
def test_the_darkest_shade_says_that_it_holds_all_above_it(most, last):
    chart = HeatMap(caption="c", unit="people", rows=("a",), columns=("b",), values=((most,),))

    assert _scale(chart, ENGLISH, [most])[-1] == last


def test_a_single_day_is_a_bar_and_only_a_milestone_a_mark():
    day = date(2016, 5, 2)
    base = {"caption": "c", "unit": "", "rows": ("a",), "first": day, "last": date(2016, 5, 31)}
    bar, mark = (
        charts.svg(CalendarChart(spans=(Span(0, day, day, milestone=milestone),), **base))
        for milestone in (False, True)
    )

    assert mark.count("<use") == bar.count("<use") + 1


def test_the_table_behind_a_calendar_lists_spans_and_closures():
    table = table_behind(CHARTS[7])

    assert table.rows[0] == ("Airport", "S1", "Classroom", "2 May 2016", "6 May 2016")
    assert table.rows[-1] == (
        *("", "Christmas traffic", "Closed"),
        *("15 December 2016", "5 January 2017"),
    )


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tone", RAMPS)
def test_numbers_stand_out_from_every_shade(tone):
    for step, colour in enumerate(RAMPS[tone]):
        light, dark = sorted((luminance(colour), luminance(ink(f"{tone}-{step}"))), reverse=True)

        assert (light + 0.05) / (dark + 0.05) >= 4.5
