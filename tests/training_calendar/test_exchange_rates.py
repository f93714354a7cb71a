"""Shipped prices in another currency: at a stated rate, by page, REST and table."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hrplan import workbook
from hrplan.core.models import AuditEntry
from hrplan.exchange.preview import Existing
from tests import make
from training_calendar import library
from training_calendar.models import ExchangeRate, Module
from training_calendar.usecases import catalogue, rates

pytestmark = [pytest.mark.whole, pytest.mark.both]

PAGE = "/customs/modules/catalogue/"
STATED = {
    "currency": "BZD",
    "rate": Decimal("0.5"),
    "on": date(2016, 2, 1),
    "source": "Central bank",
}


@pytest.fixture
def dollars(customs):
    """The administration, counting in a currency that the catalogue does not."""
    make.framework(customs)
    customs.currency = "USD"
    customs.save()
    return customs


def priced() -> tuple[Module, library.ModuleContent]:
    """A row of the catalogue that costs something, and what was shipped."""
    shipped = next(one for one in library.shipped().modules if one.cost_session.amount == 250)
    return Module.objects.get(code=shipped.code), shipped


def words(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"rate": Decimal(0)}, "above 0"),
        ({"rate": Decimal(-2)}, "above 0"),
        ({"currency": "XYZ"}, "No prices are stated in “XYZ”; those of the catalogue are in BZD"),
        ({"currency": "usd"}, "in USD already"),
        ({"source": ""}, "cannot be blank"),
        ({"on": date(2016, 2, 13)}, "still to come"),
    ],
)
def test_a_rate_that_makes_no_sense_is_refused_and_nothing_is_kept(dollars, alice, fields, refusal):
    dollars.as_of_fixed = date(2016, 2, 12)

    with pytest.raises(ValidationError, match=refusal):
        rates.add_rate(dollars, by=alice, **{**STATED, **fields})

    assert not ExchangeRate.objects.exists()


def test_modules_follow_a_rate_that_changes_unless_somebody_changed_their_price(dollars, alice):
    rate = rates.add_rate(dollars, by=alice, **STATED)
    catalogue.adopt_catalogue(dollars, by=alice)
    mine = Module.objects.exclude(code=priced()[0].code).filter(cost_session__gt=0).first()
    Module.objects.filter(pk=mine.pk).update(cost_session=999)

    rates.change_rate(rate, by=alice, rate=Decimal("0.4"))

    row, shipped = priced()
    assert row.cost_session == shipped.cost_session.amount * Decimal("0.4")
    assert row.price_source.endswith("BZD 1 = USD 0.4 (Central bank, 2016-02-01)")
    assert Module.objects.get(pk=mine.pk).cost_session == 999
    assert {"add", "change", "price_anew"} <= set(
        AuditEntry.objects.values_list("action", flat=True)
    )


def test_prices_taken_before_the_currency_was_changed_are_exchanged_when_a_rate_is_stated(
    customs, alice
):
    make.framework(customs)
    catalogue.adopt_catalogue(customs, by=alice)
    customs.currency = "USD"
    customs.save()

    rates.add_rate(customs, by=alice, **STATED)

    assert priced()[0].cost_session == 125


def test_prices_stay_and_name_their_rate_when_it_is_taken_back(dollars, alice):
    rate = rates.add_rate(dollars, by=alice, **STATED)
    catalogue.adopt_catalogue(dollars, by=alice)

    rates.remove_rate(rate, by=alice)

    assert priced()[0].cost_session == 125
    assert "BZD 1 = USD 0.5" in priced()[0].price_source


def test_only_the_hr_officer_of_the_administration_keeps_rates(dollars, alice, ruth):
    rate = rates.add_rate(dollars, by=alice, **STATED)
    mallory = make.member(make.administration("elsewhere"), "hr_officer", "mallory")

    for member in (ruth, mallory):
        for act in (
            lambda by: rates.add_rate(dollars, by=by, **STATED),
            lambda by: rates.change_rate(rate, by=by, rate=Decimal(3)),
            lambda by: rates.remove_rate(rate, by=by),
            lambda by: catalogue.adopt_catalogue(dollars, by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(member)
    assert ExchangeRate.objects.get().rate == Decimal("0.5")


def test_the_settings_lead_to_the_rate_and_from_there_the_catalogue_is_taken(dollars, alice, as_):
    client = as_(alice)
    sent = {"currency": "BZD", "rate": "0,5", "on": "2016-02-01", "source": "Central bank"}

    assert PAGE in words(client.get("/customs/administration/"))
    assert "Take the catalogue" not in words(client.get(PAGE))
    refused = client.post(PAGE, follow=True)
    wrong = client.post("/customs/modules/exchange-rates/new/", {**sent, "rate": "0"})
    client.post("/customs/modules/exchange-rates/new/", {**sent, "rate": "0.5"})
    told = words(client.get(PAGE))
    taken = words(client.post(PAGE, follow=True))

    assert "state the rate of exchange first" in words(refused)
    assert "A rate of exchange is above 0." in words(wrong)
    assert "BZD 1 = USD 0.5" in told
    assert "1 February 2016" in told
    assert "106 modules" in taken
    assert priced()[0].cost_session == 125


def test_rest_keeps_rates_and_takes_the_catalogue(dollars, alice, ruth, as_):
    root = "/api/v1/customs/"
    sent = {"currency": "BZD", "rate": "0.5", "on": "2016-02-01", "source": "Central bank"}
    client, json = as_(alice), {"content_type": "application/json"}

    early = client.post(f"{root}catalogue/adopt/", {}, **json)
    zero = client.post(f"{root}exchange-rates/", {**sent, "rate": "0"}, **json)
    made = client.post(f"{root}exchange-rates/", sent, **json)
    taken = client.post(f"{root}catalogue/adopt/", {}, **json).json()
    found = client.get(f"{root}catalogue/").json()

    assert (early.status_code, zero.status_code, made.status_code) == (400, 400, 201)
    assert taken["modules"] == found["modules"] == found["here"] == 106
    assert found["rate"]["source"] == "Central bank"
    assert client.delete(f"{root}exchange-rates/{made.json()['id']}/").status_code == 204
    assert client.get(f"{root}catalogue/").json()["needs_rate"] is True
    assert as_(ruth).get(f"{root}catalogue/").status_code == 403


def test_rates_go_out_and_in_with_the_tables(dollars, alice, tmp_path):
    rates.add_rate(dollars, by=alice, **STATED)
    out = tmp_path / "out.xlsx"
    workbook.write_book(dollars, out)
    before = list(ExchangeRate.objects.values("currency", "rate", "on", "source"))
    ExchangeRate.objects.all().delete()

    workbook.take_in(dollars, workbook.import_preview(dollars, out, Existing.STOP), by=alice)

    assert list(ExchangeRate.objects.values("currency", "rate", "on", "source")) == before
