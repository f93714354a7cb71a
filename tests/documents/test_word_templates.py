"""A document in an administration's own Word template: its look around our words, and whole."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document as read_docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, RGBColor
from lxml import etree

from hrplan.documents.nodes import Paragraph, Section
from hrplan.documents.outline import laid_out
from hrplan.documents.to_docx import docx
from hrplan.documents.word_package import Unfit
from hrplan.documents.word_styles import W
from hrplan.documents.word_template import findings
from hrplan.documents.word_xml import bookmark_name
from hrplan.documents.words import ENGLISH
from tests.documents.make_templates import (
    MINISTRY,
    as_kind,
    changed,
    field,
    letterhead,
    with_relation,
)
from tests.documents.sample import CHARTS, SAMPLE, texts

pytestmark = pytest.mark.whole

WIDTH = 8220  # [twip] 14.5 cm between the margins of the letterhead
TOLD = "Invented demonstration data · Edition for the ministry"
MARK = "hrplan sha256 " + "ab" * 32
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice or pdftotext is not installed",
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return docx(SAMPLE, ENGLISH, MARK, template=letterhead())


def roots(package):
    """Every part of the package that is XML, parsed."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def shown(root):
    return ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]


def test_every_text_of_the_tree_stands_in_it(made):
    words = re.sub(r"\s+", "", "".join(shown(roots(made)["word/document.xml"])))
    footers = "".join(text for name, root in roots(made).items() if "footer" in name
                      for text in shown(root))  # fmt: skip

    lost = [text for text in texts(SAMPLE) if re.sub(r"\s+", "", text) not in words + footers]

    assert lost == []
    assert "Type your letter here." not in words


def test_header_and_footer_are_the_templates_and_filled_though_runs_split_the_names(made):
    found = {name: shown(root) for name, root in roots(made).items() if "er1" in name}

    assert found["word/header1.xml"] == ["", MINISTRY, f"{SAMPLE.title}, version 0.3"]
    line, more = found["word/footer1.xml"]
    assert line == f"{SAMPLE.administration}, 12 February 2016, {'ab' * 32}, {{titel}} "
    assert more == TOLD


def test_pages_have_the_templates_size_and_margins_and_nothing_is_wider(made):
    body = roots(made)["word/document.xml"]
    sizes = [(one.get(f"{W}w"), one.get(f"{W}h")) for one in body.iter(f"{W}pgSz")]
    left = {one.get(f"{W}left") for one in body.iter(f"{W}pgMar")}
    tables = [int(one.get(f"{W}w")) for one in body.iter(f"{W}tblW")]
    pictures = [int(one.get("cx")) / 635 for one in body.iter("{*}extent")]

    assert set(sizes) == {("11906", "16838"), ("16838", "11906")}
    assert left == {"2268"}
    assert max(tables) <= WIDTH + 5
    assert max(pictures) <= 16838 - 2268 - 1417 + 1
    assert pictures[0] <= WIDTH + 1


def test_its_own_styles_stand_and_those_it_lacks_are_ours(made):
    styles = read_docx(BytesIO(made)).styles

    assert styles["Normal"].font.name == "Arial"
    assert str(styles["Heading 1"].font.color.rgb) == "7A1F2B"
    assert styles["Callout Decision"].element.get(qn("w:styleId")) == "CalloutDecision"
    used = {one.get(f"{W}val") for root in roots(made).values()
            for one in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}  # fmt: skip
    assert used <= {one.style_id for one in styles}


def test_a_caption_stays_with_its_table_whatever_the_template_says(made):
    styles = read_docx(BytesIO(made)).styles

    assert styles["Caption"].paragraph_format.keep_with_next
    assert styles["Heading 2"].paragraph_format.keep_with_next
    assert styles["Figure Caption"].paragraph_format.keep_with_next is False


def test_what_is_ours_takes_the_colour_of_its_headings_where_that_can_be_read():
    def colour(data):
        return str(
            read_docx(BytesIO(docx(SAMPLE, template=data))).styles["Key Number"].font.color.rgb
        )

    def pale(word):
        word.styles["Heading 1"].font.color.rgb = RGBColor(0xFF, 0xE0, 0x80)

    assert colour(letterhead()) == "7A1F2B"
    assert colour(letterhead(pale)) == "1F3A5F"


