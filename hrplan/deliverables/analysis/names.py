"""Finds people in a document: the names and staff numbers that outside readers must not see."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from hrplan.deliverables.analysis.facts import NamedFact
from hrplan.documents.nodes import Document


def people_named(document: Document, title: str, names: Iterable[str]) -> tuple[NamedFact, ...]:
    """How often each section of the document holds one of the names, as whole words.

    Parameters
    ----------
    document : the document as it would be printed
    title : what the document is called in the answer
    names : names and staff numbers of the people to look for; empty ones are left out
    """
    wanted = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
    if not wanted:
        return ()
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")(?!\w)")
    found: Counter[str] = Counter()
    for section in document.sections:
        found[section.title] += sum(len(pattern.findall(text)) for text in texts(section))
    return tuple(NamedFact(title, section, n) for section, n in found.items() if n)


def texts(node: object) -> Iterator[str]:
    """Every text of a node and of all that stands in it."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from texts(item)
    elif is_dataclass(node) and not isinstance(node, type):
        for field in fields(node):
            yield from texts(getattr(node, field.name))
