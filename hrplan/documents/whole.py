"""Blocks that are new or gone as a whole, with every word of theirs marked."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from hrplan.documents.marks import ALL_ADDED, ALL_REMOVED, added, removed
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    Chart,
    KeyFigures,
    PageBreak,
    Paragraph,
    Reference,
    Rich,
    Section,
    Table,
    Text,
    plain,
)

Told = Callable[[str], str]


def all_added(block: Block) -> list[Block]:
    """A block with every word of it added; a figure stands as it is."""
    return [block if isinstance(block, Chart | PageBreak) else _told(block, added, ALL_ADDED)]


def all_removed(block: Block) -> list[Block]:
    """A block with every word of it removed: no number, no key, a figure by its caption alone."""
    match block:
        case PageBreak():
            return []
        case Chart(caption=caption):
            return [Paragraph(_head(removed(caption), ALL_REMOVED), "note")]
        case Section():
            inner = tuple(one for child in block.blocks for one in all_removed(child))
            title = _head(removed(block.title), ALL_REMOVED)
            return [replace(block, title=title, blocks=inner, numbered=False, annex=False, key="")]
        case Table():
            rows = tuple(_row(row, removed, ALL_REMOVED) for row in block.rows)
            name = removed(block.caption)
            return [replace(block, caption=name, rows=rows, key="", total=False)]
    return [_told(_linkless(block), removed, ALL_REMOVED)]


def _linkless(block: Block) -> Block:
    """The same with plain words: what it leads to may be gone, too."""
    if isinstance(block, Paragraph | Callout):
        return replace(block, text=plain(block.text))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(plain(item) for item in block.items))
    return block


def _head(text: str, mark: str) -> str:
    return f"{mark}{text}"


def _told(block: Block, told: Told, mark: str) -> Block:
    said = partial(_rich, told=told, mark=mark)
    match block:
        case Section():
            inner = tuple(one for child in block.blocks for one in all_added(child))
            return replace(block, title=_head(told(block.title), mark), blocks=inner)
        case Paragraph(text=text):
            return replace(block, text=said(text))
        case Bullets(items=items):
            return replace(block, items=tuple(said(item) for item in items))
        case Callout(title=title, text=text):
            return replace(block, title=_head(told(title), mark) if title else "", text=said(text))
        case Reference(text=text):
            return replace(block, text=_head(told(text), mark))
        case KeyFigures(items=items):
            tiles = tuple(replace(one, number=told(one.number)) for one in items)
            return replace(block, items=tiles)
        case Table(rows=rows):
            cells = tuple(_row(row, told, mark) for row in rows)
            return replace(block, caption=told(block.caption), rows=cells)
    return block


def _row(row: tuple[str, ...], told: Told, mark: str) -> tuple[str, ...]:
    first, *others = (told(cell) for cell in row)
    return _head(first, mark), *others


def _rich(text: Rich, *, told: Told, mark: str) -> Rich:
    if isinstance(text, str):
        return _head(told(text), mark)
    return (Text(mark), *(replace(run, text=told(run.text)) for run in text))
