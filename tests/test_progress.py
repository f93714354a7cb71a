"""What the home page says of each step."""

from datetime import date

import pytest

from hrplan import progress
from tests.diagnostics import make_diagnostics as make
from training_calendar.models import Plan
from training_calendar.usecases.measures import other_measures

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(customs):
    """An exercise that has begun, and one that is planned for later."""
    customs.as_of_fixed = date(2016, 2, 12)
    customs.save()
    exercise = make.exercise(customs)
    later = {"code": "later", "title": "Later diagnostic", "starts_on": date(2016, 8, 15)}
    form = exercise.questionnaires.get()
    make.exercise(customs, form=form, **later, ends_on=date(2016, 9, 1))
    return exercise


def test_the_home_page_speaks_of_the_exercise_that_has_begun(customs, begun, alice):
    steps = progress.journey(alice, [{"key": "diagnose", "items": [{"url": "/"}]}])

    assert steps[0]["summary"].startswith("First diagnostic")


def test_measures_come_from_the_exercise_that_has_begun(customs, begun):
    domain = begun.questionnaires.get().domains.first()
    finding = begun.findings.create(
        administration=customs, code="D1.1", kind="weakness", domain=domain, title="No plan"
    )
    finding.recommendations.create(text="Write one.")
    plan = Plan(administration=customs)

    assert [one.title for one in other_measures(plan, customs, 0)] == ["Write one."]
