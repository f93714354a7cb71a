"""What the three documents hold: the outline in order, what is left out, one's own texts."""

from datetime import date

import pytest

from hrplan.deliverables.contents.documents import KINDS, PARTS
from hrplan.deliverables.contents.parts import Part, Placed, filled
from hrplan.deliverables.models import DocumentKind, Narrative, SignOff
from hrplan.deliverables.usecases.drafts import draft_document, draft_documents
from hrplan.documents.nodes import (
    Block,
    Document,
    PageBreak,
    Paragraph,
    Section,
    Table,
    leaves,
    plain,
)
from hrplan.strategy.models import Strategy
from tests import make
from tests.deliverables.make_deliverables import AS_OF, house

pytestmark = pytest.mark.whole

ANNEXES = ["constants", "consistency", "glossary", "left-out", "figures-from"]


def keys(document: Document) -> list[str]:
    return [section.key for section in document.sections]


def section(document: Document, key: str) -> Section:
    return next(one for one in document.sections if one.key == key)


@pytest.mark.parametrize("kind", KINDS)
def test_each_part_of_an_outline_has_a_key_of_its_own(kind):
    found = [part.key for part in PARTS[kind]]

    assert len(set(found)) == len(found)


def stated(key: str, *blocks: Block, own_page: bool = False) -> Part:
    return Part(key, key.title(), lambda _e: Section(key, blocks, key=key), own_page=own_page)


BUDGET, RISKS = stated("budget", Paragraph("Money.")), stated("risks", Paragraph("Risks."))
CASE = stated("case", Paragraph("Cases."), PageBreak(), own_page=True)
UNMADE = stated("case", Paragraph("Not worked out."), own_page=True)


@pytest.mark.parametrize(
    ("parts", "broken"),
    [
        ((BUDGET, CASE, RISKS), ["budget", "case"]),
        ((BUDGET, RISKS, CASE), ["risks", "case"]),
        ((CASE, BUDGET, RISKS), ["case"]),
        ((BUDGET, UNMADE, RISKS), []),
        ((stated("foreword", PageBreak()), CASE), ["foreword", "case"]),
    ],
    ids=["usual", "moved", "first", "unmade", "broken"],
)
def test_a_part_on_its_own_page_begins_a_page_wherever_it_stands(parts, broken):
    made = filled(tuple(Placed(one) for one in parts), None, {}).sections

    assert [one.key for one in made if PageBreak() in one.blocks] == broken
    assert max(one.blocks.count(PageBreak()) for one in made) <= 1


def test_no_page_is_ended_for_a_part_that_is_turned_off():
    made = filled((Placed(BUDGET), Placed(CASE, is_on=False), Placed(RISKS)), None, {}).sections

    assert not [one for one in made if PageBreak() in one.blocks]


@pytest.mark.parametrize("kind", KINDS)
def test_numbered_sections_come_before_the_annexes(customs, kind):
    house(customs)

    annexes = [one.annex for one in draft_document(customs, kind).sections]

    assert annexes == sorted(annexes)


def test_what_has_data_is_printed_and_what_has_none_is_named(customs):
    house(customs)

    document = draft_document(customs, DocumentKind.PLAN)

    assert keys(document)[:3] == ["scope", "strategy-link", "framework"]
    assert keys(document)[-5:] == ANNEXES
    named = section(document, "left-out").blocks[1].items
    assert "External assistance" in named
    assert "Gap analysis" not in named


def test_an_own_text_stands_at_the_head_of_its_section(customs):
    house(customs)
    for kind, key, text in (
        ("hr-development-plan", "gaps", "We looked twice.\n\nThen we wrote."),
        ("hr-strategy", "roadmap", "It begins in April."),
    ):
        Narrative.objects.create(administration=customs, kind=kind, section=key, text=text)

    strategy, plan = (one.document for one in draft_documents(customs, KINDS[:2]))

    assert section(plan, "gaps").blocks[:2] == (
        Paragraph("We looked twice."),
        Paragraph("Then we wrote."),
    )
    assert Paragraph("It begins in April.") in tuple(leaves(strategy.sections))


def test_a_text_in_another_language_stays_out(customs):
    house(customs)
    Narrative.objects.create(
        administration=customs,
        kind="hr-development-plan",
        section="gaps",
        language="es",
        text="Miramos dos veces.",
    )

    document = draft_document(customs, DocumentKind.PLAN)

    assert Paragraph("Miramos dos veces.") not in tuple(leaves(document.sections))


def test_the_control_page_tells_edition_day_people_and_signatures(customs):
    house(customs)
    for name, on in (("Rae Cole", date(2016, 2, 12)), ("Jo Day", None), ("Al Kay", AS_OF)):
        SignOff.objects.create(administration=customs, name=name, function="Manager", signed_on=on)

    control = dict(draft_document(customs, DocumentKind.STRATEGY).control)

    assert control["Data as of"] == "12 February 2016"
    assert control["People in service on that day"] == "2"
    assert control["Edition"] == "Edition for the ministry"
    assert control["Signed by"].splitlines() == [
        "On 12 February 2016:",
        "Rae Cole, Manager",
        "Al Kay, Manager",
        "Not yet signed:",
        "Jo Day, Manager",
    ]


def test_the_foreword_bears_the_name_of_the_first_who_signs(customs):
    house(customs)
    Strategy.objects.update(foreword="We begin with our people.")
    SignOff.objects.create(administration=customs, name="Rae Cole", function="Comptroller")

    foreword = section(draft_document(customs, DocumentKind.STRATEGY), "foreword")

    assert [plain(one.text) for one in leaves(foreword.blocks) if isinstance(one, Paragraph)] == [
        "We begin with our people.",
        "Rae Cole\nComptroller",
    ]


def test_the_summary_counts_each_cost_once(customs):
    house(customs)

    summary = section(draft_document(customs, DocumentKind.STRATEGY), "summary")
    (table,) = [block for block in summary.blocks if isinstance(block, Table)]

    assert table.rows == (
        ("SO1 Close the gaps", "Competency gap index: from 40 % to 20 % by Mar 2019", "1,500"),
        ("Total", "", "1,500"),
    )


def test_units_without_posts_of_their_own_show_no_zeros(customs):
    made = house(customs)
    make.unit(customs, "ROOF")
    made.ann.unit.title = "Benque"
    made.ann.unit.save()

    annex = section(draft_document(customs, DocumentKind.STRATEGY), "organisation")
    rows = annex.blocks[0].rows

    assert ("", "", "", "") in {row[2:] for row in rows}
    assert rows[-1] == ("All units", "", "0", "0", "0", "2")


def test_the_annex_prints_constants_and_sources(customs):
    house(customs)

    annex = section(draft_document(customs, DocumentKind.CALENDAR), "constants")
    tables = {block.key: block for block in annex.blocks[1:]}

    assert ("Training sessions of the calendar", "2") in tables["sources"].rows
    settings = dict(tables["settings"].rows)
    assert settings["Counts below this are withheld from outside readers"] == "5"
    assert settings["Costs of calendar and plan may differ by"] == "1 %"
    assert "competence-constants" in tables
