"""The administration's own settings and holidays, by page and by REST."""

from datetime import date

import pytest
from django.urls import reverse

from hrplan.core.models import AuditEntry, Holiday
from hrplan.core.working_calendar import working_calendar

ADMINISTRATION = "/customs/administration/"


def api(name: str, *args: object) -> str:
    return reverse(f"{name}-list", args=["customs", *args])


def test_the_hr_officer_changes_a_setting_and_the_trail_names_the_field(as_, alice, customs):
    values = {
        "name": "Customs",
        "short_name": "C",
        "country": "BZ",
        "currency": "BZD",
        "time_zone": "America/Belize",
        "fiscal_year_month": 4,
        "small_cell_limit": 7,
        "as_of_fixed": "2016-02-12",
        "first_language": "en",
    }

    response = as_(alice).post(reverse("core:settings_form", args=["customs"]), values)

    assert response.url == ADMINISTRATION
    customs.refresh_from_db()
    assert customs.small_cell_limit == 7
    assert AuditEntry.objects.get().fields == ["name", "short_name", "small_cell_limit"]


def test_the_languages_of_documents_are_stated_the_first_one_first(as_, alice, customs):
    values = {
        "name": customs.name,
        "short_name": customs.short_name,
        "country": "BZ",
        "currency": "BZD",
        "time_zone": "America/Belize",
        "fiscal_year_month": 4,
        "small_cell_limit": 5,
        "as_of_fixed": "2016-02-12",
        "first_language": "fr",
        "languages": ["en", "fr"],
    }

    as_(alice).post(reverse("core:settings_form", args=["customs"]), values)

    customs.refresh_from_db()
    assert customs.languages == ["fr", "en"]
    assert '<bdi lang="fr">français</bdi>' in as_(alice).get(ADMINISTRATION).content.decode()


@pytest.mark.parametrize("languages", [["en", "pt"], [], ["en", "en"], "en", [["en"]]])
def test_languages_that_documents_cannot_be_written_in_are_refused(as_, alice, customs, languages):
    url = f"{api('administration')}settings/"

    response = as_(alice).patch(url, {"languages": languages}, "application/json")

    assert response.status_code == 400
    assert list(response.json()) == ["languages"]
    customs.refresh_from_db()
    assert customs.languages == ["en"]


def test_a_facilitator_changes_no_setting(as_, bob):
    client = as_(bob)

    assert client.get(reverse("core:settings_form", args=["customs"])).status_code == 403
    assert (
        client.patch(f"{api('administration')}settings/", {}, "application/json").status_code == 403
    )


def test_a_month_that_is_none_is_refused_in_the_form(as_, alice, customs):
    url = f"{api('administration')}settings/"

    response = as_(alice).patch(url, {"fiscal_year_month": 13}, "application/json")

    assert response.status_code == 400
    assert list(response.json()) == ["fiscal_year_month"]


def test_the_settings_are_shown_in_words_and_not_in_codes(as_, alice):
    page = as_(alice).get(ADMINISTRATION).content.decode()

    assert "<dd>April</dd>" in page
    assert "<dd>Saturday, Sunday</dd>" in page
    assert "Holidays of 2016" in page


def test_the_first_month_and_the_time_zone_are_chosen_from_a_list(as_, alice):
    page = as_(alice).get(reverse("core:settings_form", args=["customs"])).content.decode()

    assert '<option value="4" selected>April</option>' in page
    assert '<option value="America/Belize" selected>America/Belize</option>' in page


def test_a_day_of_the_administrations_own_shows_among_its_holidays(as_, alice):
    client = as_(alice)
    form = {"on": "2016-04-01", "name": "Customs Day", "kind": "added"}

    client.post(reverse("core:add_holiday", args=["customs"]), form)

    assert b"Customs Day" in client.get(ADMINISTRATION).content
    assert Holiday.objects.get().date == date(2016, 4, 1)


def test_the_same_day_twice_is_refused_with_words(as_, alice):
    client = as_(alice)
    row = {"date": "2016-04-01", "name": "Customs Day"}

    assert client.post(api("holidays"), row, "application/json").status_code == 201
    again = client.post(api("holidays"), row, "application/json")

    assert again.status_code == 400
    assert "already has a row" in again.content.decode()


def test_the_settings_page_costs_few_queries(as_, alice, django_assert_max_num_queries):
    client = as_(alice)

    with django_assert_max_num_queries(8):
        client.get(ADMINISTRATION)


def test_the_database_answers_the_health_page(client, db):
    assert client.get(reverse("health")).json() == {"status": "ok"}


def test_a_country_without_known_holidays_has_its_own_days_alone_and_is_told(as_, alice, customs):
    customs.country = "QQ"
    customs.save()
    Holiday.objects.create(administration=customs, date=date(2016, 3, 1), name="Day of the port")

    page = as_(alice).get(ADMINISTRATION).content.decode()

    assert list(working_calendar(customs, [2016]).holidays) == [date(2016, 3, 1)]
    assert "No public holidays are known for QQ" in page


def test_a_country_is_two_letters_and_kept_as_capitals(as_, alice, customs):
    url, client = f"{api('administration')}settings/", as_(alice)

    refused = client.patch(url, {"country": "B1"}, "application/json")
    client.patch(url, {"country": "jm"}, "application/json")

    assert list(refused.json()) == ["country"]
    customs.refresh_from_db()
    assert customs.country == "JM"
