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
