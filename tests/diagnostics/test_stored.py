"""Questionnaires as rows: what goes into the database comes out of it the same."""

from hypothesis import HealthCheck, given, settings

from diagnostics.library import read
from diagnostics.models import Questionnaire
from diagnostics.tables import adoption, stored
from tests.diagnostics.make_contents import contents


def test_a_shipped_questionnaire_comes_out_as_it_went_in(customs):
    baseline, diagnostic = adoption.adopt_shipped(customs)

    assert stored.content_of(baseline) == read.baseline_form(read.BASELINE)
    assert stored.content_of(diagnostic) == read.questionnaire(read.HR_DIAGNOSTIC)


@given(content=contents)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_any_questionnaire_comes_out_as_it_went_in(customs, content):
    Questionnaire.objects.all().delete()

    made = adoption.adopt(customs, content)

    assert stored.content_of(Questionnaire.objects.get(pk=made.pk)) == content


def test_a_questionnaire_filled_anew_holds_the_new_content_alone(customs):
    baseline, diagnostic = adoption.adopt_shipped(customs)
    content = read.baseline_form(read.BASELINE)

    diagnostic.delete()
    adoption.fill(baseline, content)

    assert baseline.domains.count() == 1
    assert stored.content_of(baseline) == content
