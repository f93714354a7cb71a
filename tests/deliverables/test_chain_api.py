"""The chain by REST: the same use cases and refusals as its pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hrplan.core.models import Role
from hrplan.deliverables.models import CheckOverride, Delegation, Submission, Verdict, Voice
from hrplan.deliverables.usecases import links, submissions, versions
from hrplan.strategy.models import Indicator
from tests import make
from tests.deliverables import seats as chairs
from tests.deliverables.make_deliverables import house
from tests.deliverables.seats import TO_DECISION, go

pytestmark = pytest.mark.whole
ROOT = "/api/v1/customs"
JSON = "application/json"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def seats(customs, alice, mona, carol):
    return chairs.seats(customs, alice, mona, carol)


@pytest.fixture
def sent(customs, alice):
    house(customs)
    versions.freeze(customs, by=alice)
    return submissions.make_submission(customs, by=alice)


def test_the_chain_is_read_stated_changed_and_shortened(as_, customs, alice, ruth, stan):
    client, address = as_(alice), f"{ROOT}/chain-steps/"
    assert {row["id"] for row in client.get(address).json()} == {None}
    step = {"stage": "cabinet", "position": 1, "body": "cabinet", "role": "reviewer", "quorum": 1}

    made = client.post(address, step, JSON)
    key = made.json()["id"]
    changed = client.patch(f"{address}{key}/", {"days": 7}, JSON)
    wrong = client.patch(f"{address}{key}/", {"role": "head"}, JSON)
    gone = client.delete(f"{address}{key}/")

    assert (made.status_code, changed.json()["days"], wrong.status_code) == (201, 7, 400)
    assert (gone.status_code, len(as_(ruth).get(address).json())) == (204, 7)
    assert as_(ruth).post(address, step, JSON).status_code == 403
    assert as_(stan).get(address).status_code == 403


def test_the_last_who_decides_is_not_taken_away(as_, customs, alice):
    client, address = as_(alice), f"{ROOT}/chain-steps/"
    chairs.short_chain(customs)
    decides = next(row for row in client.get(address).json() if row["stage"] == "decision")

    assert client.delete(f"{address}{decides['id']}/").status_code == 400


def test_reviewers_get_the_body_that_they_speak_for(as_, alice, ruth, mona):
    client = as_(alice)
    client.put(f"{ROOT}/voices/{ruth.pk}/", {"body": "legal"}, JSON)

    assert Voice.objects.get().body == "legal"
    assert client.get(f"{ROOT}/voices/").json()[0]["body"] == "legal"
    assert client.put(f"{ROOT}/voices/{mona.pk}/", {"body": "legal"}, JSON).status_code == 400
    assert as_(ruth).put(f"{ROOT}/voices/{ruth.pk}/", {"body": ""}, JSON).status_code == 403


def test_one_lets_others_act_for_oneself_alone(as_, carol, mona, mallory):
    today = str(timezone.localdate())
    asked = {"delegate": mona.pk, "starts_on": today, "ends_on": today}
    made = as_(carol).post(f"{ROOT}/delegations/", asked, JSON)

    assert made.status_code == 201
    key = made.json()["id"]
    assert as_(mona).delete(f"{ROOT}/delegations/{key}/").status_code == 404
    stranger = as_(carol).post(f"{ROOT}/delegations/", asked | {"delegate": mallory.pk}, JSON)
    assert stranger.status_code == 400
    assert as_(carol).delete(f"{ROOT}/delegations/{key}/").status_code == 204
    assert not Delegation.objects.exists()


def test_the_head_says_why_documents_go_on_and_takes_it_back(as_, sent, customs, alice, carol):
    Indicator.objects.update(owner="")
    versions.freeze(customs, by=alice)
    asked = {"number": 2, "reason": "The owner is named in June."}
    assert as_(alice).post(f"{ROOT}/overrides/", asked, JSON).status_code == 403

    as_(carol).post(f"{ROOT}/overrides/", asked, JSON)
    assert as_(alice).get(f"{ROOT}/overrides/").json()[0]["number"] == 2
    wrong = as_(carol).post(f"{ROOT}/overrides/", asked | {"number": 13}, JSON)
    as_(carol).delete(f"{ROOT}/overrides/2/")

    assert wrong.status_code == 400
    assert not CheckOverride.objects.exists()


def test_lines_are_ruled_on_by_who_decides_and_carried_out_by_the_office(as_, sent, seats, alice):
    address = f"{ROOT}/submissions/{sent.pk}"
    decision = go(sent, seats, *TO_DECISION)
    decider = as_(seats.ministry["finance"])
    line = next(row for row in decider.get(f"{address}/lines/").json() if row["kind"] == "session")
    cut = {"kind": "session", "key": line["key"], "ruling": "cut"}

    wordless = decider.post(f"{address}/lines/", cut, JSON)
    ruled = decider.post(f"{address}/lines/", cut | {"condition": "No money"}, JSON)
    refused = as_(alice).post(f"{address}/lines/", cut | {"condition": "No"}, JSON)
    early = as_(alice).post(f"{address}/carry_out/")
    go(decision, seats, "approve_part")
    run = as_(alice).post(f"{address}/carry_out/")

    assert [one.status_code for one in (wordless, ruled, refused)] == [400, 204, 403]
    assert (early.status_code, run.status_code) == (400, 202)


def test_links_are_made_told_once_listed_and_revoked(as_, sent, seats, alice, ruth):
    received = go(sent, seats, *TO_DECISION[:-1])
    address = f"{ROOT}/submissions/{sent.pk}/links/"
    step = received.steps.get(body="legal").pk

    made = as_(alice).post(address, {"name": "Lena", "step": step}, JSON).json()
    listed = as_(seats.carol).get(address).json()

    secret = made["address"].rstrip("/").rpartition("/")[2]
    assert links.live(secret).pk == made["link"]["id"] == listed[0]["id"]
    assert secret not in str(listed)
    assert as_(ruth).get(address).status_code == 403
    assert as_(alice).post(f"{ROOT}/links/{made['link']['id']}/revoke/").status_code == 204
    assert links.live(secret) is None


def test_papers_are_recorded_and_read_inside(as_, sent, seats, alice, ruth):
    received = go(sent, seats, *TO_DECISION[:-1])
    address = f"{ROOT}/submissions/{sent.pk}"
    asked = {
        "step": received.steps.get(body="legal").pk, "move": "clear", "name": "Lea Law",
        "on": str(timezone.localdate()), "shown": submissions.shown_hash(received),
    }  # fmt: skip
    wrong = as_(alice).post(f"{address}/paper/", asked | {"file": SimpleUploadedFile("a", b"a")})
    scan = SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n")
    made = as_(alice).post(f"{address}/paper/", asked | {"file": scan})

    assert (wrong.status_code, made.status_code) == (400, 201)
    listed = as_(seats.mona).get(f"{address}/papers/").json()
    assert as_(seats.mona).get(listed[0]["file"]).status_code == 200
    assert as_(ruth).get(f"{address}/papers/").status_code == 403
    assert Verdict.objects.get(paper__gt="").said_by == "Lea Law"


def test_the_reviewers_tests_are_read_by_who_reads_the_submission(as_, sent, ruth, mallory):
    address = f"{ROOT}/submissions/{sent.pk}/tests/"
    assert as_(ruth).get(address).status_code == 404
    Submission.objects.update(state="submitted")

    found = as_(ruth).get(address).json()

    assert (len(found), found[0]["key"]) == (13, "need")
    assert as_(mallory).get(address).status_code == 404


def test_nothing_of_another_administration_is_reached(as_, customs, mallory, ruth):
    other = make.member(mallory.administration, Role.REVIEWER, "other")
    for path, body in (
        (f"voices/{ruth.pk}/", {"body": "legal"}),
        (f"voices/{other.pk}/", {"body": "legal"}),
    ):
        assert as_(mallory).put(f"{ROOT}/{path}", body, JSON).status_code == 404
    own = as_(mallory).put(f"/api/v1/elsewhere/voices/{ruth.pk}/", {"body": "legal"}, JSON)
    assert own.status_code == 404
