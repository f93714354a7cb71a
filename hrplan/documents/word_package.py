"""A Word template opened: no part of it that loads, runs or belongs to another document is left."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from hrplan.documents.nodes import TreeError
from hrplan.documents.word_styles import W

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

_TYPES = "[Content_Types].xml"
_AS_TEMPLATE, _AS_DOCUMENT = (
    b"wordprocessingml.template.main+xml",
    b"wordprocessingml.document.main+xml",
)
_OWN = frozenset({"styles", "numbering", "settings", "theme", "fontTable"})
_WEB = re.compile("(https?://|mailto:)", re.IGNORECASE)
_LIVE = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|LINK|IMPORT|DATABASE|RD|MACROBUTTON|GOTOBUTTON)\b",
    re.IGNORECASE,
)


_NO_DOCUMENT = (  # what python-docx and lxml raise over a package that is none of Word's
    *(ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, OSError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OverflowError),
)


class Unfit(ValueError):
    """The file holds no Word document that could be a template; `key` says why."""

    def __init__(self, key: str, value: str = "") -> None:
        super().__init__(f"{key} {value}".strip())
        self.key, self.value = key, value


def opened(template: bytes) -> "WordDocument":
    """A template (.docx or .dotx) as a document to be written into.

    Its body is as it came; parts that only the body of another document needs are gone.

    Raises
    ------
    Unfit
        It is no Word document, links to other than web and mail addresses, or has live fields.
    """
    import docx as python_docx  # noqa: PLC0415 -- slow import

    with only_unfit():
        word = python_docx.Document(BytesIO(_as_document(template)))
        _refuse_others(word)
        _refuse_links(word)
        _refuse_fields(word)
        _prune(word)
    return word


@contextmanager
def only_unfit() -> Iterator[None]:
    """Whatever a part that is none of Word's breaks within, it is `Unfit` that comes out."""
    from docx.opc.exceptions import OpcError  # noqa: PLC0415 -- slow import
    from docx.oxml.exceptions import XmlchemyError  # noqa: PLC0415 -- slow import

    try:
        yield
    except (Unfit, TreeError):
        raise
    except (*_NO_DOCUMENT, OpcError, XmlchemyError) as error:
        raise Unfit("no_document", str(error)[:80]) from error


def margin_parts(word: "WordDocument") -> dict[str, Any]:
    """Relation -> part of every header and footer."""
    relations = word.part.rels.items()
    kinds = ("header", "footer")
    return {key: one.target_part for key, one in relations if _kind(one) in kinds}


def _as_document(template: bytes) -> bytes:
    """The same package; a template of Word (.dotx) says that it is a document."""
    with zipfile.ZipFile(BytesIO(template)) as old:
        types = old.read(_TYPES)
        if _AS_TEMPLATE not in types:
            return template
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                said = types.replace(_AS_TEMPLATE, _AS_DOCUMENT)
                new.writestr(name, said if name == _TYPES else old.read(name))
    return out.getvalue()


def _refuse_others(word: "WordDocument") -> None:
    """Parts that are of another kind than their place says."""
    parts = [part.element for part in margin_parts(word).values()]
    found = {"document": [word.element], "styles": [word.styles.element],
             "settings": [word.settings.element]}  # fmt: skip
    found |= {name: [one for one in parts if one.tag == f"{W}{name}"] for name in ("hdr", "ftr")}
    wrong = [one for name, roots in found.items() for one in roots if one.tag != f"{W}{name}"]
    if wrong or len(parts) != len(found["hdr"]) + len(found["ftr"]):
        raise Unfit("no_document")


def _refuse_links(word: "WordDocument") -> None:
    for part in word.part.package.iter_parts():
        for one in part.rels.values():
            if one.is_external and not (_kind(one) == "hyperlink" and _WEB.match(one.target_ref)):
                raise Unfit("external", one.target_ref[:80])


def _refuse_fields(word: "WordDocument") -> None:
    """Fields that fetch from elsewhere or run something, and pictures told by their address."""
    for root in (word.element, *(part.element for part in margin_parts(word).values())):
        for node in root.iter():
            if address := node.get("src", ""):
                raise Unfit("external", str(address)[:80])
        for code in _codes(root):
            if found := _LIVE.search(code):
                raise Unfit("live_field", found[1].upper())


def field_codes(word: "WordDocument") -> Iterator[str]:
    """What the fields of headers and footers are, such as PAGE."""
    for part in margin_parts(word).values():
        yield from _codes(part.element)


def _codes(root: "Element") -> Iterator[str]:
    for paragraph in root.iter(f"{W}p"):
        yield "".join(node.text or "" for node in paragraph.iter(f"{W}instrText"))
    for field in root.iter(f"{W}fldSimple"):
        yield str(field.get(f"{W}instr", ""))


def _prune(word: "WordDocument") -> None:
    """Leave what styles and pages need; the properties are made anew."""
    package, part = word.part.package, word.part
    for key in [key for key, one in package.rels.items() if _kind(one) != "officeDocument"]:
        del package.rels[key]
    part._settings_part.rels.clear()
    keep_mentioned(word, part.element)


def keep_mentioned(word: "WordDocument", *roots: "Element") -> None:
    """Take out every relation of the body that stands in none of these elements."""
    mentioned = {
        str(value)
        for root in roots
        for node in root.iter()
        for name, value in node.items()
        if "/relationships}" in str(name)
    }
    for key, one in list(word.part.rels.items()):
        if _kind(one) not in _OWN and key not in mentioned:
            del word.part.rels[key]


def _kind(relation: Any) -> str:
    return str(relation.reltype).rpartition("/")[2]
