"""The frame of a Word file: our styles in an empty one, its properties, and no clock in it."""

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from hrplan.documents.nodes import Document
from hrplan.documents.word_xml import quoted
from hrplan.documents.words import Words, right_to_left, xml_safe

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

_HOUSE = Path(__file__).parent / "house"
_LEFTOVERS = frozenset({"thumbnail", "stylesWithEffects"})


def set_house(word: "WordDocument", document: Document, words: Words) -> None:
    """Our styles and numbering in the place of those of the library's template."""
    styles = part_xml("styles").replace("en-GB", language_of(document))
    if right_to_left(document.language):
        styles = styles.replace("<w:widowControl/>", "<w:widowControl/><w:bidi/>")
    replace_content(word.styles.element, styles)
    replace_content(word.settings.element, part_xml("settings"))
    replace_content(word.part.numbering_part.element, numbering_xml(words))
    _remove_leftovers(word)


def part_xml(name: str) -> str:
    """A part of our own as it stands in the house: styles, numbering or settings."""
    return (_HOUSE / f"{name}.xml").read_text("utf-8")


def numbering_xml(words: Words) -> str:
    """Our lists, annexes called as the language calls them."""
    return part_xml("numbering").replace("Annex %1", f"{quoted(words.annex)} %1")


def language_of(document: Document) -> str:
    """The document's language as Word knows it."""
    language = quoted(document.language)
    return "en-GB" if language == "en" else language


def replace_content(element: object, xml: str) -> None:
    """The parts of an element in the place of those it had."""
    from docx.oxml import parse_xml  # noqa: PLC0415 -- slow import

    element[:] = parse_xml(xml.encode("utf-8"))[:]  # type: ignore[index]


def _remove_leftovers(word: "WordDocument") -> None:
    """Parts of the library's template that show or style another document."""
    for relations in (word.part.package.rels, word.part.rels):
        kinds = {key: one.reltype.rpartition("/")[2] for key, one in relations.items()}
        for key in [key for key, kind in kinds.items() if kind in _LEFTOVERS]:
            del relations[key]


def set_properties(word: "WordDocument", document: Document, mark: str) -> None:
    """Title, author and the day of the data; `mark` among the keywords."""
    core = word.core_properties
    day = datetime(document.as_of.year, document.as_of.month, document.as_of.day, tzinfo=UTC)
    core.title = xml_safe(document.title)[:255]
    core.subject = xml_safe(document.subtitle)[:255]
    core.author = core.last_modified_by = xml_safe(document.administration)[:255]
    core.comments = xml_safe(document.notice)[:255]
    core.language = document.language
    core.version = xml_safe(document.version)[:255]
    core.created = core.modified = day
    core.keywords, core.category, core.revision = xml_safe(mark)[:255], "", 1


def undated(package: bytes, day: date) -> bytes:
    """The same package with every part dated by the document and in a fixed order."""
    out = BytesIO()
    stamp = (max(day.year, 1980), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            entry = zipfile.ZipInfo(name, stamp)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            new.writestr(entry, old.read(name))
    return out.getvalue()
