"""Charts as pictures: SVG for pages and PDF, PNG for Word; the same chart gives the same bytes."""

import hashlib
import re
from functools import lru_cache
from html import escape
from threading import Lock
from typing import TYPE_CHECKING

from hrplan.documents.nodes import (
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
    StackedBar,
    TreeError,
)
from hrplan.documents.words import ENGLISH, Words, xml_safe

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PORTRAIT = 6.3  # [inch] between the margins of an upright A4 page
LANDSCAPE = 9.7  # [inch] the same on its side
_KEPT = 128


@lru_cache(maxsize=_KEPT)
def svg(chart: Chart, words: Words = ENGLISH, width: float = PORTRAIT) -> str:
    """The chart as an `<svg>` element with title and description, without any style attribute.

    Parameters
    ----------
    chart : Chart
    words : Words
        Labels, months and number format.
    width : float
        [inch] of the page; labels keep their size, the drawing takes the rest.
    """
    from hrplan.documents import drawing  # noqa: PLC0415 -- slow import (matplotlib)

    drawn = drawing.svg_of(_figure(chart, words, width))
    return _for_pages(drawn, chart)


class Sheet:
    """A chart laid on its sheet: how high [inch] it is, is known before it is drawn."""

    def __init__(self, figure: "Figure", dpi: int) -> None:
        self.height = float(figure.get_figheight())
        self._figure: Figure | None = figure
        self._dpi, self._png, self._lock = dpi, b"", Lock()

    def png(self) -> bytes:
        """The drawing, made once."""
        from hrplan.documents import drawing  # noqa: PLC0415 -- slow import (matplotlib)

        with self._lock:
            if self._figure is not None:
                self._png = drawing.png_of(self._figure, self._dpi)
                self._figure = None  # large, and needed no more
            return self._png


@lru_cache(maxsize=_KEPT)
def on_sheet(
    chart: Chart,
    words: Words = ENGLISH,
    width: float = PORTRAIT,
    dpi: int = 200,
    height: float | None = None,
) -> Sheet:
    """The chart on a sheet of the given width and no taller than `height` [inch], to be drawn."""
    figure = _figure(chart, words, width)
    if height is not None and figure.get_figheight() > height:
        figure.set_figheight(height)
    return Sheet(figure, dpi)


def alternative(chart: Chart) -> str:
    """The sentence for those who cannot see the chart; the caption where none was written."""
    return chart.alternative or f"{chart.caption} ({chart.unit})".removesuffix(" ()")


def _figure(chart: Chart, words: Words, width: float) -> "Figure":
    from hrplan.documents import bars, grids, points, profiles  # noqa: PLC0415 -- slow import

    match chart:
        case BarChart():
            return bars.bar_chart(chart, words, width)
        case StackedBar():
            return bars.stacked_bar(chart, words, width)
        case Pyramid():
            return bars.pyramid(chart, words, width)
        case LineChart():
            return bars.line_chart(chart, words, width)
        case RadarChart():
            return profiles.radar_chart(chart, words, width)
        case MaturityProfile():
            return profiles.maturity_profile(chart, words, width)
        case ChangeChart():
            return points.change_chart(chart, words, width)
        case ScatterChart():
            return points.scatter_chart(chart, words, width)
        case HeatMap():
            return grids.heat_map(chart, words, width)
        case CalendarChart():
            return grids.calendar_chart(chart, words, width)
    raise TreeError(f"{type(chart).__name__} cannot be drawn.")


def _for_pages(drawing: str, chart: Chart) -> str:
    """Own ids, presentation attributes for styles, title and description, no XML head.

    Styles would be refused by the content security policy of a page, and ids must not repeat
    among the charts of one page.
    """
    mark = "c" + hashlib.sha256(drawing.encode("utf-8")).hexdigest()[:10]
    inner = drawing[drawing.index("<svg") :]
    inner = re.sub(r"<metadata>.*?</metadata>\s*", "", inner, flags=re.DOTALL)
    inner = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>\s*", "", inner, flags=re.DOTALL)
    inner = re.sub(r' style="([^"]*)"', _attributes, inner)
    inner = re.sub(r' id="([^"]+)"', rf' id="{mark}-\1"', inner)
    inner = re.sub(r'href="#([^"]+)"', rf'href="#{mark}-\1"', inner)
    inner = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}-\1)", inner)
    inner = re.sub(r"<!--.*?-->\s*", "", inner, flags=re.DOTALL)
    head = (
        f'<svg class="chart" role="img" aria-labelledby="{mark}-title {mark}-desc" '
        'stroke-linejoin="round" stroke-linecap="butt"'
    )
    title = escape(xml_safe(chart.caption))
    words = escape(xml_safe(alternative(chart)))
    told = f'<title id="{mark}-title">{title}</title><desc id="{mark}-desc">{words}</desc>'
    opened, _, rest = inner.partition(">")
    return f"{head}{opened.removeprefix('<svg')}>{told}{rest}".strip()


def _attributes(match: re.Match[str]) -> str:
    pairs = (part.split(":", 1) for part in match[1].split(";") if ":" in part)
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)
