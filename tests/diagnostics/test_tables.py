"""Import and export of a diagnostic: what goes in comes out, and what points nowhere is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from diagnostics.analysis.interchange import one_vote_each
from diagnostics.models import Finding, Question, Questionnaire, Round, Vote
from diagnostics.tables import CHECKS, DOORS, TABLES
from diagnostics.usecases import exercises
from hrplan.exchange import preview, read, write
from hrplan.exchange.rows import Row
from hrplan.exchange.spec import Workbook
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
DOOR = {door.name: door for door in DOORS}
TABLE = {table.name: table for table in TABLES}

ROWS = {
    "exercises": [
        {
            "code": "base",
            "title": "Baseline",
            "state": "workshop",
            "starts_on": date(2016, 1, 11),
            "ends_on": date(2016, 6, 30),
            "questionnaires": "hr-diagnostic 1.0; strategic-management-baseline 1.0",
        }
    ],
    "exercise_steps": [
        {"exercise": "base", "state": "request", "position": 1, "done_on": date(2016, 1, 12)}
    ],
    "workshops": [
        {
            "exercise": "base",
            "code": "w1",
            "title": "Managers",
            "starts_on": date(2016, 2, 8),
            "ends_on": date(2016, 2, 12),
        }
    ],
    "participants": [{"workshop": "w1", "code": "P1"}, {"workshop": "w1", "code": "P2"}],
    "agenda": [
        {"workshop": "w1", "position": 1, "day": 1, "half": "am", "title": "Opening"},
    ],
    "votes": [
        {
            "workshop": "w1",
            "question": "D1.1",
            "round": 1,
            "participant": "P1",
            "level": 2,
            "existence": "draft",
            "use": "never",
        },
        {"workshop": "w1", "question": "D1.1", "round": 1, "participant": "P2"},
    ],
    "agreements": [{"workshop": "w1", "question": "D1.1", "level": 2, "rationale": "A draft."}],
    "baseline_answers": [
        {"exercise": "base", "item": "B01", "field": "laws.title", "line": 1, "value": "Act"}
    ],
    "reference_documents": [
        {"exercise": "base", "code": "R01", "title": "Strategic plan", "status": "approved"}
    ],
    "corporate_objectives": [{"code": "C1", "title": "Collect all revenue"}],
    "document_reviews": [{"exercise": "base", "document": "R01", "summary": "Five aims."}],
    "swot": [{"exercise": "base", "kind": "threat", "position": 1, "text": "Leavers"}],
    "interviews": [
        {
            "exercise": "base",
            "code": "I1",
            "guide": "hr",
            "held_on": date(2016, 2, 9),
            "notes": "Files are on paper.",
        }
    ],
    "finding_causes": [
        {"exercise": "base", "finding": "D1.1", "position": 1, "kind": "may", "text": "No law."}
    ],
    "finding_recommendations": [
        {"exercise": "base", "finding": "D1.1", "position": 1, "text": "Ask for a delegation."}
    ],
}


def complete(name, rows=None):
    return [TABLE[name].complete(row) for row in (ROWS[name] if rows is None else rows)]


@pytest.fixture
def filled(customs):
    exercises.adopt_questionnaires(customs, by=None)
    for name in ROWS:
        DOOR[name].save(customs, complete(name), [])
    return customs


def test_tables_and_doors_bear_the_same_names_in_the_same_order():
    assert [table.name for table in TABLES] == [door.name for door in DOORS]


@pytest.mark.parametrize("name", ROWS)
def test_what_goes_in_comes_out(filled, name):
    assert DOOR[name].rows(filled) == complete(name)


@pytest.mark.parametrize("name", [name for name in ROWS if name != "corporate_objectives"])
def test_another_administration_sees_none_of_it(filled, elsewhere, name):
    assert DOOR[name].rows(elsewhere) == []


def test_a_row_can_be_changed(filled):
    changed = [{**complete("swot")[0], "text": "Leavers to the port"}]

    DOOR["swot"].save(filled, [], changed)

    assert DOOR["swot"].rows(filled) == changed


def test_the_shipped_questionnaires_are_adopted_once(customs):
    exercises.adopt_questionnaires(customs, by=None)
    exercises.adopt_questionnaires(customs, by=None)

    forms = Questionnaire.objects.of(customs)
    asked = Question.objects.filter(domain__questionnaire__in=forms)
    assert (forms.count(), asked.count()) == (2, 62)
    assert asked.get(code="D1.1").title == "The HR strategy"
    assert [one["code"] for one in asked.get(code="B01").fields] == ["tasks", "ministry", "laws"]


def test_a_workbook_that_names_the_shipped_questionnaires_adopts_them(customs, filled, elsewhere):
    DOOR["questionnaires"].save(elsewhere, DOOR["questionnaires"].rows(filled), [])
    DOOR["questions"].save(elsewhere, DOOR["questions"].rows(filled), [])

    assert DOOR["questions"].rows(elsewhere) == DOOR["questions"].rows(filled)


def test_an_unknown_questionnaire_and_a_changed_question_are_refused(customs, filled):
    question = DOOR["questions"].rows(filled)[0]
    strange = {**DOOR["questionnaires"].rows(filled)[0], "version": "9.9"}

    with pytest.raises(ValidationError, match="hr-diagnostic 9.9"):
        DOOR["questionnaires"].save(customs, [strange], [])
    with pytest.raises(ValidationError, match="fixed"):
        DOOR["questions"].save(customs, [], [{**question, "text": "Other?"}])


def test_all_codes_that_point_nowhere_are_named_at_once(filled):
    row = complete("votes")[0]

    with pytest.raises(ValidationError) as refusal:
        DOOR["votes"].save(filled, [{**row, "question": "X1"}, {**row, "question": "X2"}], [])

    assert "w1 / X1, w1 / X2" in refusal.value.messages[0]


def test_a_level_off_the_scale_is_refused(filled):
    row = {**complete("votes")[0], "round": 2, "level": 7}

    with pytest.raises(ValidationError, match="D1.1: 7"):
        DOOR["votes"].save(filled, [row], [])


def test_votes_of_new_rounds_are_revealed_and_open_ones_stay_secret(filled):
    workshop = filled_workshop(filled)
    make.round_of(workshop, "D1.2", 1, 1, open=True)

    assert Round.objects.get(question__code="D1.1").is_open is False
    assert {row["question"] for row in DOOR["votes"].rows(filled)} == {"D1.1"}
    assert Vote.objects.count() == 4


def test_a_closed_workshop_takes_no_further_votes_or_agreements(filled):
    workshop = filled_workshop(filled)
    workshop.closed_on = date(2016, 2, 12)
    workshop.save()

    with pytest.raises(ValidationError, match="w1 is closed"):
        DOOR["votes"].save(filled, [{**complete("votes")[0], "round": 2}], [])
    with pytest.raises(ValidationError, match="w1 is closed"):
        DOOR["agreements"].save(filled, [], complete("agreements"))


def test_causes_begin_a_finding_that_is_not_ranked_yet(filled):
    finding = Finding.objects.get()

    assert (finding.code, finding.rank, finding.title) == ("D1.1", 0, "The HR strategy")


def test_twelve_hundred_votes_come_in_with_few_queries(filled, django_assert_max_num_queries):
    people = [{"workshop": "w1", "code": f"N{n}"} for n in range(24)]
    DOOR["participants"].save(filled, complete("participants", people), [])
    asked = [q["code"] for q in DOOR["questions"].rows(filled) if q["code"].startswith("D")]
    votes = [
        {"workshop": "w1", "question": q, "round": 1, "participant": p["code"], "level": 3}
        for q in asked
        for p in people
    ]

    with django_assert_max_num_queries(24):
        DOOR["votes"].save(filled, complete("votes", votes), [])

    assert Vote.objects.count() == 1202


def test_a_vote_without_a_level_says_nothing_on_existence():
    row = Row(
        sheet="votes",
        number=7,
        values={"level": None, "existence": "draft"},
        places={"level": "E"},
    )

    (fault,) = one_vote_each({"votes": (row,)})

    assert (fault.key, fault.row, fault.column) == ("required_empty", 7, "level")


def filled_workshop(administration):
    return Round.objects.select_related("workshop__exercise").first().workshop


def test_an_exported_workbook_changes_nothing_and_furnishes_another_administration(
    filled, elsewhere, tmp_path
):
    workbook = Workbook(tables=TABLES)
    rows = {name: door.rows(filled) for name, door in DOOR.items()}
    write.write_workbook(rows, workbook, tmp_path / "out.xlsx")

    reading = read.read_tables(tmp_path / "out.xlsx", workbook, checks=CHECKS)
    again = preview.compare(rows, reading, workbook)
    fresh = preview.compare({}, reading, workbook)
    for table in fresh.tables:
        DOOR[table.table].save(elsewhere, [one.values for one in table.added], [])

    assert (again.faults, again.nothing_to_do) == ((), True)
    assert {name: door.rows(elsewhere) for name, door in DOOR.items()} == rows
