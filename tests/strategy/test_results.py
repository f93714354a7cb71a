"""Results of training: an indicator before the first session and once results are due."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from hrplan import workbook
from hrplan.strategy.analysis.results import result
from hrplan.strategy.models import Indicator, Measurement
from hrplan.strategy.usecases.results import result_lines
from tests.strategy import make_strategy
from tests.training_calendar import make_training
from training_calendar.models import Module
from training_calendar.usecases.attending import Said, record_list

BEGAN, DUE, TODAY = date(2016, 4, 4), date(2017, 1, 3), date(2017, 6, 1)


@pytest.mark.parametrize(
    ("values", "today", "state", "change"),
    [
        ([(date(2016, 2, 1), 30), (date(2017, 2, 1), 20)], TODAY, "better", -10),
        ([(date(2016, 2, 1), 30), (date(2017, 1, 3), 31)], TODAY, "worse", 1),
        ([(date(2016, 2, 1), 30), (date(2017, 2, 1), 30)], TODAY, "same", 0),
        ([(date(2016, 2, 1), 30), (date(2016, 12, 1), 10)], TODAY, "unknown", None),  # too early
        ([(date(2016, 5, 1), 30), (date(2017, 2, 1), 20)], TODAY, "unknown", None),  # no before
        ([(date(2016, 2, 1), 30), (date(2017, 2, 1), 20)], date(2017, 1, 2), "waiting", None),
    ],
)
def test_a_value_counts_before_the_first_session_and_once_results_are_due(
    values, today, state, change
):
    found = result(values, BEGAN, DUE, today, "lower")

    assert (found.state, found.change) == (state, change)


def test_the_nearest_values_to_both_days_are_taken_and_none_without_a_session():
    values = [(date(2016, 1, 1), 50), (BEGAN, 40), (DUE, 20), (date(2017, 5, 1), 10)]

    found = result(values, BEGAN, DUE, TODAY, "band")

    assert (found.before, found.after, found.state) == ((BEGAN, 40), (DUE, 20), "moved")
    assert result(values, None, None, TODAY, "lower").state == "not_held"


@pytest.fixture
def indicator(customs):
    calendar = make_training.plan(customs)
    made = make_strategy.indicator(make_strategy.objective(make_strategy.strategy(customs)))
    made.modules.set(Module.objects.all())
    session = calendar.sessions.get()
    customs.as_of_fixed = session.ends_on
    customs.save()
    return made


@pytest.mark.whole
@pytest.mark.both
class TestResults:
    def test_an_indicator_tells_what_became_of_it_after_training(self, indicator, alice, as_):
        owner = indicator.administration
        assert [line.words for line in result_lines(indicator)] == ["no session held"]
        place = make_training.Enrolment.objects.get()
        record_list(place.session, {place.pk: Said(Decimal(12), True)}, by=alice)
        owner.as_of_fixed = place.ends_on + timedelta(days=300)
        owner.save()
        Measurement.objects.create(
            administration=owner, indicator=indicator, measured_on=owner.as_of, value=25
        )
        fresh = Indicator.objects.select_related("administration").get(pk=indicator.pk)

        (line,) = result_lines(fresh)

        assert (line.people, line.words, line.result.change) == (1, "better", -7)
        page = as_(alice).get(reverse("strategy:indicator", args=["customs", indicator.pk]))
        assert "Training that is to move it" in page.content.decode()

    def test_the_modules_of_indicators_go_out_and_in_with_the_tables(self, indicator, customs):
        door = workbook.DOORS["indicator_modules"]
        rows = door.rows(customs)
        indicator.modules.clear()

        door.save(customs, rows, [])

        assert door.rows(customs) == rows == [{"indicator": "K10", "module": "T01"}]
