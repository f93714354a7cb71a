"""Documents as values: the frozen tree that the Word, web and PDF renderers share."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Align = Literal["left", "right", "centre"]
ParagraphStyle = Literal["body", "lead", "note", "quote"]
CalloutKind = Literal["note", "caution", "decision", "finding"]
Tone = Literal["level", "gap"]

# A class of a table cell: level-0 to level-4 (darker is more capable), gap-0 to gap-4 (darker is
# worse), unknown (not assessed), good, warn, bad; the empty string leaves the cell white.
SHADES = (
    frozenset({"", "unknown", "good", "warn", "bad"})
    | {f"level-{n}" for n in range(5)}
    | {f"gap-{n}" for n in range(5)}
)


class TreeError(ValueError):
    """A node contradicts itself; the message names the node and what to do."""


def _same_length(node: str, caption: str, expected: int, **given: int) -> None:
    wrong = [f"{name} has {count}" for name, count in given.items() if count != expected]
    if wrong:
        raise TreeError(f"{node} “{caption}”: {expected} expected, but {', '.join(wrong)}.")


# --- Where it comes from ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one table that stand behind a figure, a table or a statement.

    table : as the table is called in files (`staff_members`)
    n : rows behind; None where the edition withholds the number
    method : page of docs/methods that says how the figure is made of them; empty for a plain count
    page, query : route that shows the rows, and how it is narrowed to them; empty without a page
    """

    table: str
    n: int | None
    method: str = ""
    page: str = ""
    query: str = ""


# --- Text --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words with one emphasis; `to` links it to a section, table or figure by its key."""

    text: str
    bold: bool = False
    italic: bool = False
    to: str = ""


Rich = str | tuple[Text, ...]


def plain(rich: Rich) -> str:
    """The words of a rich text without its emphasis."""
    return rich if isinstance(rich, str) else "".join(run.text for run in rich)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `lead` opens a section, `note` is small, `quote` is somebody's own words."""

    text: Rich
    style: ParagraphStyle = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered when `ordered`."""

    items: tuple[Rich, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed remark; a `decision` is something the reader is asked to decide."""

    kind: CalloutKind
    text: Rich
    title: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of a list of sources: its mark, the words, and an address where there is one."""

    mark: str
    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One tile: the number as it shall be read, what it counts, and its n and missing."""

    number: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of tiles (at most four read well)."""

    items: tuple[KeyFigure, ...]
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page (no effect on a web page)."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A logo: PNG or JPEG bytes with the words for those who cannot see it."""

    data: bytes
    alternative: str


# --- Table -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over several columns of a table."""

    label: str
    span: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under repeated headings.

    `align` and `widths` (relative) have one entry a column or are empty. `groups` is a second
    heading row above the columns; its spans add up to the columns. `shading` has the shape of
    `rows`, each a class of `SHADES`. `subheads` are indices of rows that head those below (only
    their first cell is shown, over the whole width). With `total` the last row is a total.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...] = ()
    widths: tuple[float, ...] = ()
    note: str = ""
    total: bool = False
    shading: tuple[tuple[str, ...], ...] = ()
    groups: tuple[Group, ...] = ()
    subheads: tuple[int, ...] = ()
    key: str = ""
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        width = len(self.columns)
        _same_length("Table", self.caption, width, columns=max(width, 1))
        for index, row in enumerate(self.rows):
            _same_length("Table", self.caption, width, **{f"row_{index}": len(row)})
        for index, shades in enumerate(self.shading):
            _same_length("Table", self.caption, width, **{f"shading_{index}": len(shades)})
            if not SHADES.issuperset(shades):
                raise TreeError(f"Table “{self.caption}”: unknown shading in row {index}.")
        if self.shading:
            _same_length("Table", self.caption, len(self.rows), shading=len(self.shading))
        if self.align:
            _same_length("Table", self.caption, width, align=len(self.align))
        if self.widths:
            _same_length("Table", self.caption, width, widths=len(self.widths))
        if self.groups:
            _same_length("Table", self.caption, width, groups=sum(g.span for g in self.groups))


# --- Figures -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of values, one a label of its chart."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What every chart carries: all by keyword.

    `alternative` is a sentence for those who cannot see it; `label_title` heads the first column
    of the table behind it (made from the same values by `behind.table_behind`). None among
    values means not known, never zero; `absent` is the word for it where there is a better one.
    """

    caption: str
    unit: str
    alternative: str = ""
    label_title: str = ""
    decimals: int = 0
    key: str = ""
    absent: str = ""
    sources: tuple[Source, ...] = ()

    def _check(self, count: int, *series: Series) -> None:
        lengths = {one.name or "series": len(one.values) for one in series}
        _same_length(type(self).__name__, self.caption, count, **lengths)


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart(Chart):
    """Horizontal bars, one a label, with an optional mark (a target, a requirement) on each."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    marks: Series | None = None

    def __post_init__(self) -> None:
        marks = () if self.marks is None else (self.marks,)
        self._check(len(self.labels), Series("values", self.values), *marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBar(Chart):
    """Upright columns, one a label (a year, a quarter), each divided among the series."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        self._check(len(self.labels), *self.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class RadarChart(Chart):
    """A profile over three to twelve spokes, from `bottom` to `top` of the scale."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]
    bottom: float = 0
    top: float = 5
    decimals: int = 1

    def __post_init__(self) -> None:
        self._check(len(self.labels), *self.series)


@dataclass(frozen=True, slots=True, kw_only=True)
class MaturityProfile(Chart):
    """A dot a label on a common scale, with the range of the votes (lows to highs) behind it."""

    labels: tuple[str, ...]
    values: tuple[float | None, ...]
    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]
    bottom: float = 1
    top: float = 5
    decimals: int = 1

    def __post_init__(self) -> None:
        ends = (Series("lows", self.lows), Series("highs", self.highs))
        self._check(len(self.labels), Series("values", self.values), *ends)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeChart(Chart):
    """Two dots a label on a common scale, joined by an arrow from what was before to after."""

    labels: tuple[str, ...]
    before: Series
    after: Series
    bottom: float = 1
    top: float = 5
    decimals: int = 1

    def __post_init__(self) -> None:
        self._check(len(self.labels), self.before, self.after)


