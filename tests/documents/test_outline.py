"""Numbers, anchors and orientation are the same for every renderer."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hrplan.documents.columns import column_shares
from hrplan.documents.nodes import Bullets, Paragraph, Section, Table, Text
from hrplan.documents.outline import Heading, Placed, Run, laid_out, letter
from hrplan.documents.words import ENGLISH, Words, xml_safe
from tests.documents.sample import SAMPLE


def headings(*sections):
    layout = laid_out(replace(SAMPLE, sections=sections), ENGLISH)
    return [(heading.number, heading.title) for heading in layout.headings]


def test_sections_are_numbered_by_depth_and_annexes_are_lettered():
    found = headings(
        Section("Foreword", numbered=False),
        Section("One", (Section("Inner"), Section("Bare", numbered=False), Section("Next"))),
        Section("Two"),
        Section("First annex", (Section("Part"),), annex=True),
        Section("Second annex", annex=True),
    )

    assert found == [
        ("", "Foreword"),
        ("1", "One"),
        ("1.1", "Inner"),
        ("", "Bare"),
        ("1.2", "Next"),
        ("2", "Two"),
        ("Annex A", "First annex"),
        ("A.1", "Part"),
        ("Annex B", "Second annex"),
    ]


def test_letters_go_on_after_z():
    assert [letter(index) for index in (0, 25, 26, 27)] == ["A", "Z", "AA", "AB"]


def test_tables_and_figures_are_counted_apart():
    labels = [p.label for p in laid_out(SAMPLE, ENGLISH).pieces if getattr(p, "label", "")]

    assert labels == ["Table 1", *(f"Figure {n}" for n in range(1, 11))]


def test_a_link_without_words_takes_the_label_of_its_target():
    runs = laid_out(SAMPLE, Words(table="Tableau")).runs((Text("", to="gaps-table"),))

    assert runs == (Run("Tableau 1", anchor="gaps-table"),)


def test_a_link_to_what_was_left_out_stays_text():
    assert laid_out(SAMPLE, ENGLISH).runs((Text("costs", to="gone"),)) == (Run("costs"),)


def test_equal_keys_get_different_anchors():
    layout = laid_out(
        replace(SAMPLE, sections=(Section("a", key="k"), Section("b", key="k"))), ENGLISH
    )

    assert [heading.anchor for heading in layout.headings] == ["k", "k-section-2"]


def test_a_heading_never_stays_behind_on_the_upright_page():
    wide = Section("Calendar", (Section("Wide", (Paragraph("p"),), landscape=True),))
    layout = laid_out(replace(SAMPLE, sections=(Section("A", (Paragraph("p"),)), wide)), ENGLISH)

    upright, sideways = layout.stretches()

    assert (upright.landscape, sideways.landscape) == (False, True)
    assert [p.title for p in sideways.pieces if isinstance(p, Heading)] == ["Calendar", "Wide"]


def test_a_short_paragraph_stays_with_the_list_or_table_it_introduces():
    label, text = Paragraph("Causes"), Paragraph("Word after word. " * 40)
    items = Bullets(("One", "Two"))
    section = Section("A", (label, items, text, items, label, text))

    layout = laid_out(replace(SAMPLE, sections=(section,)), ENGLISH)

    placed = [piece for piece in layout.pieces if isinstance(piece, Placed)]
    assert [piece.leads for piece in placed] == [True, False, False, False, False, False]


def test_columns_share_the_width_and_short_ones_keep_their_words_whole():
    table = Table("t", ("Ref.", "Audience"), (("S-1", "Officers of the examination units " * 3),))

    shares = column_shares(table)

    assert sum(shares) == pytest.approx(1)
    assert 0.05 < shares[0] < 0.15


def test_widths_given_by_the_author_stand():
    assert column_shares(Table("t", ("a", "b"), (), widths=(1, 3))) == (0.25, 0.75)


def test_a_width_given_by_the_author_never_cuts_a_word():
    table = Table("t", ("Indicator", "Unit"), (("Skills", "competencies"),), widths=(40, 1))

    assert column_shares(table)[1] > 0.12


def test_a_date_stands_on_one_line_where_there_is_room():
    words = "Officers of the examination units " * 3
    rows = ((words, "31 December 2017", words), (words, "30 September 2017", words))
    table = Table("t", ("Duty", "Due", "Training"), rows, widths=(5, 1, 5))

    assert column_shares(table)[1] * 453 / (9 * 0.5) >= len("30 September 2017")


@given(st.text())
def test_safe_text_can_be_parsed_and_keeps_its_length(text):
    safe = xml_safe(text)

    assert len(safe) == len(text)
    etree.fromstring(f"<a>{safe.replace('&', '&amp;').replace('<', '&lt;')}</a>")


def test_numbers_follow_the_words():
    german = Words(decimal=",", thousands=".")

    assert german.number(1234.5, 2) == "1.234,50"
    assert german.number(None, 2) == "not known"
    assert ENGLISH.date(SAMPLE.as_of) == "12 February 2016"
