"""One's own page: what to do next, gaps, courses; of nobody else."""

from datetime import date

import pytest
from django.urls import reverse

from competencies.usecases import campaigns
from tests import make
from tests.competencies.make_gaps import Port, port

pytestmark = pytest.mark.django_db
PAGE = "/customs/me/"


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


def begin(customs, alice, **fields):
    terms = {
        "code": "S", "title": "Spring", "purpose": "To plan.", "sources": ["self"],
        "opens_on": date(2016, 2, 1), "due_on": date(2016, 4, 1),
    }  # fmt: skip
    made = campaigns.add_campaign(customs, by=alice, **{**terms, **fields})
    return campaigns.open_campaign(made, by=alice)


def test_the_sheet_to_fill_in_comes_first(place, customs, alice, stan, as_):
    make.scope(stan, staff_member=place.ann)
    campaign = begin(customs, alice)

    page = as_(stan).get(PAGE).content.decode()

    assert (
        reverse("competencies:sheet", args=["customs", campaign.pk, place.ann.pk, "self"]) in page
    )
    assert "0 of 2 levels are rated" in page


def test_a_campaign_that_does_not_ask_me_is_no_step_of_mine(place, customs, alice, stan, as_):
    make.scope(stan, staff_member=place.ann)
    air = make.unit(customs, "AIR")
    make.staff_member(air, place.profile)
    begin(customs, alice, units=["AIR"])

    own = as_(stan).get(PAGE).context["own"]

    assert own.sheets == ()


def test_gaps_stand_with_the_critical_first_and_what_is_not_assessed_apart(place, stan, as_):
    make.scope(stan, staff_member=place.ann)

    own = as_(stan).get(PAGE).context["own"]

    assert [(gap.title, gap.gap, gap.critical) for gap in own.gaps] == [("Competency O1", 2, True)]
    assert own.total.missing == 0
    assert "how to close the gap in Competency O1" in as_(stan).get(PAGE).content.decode()


def test_who_stands_for_nobody_is_told_what_to_do(place, stan, ruth, as_):
    assert "stands for no staff member" in as_(stan).get(PAGE).content.decode()
    assert as_(ruth).get(PAGE).status_code == 403


def test_the_page_keeps_to_fifteen_queries(place, customs, alice, stan, as_,
                                           django_assert_max_num_queries):  # fmt: skip
    make.scope(stan, staff_member=place.ann)
    begin(customs, alice)
    client = as_(stan)

    with django_assert_max_num_queries(15):
        client.get(PAGE)
