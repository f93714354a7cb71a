import pytest

from competencies.models import Assessment
from tests import make
from tests.competencies.make_gaps import Port, port

ROOT = "/api/v1/customs"


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


def test_a_profile_of_a_person_is_the_one_of_the_page(place, as_, alice):
    answer = as_(alice).get(f"{ROOT}/staff/{place.ben.pk}/profile/")

    lines = [(x["competency"], x["required"], x["held"], x["gap"]) for x in answer.json()["lines"]]
    assert lines == [("O1", 3, 3.0, 0.0), ("O2", 2, None, None)]


def test_a_rating_is_recorded_and_refused_in_the_same_words(place, as_, alice):
    topic = place.framework.competencies.get(code="O2")
    rating = {"competency": topic.pk, "source": "test", "level": "2", "rated_on": "2016-02-01"}
    path = f"{ROOT}/staff/{place.eve.pk}/assess/"
    client = as_(alice)

    made = client.post(path, rating, content_type="application/json")
    late = client.post(path, {**rating, "rated_on": "2017-01-01"}, content_type="application/json")

    assert made.status_code == 201
    assert late.status_code == 400
    assert "The rating lies in the future." in late.content.decode()
    assert Assessment.objects.filter(staff_member=place.eve).count() == 1


def test_gaps_are_withheld_from_reviewers(place, as_, alice, ruth):
    whole = as_(alice).get(f"{ROOT}/gaps/?by=unit").json()
    withheld = as_(ruth).get(f"{ROOT}/gaps/?by=unit").json()

    assert whole[0]["total"]["weighted_gap"] == 6.0
    assert withheld[0]["total"] is None


def test_a_heat_map_has_its_margins(place, as_, alice):
    heat = as_(alice).get(f"{ROOT}/gaps/heat_map/?by=profile").json()

    assert [row["title"] for row in heat["rows"]] == ["Profile R1"]
    assert heat["columns"][0]["total"]["mean_gap"] == 1.0


@pytest.mark.parametrize(
    "path",
    [
        *("frameworks/", "competencies/", "profiles/", "units/", "staff/", "gaps/"),
        *("gaps/heat_map/", "workforce/strength/", "workforce/outlook/", "workforce/bench/"),
        "workforce/assessments/",
    ],
)
def test_resources_answer_members_and_nobody_else(place, as_, alice, mallory, cora, client, path):
    address = f"{ROOT}/{path}"

    assert as_(alice).get(address).status_code == 200
    assert as_(mallory).get(address).status_code == 404
    assert as_(cora).get(address).status_code == 403
    assert client.get(address).status_code == 403


def test_a_reviewer_reads_no_staff(place, as_, ruth):
    assert as_(ruth).get(f"{ROOT}/staff/").status_code == 403
    assert as_(ruth).get(f"{ROOT}/staff/{place.ann.pk}/profile/").status_code == 403


def test_bad_questions_are_refused_not_failed(place, as_, alice):
    client = as_(alice)

    assert client.get(f"{ROOT}/gaps/?by=nothing").status_code == 400
    assert client.get(f"{ROOT}/gaps/heat_map/?by=person").status_code == 400
    address = f"{ROOT}/profiles/{place.profile.pk}/requirement/"
    wrong = client.post(address, {"competency": 0, "level": 99}, content_type="application/json")
    assert wrong.status_code == 400


def test_a_profile_is_changed_and_approved(place, as_, alice):
    topic = place.framework.competencies.get(code="O2")
    place.profile.state = "draft"
    place.profile.save()
    client = as_(alice)
    address = f"{ROOT}/profiles/{place.profile.pk}"

    changed = client.post(
        f"{address}/requirement/", {"competency": topic.pk, "level": 0},
        content_type="application/json",
    )  # fmt: skip
    approved = client.post(f"{address}/approve/")
    again = client.post(f"{address}/approve/")

    assert [row["level"] for row in changed.json()["requirements"]] == [3]
    assert (approved.json()["state"], again.status_code) == ("approved", 400)


def test_the_framework_is_adopted_by_hr_only(customs, as_, alice, bob):
    assert as_(bob).post(f"{ROOT}/frameworks/adopt/").status_code == 403
    assert as_(alice).post(f"{ROOT}/frameworks/adopt/").json()["code"] == "customs-framework"


def test_lists_are_counted(place, as_, alice, django_assert_max_num_queries):
    client = as_(alice)
    for _number in range(2):
        with django_assert_max_num_queries(7):
            client.get(f"{ROOT}/staff/")
        for _more in range(3):
            make.staff_member(place.unit, place.profile)
