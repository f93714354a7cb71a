"""Doors of floor 5: pages and REST by the same rules."""

import pytest
from django.urls import reverse

from hrplan.core.models import Run
from hrplan.deliverables.models import Narrative, Submission
from hrplan.deliverables.usecases import checks, files, submissions, versions
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import short_chain

pytestmark = pytest.mark.whole

PAGES = ("document_list", "checks", "submission_list")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def sent(customs, alice):
    house(customs)
    versions.freeze(customs, by=alice)
    return submissions.make_submission(customs, by=alice)


@pytest.mark.parametrize("name", PAGES)
def test_lists_open_for_readers_and_for_nobody_else(as_, sent, name, alice, ruth, stan, cora):
    address = reverse(f"deliverables:{name}", args=["customs"])

    statuses = [as_(member).get(address).status_code for member in (alice, ruth, stan, cora)]

    assert statuses == [200, 200, 403, 403]


@pytest.mark.parametrize("name", PAGES)
def test_lists_have_an_empty_state_that_says_what_to_do(as_, alice, name):
    assert as_(alice).get(reverse(f"deliverables:{name}", args=["customs"])).status_code == 200


def test_a_document_is_read_on_its_page_and_taken_as_a_file(as_, sent, alice):
    version = sent.versions.get(kind="training-calendar")
    client = as_(alice)

    first = client.get("/customs/documents/training-calendar/").content.decode()
    client.get(f"/customs/versions/{version.pk}/?preview=1")
    shown = client.get("/customs/documents/training-calendar/").content.decode()
    file = client.get(f"/customs/versions/{version.pk}/file/?format=ics")

    assert "The preview is being set" in first
    assert '<article class="document"' in shown
    assert file.content == files.render(version, "ics")
    assert file["Content-Disposition"] == 'attachment; filename="training-calendar-1.ics"'
    assert client.get(f"/customs/versions/{version.pk}/file/?format=exe").status_code == 404
    assert client.get("/customs/documents/novel/").status_code == 404


def test_a_reviewer_finds_no_version_that_was_not_sent(as_, sent, ruth):
    version = sent.versions.first()
    client = as_(ruth)
    assert client.get(f"/customs/versions/{version.pk}/").status_code == 404

    sent.sent.add(version)

    assert client.get(f"/customs/versions/{version.pk}/").status_code == 200


def test_a_member_of_another_administration_finds_none(as_, sent, mallory):
    version = sent.versions.first()
    client = as_(mallory)

    for door in ("customs", "elsewhere"):
        assert client.get(f"/{door}/versions/{version.pk}/").status_code == 404
        assert client.get(f"/{door}/submissions/{sent.pk}/").status_code == 404
        assert client.post(f"/{door}/submissions/{sent.pk}/move/").status_code == 404


def test_a_move_is_made_on_the_page_and_its_refusal_is_shown(as_, sent, customs, alice, carol):
    short_chain(customs)
    address = f"/customs/submissions/{sent.pk}/"
    as_(alice).post(f"{address}move/", {"move": "review"})
    sent.refresh_from_db()
    assert sent.state == Submission.State.ENDORSING

    page = as_(alice).post(f"{address}move/", {"move": "revise"}, follow=True)

    assert "Say why" in page.content.decode()
    assert as_(alice).post(f"{address}move/", {"move": "endorse"}).status_code == 403
    assert "Endorse" in as_(carol).get(address).content.decode()


def test_a_passage_is_written_kept_and_taken_away(as_, customs, alice, carol):
    address = "/customs/documents/hr-strategy/passage/?section=foreword"
    client = as_(alice)

    client.post(address, {"text": "Our people come first.\n\nWe train them."})
    assert "Our people come first." in client.get(address).content.decode()
    client.post(address, {"text": " "})

    assert not Narrative.objects.exists()
    assert as_(carol).get(address).status_code == 403
    assert client.get("/customs/documents/hr-strategy/passage/?section=nothing").status_code == 404


def test_new_versions_are_asked_for_as_long_work(as_, customs, alice, carol):
    answer = as_(alice).post("/customs/documents/freeze/")

    assert (answer.status_code, answer.url[:14]) == (302, "/customs/runs/")
    assert as_(carol).post("/customs/documents/freeze/").status_code == 403


def test_rest_gives_the_same_documents_and_refusals(as_, sent, customs, alice, carol, ruth, stan):
    short_chain(customs)
    client = as_(alice)
    root = "/api/v1/customs"

    listed = client.get(f"{root}/documents/").json()
    found = client.get(f"{root}/documents/checks/").json()
    moved = client.post(
        f"{root}/submissions/{sent.pk}/move/", {"move": "review"}, "application/json"
    )
    refused = client.post(
        f"{root}/submissions/{sent.pk}/move/", {"move": "revise"}, "application/json"
    )

    assert [line["version"]["number"] for line in listed] == [1, 1, 1]
    assert listed[2]["version"]["files"]["ics"].endswith("file/?format=ics")
    assert [line["holds"] for line in found] == [True] * 12
    assert (moved.status_code, moved.json()["state"]) == (200, "endorsing")
    assert refused.status_code == 400
    assert as_(ruth).get(f"{root}/versions/").json()["count"] == 0
    assert as_(stan).get(f"{root}/documents/").status_code == 403


def test_rest_writes_a_passage_and_names_an_unknown_section(as_, customs, alice):
    client = as_(alice)
    address = "/api/v1/customs/passages/plan/"

    kept = client.post(address, {"section": "gaps", "text": "As follows."}, "application/json")
    wrong = client.post(address, {"section": "x", "text": "As follows."}, "application/json")

    assert (kept.status_code, wrong.status_code) == (204, 400)
    assert "section" in wrong.json()


@pytest.mark.parametrize("times", [1, 4])
def test_pages_ask_the_database_no_more_with_more_versions(
    as_, sent, alice, times, django_assert_max_num_queries
):
    for number in range(2, times + 1):
        for version in sent.versions.all():
            version.pk, version.number = None, number
            version.save()
    client = as_(alice)

    for address in ("documents/", "documents/hr-strategy/", f"submissions/{sent.pk}/"):
        with django_assert_max_num_queries(15):
            assert client.get(f"/customs/{address}").status_code == 200


def test_the_rules_are_judged_again_when_asked(as_, sent, alice, carol):
    address = "/customs/checks/again/"
    assert as_(carol).post(address).status_code == 403

    answer = as_(alice).post(address)
    run = Run.objects.get(kind="checks")
    checks.checks_task.func(run.pk)

    run.refresh_from_db()
    assert answer.url == f"/customs/runs/{run.pk}/"
    assert [row["faults"] for row in run.result["checks"]] == [[]] * 12
    assert checks.kept_checks(sent.administration).made_at == run.finished_at


def test_the_checks_page_stays_within_fifteen_questions(
    as_, sent, alice, django_assert_max_num_queries
):
    client = as_(alice)

    with django_assert_max_num_queries(15):
        assert client.get("/customs/checks/").status_code == 200
