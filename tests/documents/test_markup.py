"""The markup of passages: what is bold, a list, a figure; and that nothing else can come of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.documents.markup import blocks, names
from hrplan.documents.nodes import Bullets, Paragraph, Text, plain
from hrplan.documents.to_html import passage

FIGURES = {"strength": "1,200", "gap_index": "27 %", "odd": "*<b>*{strength}"}


def read(text: str):
    return blocks(text, FIGURES.get)


def test_a_plain_passage_reads_as_it_did_before_there_was_a_markup():
    text = "We looked\ntwice (5 * 3), costs* and a_b.\n\n  Then -  we wrote: {see annex}.\n\n\n"

    assert read(text) == (
        Paragraph("We looked twice (5 * 3), costs* and a_b."),
        Paragraph("Then - we wrote: {see annex}."),
    )


def test_stars_make_bold_italic_or_both_and_a_lone_star_is_a_star():
    (found,) = read("**Bold**, *leaning* and ***both***; 2 * 3, a*b*c and **open")

    assert found.text == (
        Text("Bold", bold=True),
        Text(", "),
        Text("leaning", italic=True),
        Text(" and "),
        Text("both", bold=True, italic=True),
        Text("; 2 * 3, a*b*c and **open"),
    )


def test_lines_with_a_dash_or_a_number_are_items_of_one_list():
    found = read(
        "We ask for:\n- one thing\n  told at length\n- **another**\n\n1. first\n\n2. second"
    )

    assert found == (
        Paragraph("We ask for:"),
        Bullets(("one thing told at length", (Text("another", bold=True),))),
        Bullets(("first", "second"), ordered=True),
    )


def test_a_number_that_a_line_happens_to_begin_with_makes_no_list():
    assert read("It is to be done by\n12. May at the latest") == (
        Paragraph("It is to be done by 12. May at the latest"),
    )


def test_a_figure_stands_for_its_name_however_it_is_spelt_and_is_no_markup_itself():
    text = "**{strength}** people, { Gap index } short, {unknown}, {odd}"
    (found,) = read(text)

    assert plain(found.text) == "1,200 people, 27 % short, {unknown}, *<b>*{strength}"
    assert found.text[0] == Text("1,200", bold=True)
    assert names(text) == ("strength", "gap_index", "unknown", "odd")


def test_a_backslash_takes_the_meaning_of_a_mark():
    text = r"\- no item, \*no stress\*, \{strength}, C:\files"

    assert read(text) == (Paragraph(r"- no item, *no stress*, {strength}, C:\files"),)
    assert names(text) == ()


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "**<b onload=x>**", "[a](javascript:x)"]
)
def test_no_html_comes_through(text):
    shown = passage(read(text), "en")

    assert "<script" not in shown
    assert "<b" not in shown.replace("<bdi", "")
    assert "href" not in shown


@given(st.text(alphabet=st.sampled_from("ab 1.-*•{}\\_\n\r<>&\u2028é"), max_size=80))
def test_law_any_text_becomes_paragraphs_and_lists_and_keeps_its_letters(text):
    found = read(text)

    runs = [
        run
        for block in found
        for rich in (block.items if isinstance(block, Bullets) else (block.text,))
        for run in ((Text(rich),) if isinstance(rich, str) else rich)
    ]
    assert all(isinstance(block, Paragraph | Bullets) for block in found)
    assert not any(run.to for run in runs)
    said = "".join(run.text for run in runs)
    assert sorted(one for one in said if one in "abé") == sorted(c for c in text if c in "abé")
