"""Findings concluded from the scores, and the steps of an exercise."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diagnostics.models import Exercise, ExerciseStep, Finding
from diagnostics.usecases import baseline, documents, exercises, findings
from tests import make as cast
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(customs):
    return make.exercise(customs)


@pytest.fixture
def scored(first):
    workshop = make.workshop(first)
    make.round_of(workshop, "D1.1", 1, 1, 2)
    make.agreement(
        workshop,
        "D1.1",
        1,
        rationale="No page could be shown.",
        evidence="Empty file.",
        dissent="One holds 2.",
    )
    make.agreement(workshop, "D1.2", 3)
    make.agreement(workshop, "D2.1", 5)
    return first


def test_findings_are_told_in_the_rooms_own_words(scored, alice):
    found = findings.conclude_findings(scored, by=alice)

    (weak,), (strong,) = found.weaknesses, found.strengths
    assert (weak.code, weak.rank, weak.severity) == ("D1.1", 1, 100.0)
    assert weak.title == "The practice D1.1: level 1, ad hoc"
    assert weak.text == ("No page could be shown. Level 2 would mean: Anchor 2 of D1.1.")
    assert weak.evidence.splitlines() == [
        "3 votes: 2 at level 1 and 1 at level 2; too few for a figure of agreement.",
        "Empty file.",
        "Dissent: One holds 2.",
    ]
    assert (strong.code, strong.severity) == ("D2.1", 100.0)


def test_concluding_anew_keeps_causes_and_forgets_what_no_longer_stands_out(scored, alice):
    findings.conclude_findings(scored, by=alice)
    kept = Finding.objects.get(code="D1.1")
    findings.add_cause(kept, kind="know", text="Nobody was shown how.", by=alice)
    scored.workshops.get().agreements.update(level=3)

    found = findings.conclude_findings(scored, by=alice)

    assert (found.weaknesses, found.strengths) == ((), ())
    assert [(line.code, line.rank) for line in found.noted] == [("D1.1", 0)]
    assert found.noted[0].causes[0].response == "training or coaching"


def test_concluding_twice_changes_nothing(scored, alice):
    once = findings.conclude_findings(scored, by=alice)

    assert findings.conclude_findings(scored, by=alice) == once


def test_the_administration_may_move_the_limits(scored, alice):
    scored.administration.constants = {"findings": {"weak_to": 3, "strong_from": 5}}

    found = findings.conclude_findings(scored, by=alice)

    assert [line.code for line in found.weaknesses] == ["D1.1", "D1.2"]


def test_a_constant_that_does_not_exist_is_refused(scored, alice):
    scored.administration.constants = {"findings": {"weak_upto": 3}}

    with pytest.raises(ValidationError, match="weak_upto"):
        findings.conclude_findings(scored, by=alice)


def test_without_a_score_nothing_is_concluded(first, alice):
    with pytest.raises(ValidationError, match="No question has a score"):
        findings.conclude_findings(first, by=alice)


def test_a_recommendation_is_not_due_in_the_past(scored, alice):
    findings.conclude_findings(scored, by=alice)
    finding = Finding.objects.get(code="D1.1")

    with pytest.raises(ValidationError, match="passed"):
        findings.add_recommendation(finding, text="Do.", due_on=date(2016, 2, 11), by=alice)


def test_managers_and_reviewers_conclude_nothing(scored, mona, ruth):
    for member in (mona, ruth):
        with pytest.raises(PermissionDenied):
            findings.conclude_findings(scored, by=member)


def test_an_exercise_goes_on_step_by_step_and_notes_the_day(first, alice):
    after = exercises.advance_exercise(first, by=alice)

    assert after.state == Exercise.State.DOCUMENTS
    step = ExerciseStep.objects.get(state="request")
    assert step.done_on == date(2016, 2, 12)


def test_an_exercise_does_not_leave_unfinished_work_behind(first, alice):
    for state, words in (
        ("documents", "Register the documents"),
        ("workshop", "No workshop"),
        ("scoring", "Conclude the findings"),
        ("follow_up", "last state"),
    ):
        Exercise.objects.update(state=state)
        with pytest.raises(ValidationError, match=words):
            exercises.advance_exercise(first, by=alice)
    make.workshop(first)
    Exercise.objects.update(state="workshop")
    with pytest.raises(ValidationError, match="still open"):
        exercises.advance_exercise(first, by=alice)


def test_steps_are_done_late_current_or_ahead(first):
    Exercise.objects.update(state="documents")
    first.refresh_from_db()
    ExerciseStep.objects.create(exercise=first, state="workshop", planned_on=date(2016, 2, 1))

    steps = exercises.exercise_steps(first)

    assert [step.state for step in steps[:5]] == ["done", "current", "waiting", "late", "waiting"]


def test_the_overview_names_the_next_thing(scored, customs, alice):
    def said() -> str:
        return exercises.exercise_overview(scored).next_thing

    assert said() == "documents"
    documents.register_document(scored, code="R1", title="Plan", status="missing", by=alice)
    assert said() == "votes"
    workshop = scored.workshops.get()
    make.round_of(workshop, "D1.2", 3)
    make.round_of(workshop, "D2.1", 3)
    assert said() == "close"
    scored.workshops.update(closed_on=date(2016, 2, 12))
    assert said() == "findings"
    findings.conclude_findings(scored, by=alice)
    assert said() == "advance"


def test_a_document_is_registered_once_and_said_anew(first, alice):
    documents.register_document(first, code="R1", title="Plan", status="missing", by=alice)
    documents.register_document(
        first, code="R1", title="Plan", status="approved", dated_on=date(2014, 4, 1), by=alice
    )

    register = documents.document_register(first)

    assert (register.n, register.missing, register.counts["approved"]) == (1, 0, 1)


def test_a_document_has_no_date_that_makes_no_sense(first, alice):
    for status, day in (("approved", date(2016, 2, 13)), ("missing", date(2014, 4, 1))):
        with pytest.raises(ValidationError):
            documents.register_document(
                first, code="R1", title="Plan", status=status, dated_on=day, by=alice
            )


def test_the_baseline_form_shows_labels_tables_and_what_is_unknown(customs):
    exercises.adopt_questionnaires(customs, by=None)
    first = make.exercise(customs)
    first.questionnaires.add(customs_form(customs))
    law = first.questionnaires.get(kind="baseline").domains.get().questions.get(code="B01")
    plan = law.domain.questions.get(code="B02")
    for question, field, line, value in (
        (law, "laws.title", 1, "Customs Act"),
        (law, "laws.year", 1, "2000"),
        (law, "laws.title", 2, "Excise Act"),
        (plan, "status", 1, "expired"),
    ):
        first.baseline_answers.create(question=question, field=field, line=line, value=value)

    form = baseline.baseline(first)

    assert (form.answered, len(form.items)) == (2, 12)
    assert form.items[0].fields[2].lines == (("Customs Act", "2000", ""), ("Excise Act", "", ""))
    assert form.items[1].fields[0].value == "Expired, no successor"
    assert form.items[2].is_answered is False


def customs_form(customs):
    return exercises.adopt_questionnaires(customs, by=None)[0]


def test_numbers_of_the_baseline_form_stand_under_their_unit(customs):
    first = make.exercise(customs)
    first.questionnaires.add(customs_form(customs))
    money = first.questionnaires.get(kind="baseline").domains.get().questions.get(code="B05")
    fields = {one["code"]: one for one in money.fields}
    (code,) = [one for one in fields if fields[one]["columns"]]
    for column, value in (("fiscal_year", "2014/15"), ("granted", "11850000")):
        first.baseline_answers.create(question=money, field=f"{code}.{column}", line=1, value=value)

    item = next(one for one in baseline.baseline(first).items if one.code == "B05")
    (table,) = [one for one in item.fields if one.columns]

    assert table.heads[:2] == (("Fiscal year", False), ("Granted in total (BZD)", True))
    assert table.cells[0][:2] == (("2014/15", False), ("11,850,000", True))


def test_a_recommendation_becomes_a_training_need_by_the_competency_it_lifts(
    scored, customs, alice, as_
):
    cast.framework(customs)
    code = findings.conclude_findings(scored, by=alice).weaknesses[0].code
    finding = Finding.objects.get(exercise=scored, code=code)
    sent = {"answer-text": "Train two.", "answer-competency": "O1", "act": "answer"}
    client, address = as_(alice), f"/customs/findings/{finding.pk}/"

    refused = client.post(address, sent).content.decode()
    client.post(address, sent | {"answer-is_training": "on"})

    assert "Only what training answers lifts a competency." in refused
    assert [one.competency for one in finding.recommendations.all()] == ["O1"]
    assert 'href="/customs/needs/?competency=O1">Training needs in O1' in " ".join(
        client.get(address).content.decode().split()
    )
    with pytest.raises(ValidationError, match="no such competency"):
        findings.add_recommendation(
            finding, text="Do.", is_training=True, competency="X9", by=alice
        )
