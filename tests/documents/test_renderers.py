"""Word, web and PDF show the same words, take hostile ones literally, and know no clock."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from docx import Document as read_docx
from lxml import etree

from hrplan.documents import charts
from hrplan.documents.nodes import Bullets, PageBreak, Picture, Section, Table
from hrplan.documents.outline import laid_out
from hrplan.documents.to_docx import docx
from hrplan.documents.to_html import fragment, page, stylesheet
from hrplan.documents.to_pdf import pages, pdf
from hrplan.documents.word_xml import bookmark_name
from hrplan.documents.words import ENGLISH, Words
from tests.documents.sample import CHARTS, SAMPLE, texts, with_text

pytestmark = pytest.mark.whole

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HOSTILE = (
    '#read("/etc/passwd")',
    "{{x}} {% x %} ${x}",
    "$a$ *b* _c_ `d` @e #f <g> \\h",
    "<script>alert(1)</script>",
    "&amp; \" ' ]]>",
    "=1+1",
)
STRANGE = ("a\x00b\x1fc", "lone \ud800 half", "\ufffe", "مرحبا", "税関 🚢", "one\r\ntwo\rthree")

needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed"
)


def part(package, name):
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.read(name)


def body(package):
    return etree.fromstring(part(package, "word/document.xml"))


def docx_text(package):
    with zipfile.ZipFile(BytesIO(package)) as archive:
        names = [n for n in archive.namelist() if re.match(r"word/(document|header|footer)", n)]
        roots = [etree.fromstring(archive.read(name)) for name in names if name.endswith(".xml")]
    return " ".join(
        "".join(t.text or "" for t in p.iter(f"{W}t")) for root in roots for p in root.iter(f"{W}p")
    )


class Collector(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.tags = [], []

    def handle_data(self, data):
        self.found.append(data)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def read_html(text):
    collector = Collector()
    collector.feed(text)
    return collector


def pdf_text(made):
    command = [shutil.which("pdftotext"), "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=made, capture_output=True, check=True).stdout.decode()


def squeezed(text):
    return re.sub(r"\s+", "", text)


def missing(document, shown):
    shown = squeezed(shown)
    return [text for text in texts(document) if squeezed(text) not in shown]


def test_word_shows_every_text_of_the_tree():
    assert missing(SAMPLE, docx_text(docx(SAMPLE))) == []


def test_the_page_shows_every_text_of_the_tree():
    assert missing(SAMPLE, "".join(read_html(page(SAMPLE)).found)) == []


@needs_pdftotext
def test_the_pdf_shows_every_text_of_the_tree():
    assert missing(SAMPLE, pdf_text(pdf(SAMPLE))) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_literally_in_word_and_web(text):
    document = with_text(text)

    assert missing(document, docx_text(docx(document))) == []
    collector = read_html(page(document))
    assert missing(document, "".join(collector.found)) == []
    assert "script" not in {tag for tag, _ in collector.tags}


@needs_pdftotext
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_literally_in_pdf(text):
    document = with_text(text)

    assert missing(document, pdf_text(pdf(document))) == []


@pytest.mark.parametrize("text", STRANGE)
def test_strange_characters_break_no_renderer(text):
    document = with_text(text)

    assert read_docx(BytesIO(docx(document))).paragraphs
    assert "<article" in page(document)
    assert pdf(document).startswith(b"%PDF")


def test_a_link_to_a_script_stays_text():
    assert 'href="javascript' not in page(with_text("javascript:alert(1)"))


@pytest.mark.parametrize("render", [docx, page, pdf])
def test_two_renderings_are_equal_to_the_byte(render):
    assert render(SAMPLE) == render(SAMPLE)


def test_an_empty_document_can_be_rendered():
    empty = replace(SAMPLE, sections=(), control=(), cover=None)

    assert read_docx(BytesIO(docx(empty))).paragraphs
    assert "<article" in fragment(empty)
    assert pages(pdf(empty)) == 2


# --- Word --------------------------------------------------------------------------------------


def test_word_knows_no_date_but_that_of_the_document():
    made = docx(SAMPLE)

    with zipfile.ZipFile(BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2016, 2, 12, 0, 0, 0)}
    properties = read_docx(BytesIO(made)).core_properties
    assert properties.created == properties.modified
    assert properties.created.isoformat() == "2016-02-12T00:00:00+00:00"
    assert (properties.title, properties.author) == (SAMPLE.title, SAMPLE.administration)


def test_header_rows_repeat_and_rows_do_not_break():
    table = body(docx(SAMPLE)).xpath("//*[local-name()='tbl']")[-1]
    rows = table.findall(f"{W}tr")

    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] * 2 + [
        False
    ] * 3
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_every_picture_has_words_for_those_who_cannot_see_it():
    told = body(docx(SAMPLE)).xpath("//*[local-name()='docPr']/@descr")

    assert len(told) == len(CHARTS) + 1
    assert all(told)


def test_headings_are_bound_to_numbers_that_equal_those_of_the_outline():
    document = read_docx(BytesIO(docx(SAMPLE)))
    found = [
        (p.style.style_id, p.text)
        for p in document.paragraphs
        if p.style.style_id.startswith("Heading")
    ]

    assert found == [
        ("Heading1", "Foreword"),
        ("Heading1", "Summary"),
        ("Heading2", "Evidence"),
        ("Heading1", "Calendar"),
        ("Heading2", "At a glance"),
        ("Heading1", "Sources"),
    ]
    numbers = {
        p.text: p._p.xpath("./w:pPr/w:numPr/w:numId/@w:val")
        for p in document.paragraphs
        if p.style.style_id == "Heading1"
    }
    assert numbers == {"Foreword": ["0"], "Summary": [], "Calendar": [], "Sources": ["2"]}


def test_the_contents_field_is_filled_before_it_is_updated():
    root = body(docx(SAMPLE))
    codes = [element.text.strip() for element in root.iter(f"{W}instrText")]
    entries = root.xpath(
        "//w:p[w:pPr/w:pStyle[starts-with(@w:val,'TOC')]]", namespaces={"w": W[1:-1]}
    )

    assert codes[0].startswith("TOC ")
    assert ["".join(t.text for t in entry.iter(f"{W}t")) for entry in entries] == [
        "Foreword4",
        "1Summary4",
        "1.1Evidence5",
        "2Calendar6",
        "2.1At a glance6",
        "Annex A Sources13",
    ]
    assert codes[1:7] == [
        f"PAGEREF {bookmark_name(one.anchor)} \\h" for one in laid_out(SAMPLE, ENGLISH).headings
    ]
    targets = set(root.xpath("//@w:anchor", namespaces={"w": W[1:-1]}))
    assert targets <= set(root.xpath("//w:bookmarkStart/@w:name", namespaces={"w": W[1:-1]}))


def test_captions_count_themselves_and_pages_their_number():
    made = docx(SAMPLE, Words(table="Tableau"))
    codes = [element.text.strip() for element in body(made).iter(f"{W}instrText")]
    foot = etree.fromstring(part(made, "word/footer1.xml"))

    assert codes.count("SEQ Table \\* ARABIC") == 1
    assert codes.count("SEQ Figure \\* ARABIC") == len(CHARTS)
    assert [element.text.strip() for element in foot.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert "Tableau 1. Gaps by job" in docx_text(made)


def test_wide_sections_lie_on_their_side():
    sizes = body(docx(SAMPLE)).xpath("//w:pgSz/@w:w", namespaces={"w": W[1:-1]})

    assert sizes == ["11906", "11906", "11906", "16838", "11906"]


def test_a_wide_section_after_an_empty_list_keeps_its_pages():
    sections = (Section("A", (Bullets(()),)), Section("B", (Bullets(()),), landscape=True))
    made = body(docx(replace(SAMPLE, sections=sections)))

    assert made.xpath("//w:pgSz/@w:w", namespaces={"w": W[1:-1]})[-2:] == ["11906", "16838"]


def test_the_language_stands_on_the_styles():
    styles = part(docx(replace(SAMPLE, language="fr")), "word/styles.xml").decode()

    assert 'w:lang w:val="fr"' in styles


# --- Web ---------------------------------------------------------------------------------------


def test_a_fragment_carries_no_style_and_no_script():
    tags = read_html(fragment(SAMPLE)).tags

    assert not [
        tag for tag, attributes in tags if "style" in attributes or tag in {"style", "script"}
    ]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]


def test_every_table_has_scoped_headings_and_every_link_a_target():
    collector = read_html(page(SAMPLE))

    assert all("scope" in attributes for tag, attributes in collector.tags if tag == "th")
    ids = [attributes["id"] for _, attributes in collector.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [a["href"][1:] for t, a in collector.tags if t == "a" and a["href"].startswith("#")]
    assert set(links) <= set(ids)


def test_the_page_needs_no_network():
    tags = read_html(page(SAMPLE)).tags

    assert not [tag for tag, attributes in tags if tag in {"link", "script", "iframe"}]
    assert not [a for tag, a in tags if tag == "img" and not a["src"].startswith("data:")]
    assert "url(" not in stylesheet()


def test_a_language_from_right_to_left_sets_the_direction():
    assert '<html lang="ar" dir="rtl">' in page(replace(SAMPLE, language="ar"))


# --- PDF ---------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_and_promises_to_be_accessible():
    made = pdf(SAMPLE)

    assert b"/MarkInfo" in made
    assert b"pdfuaid" in made
    assert b"2016-02-12" in made


def test_letters_that_no_font_has_give_up_the_promise_and_not_the_document():
    assert pdf(with_text("\U0001f6a2 \U00013000")).startswith(b"%PDF")


def test_pages_are_counted():
    wide = Section("More", (PageBreak(), Table("t", ("a",), tuple((str(n),) for n in range(200)))))

    assert pages(pdf(replace(SAMPLE, sections=(wide,)))) > 5


def test_a_logo_stands_in_all_three():
    data = charts.on_sheet(CHARTS[0], dpi=30).png()
    document = replace(SAMPLE, logo=Picture(data, "The crest"))

    assert "The crest" in part(docx(document), "word/document.xml").decode()
    assert 'alt="The crest"' in page(document)
    assert len(pdf(document)) > len(pdf(SAMPLE))


def test_a_chart_that_stands_twice_has_ids_of_its_own_each_time():
    twice = replace(SAMPLE, sections=(Section("Twice", (CHARTS[0], CHARTS[0])),))

    ids = [attributes["id"] for _, attributes in read_html(page(twice)).tags if "id" in attributes]

    assert len(ids) == len(set(ids))


def test_long_keys_that_begin_alike_are_different_bookmarks():
    one, other = (
        "a-long-name-of-a-section-about-training",
        "a-long-name-of-a-section-about-training-2",
    )

    assert bookmark_name(one) != bookmark_name(other)
    assert len(bookmark_name(other)) <= 40


def test_a_row_to_be_filled_in_has_no_empty_heading():
    form = Section("Form", (Table("Plan", ("Step", "By"), (("", ""), ("Read", "May"))),))

    text = fragment(replace(SAMPLE, sections=(form,)))

    assert '<th scope="row" class="left">Read</th>' in text
    assert not re.search(r'<th scope="row"[^>]*>\s*(<br>)?</th>', text)