def test_numbers_and_references_hold_as_in_our_own_look(made):
    parts = roots(made)
    body, numbering = parts["word/document.xml"], parts["word/numbering.xml"]
    codes = [one.text.strip() for one in body.iter(f"{W}instrText")]

    assert codes[0].startswith("TOC ")
    assert codes.count("SEQ Figure \\* ARABIC") == len(CHARTS)
    assert codes[1:7] == [
        f"PAGEREF {bookmark_name(one.anchor)} \\h" for one in laid_out(SAMPLE, ENGLISH).headings
    ]
    lists = {one.get(f"{W}numId") for one in numbering.iter(f"{W}num")}
    asked = {one.get(f"{W}val") for root in parts.values() for one in root.iter(f"{W}numId")}
    assert asked - {"0"} <= lists
    told = [one.get("descr") for one in body.iter("{*}docPr")]
    assert len(told) == len(CHARTS) + 1
    assert all(told)


def test_the_language_is_that_of_the_document():
    made = docx(replace(SAMPLE, language="fr"), template=letterhead())
    styles = roots(made)["word/styles.xml"]

    assert [one.get(f"{W}val") for one in styles.iter(f"{W}lang")] == ["fr"]


def test_every_relation_leads_to_a_part_and_every_reference_to_a_relation(made):
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = set(archive.namelist())
    parts = roots(made)

    for name, root in parts.items():
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.partition("_rels/")
        owner = parts.get(folder + file.removesuffix(".rels"))
        keys = set()
        for one in root:
            keys.add(one.get("Id"))
            assert one.get("TargetMode") != "External"
            assert one.get("Target").lstrip("/") in names or folder + one.get("Target") in names
        if owner is not None:
            used = {value for node in owner.iter() for key, value in node.items()
                    if "officeDocument/2006/relationships}" in key}  # fmt: skip
            assert used <= keys


def test_marks_and_pictures_have_numbers_of_their_own(made):
    body = roots(made)["word/document.xml"]

    marks = [one.get(f"{W}id") for one in body.iter(f"{W}bookmarkStart")]
    pictures = [one.get("id") for one in body.iter("{*}docPr")]

    assert len(marks) == len(set(marks))
    assert len(pictures) == len(set(pictures))


def test_the_same_document_in_the_same_template_is_the_same_to_the_byte(made):
    assert docx(SAMPLE, ENGLISH, MARK, template=letterhead()) == made


def test_nothing_of_who_made_the_template_stays(made):
    parts = roots(made)

    properties = read_docx(BytesIO(made)).core_properties
    assert (properties.title, properties.author) == (SAMPLE.title, SAMPLE.administration)
    assert "docProps/app.xml" not in parts
    assert "docProps/custom.xml" not in parts


def test_a_style_called_otherwise_inside_is_found_by_its_name():
    """Word in other languages keeps the English name and makes an id of the translated one."""

    def german(word):
        style = word.styles["Heading 1"].element
        style.set(qn("w:styleId"), "berschrift1")
        own = word.styles.add_style("Mine", 1).element
        own.set(qn("w:styleId"), "Heading1")

    styles = read_docx(BytesIO(docx(SAMPLE, template=letterhead(german)))).styles

    assert styles["Heading 1"].style_id == "Heading1"
    assert styles["Mine"].style_id == "Heading12"


def test_a_template_without_any_style_or_list_is_filled_from_ours():
    def bare(word):
        sheet = word.styles.element
        for style in sheet.findall(qn("w:style")):
            sheet.remove(style)
        for key in [k for k, r in word.part.rels.items() if r.reltype.endswith("/numbering")]:
            del word.part.rels[key]

    template = letterhead(bare)

    assert len(findings(template).missing) > 50
    assert read_docx(BytesIO(docx(SAMPLE, template=template))).styles["Heading 1"]


def test_what_it_lacks_is_told_by_name_and_what_is_unknown_with_the_nearest():
    found = findings(letterhead())

    assert {"Callout Decision", "House Table", "toc 1"} <= set(found.missing)
    assert "heading 1" not in found.missing
    assert found.filled == ("title", "version", "administration", "as_of", "digest")
    assert found.unknown == (("titel", "title"),)
    assert (found.has_own_cover, found.has_page_numbers) == (False, True)


