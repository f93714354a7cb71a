"""Pages and REST of a diagnostic: who opens what, what they show, how often they ask."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diagnostics.models import Finding, ReferenceDocument, Round, Vote
from diagnostics.usecases import documents, findings
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
FEWEST = 15


@pytest.fixture
def workshop(customs, bob, alice):
    exercise = make.exercise(customs)
    held = make.workshop(exercise, facilitator=bob)
    make.round_of(held, "D1.1", 1, 1, 2)
    make.agreement(held, "D1.1", 1, rationale="No page could be shown.")
    documents.register_document(exercise, code="R1", title="Plan", status="missing", by=alice)
    findings.conclude_findings(exercise, by=alice)
    return held


def addresses(workshop):
    exercise = workshop.exercise_id
    question = make.question(workshop.exercise, "D1.1").pk
    named = {
        "exercise_list": [],
        "exercise": [exercise],
        "results": [exercise],
        "agreement": [exercise],
        "compare": [exercise],
        "questions": [exercise],
        "baseline": [exercise],
        "questionnaire_list": [],
        "questionnaire": [workshop.exercise.questionnaires.get().pk],
        "document_list": [],
        "finding_list": [],
        "finding": [Finding.objects.get().pk],
        "workshop": [workshop.pk],
        "question": [workshop.pk, question],
    }
    slug = workshop.administration.slug
    return {name: reverse(f"diagnostics:{name}", args=[slug, *pk]) for name, pk in named.items()}


def test_those_inside_open_every_page(as_, workshop, alice, bob, carol, mona):
    for member in (alice, bob, carol, mona):
        client = as_(member)
        for address in addresses(workshop).values():
            assert client.get(address).status_code == 200, (member, address)


def test_the_reviewer_reads_results_but_not_the_room(as_, workshop, ruth):
    client = as_(ruth)

    statuses = {name: client.get(at).status_code for name, at in addresses(workshop).items()}

    assert {name for name, status in statuses.items() if status == 403} == {"workshop", "question"}


def test_staff_and_coordinators_are_refused_and_outsiders_find_nothing(
    as_, workshop, stan, cora, mallory
):
    for member, status in ((stan, 403), (cora, 403), (mallory, 404)):
        client = as_(member)
        for address in addresses(workshop).values():
            assert client.get(address).status_code == status, (member, address)


def test_pages_ask_the_database_as_often_for_one_row_as_for_four(as_, workshop, alice):
    client = as_(alice)
    at = addresses(workshop)
    for _warm in (1, 2):
        counted = {name: queries(client, address) for name, address in at.items()}
    exercise = workshop.exercise
    for n in (2, 3, 4):
        documents.register_document(exercise, code=f"R{n}", title="P", status="draft", by=alice)
        more = make.workshop(exercise, code=f"w{n}", people=0)
        make.round_of(more, "D1.2")
        finding = Finding.objects.get(code="D1.1")
        findings.add_cause(finding, kind="may", text="Because.", by=alice)
        findings.add_recommendation(finding, text="Do.", by=alice)

    again = {name: queries(client, address) for name, address in at.items()}

    assert again == counted
    assert max(again.values()) <= FEWEST


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_results_show_level_basis_and_what_is_missing(as_, workshop, mona):
    address = addresses(workshop)

    results = as_(mona).get(address["results"]).content.decode()
    questions = as_(mona).get(address["questions"]).content.decode()

    assert "<svg" in results
    assert "2 missing" in results
    assert "agreed in the room" in questions
    assert "No page could be shown." in questions
    assert "Person 1" not in results + questions


def test_the_map_of_votes_counts_by_level_and_names_nobody(as_, workshop, mona):
    page = as_(mona).get(addresses(workshop)["agreement"]).content.decode()

    assert page.count('class="cell level-3">2<') == 1
    assert page.count('class="cell level-2">1<') == 1
    assert "fewer than 5 votes" in page
    assert "Person 1" not in page
    assert "Manager 1" not in page


def test_an_empty_administration_is_told_what_to_do(as_, alice):
    client = as_(alice)
    for name in ("exercise_list", "finding_list", "document_list", "questionnaire_list"):
        page = client.get(reverse(f"diagnostics:{name}", args=["customs"]))
        assert "empty-state" in page.content.decode()


def test_paper_is_entered_revealed_and_settled_by_plain_forms(as_, workshop, bob):
    client = as_(bob)
    asked = make.question(workshop.exercise, "D1.2")
    address = reverse("diagnostics:question", args=["customs", workshop.pk, asked.pk])

    assert client.post(address, {"act": "open"}).status_code == 302
    round = Round.objects.get(question=asked)
    person = workshop.participants.first().pk
    vote = {"act": "vote", "round": round.pk, "participant": person, "answer": "4"}
    assert client.post(address, vote).status_code == 302
    assert "1 vote is in." in client.get(address).content.decode()
    assert client.post(address, {"act": "reveal"}).status_code == 302
    late = client.post(address, {**vote, "answer": "2"}, follow=True).content.decode()
    assert client.post(address, {"act": "agree", "level": "4"}).status_code == 302

    assert "the vote stays as it was given: 4, not 2" in late
    assert Vote.objects.get(round=round).level == 4
    assert workshop.agreements.get(question=asked).level == 4


def test_a_form_with_a_fault_is_shown_again_and_an_unknown_act_refused(as_, workshop, bob):
    client = as_(bob)
    address = addresses(workshop)["question"]

    again = client.post(address, {"act": "agree", "level": "9", "rationale": "Kept words"})

    assert "Kept words" in again.content.decode()
    assert client.post(address, {"act": "burn"}).status_code == 400


def test_those_who_do_not_lead_cannot_act_in_the_room(as_, workshop, alice, mona):
    address = addresses(workshop)["question"]
    for member in (alice, mona):
        for act in ("open", "reveal"):
            assert as_(member).post(address, {"act": act}).status_code == 403


def test_a_document_is_registered_and_corrected_by_the_form(as_, workshop, alice):
    client = as_(alice)
    row = ReferenceDocument.objects.get()
    new = reverse("diagnostics:document_new", args=["customs"])
    one = reverse("diagnostics:document", args=["customs", row.pk])

    future = {"code": "R2", "title": "HR policy", "status": "draft", "dated_on": "2016-03-01"}
    assert "lies in the future" in client.post(new, future).content.decode()
    assert client.post(new, {**future, "dated_on": "2015-03-01"}).status_code == 302
    assert client.post(one, {"title": "Plan", "status": "approved"}).status_code == 302

    register = ReferenceDocument.objects.values_list("code", "status")
    assert sorted(register) == [("R1", "approved"), ("R2", "draft")]


def test_causes_and_recommendations_are_added_on_the_findings_page(as_, workshop, alice, mona):
    address = addresses(workshop)["finding"]
    cause = {"act": "cause", "cause-kind": "may", "cause-text": "Nobody may sign."}
    answer = {"act": "answer", "answer-text": "Delegate.", "answer-due_on": "2016-01-01"}

    assert as_(mona).post(address, cause).status_code == 403
    assert as_(alice).post(address, cause).status_code == 302
    refused = as_(alice).post(address, answer).content.decode()

    assert "This date has passed." in refused
    assert Finding.objects.get().causes.get().text == "Nobody may sign."
    assert "delegation or a change of rules" in as_(mona).get(address).content.decode()


def test_findings_are_narrowed_by_domain(as_, workshop, alice):
    client, address = as_(alice), addresses(workshop)["finding_list"]
    title = Finding.objects.get().title

    shown = [
        title in client.get(address, {"domain": code}).content.decode()
        for code in ("", "D1", "nonsense")
    ]

    assert shown == [True, True, True]  # what makes no sense counts as not asked
    Finding.objects.update(domain=make.question(workshop.exercise, "D2.1").domain)
    assert "Domain D2" in client.get(address, {"domain": "D2"}).content.decode()


def test_closing_is_confirmed_first_and_refused_with_the_reason(as_, workshop, bob):
    client = as_(bob)
    address = reverse("diagnostics:close", args=["customs", workshop.pk])

    assert client.get(address).status_code == 200
    refused = client.post(address, follow=True).content.decode()

    assert "2 questions are still open." in refused


# --- REST ----------------------------------------------------------------------------------------


def api(path):
    return f"/api/v1/customs/{path}"


def test_rest_gives_the_results_and_leaves_unknown_null(as_, workshop, ruth):
    got = as_(ruth).get(api(f"exercises/{workshop.exercise_id}/results/")).json()

    assert (got["overall"], got["n"], got["missing"]) == (1.0, 1, 2)
    assert got["domains"][0]["questions"][0]["settled"]["rationale"] == "No page could be shown."
    assert got["domains"][1]["score"] is None


def test_rest_carries_a_vote_from_open_to_agreed_with_the_same_refusals(as_, workshop, bob):
    client = as_(bob)
    asked = make.question(workshop.exercise, "D1.2").pk
    room = f"workshops/{workshop.pk}/questions/{asked}/"

    def post(path, **data):
        return client.post(api(path), data, content_type="application/json")

    opened = post(f"{room}open/")
    number = opened.json()["rounds"][0]["id"]
    again = post(f"{room}open/")
    voted = post(f"rounds/{number}/votes/", participant="P1", level=4, use="routine")
    stranger = post(f"rounds/{number}/votes/", participant="P9", level=4)
    revealed = post(f"rounds/{number}/reveal/")
    late = post(f"rounds/{number}/votes/", participant="P1", level=2)
    settled = post(f"{room}agreement/", level=4, rationale="Seen.")

    assert [r.status_code for r in (opened, voted, revealed, settled)] == [201, 200, 200, 200]
    assert again.status_code == 400
    assert "reveal it first" in again.content.decode()
    assert stranger.status_code == 404
    assert late.status_code == 400
    assert "stays as it was given" in late.content.decode()
    assert client.get(api(room)).json()["state"] == "agreed"


def test_rest_shows_votes_by_name_to_the_facilitator_alone(as_, workshop, bob, alice):
    room = api(f"workshops/{workshop.pk}/questions/{make.question(workshop.exercise, 'D1.1').pk}/")

    assert len(as_(bob).get(room).json()["rounds"][0]["votes"]) == 3
    assert as_(alice).get(room).json()["rounds"][0]["votes"] == []


def test_rest_answers_readers_refused_and_outsiders(as_, workshop, stan, ruth, mallory):
    exercise = f"exercises/{workshop.exercise_id}/"

    for path in ("exercises/", exercise, f"{exercise}findings/", "questionnaires/"):
        assert as_(ruth).get(api(path)).status_code == 200
        assert as_(stan).get(api(path)).status_code == 403
        assert as_(mallory).get(api(path)).status_code == 404
    assert as_(ruth).get(api(f"workshops/{workshop.pk}/")).status_code == 403
    assert as_(ruth).post(api(f"{exercise}conclude/")).status_code == 403


def test_rest_lists_what_belongs_to_an_exercise(as_, workshop, alice):
    client = as_(alice)
    exercise = f"exercises/{workshop.exercise_id}/"

    steps = client.get(api(f"{exercise}steps/")).json()
    progress = client.get(api(f"workshops/{workshop.pk}/progress/")).json()
    register = client.get(api("documents-register/")).json()
    finding = client.get(api(f"findings/{Finding.objects.get().pk}/")).json()

    assert [step["state"] for step in steps[:2]] == ["current", "waiting"]
    assert [row["state"] for row in progress] == ["agreed", "unasked", "unasked"]
    assert [row["code"] for row in register["results"]] == ["R1"]
    assert finding["severity"] == 100.0
    assert client.get(api(f"{exercise}baseline/")).json() == []


def test_rest_registers_and_explains_with_the_words_of_the_form(as_, workshop, alice):
    client = as_(alice)
    row = {"exercise": workshop.exercise_id, "code": "R2", "title": "Policy", "status": "draft"}
    finding = f"findings/{Finding.objects.get().pk}/"

    def post(path, data):
        return client.post(api(path), data, content_type="application/json")

    assert post("documents-register/", row).status_code == 201
    future = post("documents-register/", {**row, "dated_on": "2016-03-01"})
    assert (future.status_code, future.json()) == (
        400,
        {"dated_on": ["This date lies in the future."]},
    )
    assert post(f"{finding}causes/", {"kind": "may", "text": "No law."}).status_code == 201
    assert post(f"{finding}recommendations/", {"text": "Delegate."}).status_code == 201
    assert post(f"exercises/{workshop.exercise_id}/advance/", {}).json()["state"] == "documents"
    assert post("questionnaires/adopt/", {}).status_code == 200
