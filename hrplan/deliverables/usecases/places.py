"""The places of frozen versions, laid out once and kept beside the rendered files."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from itertools import chain
from pathlib import Path

from django.utils import translation

from hrplan.core.wording import spoken
from hrplan.deliverables import wording
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import files
from hrplan.documents.nodes import Document
from hrplan.documents.outline import laid_out
from hrplan.documents.places import WHOLE, Place, places_in

KEPT = "places-1"  # another number with every change of what a place holds
REMEMBERED = 16  # versions of which a process has them at hand, about a megabyte each


def places_of(version: DocumentVersion) -> tuple[Place, ...]:
    """The places of a version in reading order; laid out once, as nothing of it changes."""
    path = files.folder_of(version) / f"{Path(version.digest).name}.{KEPT}"
    if not path.exists():
        files.kept(path, lambda: json.dumps([*map(asdict, _laid_out(version))]).encode())
    return _read(path)


@lru_cache(maxsize=REMEMBERED)
def _read(path: Path) -> tuple[Place, ...]:
    return tuple(Place(**one) for one in json.loads(path.read_bytes()))


def _laid_out(version: DocumentVersion) -> tuple[Place, ...]:
    return places_of_draft(files.document_of(version))


def places_of_draft(document: Document) -> tuple[Place, ...]:
    """The places of a document that is not frozen, in reading order."""
    with translation.override(spoken(document.language)):
        words = wording.words()
        layout = laid_out(document, words)
    return tuple(chain.from_iterable(places_in(layout, words)))


def place_at(version: DocumentVersion, anchor: str) -> Place | None:
    """The place with an anchor; none where the version has no such place."""
    return next((one for one in places_of(version) if one.anchor == anchor), None)


def offered(places: Sequence[Place], at: str = "") -> tuple[Place, ...]:
    """Headings, tables and figures, and of all other places the one that was chosen."""
    return tuple(one for one in places if one.kind in WHOLE or one.anchor == at)