def covered(word):
    """A cover of its own before a page break, with what no document of ours shall take over."""
    first = word.paragraphs[0]
    first.text = "By order of the minister: {title}"
    start = OxmlElement("w:bookmarkStart")
    start.set(qn("w:id"), "1")
    start.set(qn("w:name"), "theirs")
    first._p.append(start)
    word.add_page_break()
    word.add_paragraph("Sample text {subtitle}")


def test_a_first_page_with_placeholders_is_the_cover_and_the_rest_is_left_out():
    template = letterhead(covered)

    words = shown(roots(docx(SAMPLE, template=template))["word/document.xml"])

    assert findings(template).has_own_cover
    assert words[0] == f"By order of the minister: {SAMPLE.title}"
    assert [SAMPLE.edition, SAMPLE.notice] == words[2:4]
    assert not [text for text in words if "Sample text" in text]
    assert "theirs" not in str(words)


def test_a_wide_section_of_the_template_is_used_with_its_own_header():
    def wide(word):
        section = word.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "On its side"

    made = roots(docx(SAMPLE, template=letterhead(wide)))
    sections = list(made["word/document.xml"].iter(f"{W}sectPr"))
    heads = [one.find(f"{W}headerReference").values()[-1] for one in sections]
    landscape = [one.find(f"{W}pgSz").get(f"{W}orient") == "landscape" for one in sections]

    assert landscape == [False, False, False, True, False]
    assert heads[3] != heads[2]
    assert heads[4] == heads[2]


def test_a_remark_or_change_in_the_header_does_not_come_along():
    def marked(word):
        paragraph = word.sections[0].header.paragraphs[1]._p
        gone = OxmlElement("w:del")
        gone.append(OxmlElement("w:r"))
        come = OxmlElement("w:ins")
        come.append(paragraph.r_lst[0])
        paragraph.extend([gone, come])

    header = roots(docx(SAMPLE, template=letterhead(marked)))["word/header1.xml"]

    assert not list(header.iter(f"{W}del", f"{W}ins"))
    assert MINISTRY in shown(header)


def test_a_footer_is_made_where_data_are_invented_and_there_is_none():
    def footless(word):
        word.sections[0].footer.is_linked_to_previous = True

    made = roots(docx(SAMPLE, template=letterhead(footless)))
    feet = [shown(root) for name, root in made.items() if re.match(r"word/footer\d", name)]

    assert feet == [[TOLD]]


def laid(section, *, across=False):
    """A section with a footer of its own."""
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0].text = "On its side" if across else "Upright"


def feet_of(made):
    """The footers of each section of a file, by their kinds."""
    parts = roots(made)
    targets = {one.get("Id"): one.get("Target") for one in parts["word/_rels/document.xml.rels"]}
    return [
        {
            one.get(f"{W}type"): shown(parts[f"word/{targets[one.get(qn('r:id'))]}"])
            for one in section.findall(f"{W}footerReference")
        }
        for section in parts["word/document.xml"].iter(f"{W}sectPr")
    ]


def test_invented_data_and_the_edition_are_told_in_the_footer_of_every_section():
    def parted(word):
        laid(word.add_section(WD_SECTION.NEW_PAGE))
        laid(word.add_section(WD_SECTION.NEW_PAGE), across=True)

    feet = feet_of(docx(SAMPLE, template=letterhead(parted)))

    assert [one["default"][-1] for one in feet] == [TOLD] * len(feet)
    assert {one["default"][0] for one in feet[1:]} == {"Upright", "On its side"}
    assert not [lines for one in feet for lines in one.values() if lines.count(TOLD) > 1]


def test_a_footer_of_the_first_page_alone_tells_them_too():
    def titled(word):
        word.sections[0].different_first_page_header_footer = True
        word.sections[0].first_page_footer.paragraphs[0].text = "The first page"

    feet = feet_of(docx(SAMPLE, template=letterhead(titled)))

    assert feet[0]["first"] == ["The first page", TOLD]


def test_a_footer_under_two_headers_says_what_either_of_them_lacks():
    def parted(word):
        word.sections[0].header.paragraphs[1].text = "{notice}"
        section = word.add_section(WD_SECTION.NEW_PAGE)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "On its side"

    feet = feet_of(docx(SAMPLE, template=letterhead(parted)))

    assert feet[0]["default"][-2:] == TOLD.split(" · ")[::-1]


