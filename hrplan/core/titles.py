"""Titles of the content packs, told in the language that is active.

Beside the packs stand files of their titles in the other languages of the documents. A title in
a row is told anew only while it is the pack's own, word for word; what an administration wrote
stays as it is. See docs/methods/languages.md.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
OWN = settings.LANGUAGE_CODE.partition("-")[0]  # the language the packs are written in


def told(title: str) -> str:
    """The title in the active language; as it is where a pack has none like it."""
    return known(tuple(settings.TITLES)).get((OWN, language()), {}).get(title, title)


def told_anew(title: str) -> str:
    """The same of a title that the product wrote into a sentence, in whatever language."""
    for code, _name in settings.DOCUMENT_LANGUAGES:
        words = known(tuple(settings.TITLES)).get((code, language()), {})
        if title in words:
            return words[title]
    return title


def language() -> str:
    """The code of the active language, without its country."""
    return (translation.get_language() or settings.LANGUAGE_CODE).partition("-")[0]


@cache
def known(files: tuple[Path, ...]) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """(From, to) -> a title in the one language -> in the other.

    A title that begins small stands with a capital as well, as at the beginning of a line.
    """
    found: dict[tuple[str, str], dict[str, str]] = {}
    for said in _said(files):
        for (one, title), (other, words) in product(said.items(), repeat=2):
            pairs = found.setdefault((one, other), {})
            pairs |= {title: words, capfirst(title): capfirst(words)}
    return found


def _said(files: tuple[Path, ...]) -> Iterator[dict[str, str]]:
    """Each title by language."""
    for path in files:
        for title, others in read(path).items():
            yield {OWN: title, **others}


def read(path: Path) -> dict[str, dict[str, Any]]:
    """The titles of a file: as the pack has them -> language -> in this language."""
    return dict(yaml.load(path.read_text("utf-8"), Loader=LOADER))  # noqa: S506 -- a safe loader
