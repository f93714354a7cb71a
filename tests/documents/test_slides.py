"""Slides: large letters, words for every picture, whole texts in the notes, the same bytes."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest

from hrplan.documents.nodes import Bullets, KeyFigure, KeyFigures, Paragraph, Table, Text
from hrplan.documents.slides import Deck, Slide, part_text
from hrplan.documents.to_pptx import pptx
from hrplan.documents.words import ENGLISH
from tests.documents.sample import CHARTS

python_pptx = pytest.importorskip("pptx")

pytestmark = pytest.mark.whole

LONG = "The ministry is asked to approve what follows. " * 40
ROWS = tuple((f"Row {n}", LONG, str(n)) for n in range(9))
STRANGE = ("a\x00b", "<&>", "lone \ud800", "مرحبا", "税関", "one\r\ntwo", "")


def deck(*slides: Slide, **fields) -> Deck:
    given = {"title": "HR Strategy", "subtitle": "2016 – 2019", "administration": "Customs",
             "version": "3", "as_of": date(2016, 2, 12), "lines": ("Version 3",)}  # fmt: skip
    return Deck(**{**given, "slides": slides, **fields})


FULL = deck(
    Slide(
        "Figures", (KeyFigures((KeyFigure("28 %", "gap", "of all"),)), Paragraph(LONG)), "From 1"
    ),
    *(Slide(chart.caption, (chart,), "A picture") for chart in CHARTS),
    Slide("Table", (Table("Caption", ("Name", "Text", "No."), ROWS),)),
    Slide("List", (Bullets(((Text("One: ", bold=True), Text(LONG)), "two")),)),
    notice="Invented",
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return pptx(FULL, mark="hrplan sha256 abc")


@pytest.fixture(scope="module")
def slides(made: bytes) -> list:
    return list(python_pptx.Presentation(BytesIO(made)).slides)


def runs(slide):
    for shape in slide.shapes:
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
        for frame in frames:
            for paragraph in frame.paragraphs:
                yield from paragraph.runs


def test_cells_are_told_with_the_colon_of_the_language():
    table = Table("Caption", ("Name", "No."), (("Row 1", "3"), ("Row 2", "")))

    assert part_text(table, replace(ENGLISH, colon=" : ")) == "Name : Row 1; No. : 3\nName : Row 2"


def test_the_same_deck_gives_the_same_bytes(made):
    assert pptx(FULL, mark="hrplan sha256 abc") == made


def test_the_file_carries_its_mark_and_the_day_of_the_data(made):
    core = python_pptx.Presentation(BytesIO(made)).core_properties

    assert core.keywords == "hrplan sha256 abc"
    assert core.created.date() == core.modified.date() == date(2016, 2, 12)


def test_slides_are_sixteen_to_nine_and_each_has_a_title_that_is_read_first(made, slides):
    whole = python_pptx.Presentation(BytesIO(made))

    assert round(whole.slide_width / whole.slide_height, 2) == 1.78
    assert len(slides) == 1 + len(FULL.slides)
    for slide in slides:
        assert slide.shapes[0] == slide.shapes.title
        assert slide.shapes.title.text_frame.text


def test_no_letter_is_smaller_than_eighteen_points(slides):
    sizes = {run.font.size.pt for slide in slides for run in runs(slide)}

    assert min(sizes) >= 18


def test_every_picture_and_table_has_words_for_it(slides):
    shown = [
        shape for slide in slides for shape in slide.shapes
        if shape.has_table or shape.shape_type == python_pptx.enum.shapes.MSO_SHAPE_TYPE.PICTURE
    ]  # fmt: skip

    assert len(shown) == len(CHARTS) + 1
    assert all(shape._element.xpath(".//p:cNvPr")[0].get("descr") for shape in shown)


def test_nothing_reaches_beyond_the_slide(made, slides):
    whole = python_pptx.Presentation(BytesIO(made))
    for slide in slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= whole.slide_width
            assert shape.top + shape.height <= whole.slide_height


def test_what_is_cut_on_a_slide_stands_whole_in_its_notes(slides):
    listed = slides[-1]
    shown = "".join(run.text for run in runs(listed))

    assert "…" in shown
    assert " ".join(LONG.split()) in " ".join(listed.notes_slide.notes_text_frame.text.split())


def test_the_notice_stands_on_every_slide_with_its_number(slides):
    for number, slide in enumerate(slides, 1):
        words = " ".join(run.text for run in runs(slide))
        assert f"Invented · {number} / {len(slides)}" in words


@pytest.mark.parametrize("text", STRANGE)
def test_any_text_makes_a_file_that_can_be_opened(text):
    parts = (
        Paragraph(text), Bullets((text,)), KeyFigures((KeyFigure(text, text, text),)),
        Table(text, (text,), ((text,),)),
    )  # fmt: skip
    strange = deck(*(Slide(text, (part,), text) for part in parts), title=text, notice=text)

    opened = python_pptx.Presentation(BytesIO(pptx(strange)))

    assert len(opened.slides) == 5


def test_a_language_written_from_the_right_is_set_so():
    opened = python_pptx.Presentation(BytesIO(pptx(deck(language="ar"))))

    title = opened.slides[0].shapes.title.text_frame.paragraphs[0]
    assert title._p.pPr.get("rtl") == "1"
