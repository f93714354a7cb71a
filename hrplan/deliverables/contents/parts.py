"""One part of a document: its key, its title, and the maker of its section."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.functional import Promise

from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.passages import passage
from hrplan.documents.nodes import PageBreak, Section

Maker = Callable[[Evidence], Section | None]


@dataclass(frozen=True, slots=True)
class Part:
    """A place in the outline. `key` is what narratives name; `title` is printed where it is empty.

    make : None where there are no data for the section
    annex : it stands among the annexes
    needed : what the ministry would not be told without it; '' where it may be left out
    own_page : where its section ends its page, it begins on a new one too
    """

    key: str
    title: str | Promise
    make: Maker
    annex: bool = False
    needed: str | Promise = ""
    own_page: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A part in its place; one that is off is not printed but named in the annex."""

    part: Part
    is_on: bool = True


@dataclass(frozen=True, slots=True)
class Filled:
    """The sections in order, and the titles of the parts that are not printed.

    left_out : for which there were no data; taken_out : which the administration turned off
    """

    sections: tuple[Section, ...]
    left_out: tuple[str, ...]
    taken_out: tuple[str, ...] = ()


def filled(parts: tuple[Placed, ...], evidence: Evidence, passages: dict[str, str]) -> Filled:
    """Every part that is on, the administration's own passage at its head where there is one."""
    sections: list[Section] = []
    left_out: list[str] = []
    for part in (placed.part for placed in parts if placed.is_on):
        text = passages.get(part.key, "")
        section = _with_passage(part, part.make(evidence), text, evidence)
        if section is None:
            left_out.append(str(part.title))
            continue
        if part.own_page and sections and _ends_page(section):
            sections[-1] = _ending_page(sections[-1])
        sections.append(section)
    taken_out = tuple(str(placed.part.title) for placed in parts if not placed.is_on)
    return Filled(tuple(sections), tuple(left_out), taken_out)


def _ends_page(section: Section) -> bool:
    return bool(section.blocks) and isinstance(section.blocks[-1], PageBreak)


def _ending_page(section: Section) -> Section:
    if _ends_page(section):
        return section
    return replace(section, blocks=(*section.blocks, PageBreak()))


def _with_passage(
    part: Part, section: Section | None, text: str, evidence: Evidence
) -> Section | None:
    said = passage(text, evidence)
    if not said:
        return section
    if section is None:
        return Section(str(part.title), said, annex=part.annex, key=part.key)
    return replace(section, blocks=(*said, *section.blocks))
