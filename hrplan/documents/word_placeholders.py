"""Placeholders such as {title} in the text of a Word template: found, told apart, filled."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from hrplan.documents.nodes import Document
from hrplan.documents.word_styles import W
from hrplan.documents.words import Words, xml_safe

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMES = (
    *("title", "subtitle", "administration", "version", "as_of", "language", "digest"),
    *("edition", "notice"),
)
_PLACEHOLDER = re.compile(r"\{([^{}]{1,40})\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def values_of(document: Document, words: Words, digest: str) -> dict[str, str]:
    """What stands for each placeholder in the file of a document."""
    said = {name: str(getattr(document, name, "")) for name in NAMES}
    said |= {"as_of": words.date(document.as_of), "digest": digest}
    return {name: xml_safe(value) for name, value in said.items()}


def placeholders(root: "Element") -> Iterator[str]:
    """The names in braces below an element, in the order of the text, as they are written."""
    for nodes in _paragraphs(root):
        for match in _PLACEHOLDER.finditer(_said(nodes)):
            yield match[1]


def known(name: str) -> str:
    """The placeholder that is meant, whatever its capitals; empty where there is none."""
    plain = name.strip().casefold()
    return plain if plain in NAMES else ""


def nearest(name: str) -> str:
    """The placeholder that a name is most like; empty where it is like none."""
    return next(iter(get_close_matches(name.strip().casefold(), NAMES, n=1, cutoff=0.5)), "")


def fill(root: "Element", values: Mapping[str, str]) -> None:
    """Put its value in the place of each known placeholder, though it be split over runs."""
    for nodes in _paragraphs(root):
        for match in reversed(list(_PLACEHOLDER.finditer(_said(nodes)))):
            if name := known(match[1]):
                _put(nodes, match.start(), match.end(), values[name])


def _paragraphs(root: "Element") -> Iterator[list["Element"]]:
    """The texts of each paragraph; those of a text box within it are paragraphs of their own."""
    for paragraph in root.iter(f"{W}p"):
        yield [one for one in paragraph.iter(f"{W}t") if _paragraph_of(one) is paragraph]


def _paragraph_of(text: "Element") -> "Element | None":
    return next(text.iterancestors(f"{W}p"), None)


def _said(nodes: list["Element"]) -> str:
    return "".join(node.text or "" for node in nodes)


def _put(nodes: list["Element"], start: int, end: int, value: str) -> None:
    """The value where the first letter stood; the other letters from start to end are gone."""
    at = 0
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if first < last:
            node.text, value = text[:first] + value + text[last:], ""
            node.set(_SPACE, "preserve")
