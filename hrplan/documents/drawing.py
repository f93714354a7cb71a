"""What all charts share: the sheet they are drawn on, wrapped labels, axes and legends."""

import textwrap
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.ft2font import FT2Font

from hrplan.documents.palette import INK, QUIET, RULE

# Constants of the process, not of one chart: the same drawing gives the same bytes.
mpl.rcParams.update(
    {
        "svg.hashsalt": "hrplan",
        "svg.fonttype": "path",
        "text.parse_math": False,
        "font.family": ["DejaVu Sans"],
        "font.size": 9,
        "text.color": f"#{INK}",
        "axes.labelcolor": f"#{INK}",
        "axes.edgecolor": f"#{RULE}",
        "axes.linewidth": 0.8,
        "axes.formatter.use_mathtext": False,
        "xtick.color": f"#{INK}",
        "ytick.color": f"#{INK}",
        "xtick.labelsize": 9,
        "ytick.labelsize": 9,
        "axes.labelsize": 9,
        "legend.fontsize": 9,
        "legend.frameon": False,
        "hatch.linewidth": 0.6,
    }
)

TALLEST = 8.6  # [inch] what a portrait page holds beside a caption
_TALLEST_WIDE = 4.7  # [inch] the same on a landscape page
WIDE = 8.0  # [inch] from here on the page is a landscape one
Place = Literal["outside lower center", "lower center"]
HATCH = "////"


def sheet(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of the given size [inch], no taller than its page, with one bare pair of axes."""
    tallest = _TALLEST_WIDE if width > WIDE else TALLEST
    figure = Figure(figsize=(width, min(height, tallest)), layout="constrained")
    axes = figure.add_subplot()
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)
    axes.set_axisbelow(True)
    return figure, axes


def svg_of(figure: Figure) -> str:
    """The figure as SVG."""
    FigureCanvasSVG(figure)
    _lay_out(figure)
    out = BytesIO()
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    figure.savefig(out, format="svg", metadata=nothing)
    return out.getvalue().decode("utf-8")


def png_of(figure: Figure, dpi: int) -> bytes:
    """The figure as PNG with so many dots an inch."""
    figure.set_dpi(dpi)
    FigureCanvasAgg(figure)
    _lay_out(figure)
    out = BytesIO()
    quick = {"compress_level": 1}  # packed tighter it takes twice as long and saves a quarter
    figure.savefig(out, format="png", dpi=dpi, metadata={"Software": None}, pil_kwargs=quick)
    return out.getvalue()


def _lay_out(figure: Figure) -> None:
    """Lay it out once, so that it is drawn once; matplotlib would draw it twice."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        figure.set_layout_engine(None)


@cache
def _drawable() -> frozenset[int]:
    face = FT2Font(fontManager.findfont("DejaVu Sans"))
    return frozenset(face.get_charmap())


def drawn(text: str) -> str:
    """The text with each character that the font lacks shown as U+FFFD."""
    known = _drawable()
    return "".join(c if ord(c) in known or c == "\n" else "\ufffd" for c in text)


def wrapped(text: str, characters: int, lines: int = 3) -> str:
    """The text broken into at most so many lines, the last with an ellipsis if it goes on."""
    whole = " ".join(drawn(text).split())
    return "\n".join(textwrap.wrap(whole, characters, max_lines=lines, placeholder=" …") or [""])


def lines_of(labels: list[str]) -> int:
    """The most lines that any of the wrapped labels takes."""
    return max((label.count("\n") + 1 for label in labels), default=1)


def grid(axes: Axes, axis: str) -> None:
    """Quiet lines along the axis that carries the numbers."""
    axes.grid(axis=axis, color=f"#{RULE}", linewidth=0.6, alpha=0.7)  # type: ignore[arg-type]


def unit_label(axes: Axes, axis: str, unit: str) -> None:
    """The unit at the numbers, in quiet ink."""
    label = axes.set_xlabel if axis == "x" else axes.set_ylabel
    label(wrapped(unit, 60), color=f"#{QUIET}")


def legend(
    figure: Figure, handles: Sequence[Artist], width: float, place: Place = "outside lower center"
) -> None:
    """The legend below the drawing, as many entries a row as find room."""
    names = [wrapped(str(handle.get_label()), 40) for handle in handles]
    if not names:
        return
    longest = max(len(line) for name in names for line in name.split("\n"))
    columns = max(1, min(len(names), int(width / (0.5 + 0.085 * longest))))
    figure.legend(handles, names, loc=place, ncols=columns, handlelength=1.2)