@dataclass(frozen=True, slots=True)
class Point:
    """One place on a scatter chart; `mark` is written beside it, empty where it is not named."""

    label: str
    x: float
    y: float
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScatterChart(Chart):
    """Points over two measures: `across` names the one of the width, `unit` that of the height.

    Points in one place are drawn as one larger dot. `across_from` and `up_from` are limits drawn
    as lines; `missing` are labels of what has no place, told in the table behind it.
    """

    points: tuple[Point, ...]
    across: str
    left: float
    right: float
    bottom: float
    top: float
    across_from: float | None = None
    up_from: float | None = None
    missing: tuple[str, ...] = ()
    decimals: int = 2

    def __post_init__(self) -> None:
        for point in self.points:
            if not (self.left <= point.x <= self.right and self.bottom <= point.y <= self.top):
                raise TreeError(f"ScatterChart “{self.caption}”: {point.label!r} is off it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatMap(Chart):
    """A grid of numbers, coloured by tone; an unknown cell is hatched and says so."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    bottom: float = 0
    top: float = 4
    tone: Tone = "gap"
    decimals: int = 1

    def __post_init__(self) -> None:
        self._check(len(self.rows), Series("values", (None,) * len(self.values)))
        lines = zip(self.rows, self.values, strict=True)
        self._check(len(self.columns), *(Series(label, values) for label, values in lines))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pyramid(Chart):
    """Two series back to back over bands (youngest first), as in an age pyramid."""

    labels: tuple[str, ...]
    left: Series
    right: Series

    def __post_init__(self) -> None:
        self._check(len(self.labels), self.left, self.right)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart(Chart):
    """Lines over ordered labels; an unknown value breaks the line."""

    labels: tuple[str, ...]
    series: tuple[Series, ...]

    def __post_init__(self) -> None:
        self._check(len(self.labels), *self.series)


@dataclass(frozen=True, slots=True)
class Span:
    """Days first to last (both counted) on one row; a milestone is a mark on its first day.

    `kind` names the colour and the entry of the legend (a mode, a funding source, a theme).
    """

    row: int
    first: date
    last: date
    label: str = ""
    kind: str = ""
    milestone: bool = False


@dataclass(frozen=True, slots=True)
class Closure:
    """Days on which nothing can be held, drawn as a band over all rows."""

    first: date
    last: date
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChart(Chart):
    """Spans of days over rows (stations, or the lines of a road map) from first to last day."""

    rows: tuple[str, ...]
    first: date
    last: date
    spans: tuple[Span, ...]
    closures: tuple[Closure, ...] = ()

    def __post_init__(self) -> None:
        for span in self.spans:
            if not 0 <= span.row < len(self.rows) or span.last < span.first:
                raise TreeError(f"CalendarChart “{self.caption}”: span {span.label!r} is off it.")


# --- Section and document ----------------------------------------------------------------------

Leaf = Paragraph | Bullets | Callout | Reference | KeyFigures | PageBreak | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; sections within sections are one level deeper.

    `annex` (top level only) letters the section instead of numbering it. `key` is the target of
    `Text.to` and of web addresses; without one it is derived from the section's place. `sources`
    stand behind the statements of its text.
    """

    title: str
    blocks: "tuple[Block, ...]" = ()
    numbered: bool = True
    landscape: bool = False
    annex: bool = False
    key: str = ""
    sources: tuple[Source, ...] = ()


Block = Leaf | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; `as_of` is the only date a renderer knows.

    `control` holds the rows (label, value) of the control page; `notice` is printed on the cover
    and on every page (for example that all data are invented); `edition` says for whom it is.
    """

    title: str
    administration: str
    version: str
    as_of: date
    sections: tuple[Section, ...]
    subtitle: str = ""
    language: str = "en"
    edition: str = ""
    notice: str = ""
    control: tuple[tuple[str, str], ...] = ()
    logo: Picture | None = None
    cover: Chart | None = None


def leaves(blocks: tuple[Block, ...]) -> Iterator[Leaf]:
    """Every block that is not a section, in reading order."""
    for block in blocks:
        if isinstance(block, Section):
            yield from leaves(block.blocks)
        else:
            yield block
