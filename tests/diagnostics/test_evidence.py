"""What was heard and read in an exercise: added, corrected, removed, and cited by its titles."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from diagnostics.models import (
    CorporateObjective,
    DocumentReview,
    Finding,
    Interview,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.usecases import citing, evidence_rows, rounds
from hrplan.core.models import AuditEntry
from tests.diagnostics import make_diagnostics as make

pytestmark = pytest.mark.django_db
GUIDES = [
    {"code": "hr", "title": "Interview with the HR unit", "questions": [{"text": "Who decides?"}]},
    {"code": "field_posts", "title": "Visit to a field post", "questions": []},
]


@pytest.fixture
def first(customs):
    form = make.questionnaire(customs)
    form.guides = GUIDES
    form.save()
    return make.exercise(customs, form=form)


@pytest.fixture
def plan(first):
    return document(first, "RD1", "Strategic plan", "approved")


def document(exercise, code, title, status):
    return ReferenceDocument.objects.create(
        administration=exercise.administration,
        exercise=exercise,
        code=code,
        title=title,
        status=status,
    )


def note(exercise, by, **fields):
    usual = {"code": "N1", "guide": "hr", "held_on": date(2016, 2, 10), "notes": "Half on travel."}
    usual |= {"exercise": exercise, "function": "Registry clerk", **fields}
    return evidence_rows.add_row(Interview, exercise.administration, by=by, **usual)


def finding(exercise):
    question = make.question(exercise, "D1.1")
    return Finding.objects.create(
        administration=exercise.administration,
        exercise=exercise,
        code="D1.1",
        kind="weakness",
        domain=question.domain,
        question=question,
        title="The practice D1.1",
    )


def test_every_kind_of_evidence_is_added_corrected_and_removed_on_record(first, plan, alice):
    owner = first.administration
    rows = [
        note(first, alice),
        evidence_rows.add_row(
            SwotItem, owner, by=alice, exercise=first, kind="threat", text="Leavers"
        ),
        evidence_rows.add_row(
            DocumentReview, owner, by=alice, exercise=first, document=plan, summary="Eight aims."
        ),
        evidence_rows.add_row(CorporateObjective, owner, by=alice, code="CO1", title="Collect"),
    ]
    evidence_rows.change_row(rows[0], by=alice, code="N9", notes="Travel papers.")
    rows[0].refresh_from_db()

    kept = (rows[0].code, rows[0].notes, rows[1].position)
    for row in rows:
        evidence_rows.remove_row(row, by=alice)

    assert kept == ("N1", "Travel papers.", 1)
    assert not any(model.objects.exists() for model in (Interview, SwotItem, DocumentReview))
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["add"] * 4 + ["change"] + ["remove"] * 4


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"held_on": date(2099, 1, 1)}, "held_on", "lies in the future"),
        ({"guide": "unheard"}, "guide", "Choose one of the guides: hr, field_posts"),
        ({"notes": ""}, "notes", "blank"),
    ],
)
def test_an_interview_is_refused_at_the_field_that_is_wrong(first, alice, fields, field, words):
    with pytest.raises(ValidationError, match=words) as refusal:
        note(first, alice, **fields)

    assert list(refusal.value.error_dict) == [field]


def test_a_number_that_is_taken_is_refused(first, alice):
    note(first, alice)

    with pytest.raises(ValidationError, match="already exists|constraint"):
        note(first, alice)


def test_only_a_document_of_the_exercise_that_exists_is_reviewed(first, customs, alice):
    missing = document(first, "RD2", "HR strategy", "missing")
    other = document(
        make.exercise(customs, code="x", form=first.questionnaires.get()), "RD1", "Plan", "draft"
    )
    fields = {"exercise": first, "summary": "Aims."}

    for one, words in ((missing, "missing document"), (other, "another exercise")):
        with pytest.raises(ValidationError, match=words):
            evidence_rows.add_row(DocumentReview, customs, by=alice, document=one, **fields)


def test_others_may_not_keep_evidence(first, mona, mallory):
    for outsider in (mona, mallory):
        with pytest.raises(PermissionDenied):
            note(first, outsider)


def test_a_rating_cites_evidence_and_its_titles_are_told(first, plan, alice, bob):
    workshop = make.workshop(first, facilitator=bob)
    make.round_of(workshop, "D1.1", 2, 2, 2)
    note(first, alice)
    asked = make.question(first, "D1.1")

    made = rounds.record_agreement(
        workshop, asked, level=2, cited=["interview:N1", "document:RD1"], by=bob
    )

    assert made.cited == ["document:RD1", "interview:N1"]
    assert list(citing.titles_of(first, made.cited).values()) == [
        "RD1 Strategic plan (approved)",
        "Interview N1: Registry clerk, 10 February 2016",
    ]
    with pytest.raises(ValidationError, match="no such evidence"):
        rounds.record_agreement(workshop, asked, level=2, cited=["document:RD9"], by=bob)


def test_what_is_cited_is_not_removed(first, alice):
    row, found = note(first, alice), finding(first)
    citing.cite(found, ["interview:N1"], by=alice)

    with pytest.raises(ValidationError, match="cited by D1.1"):
        evidence_rows.remove_row(row, by=alice)
    citing.cite(found, [], by=alice)
    evidence_rows.remove_row(row, by=alice)

    assert not Interview.objects.exists()


def test_the_page_shows_guides_reviews_with_their_objectives_and_swot(
    first, plan, alice, mona, as_
):
    owner = first.administration
    note(first, alice)
    evidence_rows.add_row(
        DocumentReview, owner, by=alice, exercise=first, document=plan, summary="Eight aims."
    )
    evidence_rows.add_row(
        CorporateObjective, owner, by=alice, code="CO1", title="Collect", source="Strategic plan"
    )

    page = as_(mona).get(f"/customs/exercises/{first.pk}/evidence/").content.decode()

    for words in ("Visit to a field post", "Registry clerk", "Eight aims.", "Collect"):
        assert words in page
    assert "Every corporate objective stands in a document" in page
    assert "Note an interview" not in page


def test_an_interview_is_noted_corrected_and_removed_by_page(first, alice, as_):
    client, base = as_(alice), f"/customs/exercises/{first.pk}/interviews/"
    form = client.get(f"{base}new/?guide=hr").content.decode()
    sent = {"code": "N1", "guide": "hr", "held_on": "2016-02-10", "notes": "Said."}
    client.post(f"{base}new/", sent)
    row = Interview.objects.get()
    again = client.post(f"{base}new/", sent)
    client.post(f"{base}{row.pk}/", sent | {"notes": "Said more."})
    row.refresh_from_db()
    asked = client.get(f"{base}{row.pk}/remove/").content.decode()
    client.post(f"{base}{row.pk}/remove/")

    assert "Who decides?" in form
    assert again.status_code == 200
    assert row.notes == "Said more."
    assert "Remove this interview" in asked
    assert not Interview.objects.exists()


def test_a_finding_cites_evidence_by_page(first, plan, alice, mona, as_):
    found = finding(first)
    address = f"/customs/findings/{found.pk}/"

    refused = as_(mona).post(address, {"act": "cite", "cited": "document:RD1"})
    as_(alice).post(address, {"act": "cite", "cited": ["document:RD1"]})

    assert refused.status_code == 403
    assert "RD1 Strategic plan (approved)" in as_(mona).get(address).content.decode()


def test_rest_keeps_evidence_with_the_refusals_of_the_pages(first, plan, alice, mona, mallory, as_):
    client, base = as_(alice), "/api/v1/customs/interviews/"
    sent = {"exercise": first.pk, "code": "N1", "guide": "hr", "held_on": "2016-02-10"}
    sent |= {"notes": "Said."}
    kind = {"content_type": "application/json"}
    made = client.post(base, sent, **kind)
    late = client.post(base, sent | {"code": "N2", "held_on": "2099-01-01"}, **kind)
    row = f"{base}{made.json()['id']}/"
    changed = client.patch(row, {"notes": "More.", "code": "N7"}, **kind).json()
    sources = client.get(f"/api/v1/customs/exercises/{first.pk}/sources/").json()

    assert (made.status_code, late.status_code) == (201, 400)
    assert late.json() == {"held_on": ["This date lies in the future."]}
    assert (changed["notes"], changed["code"]) == ("More.", "N1")
    assert [group["kind"] for group in sources] == ["document", "interview"]
    assert as_(mona).post(base, sent, **kind).status_code == 403
    assert as_(mallory).get(row).status_code == 404
    assert client.delete(row).status_code == 204


def test_rest_lets_a_finding_cite(first, plan, alice, as_):
    found = finding(first)
    address = f"/api/v1/customs/findings/{found.pk}/cited/"
    kind = {"content_type": "application/json"}

    taken = as_(alice).put(address, {"cited": ["document:RD1"]}, **kind)
    strange = as_(alice).put(address, {"cited": ["document:RD9"]}, **kind)

    assert taken.json() == {"cited": ["document:RD1"]}
    assert strange.status_code == 400


def test_what_is_cited_is_told_by_title_where_the_votes_are_shown(first, plan, bob, mona, as_):
    workshop = make.workshop(first, facilitator=bob)
    make.round_of(workshop, "D1.1", 2, 2, 2)
    make.agreement(workshop, "D1.1", 2, cited=["document:RD1"])
    asked = make.question(first, "D1.1")
    pages = {
        f"/customs/exercises/{first.pk}/questions/": mona,
        f"/customs/workshops/{workshop.pk}/questions/{asked.pk}/": mona,
        f"/customs/workshops/{workshop.pk}/questions/{asked.pk}/?": bob,
    }

    told = [as_(member).get(page).content.decode() for page, member in pages.items()]

    assert ["<li>RD1 Strategic plan (approved)</li>" in page for page in told] == [True] * 3
    assert ['name="cited"' in page for page in told] == [False, False, True]


def test_the_register_leads_to_the_review_of_a_document_or_to_a_new_one(first, plan, alice, as_):
    read = document(first, "RD2", "Business plan", "draft")
    document(first, "RD3", "HR strategy", "missing")
    owner = first.administration
    evidence_rows.add_row(
        DocumentReview, owner, by=alice, exercise=first, document=read, summary="Aims."
    )

    page = as_(alice).get(f"/customs/documents-register/?exercise={first.pk}").content.decode()

    assert page.count(f'href="/customs/exercises/{first.pk}/evidence/#reviews"') == 1
    assert page.count(f"/exercises/{first.pk}/reviews/new/?document=") == 1
    assert f"/exercises/{first.pk}/reviews/new/?document={plan.pk}" in page
