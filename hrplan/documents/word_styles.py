"""What the named styles of a Word file ask of a paragraph, read from the style sheet itself."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIP = 20.0  # in one point
_HALF = 2.0  # sizes of letters are in half points
_LINE = 240.0  # of a line of single spacing


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a paragraph is set: lengths in points, `line` as a multiple of single spacing.

    None where nothing is said, so that one look can be laid over another.
    """

    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    before: float | None = None
    after: float | None = None
    line: float | None = None
    left: float | None = None
    right: float | None = None
    hanging: float | None = None
    keep_next: bool | None = None
    keep_lines: bool | None = None
    new_page: bool | None = None

    def over(self, below: "Look") -> "Look":
        """This look where it says something, the one below it elsewhere."""
        said = {
            field.name: value
            for field in fields(self)
            if (value := getattr(self, field.name)) is not None
        }
        return replace(below, **said)


PLAIN = Look(
    size=10, bold=False, italic=False, before=0, after=0, line=1, left=0, right=0, hanging=0,
    keep_next=False, keep_lines=False, new_page=False,
)  # fmt: skip


def look_of(paragraph: "Element | None", run: "Element | None") -> Look:
    """What properties of a paragraph (w:pPr) and of its letters (w:rPr) say."""
    spacing, indent = _child(paragraph, "spacing"), _child(paragraph, "ind")
    size = _number(_child(run, "sz"), "val")
    line = _number(spacing, "line")
    return Look(
        size=None if size is None else size / _HALF,
        bold=_switch(run, "b"),
        italic=_switch(run, "i"),
        before=_points(spacing, "before"),
        after=_points(spacing, "after"),
        line=None if line is None else line / _LINE,
        left=_points(indent, "left"),
        right=_points(indent, "right"),
        hanging=_hanging(indent),
        keep_next=_switch(paragraph, "keepNext"),
        keep_lines=_switch(paragraph, "keepLines"),
        new_page=_switch(paragraph, "pageBreakBefore"),
    )


def looks(sheet: "Element") -> Mapping[str, Look]:
    """The look of each paragraph style of a style sheet (w:styles), by its id."""
    defaults = _child(sheet, "docDefaults")
    ground = look_of(
        _child(_child(defaults, "pPrDefault"), "pPr"), _child(_child(defaults, "rPrDefault"), "rPr")
    ).over(PLAIN)
    found: dict[str, Look] = {}
    for style in sheet.findall(f"{W}style"):
        below = found.get(_value(style, "basedOn"), ground)
        own = look_of(_child(style, "pPr"), _child(style, "rPr"))
        found[str(style.get(f"{W}styleId"))] = own.over(below)
    return found


def cell_margins(sheet: "Element") -> Mapping[str, Mapping[str, float]]:
    """The inner margins of the cells of each table style [point], by its id and side."""
    found: dict[str, dict[str, float]] = {}
    for style in sheet.findall(f"{W}style"):
        margins = dict(found.get(_value(style, "basedOn"), {}))
        stated = _child(_child(style, "tblPr"), "tblCellMar")
        for side in () if stated is None else stated:
            margins[str(side.tag).removeprefix(W)] = _points(side, "w") or 0.0
        found[str(style.get(f"{W}styleId"))] = margins
    return found


def indents(numbering: "Element") -> Mapping[tuple[str, str], Look]:
    """The indents that a list (w:num) gives its paragraphs, by its number and level."""
    levels = {
        (abstract.get(f"{W}abstractNumId"), level.get(f"{W}ilvl")): look_of(
            _child(level, "pPr"), None
        )
        for abstract in numbering.findall(f"{W}abstractNum")
        for level in abstract.findall(f"{W}lvl")
    }
    return {
        (str(num.get(f"{W}numId")), str(level)): look
        for num in numbering.findall(f"{W}num")
        for (abstract, level), look in levels.items()
        if abstract == _value(num, "abstractNumId")
    }


def _child(parent: "Element | None", name: str) -> "Element | None":
    return None if parent is None else parent.find(f"{W}{name}")


def _value(parent: "Element", name: str) -> str:
    child = _child(parent, name)
    return "" if child is None else str(child.get(f"{W}val", ""))


def _switch(parent: "Element | None", name: str) -> bool | None:
    child = _child(parent, name)
    return None if child is None else child.get(f"{W}val", "1") not in {"0", "false"}


def _number(element: "Element | None", name: str) -> float | None:
    said = None if element is None else element.get(f"{W}{name}")
    return None if said is None else float(said)


def _points(element: "Element | None", name: str) -> float | None:
    said = _number(element, name)
    return None if said is None else said / TWIP


def _hanging(indent: "Element | None") -> float | None:
    first = _points(indent, "firstLine")
    return -first if first is not None else _points(indent, "hanging")
