"""The tree refuses what contradicts itself, and comes back equal from JSON."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.documents.nodes import (
    BarChart,
    Bullets,
    CalendarChart,
    Document,
    Paragraph,
    Section,
    Span,
    Table,
    Text,
    TreeError,
    leaves,
    plain,
)
from hrplan.documents.stored import content_hash, from_json, to_json
from tests.documents.sample import SAMPLE

words = st.text(max_size=12)
rich = st.one_of(
    words, st.lists(st.builds(Text, words, st.booleans(), st.booleans(), words)).map(tuple)
)
values = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False), st.integers())
bars = st.lists(st.tuples(words, values), max_size=4).map(
    lambda pairs: BarChart(
        caption="c",
        unit="u",
        labels=tuple(label for label, _ in pairs),
        values=tuple(value for _, value in pairs),
    )
)
tables = st.lists(st.tuples(words, words), max_size=4).map(
    lambda rows: Table("t", ("a", "b"), tuple(rows), widths=(1.5, 2))
)
leaf = st.one_of(
    st.builds(Paragraph, rich), st.lists(rich).map(lambda i: Bullets(tuple(i))), bars, tables
)
sections = st.recursive(
    st.builds(Section, words, st.lists(leaf, max_size=3).map(tuple)),
    lambda inner: st.builds(Section, words, st.lists(inner, max_size=2).map(tuple), annex=...),
    max_leaves=5,
)
documents = st.builds(
    Document,
    title=words,
    administration=words,
    version=words,
    as_of=st.dates(),
    sections=st.lists(sections, max_size=3).map(tuple),
    control=st.lists(st.tuples(words, words), max_size=2).map(tuple),
)


@given(documents)
def test_a_document_comes_back_equal_from_json_with_the_same_hash(document):
    again = from_json(to_json(document))

    assert again == document
    assert content_hash(again) == content_hash(document)


def test_a_whole_sample_comes_back_equal_from_json():
    assert from_json(to_json(SAMPLE)) == SAMPLE


def test_equal_trees_have_equal_hashes_whatever_the_kind_of_number():
    one = BarChart(caption="c", unit="u", labels=("a",), values=(1,))
    other = BarChart(caption="c", unit="u", labels=("a",), values=(1.0,))

    assert content_hash(one) == content_hash(other)


def test_one_changed_letter_changes_the_hash():
    assert content_hash(Paragraph("ten officers")) != content_hash(Paragraph("tem officers"))


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"node":"Text","text":"a"}', '{"node":"No"}'])
def test_json_that_is_no_document_is_refused(text):
    with pytest.raises(TreeError, match="not a stored document"):
        from_json(text)


def test_a_value_that_has_no_place_in_a_document_is_refused():
    with pytest.raises(TreeError, match="set has no place"):
        to_json(Paragraph({"words"}))


def test_a_table_whose_row_is_short_is_refused_by_name():
    with pytest.raises(TreeError, match="“Gaps”: 2 expected, but row_1 has 1"):
        Table("Gaps", ("Job", "Missing"), (("Examiner", "2"), ("Clerk",)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"align": ("left",)},
        {"widths": (1.0,)},
        {"shading": (("", ""), ("", ""))},
        {"shading": (("", "purple"),)},
    ],
)
def test_a_table_whose_parts_disagree_is_refused(wrong):
    with pytest.raises(TreeError, match="Gaps"):
        Table("Gaps", ("Job", "Missing"), (("Examiner", "2"),), **wrong)


def test_a_chart_with_a_label_too_many_is_refused():
    with pytest.raises(TreeError, match="2 expected, but values has 1"):
        BarChart(caption="c", unit="u", labels=("a", "b"), values=(1.0,))


def test_a_span_on_no_row_is_refused():
    day = date(2016, 4, 1)

    with pytest.raises(TreeError, match="'S1' is off it"):
        CalendarChart(
            caption="c", unit="", rows=(), first=day, last=day, spans=(Span(0, day, day, "S1"),)
        )


def test_plain_drops_emphasis_and_keeps_the_words():
    assert plain((Text("ten "), Text("officers", bold=True))) == "ten officers"


def test_leaves_are_all_blocks_but_sections_in_reading_order():
    inner = Section("Inner", (Paragraph("b"),))

    assert list(leaves((Paragraph("a"), inner))) == [Paragraph("a"), Paragraph("b")]
