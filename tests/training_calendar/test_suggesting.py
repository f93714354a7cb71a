"""What a module may lift is suggested by its words, to the officer alone, and never stored."""

import pytest
from django.urls import reverse

from competencies.models import Competency
from competencies.usecases import frameworks
from tests.training_calendar import make_training
from training_calendar.models import Module, Outcome
from training_calendar.usecases.suggesting import suggested_outcomes


@pytest.fixture
def module(customs) -> Module:
    frameworks.adopt_framework(customs, by=None)
    made = make_training.module(customs, "T90", title="Customs valuation for officers")
    made.outcomes.all().delete()
    return made


def codes(module: Module) -> list[str]:
    return [one.competency.code for one in suggested_outcomes(module)]


def test_the_competency_a_title_speaks_of_is_suggested_first(module):
    first = suggested_outcomes(module)[0]

    assert "aluation" in first.competency.title
    assert Outcome.objects.filter(module=module).count() == 0


def test_what_a_module_lifts_already_is_not_suggested_again(module):
    known = Competency.objects.get(code=codes(module)[0])
    Outcome.objects.create(module=module, competency=known, level_from=0, level_to=1)

    assert known.code not in codes(module)


def test_without_a_framework_nothing_is_suggested(elsewhere):
    assert suggested_outcomes(make_training.module(elsewhere)) == ()


def test_the_officer_alone_opens_the_page(
    module, alice, stan, mallory, as_, django_assert_max_num_queries
):
    page = reverse("training_calendar:module_suggestions", args=["customs", module.pk])
    client = as_(alice)

    with django_assert_max_num_queries(15):
        answer = client.get(page)
    assert "aluation" in answer.content.decode()
    assert as_(stan).get(page).status_code == 403
    assert as_(mallory).get(page).status_code == 404
