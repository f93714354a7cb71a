"""Each figure of the demonstration's documents can be followed to its rows and made again."""

import pytest
from django.test import Client
from django.urls import reverse

from hrplan.core.access import INSIDE
from hrplan.core.models import Administration, Member, Role
from hrplan.deliverables import wording
from hrplan.deliverables.contents.sources import row_sets
from hrplan.deliverables.usecases.drafts import draft_documents
from hrplan.deliverables.usecases.tracing import addresses
from hrplan.documents.nodes import Chart, Document, KeyFigures, Section, Table, leaves
from hrplan.documents.outline import Placed, laid_out
from hrplan.documents.tracing import states_figures
from hrplan.workbook import WORKBOOK
from tests import make
from tests.figures import diagnosis, gaps, plan, strategy
from tests.figures.compared import CASES, case_of, differing
from tests.furnish import planned
from tests.once import once

pytestmark = pytest.mark.whole

# Tables of the product's own words, and forms to be filled in: nobody's rows stand behind them.
NO_ROWS = {"terms", "figures-from-table"}
# What is followed to its rows but not worked out again: forms to be filled in, constants, and two
# tables that the demonstration does not have: functions that differ, lines decided on.
TRACED_ONLY = {
    *("plan-who", "plan-what", "functions", "ruled"),
    *("competence-constants", "diagnostic-constants", "planning-constants"),
}
SOMETIMES = {"plan-frontier"}  # drawn from three budgets on
# Tables that are worked out and kept, and so are in no workbook.
WORKED_OUT = {
    *(
        "administration",
        "calendar_changes",
        "comments",
        "line_decisions",
        "document_reviews",
        "evaluations",
    ),
    *("findings", "interventions", "needs", "plan_costs", "rounds", "scenarios"),
}


def build() -> tuple[int, tuple[Document, ...]]:
    """The demonstration with its plan, and its three documents for the ministry."""
    administration = planned()
    return administration.pk, tuple(one.document for one in draft_documents(administration))


made_once = once(build)


@pytest.fixture
def belize(made_once, db) -> Administration:
    return Administration.objects.get(pk=made_once[0])


@pytest.fixture
def documents(made_once) -> tuple[Document, ...]:
    return made_once[1]


def shown(documents: tuple[Document, ...]) -> list[Table | Chart]:
    """The numbered tables and figures of all documents."""
    return [
        block
        for document in documents
        for block in leaves(document.sections)
        if isinstance(block, Table | Chart)
    ]


def every_section(blocks) -> list[Section]:
    own = [block for block in blocks if isinstance(block, Section)]
    return [*own, *(inner for one in own for inner in every_section(one.blocks))]


def test_each_table_and_figure_names_the_rows_it_is_made_of(documents):
    bare = {block.key or block.caption for block in shown(documents) if not block.sources}

    assert bare == NO_ROWS


def test_each_row_of_tiles_names_the_rows_it_is_made_of(documents):
    tiles = [
        block
        for document in documents
        for block in leaves(document.sections)
        if isinstance(block, KeyFigures)
    ]

    assert tiles
    assert all(block.sources for block in tiles)


def test_each_statement_with_a_figure_names_the_rows_it_is_made_of(documents):
    sections = [one for document in documents for one in every_section(document.sections)]
    bare = [one.title for one in sections if states_figures(one) and not one.sources]

    assert bare == ["Glossary"] * bare.count("Glossary")


@pytest.mark.parametrize("key", CASES)
def test_what_is_printed_follows_from_the_rows(belize, documents, key):
    again = CASES[key]
    own = [block for block in shown(documents) if case_of(block.key)[0] is again]

    wrong = {block.key: differing(block, again, belize, case_of(block.key)[1]) for block in own}

    assert own or key in SOMETIMES
    assert {name: rows for name, rows in wrong.items() if rows} == {}


@pytest.mark.parametrize("part", [plan, strategy, diagnosis, gaps])
def test_the_tiles_follow_from_the_rows(belize, documents, part):
    sections = {one.key: one for document in documents for one in every_section(document.sections)}

    for key, numbers in part.tiles(belize).items():
        tiles = next(block for block in sections[key].blocks if isinstance(block, KeyFigures))
        assert tuple(one.number for one in tiles.items)[: len(numbers)] == numbers


def test_what_is_not_worked_out_again_is_counted(documents):
    tables = shown(documents)
    rest = [block.key for block in tables if case_of(block.key)[0] is None]
    families = {key for key in rest if not any(key.startswith(one) for one in TRACED_ONLY)}

    assert families == NO_ROWS
    assert len(rest) < len(tables) / 14


def test_constants_are_the_defaults_but_where_the_administration_states_others(belize, documents):
    tables = [one for one in shown(documents) if one.key.endswith("-constants")]
    own = {f"{value:g}" for value in belize.constants["planning"].values()
           if not isinstance(value, list)}  # fmt: skip

    in_force = {value for table in tables for _name, value, _default in table.rows}
    changed = {value for table in tables for _name, value, default in table.rows
               if value != default}  # fmt: skip

    assert changed
    assert changed <= own <= in_force


def test_the_annex_lists_every_table_and_figure_with_its_rows(documents):
    for document in documents:
        pieces = laid_out(document, wording.words()).pieces
        numbers = [one.label for one in pieces if isinstance(one, Placed) and one.label]
        annex = document.sections[-1]
        table = next(block for block in annex.blocks if isinstance(block, Table))

        assert annex.key == "figures-from"
        assert [row[0] for row in table.rows] == numbers[:-1]


def test_the_rows_are_of_tables_that_can_be_taken_out_or_are_worked_out():
    known = {table.name for table in WORKBOOK.tables} | WORKED_OUT

    assert {rows.table for rows in row_sets()} - known == set()


@pytest.mark.parametrize("role", sorted(INSIDE | {Role.REVIEWER}))
def test_a_link_is_shown_to_those_who_may_open_it_and_to_nobody_else(belize, role):
    member = Member.objects.filter(administration=belize, role=role).first() or make.member(
        belize, role, f"one-{role}"
    )
    client = Client()
    client.force_login(member.user)
    offered = addresses(member)

    for address in set(offered.values()):
        assert client.get(address).status_code == 200, address
    for rows in row_sets():
        if not rows.seen(member) and rows.part is None:
            address = reverse(rows.page, args=[belize.slug])
            assert client.get(address).status_code in (302, 403, 404), address
