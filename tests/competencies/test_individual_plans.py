"""A plan is agreed with a person, printed, and reviewed; nobody else reads it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import IndividualPlan, MemberScope
from competencies.usecases import individual_plans, people
from tests import make
from tests.competencies.make_gaps import port

pytestmark = pytest.mark.django_db
DAY, LATER = date(2016, 1, 11), date(2016, 2, 1)
AGREED = {"agreed_on": "2016-01-11", "text": "Work a month at the scanner.", "review_on": ""}


@pytest.fixture
def place(customs):
    return port(customs)


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def test_a_manager_agrees_a_plan_beside_the_gaps_and_reviews_it(place, mona, as_):
    client, ann = as_(mona), place.ann
    MemberScope.objects.update_or_create(member=mona, defaults={"unit": ann.unit})

    form = client.get(url("plan_agree", ann.pk))
    assert form.context["gaps"] == sorted(
        form.context["gaps"], key=lambda line: (not line.critical, -line.gap)
    )
    agreed = client.post(url("plan_agree", ann.pk), AGREED)
    plan = IndividualPlan.objects.latest("pk")
    assert agreed.url == url("plan", ann.pk, plan.pk)
    empty = client.post(url("plan_review", ann.pk, plan.pk), {"reviewed_on": "", "outcome": ""})
    assert set(empty.context["form"].errors) == {"reviewed_on", "outcome"}
    client.post(
        url("plan_review", ann.pk, plan.pk), {"reviewed_on": "2016-02-01", "outcome": "Done well."}
    )

    shown = client.get(agreed.url).content.decode()
    assert ("Work a month at the scanner." in shown, "Done well." in shown) == (True, True)
    assert "reviewed" in client.get(ann.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"agreed_on": date(2999, 1, 1)}, "agreed_on"),
        ({"review_on": date(2015, 1, 1)}, "review_on"),
        ({"text": ""}, "text"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_at_its_field(place, alice, fields, field):
    before = IndividualPlan.objects.count()

    with pytest.raises(ValidationError) as refusal:
        individual_plans.agree(
            place.ann, by=alice, **{"agreed_on": DAY, "text": "Learn.", **fields}
        )

    assert field in refusal.value.message_dict
    assert IndividualPlan.objects.count() == before


def test_one_plan_a_day_none_with_who_has_left_and_no_review_without_words(place, alice):
    ann = place.ann
    plan = individual_plans.agree(ann, by=alice, agreed_on=DAY, text="Learn.")
    with pytest.raises(ValidationError, match="plan of this day"):
        individual_plans.agree(ann, by=alice, agreed_on=DAY, text="Learn more.")
    for fields, words in (
        ({"reviewed_on": LATER, "outcome": "  "}, "Say what became of it"),
        ({"reviewed_on": date(2015, 1, 1), "outcome": "Done."}, "before the day"),
        ({"reviewed_on": date(2999, 1, 1), "outcome": "Done."}, "future"),
    ):
        with pytest.raises(ValidationError, match=words):
            individual_plans.review(plan, by=alice, **fields)
    people.change_person(ann, by=alice, left_on=LATER)
    with pytest.raises(ValidationError, match="who has left"):
        individual_plans.agree(ann, by=alice, agreed_on=LATER, text="Learn.")


def test_the_person_reads_it_and_neither_agrees_nor_another_reads(place, stan, bob, alice, as_):
    ann = place.ann
    MemberScope.objects.update_or_create(member=stan, defaults={"staff_member": ann})
    plan = individual_plans.agree(ann, by=alice, agreed_on=DAY, text="Learn.")

    assert as_(stan).get(url("plan", ann.pk, plan.pk)).status_code == 200
    assert as_(stan).get(url("plan_agree", ann.pk)).status_code == 403
    assert as_(bob).get(url("plan", ann.pk, plan.pk)).status_code == 403
    with pytest.raises(PermissionDenied):
        individual_plans.review(plan, by=stan, reviewed_on=LATER, outcome="Done.")


def test_a_plan_of_another_person_is_not_found_under_this_one(place, alice, as_):
    other = make.staff_member(place.unit)
    plan = individual_plans.agree(other, by=alice, agreed_on=DAY, text="Learn.")

    assert as_(alice).get(url("plan", place.ann.pk, plan.pk)).status_code == 404


def test_rest_agrees_and_reviews(place, alice, as_):
    here = f"/api/v1/customs/staff/{place.ann.pk}/individual-plans/"
    sent = {"content_type": "application/json"}
    made = as_(alice).post(here, {"agreed_on": "2016-01-11", "text": "Learn."}, **sent)
    assert made.status_code == 201, made.json()

    done = as_(alice).post(
        f"{here}{made.json()['id']}/review/",
        {"reviewed_on": "2016-02-01", "outcome": "Done."},
        **sent,
    )

    assert (done.status_code, done.json()["outcome"]) == (200, "Done.")
    assert as_(alice).get(here).json()[0]["reviewed_on"] == "2016-02-01"
