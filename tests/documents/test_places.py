"""Every block of a document is a place, known by what it says, and found again later."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.documents.following import Fate, fate
from hrplan.documents.nodes import (
    Bullets,
    Callout,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
)
from hrplan.documents.outline import laid_out
from hrplan.documents.places import places_in, shortened
from hrplan.documents.slots import filled
from hrplan.documents.to_html import fragment
from hrplan.documents.words import ENGLISH
from tests.documents.sample import SAMPLE

COSTS = Table(
    "Costs",
    ("Item", "Cash"),
    (("Travel", "1,200"), ("Rooms", "80"), ("Meals", "5")),
    note="Prices of 2016.",
    key="costs",
)
FIRST = Paragraph("Officers of the examination units are heard first.")
SECOND = Paragraph("The plan costs 1,200 dollars in the first year.")
CHEAPER = Paragraph("The plan costs 1,100 dollars in the first year.")
POINTS = Bullets(("Pay is low.", "Posts stand vacant for two years."))
TILES = KeyFigures((KeyFigure("12", "officers", "n = 12"), KeyFigure("3", "posts")))
REMARK = Callout("note", "It holds for officers alone.")
BLOCKS = (FIRST, SECOND, POINTS, REMARK, TILES, COSTS, Reference("RD1", "The plan", "https://a.b"))


def found(*blocks, key="needs", words=ENGLISH):
    section = Section("Needs", blocks, key=key)
    layout = laid_out(replace(SAMPLE, sections=(section,)), words)
    return tuple(chain.from_iterable(places_in(layout, words)))


def place(places, words):
    (one,) = (one for one in places if words in one.said and one.kind != "table")
    return one


def test_each_block_bullet_tile_and_row_is_a_place_of_its_own():
    kinds = [one.kind for one in found(*BLOCKS)]

    assert kinds == [
        *("heading", "paragraph", "paragraph", "item", "item", "remark", "tile", "tile"),
        *("table", "row", "row", "row", "note", "source"),
    ]


def test_a_place_is_called_by_its_section_or_table_and_its_first_words():
    words = {one.kind: one.words for one in found(*BLOCKS)}

    assert words["heading"] == "1 Needs"
    assert words["row"] == "Table 1: “Meals”"
    assert words["remark"] == "1 Needs: “Note: It holds for officers alone.”"
    assert shortened("word " * 40).endswith("word …")
    assert shortened("x" * 80) == "x" * 60 + "…"


def test_a_place_is_called_with_the_colon_of_the_language():
    remark = place(found(REMARK, words=replace(ENGLISH, colon=" : ")), "officers alone")

    assert remark.words == "1 Needs : “Note : It holds for officers alone.”"


def test_a_place_keeps_its_anchor_where_others_are_put_before_it():
    before = place(found(*BLOCKS), "are heard first")

    after = place(found(SECOND, Paragraph("New."), POINTS, FIRST), "are heard first")

    assert before.anchor == after.anchor


def test_the_same_words_twice_are_two_places():
    anchors = [one.anchor for one in found(FIRST, FIRST, SECOND)]

    assert len(set(anchors)) == 4


def test_rows_with_the_same_first_cell_are_told_apart_by_all_their_cells():
    rows = (("Travel", "1"), ("Travel", "2"))
    one, other = (r for r in found(replace(COSTS, rows=rows)) if r.kind == "row")

    swapped = found(replace(COSTS, rows=rows[::-1]))

    assert one.anchor != other.anchor
    assert place(swapped, "Travel | 2").anchor == other.anchor


def test_a_link_is_named_after_what_it_leads_to_and_a_new_number_of_that_is_no_change():
    linked = Paragraph((Text("See "), Text("", to="costs"), Text(" for the money.")))
    old, new = found(linked, COSTS), found(linked, Table("New", ("a",), ()), COSTS)
    (before,) = (one for one in old if one.kind == "paragraph")

    assert before.said == "See Table 1 for the money."
    assert fate({1: old, 2: new}, 1, before.anchor) == Fate()


@pytest.mark.parametrize(
    ("words", "blocks", "expected"),
    [
        ("are heard first", (SECOND, Paragraph("New."), FIRST), Fate()),
        (
            "1,200 dollars",
            (FIRST, CHEAPER),
            Fate(2, was=SECOND.text, now=CHEAPER.text),
        ),
        ("are heard first", (SECOND,), Fate(2, is_gone=True, was=FIRST.text)),
        (
            "Pay is low",
            (FIRST, Bullets(("Pay is very low.", "Posts stand vacant for two years."))),
            Fate(2, was="Pay is low.", now="Pay is very low."),
        ),
        (
            "Travel",
            (replace(COSTS, rows=(("Fees", "70"), ("Travel", "1,350"))),),
            Fate(2, was="Travel | 1,200", now="Travel | 1,350"),
        ),
        (
            "1,200 dollars",
            (FIRST, Paragraph("Another thing stands in the first year."), CHEAPER),
            Fate(2, was=SECOND.text, now=CHEAPER.text),
        ),
        ("Rooms", (replace(COSTS, rows=COSTS.rows[:1]),), Fate(2, is_gone=True, was="Rooms | 80")),
        (
            "officers n",
            (KeyFigures((KeyFigure("3", "posts"), KeyFigure("14", "officers", "n = 14"))),),
            Fate(2, was="12 officers n = 12", now="14 officers n = 14"),
        ),
    ],
    ids=[
        "others before it",
        "other words",
        "gone",
        "bullet",
        "row",
        "the likest",
        "row gone",
        "tile",
    ],
)
def test_what_became_of_a_passage_is_told_with_its_new_words(words, blocks, expected):
    old = found(*BLOCKS)

    assert fate({1: old, 2: found(*blocks)}, 1, place(old, words).anchor) == expected


def test_a_passage_that_moved_to_another_section_reads_as_it_did():
    old, new = found(*BLOCKS), found(FIRST, key="elsewhere")

    assert fate({1: old, 2: new}, 1, place(old, "are heard first").anchor) == Fate()


def test_a_passage_is_followed_from_version_to_version():
    moved = found(SECOND, FIRST, key="elsewhere")
    changed = found(Paragraph("The plan costs 9 dollars in the first year."), key="elsewhere")
    old = found(*BLOCKS)

    became = fate({1: old, 2: moved, 3: changed}, 1, place(old, "1,200 dollars").anchor)

    assert (became.changed_in, became.now) == (3, "The plan costs 9 dollars in the first year.")


def test_a_heading_is_changed_by_anything_under_it_and_one_only_counted_is_known_by_its_title():
    old = found(FIRST, key="")
    sections = (Section("Before", (SECOND,)), Section("Needs", (FIRST,)))
    layout = laid_out(replace(SAMPLE, sections=sections), ENGLISH)
    new = tuple(chain.from_iterable(places_in(layout, ENGLISH)))

    assert fate({1: old, 2: new}, 1, old[0].anchor) == Fate()
    assert fate({1: old, 2: found(SECOND, key="")}, 1, old[0].anchor) == Fate(2)
    assert fate({1: old, 2: new}, 1, "never-there") == Fate()


words = st.lists(st.sampled_from(["pay", "post", "unit", "low", "9"]), max_size=4).map(" ".join)
block = words.map(Paragraph) | st.lists(words, max_size=3).map(lambda one: Bullets(tuple(one)))


@given(st.lists(block, max_size=6), st.lists(block, max_size=6))
def test_anchors_are_unique_and_every_place_has_a_fate(old, new):
    before, after = found(*old), found(*new)

    assert len({one.anchor for one in before}) == len(before)
    for one in before:
        became = fate({1: before, 2: after}, 1, one.anchor)
        again = any(o.anchor == one.anchor and o.stands == one.stands for o in after)
        assert not (again and became.changed_in)


def test_on_a_page_every_place_has_one_slot_and_the_anchor_of_its_block():
    layout = laid_out(SAMPLE, ENGLISH)
    places = list(chain.from_iterable(places_in(layout, ENGLISH)))
    told = []

    html = filled(
        fragment(SAMPLE, with_slots=True), lambda anchor, _called: told.append(anchor) or ""
    )

    assert sorted(told) == sorted(one.anchor for one in places)
    assert all(html.count(f'id="{one.anchor}"') == 1 for one in places)
    assert "<!--" not in html


def test_without_slots_a_page_is_as_it_was():
    assert "place" not in fragment(
        replace(SAMPLE, sections=(Section("a", (*BLOCKS, PageBreak())),))
    )


def test_a_name_of_a_place_cannot_end_its_slot():
    nasty = Paragraph("--> <script>x</script> --!>")
    html = fragment(replace(SAMPLE, sections=(Section("a", (nasty,)),)), with_slots=True)

    seen = []
    left = filled(html, lambda _anchor, called: seen.append(called) or "")

    assert len(seen) == 2
    assert "<script" not in left
