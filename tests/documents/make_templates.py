"""Word templates for tests, made with python-docx: an invented letterhead, and spoiled ones."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from hrplan.documents import charts
from tests.documents.sample import CHARTS

MINISTRY = "Ministry of Finance of Arcadia (invented)"


def letterhead(change: Callable[[Any], None] = lambda word: None) -> bytes:
    """A letterhead with a crest, odd margins, two styles of its own and split placeholders."""
    word = docx.Document()
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(4), Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2), Cm(3)
    word.styles["Normal"].font.name, word.styles["Normal"].font.size = "Arial", Pt(10)
    heading = word.styles["Heading 1"].font
    heading.name, heading.color.rgb = "Arial", RGBColor(0x7A, 0x1F, 0x2B)
    _header(section.header)
    _footer(section.footer)
    word.add_paragraph("Type your letter here.")
    change(word)
    return saved(word)


def _header(header: Any) -> None:
    crest = charts.on_sheet(CHARTS[0], dpi=30).png()
    header.paragraphs[0].add_run().add_picture(BytesIO(crest), height=Cm(1.5))
    header.add_paragraph().add_run(MINISTRY).bold = True
    split = header.add_paragraph()
    for piece in ("{ti", "tl", "e}, version {ver", "sion}"):
        split.add_run(piece)


def _footer(footer: Any) -> None:
    line = footer.paragraphs[0]
    line.add_run("{administration}, {as_of}, {digest}, {titel} ")
    field(line, "PAGE")


def field(paragraph: Any, code: str) -> None:
    """A field at the end of a paragraph."""
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), code)
    paragraph._p.append(simple)


def saved(word: Any) -> bytes:
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same package with one part more."""
    out = BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same package with one part changed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            content = old.read(one)
            new.writestr(one, change(content) if one == name else content)
    return out.getvalue()


def as_kind(data: bytes, kind: str) -> bytes:
    """The same package said to be of another kind: a template, a document with macros."""
    usual = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return changed(data, "[Content_Types].xml", lambda old: old.replace(usual, kind.encode()))


def with_relation(data: bytes, kind: str, target: str) -> bytes:
    """The same with a relation of the document that leads elsewhere."""
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    one = f'<Relationship Id="rId900" Type="{base}{kind}" Target="{target}" TargetMode="External"/>'
    return changed(
        data,
        "word/_rels/document.xml.rels",
        lambda old: old.replace(b"</Relationships>", f"{one}</Relationships>".encode()),
    )