def test_a_cover_of_theirs_tells_the_edition_and_that_data_are_invented():
    def told(change):
        words = shown(roots(docx(SAMPLE, template=letterhead(change)))["word/document.xml"])
        return [words.count(one) for one in (SAMPLE.edition, SAMPLE.notice)]

    def asked(word):
        covered(word)
        word.paragraphs[0].insert_paragraph_before("{edition}")

    assert told(covered) == told(asked) == [1, 1]


def test_a_template_of_word_itself_is_taken_as_well():
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"

    assert read_docx(BytesIO(docx(SAMPLE, template=as_kind(letterhead(), kind)))).paragraphs


@pytest.mark.parametrize(
    ("template", "key"),
    [
        (with_relation(letterhead(), "attachedTemplate", "file:///C:/secret.dotm"), "external"),
        (with_relation(letterhead(), "image", "https://elsewhere.example/a.png"), "external"),
        (with_relation(letterhead(), "hyperlink", "file://server/share"), "external"),
        (letterhead(lambda word: field(word.paragraphs[0], 'DDEAUTO c "x"')), "live_field"),
        (letterhead(lambda word: field(word.paragraphs[0], "INCLUDEPICTURE http://x")),
         "live_field"),
        (letterhead(lambda word: setattr(word.sections[0], "left_margin", Cm(15))), "pages"),
        (changed(letterhead(), "word/document.xml",
                 lambda old: old.replace(b'w:w="11906"', b'w:w="wide"')), "pages"),
        (changed(letterhead(), "word/document.xml", lambda old: old[:900]), "no_document"),
        (changed(letterhead(), "word/styles.xml", lambda old: b"<x/>"), "no_document"),
        (changed(letterhead(), "word/header1.xml", lambda old: b"<x/>"), "no_document"),
    ],
    ids=["template", "picture", "share", "dde", "fetched", "narrow", "size", "cut", "styles",
         "header"],
)  # fmt: skip
def test_what_is_no_template_is_refused_by_its_reason(template, key):
    with pytest.raises(Unfit) as refusal:
        docx(SAMPLE, template=template)

    assert refusal.value.key == key


def converted(data, folder, kind="pdf"):
    path = folder / "made.docx"
    path.write_bytes(data)
    home = f"-env:UserInstallation=file://{folder}/home"
    command = [shutil.which("soffice"), home, "--headless", "--convert-to", kind]
    subprocess.run(
        [*command, "--outdir", str(folder), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return folder / f"made.{kind}"


def pages_of(path):
    command = [shutil.which("pdftotext"), "-layout", "-enc", "UTF-8", str(path), "-"]
    text = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    return text.removesuffix("\f").split("\f")


@needs_office
def test_another_office_shows_the_letterhead_on_every_page_and_the_chapters_where_told(tmp_path):
    text = tuple(Paragraph(f"{n}. A sentence of a dozen words or so for it.") for n in range(60))
    sections = (
        Section("One", text),
        Section("Two", (*text, CHARTS[0]), landscape=True),
        Section("Three", text),
    )
    document = replace(SAMPLE, sections=sections)

    pages = pages_of(converted(docx(document, template=letterhead()), tmp_path))

    assert len(pages) > 6
    assert all(MINISTRY in page and "Invented demonstration data" in page for page in pages)
    told = dict(re.findall(r"^\s*\d\s+(\w+)\.{3,}\s*(\d+)$", pages[2], re.MULTILINE))
    stands = {
        title: str(number)
        for title in ("One", "Two", "Three")
        for number, page in enumerate(pages[3:], 4)
        if re.search(rf"^\s*\d\s+{title}$", page, re.MULTILINE)
    }
    assert told == stands


@needs_office
def test_another_office_reads_every_text(made, tmp_path):
    shown = re.sub(r"\s+", "", "".join(pages_of(converted(made, tmp_path))))

    assert [text for text in texts(SAMPLE) if re.sub(r"\s+", "", text) not in shown] == []


def test_a_file_of_ours_serves_as_a_template_and_its_pictures_give_way():
    one, other = (
        replace(SAMPLE, sections=(Section("Drawings", (chart,)),)) for chart in CHARTS[:2]
    )

    earlier, made = docx(other), docx(one, template=docx(other))

    assert pictures(made) == pictures(docx(one)) != pictures(earlier)


def pictures(package: bytes) -> set[bytes]:
    """The pictures in the text, whole."""
    word = read_docx(BytesIO(package))
    ids = word.element.body.xpath(".//a:blip/@r:embed")
    return {word.part.related_parts[one].blob for one in ids}
