"""The contents list of a Word file shows the pages on which its headings will stand."""

import re
import shutil
import subprocess
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as read_docx
from lxml import etree

from hrplan.documents.nodes import PageBreak, Paragraph, Section, Table
from hrplan.documents.to_docx import docx
from hrplan.documents.word_layout import bookmark_pages
from hrplan.documents.word_styles import PLAIN, Look, look_of, looks
from hrplan.documents.word_xml import NAMESPACES, section_xml
from tests.documents.sample import SAMPLE

LINES = 33  # of body text with 7 points before each on an upright page: 700.2 / (7 + 14.2)


@pytest.fixture(scope="module")
def sheets():
    """Styles and numbering of one of our files."""
    word = read_docx(BytesIO(docx(SAMPLE)))
    return word.styles.element, word.part.numbering_part.element


def element(xml):
    return etree.fromstring(f"<w:body {NAMESPACES}>{xml}</w:body>")


def paragraph(name, style="BodyText", more=""):
    mark = f'<w:bookmarkStart w:id="1" w:name="{name}"/>' if name else ""
    text = "<w:r><w:t>words</w:t></w:r>"
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{mark}{text}</w:p>'


def body(*paragraphs):
    return element("".join(paragraphs) + section_xml(landscape=False))


def test_a_page_holds_the_lines_that_style_and_margins_leave_room_for(sheets):
    pages = bookmark_pages(body(*(paragraph(f"p{n}") for n in range(2 * LINES + 1))), *sheets)

    assert [pages[f"p{n}"] for n in (0, LINES - 1, LINES, 2 * LINES - 1, 2 * LINES)] == [
        *(1, 1, 2, 2, 3)
    ]


def test_a_heading_stays_with_what_follows_it(sheets):
    before = [paragraph("") for _ in range(LINES - 2)]

    pages = bookmark_pages(body(*before, paragraph("h", "Heading1"), paragraph("p")), *sheets)

    assert pages == {"h": 2, "p": 2}


def test_sections_and_asked_for_breaks_begin_a_page(sheets):
    breaks = paragraph("b", more="<w:pageBreakBefore/>")
    ends = paragraph("e", more=section_xml(landscape=True))

    pages = bookmark_pages(body(paragraph("a"), breaks, ends, paragraph("z")), *sheets)

    assert pages == {"a": 1, "b": 2, "e": 2, "z": 3}


def test_a_style_takes_from_the_one_it_is_based_on_what_it_does_not_say(sheets):
    found = looks(sheets[0])

    assert (found["TableTextSmall"].size, found["TableTextSmall"].before) == (8.5, 1.5)
    assert found["Heading2"].keep_next
    assert found["FigureCaption"].keep_next is False


def test_what_a_look_does_not_say_is_seen_below_it():
    own = look_of(element('<w:spacing w:before="240"/><w:keepNext w:val="0"/>'), None)

    assert own.over(Look(before=3, keep_next=True, size=9).over(PLAIN)) == replace(
        PLAIN, before=12, size=9, keep_next=False
    )


def long_document():
    """Three sections of text and tables, each beginning a page, one of them long."""
    text = tuple(Paragraph(f"{n}. A sentence of a dozen words or so for it.") for n in range(24))
    rows = tuple((f"row {n}", "a cell") for n in range(90))
    table = Table("Long", ("What", "Of it"), rows)
    return replace(
        SAMPLE,
        cover=None,
        sections=(
            Section("One", (*text, PageBreak())),
            Section("Two", (table, PageBreak())),
            Section("Three", text, landscape=True),
            Section("Four", text),
        ),
    )


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_another_office_finds_the_headings_on_the_pages_that_the_contents_list_shows(tmp_path):
    (tmp_path / "a.docx").write_bytes(docx(long_document()))
    office = [shutil.which("soffice"), f"-env:UserInstallation=file://{tmp_path}/office"]
    convert = ["--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"]
    subprocess.run([*office, *convert], check=True, capture_output=True, timeout=120)
    command = [shutil.which("pdftotext"), "-layout", "-enc", "UTF-8", tmp_path / "a.pdf", "-"]
    shown = subprocess.run(command, check=True, capture_output=True).stdout.decode().split("\f")

    told = dict(re.findall(r"^\s*\d\s+(\w+)\.{3,}\s*(\d+)$", shown[2], re.MULTILINE))
    stands = {
        title: str(number)
        for title in ("One", "Two", "Three", "Four")
        for number, page in enumerate(shown[3:], 4)
        if re.search(rf"^\s*\d\s+{title}$", page, re.MULTILINE)
    }

    assert told == stands
    assert set(told) == {"One", "Two", "Three", "Four"}
