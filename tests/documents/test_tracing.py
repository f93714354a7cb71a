"""Where a figure comes from: handed down the tree, kept with it, told on the page."""

from dataclasses import replace

from hrplan.documents.nodes import (
    BarChart,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Source,
    Table,
)
from hrplan.documents.stored import content_hash, from_json, to_json
from hrplan.documents.to_html import fragment
from hrplan.documents.to_html import page as whole_page
from hrplan.documents.tracing import traced
from hrplan.documents.words import ENGLISH
from tests.documents.sample import SAMPLE

POSTS = Source("posts", 189, page="staff:posts")
PEOPLE = Source("staff_members", None, "gaps", "staff:list", "kind=officer")
STATED = {"workforce": (POSTS,), "ages": (PEOPLE,)}
TABLE = Table("Posts", ("Unit", "Posts"), (("Port", "3"),), key="posts")
AGES = BarChart(caption="Ages", unit="people", labels=("20",), values=(7,), key="ages")
TILES = KeyFigures((KeyFigure("189", "posts"),))
SECTION = Section(
    "Workforce",
    (Paragraph("There are 189 posts."), TILES, TABLE, Section("Ages", (AGES,))),
    key="workforce",
)


def made() -> Section:
    return traced(SECTION, lambda key: STATED.get(key, ()))


def test_what_states_no_source_of_its_own_has_that_of_the_section_around_it():
    _words, tiles, table, below = made().blocks

    assert (tiles.sources, table.sources, below.blocks[0].sources) == (
        (POSTS,),
        (POSTS,),
        (PEOPLE,),
    )


def test_a_section_has_sources_where_its_own_sentences_state_a_figure():
    section = made()

    assert (section.sources, section.blocks[3].sources) == ((POSTS,), ())


def test_a_traced_document_comes_back_equal():
    document = replace(SAMPLE, sections=(made(),))

    assert from_json(to_json(document)) == document


def test_a_document_without_sources_keeps_the_text_and_hash_it_had_before_there_were_any():
    bare = to_json(replace(SAMPLE, sections=(SECTION,)))

    assert '"sources":' not in bare
    assert content_hash(from_json(bare)) == content_hash(replace(SAMPLE, sections=(SECTION,)))


def test_the_preview_tells_sources_with_the_page_that_shows_them():
    document = replace(SAMPLE, sections=(made(),))

    shown = fragment(document, told=lambda source: f"<{source.table}>")

    assert shown.count('<details class="document-sources">') == 4
    assert 'data-page="staff:list?kind=officer">&lt;staff_members&gt;</span>' in shown
    assert 'Where it comes from<span class="visually-hidden">: Figure 1</span>' in shown


def test_the_preview_names_what_sources_are_of_with_the_colon_of_the_language():
    document = replace(SAMPLE, sections=(made(),))

    shown = fragment(document, replace(ENGLISH, colon=" : "), told=lambda source: source.table)

    assert '<span class="visually-hidden"> : Figure 1</span>' in shown


def test_a_file_tells_them_in_its_annex_alone():
    document = replace(SAMPLE, sections=(made(),))

    assert "document-sources" not in whole_page(document)
