"""The slides of the HR Strategy say what the frozen document says, and are recognised as it."""

from datetime import date
from io import BytesIO

import pytest

from hrplan.core.models import Administration
from hrplan.deliverables import wording
from hrplan.deliverables.contents.slides import strategy_deck
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import files, versions
from hrplan.documents.nodes import (
    BarChart,
    CalendarChart,
    Callout,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Span,
    Table,
    Text,
    leaves,
)
from hrplan.documents.slides import Deck, part_text
from hrplan.documents.words import ENGLISH
from tests import make
from tests.deliverables.make_deliverables import house
from tests.once import once
from training_calendar.models import Scenario

python_pptx = pytest.importorskip("pptx")

pytestmark = pytest.mark.whole

DIGEST = "ab" * 32


def build() -> list[int]:
    """The small administration with two budgets worked out, and the versions of its documents."""
    administration = make.administration("customs")
    plan = house(administration).plan
    for at, share in enumerate((0.8, 1.0)):
        Scenario.objects.create(
            plan=plan, position=at, kind="share", share=share, budget=2000 * share,
            cost=1500 * share, closed=4 * share, total=6, sessions=2, seats=2, people=1,
            left_out=[{"competency": "O2", "needs": 2, "points": 2, "reason": "no-module"}],
        )  # fmt: skip
    return [one.pk for one in versions.freeze(administration, by=None)]


made_once = once(build)


@pytest.fixture
def frozen(made_once, db) -> list[DocumentVersion]:
    return [DocumentVersion.objects.get(pk=pk) for pk in made_once]


@pytest.fixture
def customs(frozen) -> Administration:
    return Administration.objects.get(slug="customs")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def deck(document: Document) -> Deck:
    return strategy_deck(document, wording.words(), DIGEST)


def bare(*sections: Section) -> Document:
    return Document("HR Strategy", "Customs", "3", date(2016, 2, 12), sections)


def test_only_the_strategy_exists_as_slides(frozen):
    assert [("pptx" in files.formats_of(one.kind)) for one in frozen] == [True, False, False]


def test_the_file_is_recognised_as_its_version_and_a_changed_one_is_found_out(frozen):
    data = files.render(frozen[0], "pptx")

    same, changed = versions.verify(data), versions.verify(data + b"\n")

    assert (same.state, same.version, same.format) == ("unchanged", frozen[0], "pptx")
    assert (changed.state, changed.version) == ("changed", frozen[0])


def test_the_same_version_gives_the_same_bytes(frozen):
    assert files.render(frozen[0], "pptx") == files.render(frozen[0], "pptx")


def test_the_last_slide_names_version_day_and_hash(frozen):
    opened = python_pptx.Presentation(BytesIO(files.render(frozen[0], "pptx")))

    table = next(shape for shape in opened.slides[-1].shapes if shape.has_table).table
    said = {row.cells[0].text: row.cells[1].text for row in table.rows}
    assert said["SHA-256"] == frozen[0].digest
    assert said["Document"] == "HR Strategy, version 1"
    assert said["Data as of"].replace("\u00a0", " ") == "12 February 2016"


def test_every_number_on_the_slides_stands_in_the_document(frozen):
    document = files.document_of(frozen[0])
    told = " ".join(
        part_text(leaf, ENGLISH)
        for leaf in leaves(document.sections)
        if isinstance(leaf, Table | KeyFigures | Paragraph)
    )

    for slide in deck(document).slides[:-1]:
        for part in slide.parts:
            if isinstance(part, Table):
                assert all(cell in told for row in part.rows for cell in row)
            if isinstance(part, KeyFigures):
                assert part_text(part, ENGLISH) in told


def test_the_budget_case_is_on_a_slide_with_what_is_left_out_first(frozen):
    slides = {slide.title: slide for slide in deck(files.document_of(frozen[0])).slides}

    table = slides["What less or more money means"].parts[0]
    assert [row[0] for row in table.rows] == ["80 %", "100 %"]
    assert all("fewer than 5" in row for row in table.rows)
    assert "Source: section" in slides["What less or more money means"].notes


def test_the_plan_has_a_page_on_the_budget_case_after_its_budget(frozen):
    keys = [section.key for section in files.document_of(frozen[1]).sections]

    assert keys[keys.index("plan-budget") + 1] == "budget-case"


def test_a_slide_without_data_is_left_out():
    assert [slide.title for slide in deck(bare()).slides] == ["Document control"]


def test_slides_come_in_the_order_of_the_argument_and_quote_by_key():
    first, last = date(2016, 4, 1), date(2017, 3, 31)
    roadmap = CalendarChart(
        caption="Initiatives", unit="", rows=("I1", "I2"), first=first, last=last,
        key="roadmap-chart-1",
        spans=(
            Span(0, first, date(2016, 9, 1), kind="SO1 Aim"),
            Span(1, date(2016, 8, 1), last, kind="SO1 Aim"),
            Span(1, last, last, "Proof", "SO1 Aim", milestone=True),
        ),
    )  # fmt: skip
    gaps = BarChart(
        caption="Gaps", unit="", key="top-gaps-chart", labels=tuple("abcdefgh"), values=(8.0,) * 8
    )
    row = ("R1", "4", "4", "16", "HR", "Act")
    risks = Table("Risks", tuple("rlisoa"), (row,), key="risks-table")
    told = Paragraph((Text("See "), Text("", to="x")), "lead")
    tiles = KeyFigures((KeyFigure("77 %", "closed"),))
    found = deck(
        bare(
            Section("Summary", (tiles, told), key="summary"),
            Section("Gaps", (gaps,), key="missing-most"),
            Section("Road map", (roadmap,), key="roadmap"),
            Section("Risks", (risks,), key="risks"),
            Section("Decisions", (Callout("decision", "Approve", "Decision 1"),), key="decisions"),
        )
    )  # fmt: skip

    slides = {slide.title: slide for slide in found.slides}
    assert list(slides) == [
        "The case in figures", "What is missing most", "Road map", "Risks", "What is asked for",
        "Document control",
    ]  # fmt: skip
    assert slides["The case in figures"].parts == (tiles, Paragraph("See "))
    assert slides["What is missing most"].parts[0].labels == tuple("abcdef")
    assert slides["Road map"].parts[0].spans == (
        Span(0, first, last), Span(0, last, last, milestone=True)
    )  # fmt: skip
    assert slides["Risks"].parts[0].rows == (("R1", "16", "Act"),)
    assert slides["What is asked for"].parts[0].items == (
        (Text("Decision 1: ", bold=True), Text("Approve")),
    )


def test_a_reader_takes_the_slides_from_the_page_of_the_document(frozen, alice, as_):
    address = f"/customs/versions/{frozen[0].pk}/file/"

    page = as_(alice).get(f"/customs/versions/{frozen[0].pk}/").content.decode()
    file = as_(alice).get(address, {"format": "pptx"})

    assert f"{address}?format=pptx" in page
    assert file["Content-Type"] == files.TYPES["pptx"]
    assert file["Content-Disposition"].endswith('filename="hr-strategy-1.pptx"')
