"""The rows behind figures, put into the tree: stated by key, handed down from section to block."""

import re
from collections.abc import Callable
from dataclasses import replace

from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    Chart,
    KeyFigures,
    Paragraph,
    Rich,
    Section,
    Source,
    Table,
    plain,
)

_FIGURE = re.compile(r"\d")
Sources = tuple[Source, ...]
SourcesOf = Callable[[str], Sources]


def narrowed(page: str, query: str) -> str:
    """A route or address that shows rows, with what narrows it to some of them."""
    return f"{page}?{query}" if query else page


def traced(section: Section, sources_of: SourcesOf, above: Sources = ()) -> Section:
    """The section with its sources, and those of every table, figure and row of tiles in it.

    sources_of : sources by key; empty for a key that states none, which takes those above it
    """
    own = (sources_of(section.key) if section.key else ()) or above
    blocks = tuple(_traced(block, sources_of, own) for block in section.blocks)
    return replace(section, blocks=blocks, sources=own if states_figures(section) else ())


def _traced(block: Block, sources_of: SourcesOf, above: Sources) -> Block:
    match block:
        case Section():
            return traced(block, sources_of, above)
        case KeyFigures():
            return replace(block, sources=above)
        case Table(key=key) | Chart(key=key):
            return replace(block, sources=(sources_of(key) if key else ()) or above)
    return block


def states_figures(section: Section) -> bool:
    """Whether a sentence of the section itself, not of one below it, holds a number."""
    return any(_FIGURE.search(text) for block in section.blocks for text in _texts(block))


def _texts(block: Block) -> tuple[str, ...]:
    match block:
        case Paragraph(text=text) | Callout(text=text):
            return (plain(text),)
        case Bullets(items=items):
            return _plain(items)
    return ()


def _plain(items: tuple[Rich, ...]) -> tuple[str, ...]:
    return tuple(plain(item) for item in items)
