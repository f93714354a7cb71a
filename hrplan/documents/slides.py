"""Slides as values: a deck made of some of the nodes of documents."""

from dataclasses import dataclass
from datetime import date

from hrplan.documents.nodes import Bullets, Chart, KeyFigures, Paragraph, Table, plain
from hrplan.documents.words import Words

Part = Paragraph | Bullets | KeyFigures | Table | Chart


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: its title, what stands below it from top to bottom, the speaker's notes."""

    title: str
    parts: tuple[Part, ...]
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Deck:
    """A presentation; the first slide is made of the title, subtitle and lines below it.

    `foot`, or the notice where there is one, stands on every slide beside its number; `as_of` is
    the only date a renderer knows.
    """

    title: str
    subtitle: str
    administration: str
    version: str
    as_of: date
    lines: tuple[str, ...]
    slides: tuple[Slide, ...]
    language: str = "en"
    notice: str = ""
    foot: str = ""
    notes: str = ""


def part_text(part: Part, words: Words) -> str:
    """All words of a part, as the notes tell what a slide has no room for."""
    match part:
        case Paragraph(text=text):
            return plain(text)
        case Bullets(items=items):
            return "\n".join(f"– {plain(item)}" for item in items)
        case KeyFigures(items=tiles):
            return "\n".join(f"{one.number} {one.label} {one.note}".strip() for one in tiles)
        case Table():
            return "\n".join(_row_text(part, row, words.colon) for row in part.rows)
    return part.alternative or part.caption


def _row_text(table: Table, row: tuple[str, ...], colon: str) -> str:
    named = zip(table.columns, row, strict=True)
    return "; ".join(f"{head}{colon}{' '.join(cell.split())}" for head, cell in named if cell)
