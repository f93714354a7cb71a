"""The home page: how far the journey is, and the one thing to do next."""

from datetime import date

import pytest
from django.urls import reverse

from hrplan import journey, progress
from hrplan.core.models import Role
from hrplan.deliverables.models import DocumentKind, DocumentVersion, Submission
from tests import make
from tests.diagnostics import make_diagnostics
from training_calendar.models import Plan
from training_calendar.usecases.measures import other_measures


def told(member):
    return {step["key"]: step for step in progress.journey(member, journey.steps_of(member))}


def test_the_thing_to_do_next_opens_the_page_where_it_is_done(alice):
    step = told(alice)["prepare"]

    assert (step["state"], step["action"], step["action_url"]) == (
        "current",
        "Import units and staff",
        reverse("import_list", args=["customs"]),
    )


@pytest.mark.parametrize("role", ["bob", "mona", "ruth"])
def test_nobody_is_told_to_do_what_only_the_hr_officer_may(role, request):
    step = told(request.getfixturevalue(role))["prepare"]

    assert (step["summary"], step["action"]) == ("No staff list yet.", "")


def test_a_step_keeps_its_number_for_roles_that_see_only_some(stan):
    numbers = {step["key"]: step["number"] for step in journey.steps_of(stan)}

    assert numbers == {"prepare": 1, "profile": 3, "plan": 4, "schedule": 5}


def test_the_home_page_tells_the_last_submission_of_each_document(customs, alice):
    def sent(number, state, *kinds):
        made = Submission.objects.create(administration=customs, number=number, state=state)
        for kind in kinds:
            told = {"language": "en", "as_of": customs.as_of, "digest": f"{number}{kind}"}
            made.versions.add(
                DocumentVersion.objects.create(
                    administration=customs, kind=kind, number=number, **told
                )
            )

    sent(1, "in_force", "hr-strategy", "hr-development-plan")
    sent(2, "technical", "hr-strategy")
    assert told(alice)["decide"]["summary"] == (
        "Submission 1: in force. Submission 2: technical review. Not submitted: Training Calendar."
    )

    sent(3, "approved", *DocumentKind.values)
    decide = told(alice)["decide"]
    assert (decide["summary"], decide["state"]) == ("Submission 3: approved in full.", "done")


def test_numbers_above_a_thousand_are_grouped(alice, customs):
    unit = make.unit(customs)
    for _ in range(1001):
        make.staff_member(unit)

    assert told(alice)["prepare"]["summary"] == "1,001 people in 1 unit."


def test_a_staff_member_finds_the_own_levels_from_the_home_page(as_, stan, customs):
    person = make.staff_member(make.unit(customs))
    make.scope(stan, staff_member=person)

    page = as_(stan).get("/customs/").content.decode()

    assert f'href="{person.get_absolute_url()}"' in page


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.COORDINATOR])
def test_an_outsider_is_shown_no_page_of_their_own(role, customs):
    assert journey.own_staff_member(make.member(customs, role, "outsider")) is None


@pytest.fixture
def begun(customs):
    """An exercise that has begun, and one that is planned for later."""
    customs.as_of_fixed = date(2016, 2, 12)
    customs.save()
    exercise = make_diagnostics.exercise(customs)
    later = {"code": "later", "title": "Later diagnostic", "starts_on": date(2016, 8, 15)}
    form = exercise.questionnaires.get()
    make_diagnostics.exercise(customs, form=form, **later, ends_on=date(2016, 9, 1))
    return exercise


def test_the_home_page_speaks_of_the_exercise_that_has_begun(customs, begun, alice):
    assert told(alice)["diagnose"]["summary"].startswith("First diagnostic")


def test_measures_come_from_the_exercise_that_has_begun(customs, begun):
    domain = begun.questionnaires.get().domains.first()
    finding = begun.findings.create(
        administration=customs, code="D1.1", kind="weakness", domain=domain, title="No plan"
    )
    finding.recommendations.create(text="Write one.")
    plan = Plan(administration=customs)

    assert [one.title for one in other_measures(plan, customs, 0)] == ["Write one."]
