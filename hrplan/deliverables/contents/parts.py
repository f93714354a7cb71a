"""One part of a document: its key, its title, and the maker of its section."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import Block, Paragraph, Section

Maker = Callable[[Evidence], Section | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A place in the outline. `key` is what narratives name; `title` is printed where it is empty.

    make : None where there are no data for the section
    """

    key: str
    title: str | Promise
    make: Maker


@dataclass(frozen=True, slots=True)
class Filled:
    """The sections in order, and the titles of the parts for which there were no data."""

    sections: tuple[Section, ...]
    left_out: tuple[str, ...]


def filled(parts: tuple[Part, ...], evidence: Evidence, passages: dict[str, str]) -> Filled:
    """Every part made, the administration's own passage at its head where there is one."""
    sections: list[Section] = []
    left_out: list[str] = []
    for part in parts:
        section = _with_passage(part, part.make(evidence), passages.get(part.key, ""))
        if section is None:
            left_out.append(str(part.title))
        else:
            sections.append(section)
    return Filled(tuple(sections), tuple(left_out))


def _with_passage(part: Part, section: Section | None, passage: str) -> Section | None:
    said: tuple[Block, ...] = tuple(
        Paragraph(" ".join(text.split())) for text in passage.split("\n\n") if text.strip()
    )
    if not said:
        return section
    if section is None:
        return Section(str(part.title), said, key=part.key)
    return replace(section, blocks=(*said, *section.blocks))
