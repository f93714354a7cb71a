"""Two versions compared: every difference is marked, and both versions can be had back from it."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hrplan.documents.comparing import compared
from hrplan.documents.marks import (
    STRETCH,
    accepted,
    bare,
    html_marked,
    marked,
    numbers_changed,
    rejected,
)
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
    leaves,
    plain,
)
from hrplan.documents.to_docx import docx
from hrplan.documents.to_html import fragment
from tests.documents.sample import CHARTS, GAPS, SAMPLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = st.sampled_from(
    ["", "One.", "The plan costs 1,200 dollars.", "The plan costs 1,350 dollars.", "Two & <three>",
     "Officers of the port learn more.", "Officers of the airport learn more.", "a\nb"]
)  # fmt: skip
RICH = WORDS | st.lists(st.builds(Text, WORDS, st.booleans()), max_size=3).map(tuple)
ROWS = st.lists(st.tuples(st.sampled_from("ABCD"), WORDS), max_size=4).map(tuple)
LEAVES = st.one_of(
    st.builds(Paragraph, RICH),
    st.builds(Bullets, st.lists(RICH, max_size=3).map(tuple)),
    st.builds(Callout, st.just("note"), RICH, WORDS),
    st.builds(lambda rows: Table("Costs", ("Item", "Cash"), rows, key="costs"), ROWS),
    st.builds(lambda n: KeyFigures((KeyFigure(str(n), "people"),)), st.integers(0, 2)),
    st.builds(Reference, st.just("1"), WORDS),
)
SECTIONS = st.builds(
    Section,
    st.sampled_from(["Needs", "Money", "Calendar"]),
    st.lists(LEAVES, max_size=4).map(tuple),
)


def document(*blocks: Block, title: str = "Needs") -> Document:
    return replace(SAMPLE, sections=(Section(title, blocks),))


DOCUMENTS = st.lists(SECTIONS, max_size=3).map(lambda found: replace(SAMPLE, sections=tuple(found)))


def read(document: Document, of=str) -> list[str]:
    """What a reader finds, title by title and block by block; `of` reads a marked text."""
    return [words for words in map(of, _texts(document.sections)) if words.strip()]


def _texts(blocks):
    for block in blocks:
        if isinstance(block, Section):
            yield block.title
            yield from _texts(block.blocks)
        elif isinstance(block, Table):
            yield block.caption
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, KeyFigures):
            yield from (one.number for one in block.items)
        elif isinstance(block, Bullets):
            yield from map(plain, block.items)
        elif isinstance(block, Callout):
            yield block.title
            yield plain(block.text)
        elif not isinstance(block, Chart):
            yield plain(block.text)


@given(old=WORDS, new=WORDS)
def test_a_marked_text_holds_both_wordings(old, new):
    assert (rejected(marked(old, new)), accepted(marked(old, new))) == (old, new)


@given(old=DOCUMENTS, new=DOCUMENTS)
def test_the_new_version_is_had_by_accepting_and_no_word_of_the_old_is_lost(old, new):
    found = compared(old, new)

    assert read(found.document, accepted) == read(new)
    assert sorted(" ".join(read(found.document, rejected)).split()) == sorted(
        " ".join(read(old)).split()
    )
    unmarked = all(words == bare(words) for words in read(found.document) if bare(words).strip())
    assert (found.changes == ()) == unmarked


@given(same=DOCUMENTS)
def test_a_version_compared_with_itself_has_no_change(same):
    found = compared(same, same)

    assert (found.document, found.changes, found.numbers) == (same, (), ())


def test_every_kind_of_block_compared_with_itself_stays_as_it_is():
    assert compared(SAMPLE, SAMPLE).document == SAMPLE


def test_numbers_that_changed_are_told_with_what_they_count():
    def told(travel: str, whole: str, people: str) -> Document:
        table = Table("Costs", ("Item", "2016"), (("Travel", travel), ("Rooms", "80")))
        tiles = KeyFigures((KeyFigure(people, "people"),))
        return document(table, Paragraph(f"In all {whole} dollars."), tiles)

    old, new = told("1,200", "1,280", "12"), told("1,350", "1,430", "14")

    numbers = [(one.label, one.old, one.new) for one in compared(old, new).numbers]

    assert numbers == [
        ("Costs, Travel, 2016", "1,200", "1,350"),
        ("In all 1,430 dollars.", "1,280", "1,430"),
        ("people", "12", "14"),
    ]


def test_values_of_a_figure_that_changed_are_told():
    bars = CHARTS[0]
    wider = replace(bars, values=(14.0, None))

    found = compared(document(bars), document(wider))

    assert [(one.what, one.words) for one in found.changes] == [("BarChart", bars.caption)]
    assert [(one.old, one.new) for one in found.numbers] == [("12", "14")]


def test_a_passage_that_moved_is_told_once_and_from_where():
    moved = Paragraph("The station at the northern border is covered at all times.")
    old = replace(SAMPLE, sections=(Section("Needs", (moved,)), Section("Money", ())))
    new = replace(SAMPLE, sections=(Section("Needs", ()), Section("Money", (moved,))))

    (change,) = compared(old, new).changes

    assert (change.kind, change.was_in, change.section) == ("moved", "Needs", "Money")


def test_a_table_whose_rows_came_and_went_keeps_its_heads_and_shades():
    longer = replace(
        GAPS,
        rows=(GAPS.rows[0], ("Auditor", "2.0", "1"), *GAPS.rows[1:]),
        shading=(GAPS.shading[0], ("", "gap-1", ""), *GAPS.shading[1:]),
    )

    (there,) = leaves(compared(document(GAPS), document(longer)).document.sections)
    (back,) = leaves(compared(document(longer), document(GAPS)).document.sections)

    assert [[accepted(cell) for cell in row] for row in there.rows] == [*map(list, longer.rows)]
    assert (there.shading, there.subheads, there.total) == (longer.shading, (0,), True)
    assert [[rejected(cell) for cell in row] for row in back.rows] == [*map(list, longer.rows)]
    assert (back.shading[2], back.subheads, back.total) == (GAPS.shading[1], (0,), True)


def test_marks_that_somebody_wrote_are_no_changes():
    sly = document(Paragraph("kept \ue002not removed\ue003"))

    found = compared(sly, sly)

    assert found.changes == ()
    assert not STRETCH.search(" ".join(read(found.document)))


OLD = document(
    Paragraph((Text("The plan "), Text("costs 1,200", bold=True), Text(" dollars."))),
    Paragraph("Old words that are gone for good."),
    Table("Costs", ("Item", "Cash"), (("Travel", "1,200"), ("Rooms", "80"), ("Meals", "5"))),
    Bullets(("First thing", "Second thing"), ordered=True),
)
NEW = document(
    Paragraph((Text("The plan "), Text("costs 1,350", bold=True), Text(" dollars."))),
    Table("Costs", ("Item", "Cash"), (("Travel", "1,350"), ("Meals", "5"), ("Fees", "70"))),
    Bullets(("First thing", "Second <thing> & more"), ordered=True),
    Callout("decision", "Approve the wider plan.", "To decide"),
)


def test_a_page_shows_what_came_and_what_went_and_marks_stay_out_of_tags():
    html = html_marked(fragment(compared(OLD, NEW).document))

    assert "<strong>costs </strong><del>1,200</del><strong><ins>1,350</ins></strong>" in html
    assert "<del>Old words that are gone for good.</del>" in html
    assert "<ins>&lt;</ins>" in html or "&lt;thing&gt; &amp; more</ins>" in html
    assert not STRETCH.search(html)
    assert not re.search(r"<[^>]*<(ins|del)>", html)


def word_body(package: bytes):
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def lines(root, dropped: str) -> list[str]:
    """The words of each paragraph with one kind of change undone, rows and paragraphs too."""
    found = []
    for one in root.iter(f"{W}p"):
        row = next(one.iterancestors(f"{W}tr"), None)
        gone = row is not None and row.find(f"{W}trPr/{W}{dropped}") is not None
        if gone or one.find(f"{W}pPr/{W}rPr/{W}{dropped}") is not None:
            continue
        words = [
            t.text or ""
            for t in one.iter(f"{W}t", f"{W}delText")
            if next(t.iterancestors(f"{W}{dropped}"), None) is None
        ]
        found.append("".join(words))
    return [line for line in found if line]


@pytest.mark.whole
def test_accepting_all_changes_of_the_word_file_gives_the_new_one_and_refusing_the_old():
    tracked = word_body(docx(compared(OLD, NEW).document, author="Version 1 to 2"))
    old, new = (word_body(docx(one)) for one in (OLD, NEW))

    assert lines(tracked, "del") == lines(new, "none")
    rejected_lines = lines(tracked, "ins")
    assert sorted(rejected_lines) == sorted(lines(old, "none"))
    changes = tracked.findall(f".//{W}ins") + tracked.findall(f".//{W}del")
    numbers = [one.get(f"{W}id") for one in changes]
    assert len(set(numbers)) == len(numbers) > 8
    assert {one.get(f"{W}author") for one in changes} == {"Version 1 to 2"}
    assert {one.get(f"{W}date") for one in changes} == {"2016-02-12T00:00:00Z"}
    assert all(t.tag != f"{W}t" for one in tracked.iter(f"{W}del") for t in one.iter(f"{W}t"))


@pytest.mark.whole
def test_without_an_author_marks_are_text_like_any_other():
    root = word_body(docx(compared(OLD, NEW).document))

    assert root.findall(f".//{W}ins") == []


@pytest.mark.whole
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_tracked_changes(tmp_path):
    path = tmp_path / "compared.docx"
    path.write_bytes(docx(compared(OLD, NEW).document, author="Version 1 to 2"))
    home = f"-env:UserInstallation=file://{tmp_path}/home"

    command = ["soffice", home, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)

    found = (tmp_path / "compared.fodt").read_text()
    assert found.count("<text:changed-region") > 8
    assert {"<text:insertion>", "<text:deletion>"} <= set(
        re.findall("<text:(?:ins|del)[a-z]*>", found)
    )
    assert "Old words that are gone for good." in found


def test_the_day_of_a_comparison_is_that_of_the_new_version():
    assert compared(OLD, replace(NEW, as_of=date(2017, 1, 1))).document.as_of == date(2017, 1, 1)


def test_a_number_in_a_long_text_is_told_with_the_words_around_it():
    head = "Many words stand here first, as they do. " * 3
    tail = "And many words stand after it too, as far as here."
    before, after = (f"{head}It costs {n} in all. {tail}" for n in ("1,200", "1,350"))

    ((_before, _after, around),) = numbers_changed(before, after)

    words = (
        "stand here first, as they do. It costs 1,350 in all. And many words stand after it too,"
    )
    assert around == f"… {words} …"


def test_of_a_table_only_the_cells_that_differ_are_told():
    heads, rooms = ("Item", "Who", "Cash"), ("Rooms", "HR", "8")
    old, new = (
        document(Table("Costs", heads, (("Travel", "HR", cash), rooms)))
        for cash in ("1,200", "1,350")
    )

    (change,) = compared(old, new).changes

    assert rejected(change.words) == "Costs: Travel – 1,200"
