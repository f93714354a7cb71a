"""No page of a PDF begins or ends with a piece of something that belongs together."""

import shutil
import subprocess
from dataclasses import replace

import pytest

from hrplan.documents.nodes import Bullets, KeyFigure, KeyFigures, Paragraph, Section, Table
from hrplan.documents.to_pdf import pdf
from tests.documents.sample import SAMPLE

pytestmark = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed"
)
LINES = range(32, 40)  # lines of text before what is tested, so that it meets the foot of the page


def sheets(*blocks):
    bare = replace(SAMPLE, sections=(Section("A", blocks),), cover=None, control=(), notice="")
    command = [shutil.which("pdftotext"), "-enc", "UTF-8", "-layout", "-", "-"]
    made = subprocess.run(command, input=pdf(bare), capture_output=True, check=True)
    return made.stdout.decode().split("\f")


def together(pages, *words):
    """Whether all the words stand on one page."""
    return any(all(word in page for word in words) for page in pages)


def lines(count):
    return tuple(Paragraph(f"line {n}") for n in range(count))


def table(rows, **more):
    cells = tuple((f"row {n} of it", str(n)) for n in range(rows))
    return Table("The table", ("What", "n"), cells, align=("left", "right"), **more)


@pytest.mark.parametrize("rows", range(47, 53))
def test_a_total_never_stands_without_the_rows_above_it(rows):
    long = table(rows)
    whole = replace(long, rows=(*long.rows, ("The total", "9")), total=True)

    assert together(sheets(whole), f"row {rows - 1} of it", f"row {rows - 2} of it", "The total")


@pytest.mark.parametrize("count", LINES)
def test_a_long_table_begins_with_two_rows_at_least(count):
    found = sheets(*lines(count), table(40))

    assert together(found, "The table", "row 0 of it", "row 1 of it")


@pytest.mark.parametrize("at", range(43, 50))
def test_a_row_that_heads_others_never_ends_a_page(at):
    long = table(60)
    headed = (*long.rows[:at], ("Heads the rest", ""), *long.rows[at:])

    found = sheets(replace(long, rows=headed, subheads=(at,)))

    assert together(found, "Heads the rest", f"row {at} of it", f"row {at + 1} of it")


@pytest.mark.parametrize("count", LINES)
def test_a_short_table_keeps_its_note_and_the_words_that_introduce_it(count):
    found = sheets(*lines(count), Paragraph("It begins:"), table(5, note="So it was counted."))

    assert together(found, "It begins:", "row 0 of it", "row 4 of it", "So it was counted.")


@pytest.mark.parametrize("count", LINES)
def test_key_figures_stand_on_one_page(count):
    tiles = KeyFigures((KeyFigure("17", "people", "all of them counted"),))

    assert together(sheets(*lines(count), tiles), "17", "people", "all of them counted")


@pytest.mark.parametrize("count", LINES)
def test_a_label_stays_with_its_short_list_and_the_list_is_not_split(count):
    found = sheets(*lines(count), Paragraph("Causes"), Bullets(("the first", "the last")))

    assert together(found, "Causes", "the first", "the last")
