"""The class of funding by the fiscal year in which an amount falls due."""

from datetime import date

import pytest

from hrplan.core.models import Administration
from training_calendar.usecases import funding


@pytest.fixture
def office() -> Administration:
    return Administration(name="Customs", fiscal_year_month=4, as_of_fixed=date(2016, 2, 12))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2016, 3, 14), "within"),
        (date(2017, 3, 31), "within"),
        (date(2017, 4, 1), "next"),
    ],
)
def test_money_of_a_year_that_begins_later_than_a_year_waits_for_the_next_call(office, day, kind):
    assert funding.class_on("within", day, office) == kind


def test_what_a_donor_pays_stays_with_the_donor_in_every_year(office):
    assert funding.class_on("donor", date(2017, 6, 1), office) == "donor"


def test_the_label_of_a_fiscal_year_is_enough(office):
    assert funding.class_in_year("within", "2016/17", office) == "within"
    assert funding.class_in_year("within", "2017/18", office) == "next"


def test_a_class_that_was_not_stated_has_no_words():
    assert funding.words("") == ""


def test_with_a_budget_calendar_what_can_still_be_asked_for_is_of_the_next_call(office):
    office.constants = {"budget_calendar": {"call_closes_on": "2015-11-30"}}
    assert funding.class_in_year("within", "2016/17", office) == "within"  # closed 30 November 2015
    assert funding.class_in_year("within", "2017/18", office) == "next"  # until 30 November 2016
    office.as_of_fixed = date(2016, 12, 1)
    assert funding.class_in_year("next", "2017/18", office) == "within"
    assert funding.class_in_year("next", "2018/19", office) == "next"
    assert funding.class_in_year("virement", "2018/19", office) == "virement"
