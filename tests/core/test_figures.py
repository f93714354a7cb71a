"""Tests of how numbers, shares, money and days are written."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from hrplan.core.figures import (
    day,
    listed,
    money,
    number,
    percent,
    rounded,
    short_day,
    shortest,
    signed,
)
from hrplan.core.wording import document_words
from hrplan.documents.words import Words


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [
        (1.97, 1, "2.0"),
        (1.94, 1, "1.9"),
        (2.5, 0, "3"),
        (0.285, 2, "0.29"),
        (-0.04, 1, "0.0"),
        (-1.25, 1, "-1.3"),
        (1234567.6, 0, "1,234,568"),
        (Decimal("999.995"), 2, "1,000.00"),
        (None, 1, "not known"),
    ],
)
def test_a_number_is_rounded_half_up_and_grouped(value, places, words):
    assert number(value, places) == words


@pytest.mark.parametrize(("value", "places"), [(0.625, 2), (62.25, 1), (-1.25, 1), (0.1, 2)])
def test_what_is_drawn_is_rounded_as_it_is_written(value, places):
    assert f"{rounded(value, places):.{places}f}" == number(value, places)


@pytest.mark.parametrize(
    ("value", "write", "words"),
    [
        (1500, number, "+1,500"),
        (-1500, number, "-1,500"),
        (0, number, "0"),
        (0.4, number, "0"),
        (-0.4, number, "0"),
        (None, number, "not known"),
        (0.031, percent, "+3 %"),
        (-0.031, percent, "-3 %"),
        (0.001, percent, "0 %"),
    ],
)
def test_a_difference_bears_its_sign_and_none_is_not_unknown(value, write, words):
    assert signed(value, write) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(3.0, "3"), (2.5, "2.5"), (1.999, "2"), (0.125, "0.13"), (1500, "1,500"), (None, "not known")],
)
def test_a_number_has_no_more_decimals_than_it_needs(value, words):
    assert shortest(value) == words


def test_a_share_is_read_as_rounded_per_cent():
    assert [percent(share) for share in (0.125, 0.996, None)] == [
        "13 %",
        "100 %",
        "not known",
    ]
    assert percent(0.0625, 1) == "6.3 %"


def test_money_stands_after_its_currency():
    assert money(Decimal("78500.50"), "BZD") == "BZD 78,501"
    assert money(None, "BZD") == "not known"


def test_a_day_is_written_in_full():
    assert day(date(2016, 4, 1)) == "1 April 2016"
    assert day(None) == "no date"


@pytest.mark.parametrize(
    ("language", "last", "words"),
    [
        ("es", "Inteligencia", "Origen e Inteligencia"),
        ("es", "hielo", "Origen y hielo"),
        ("es", "Accisas", "Origen y Accisas"),
        ("fr", "Intégrité", "Origen et Intégrité"),
        ("en-gb", "Integrity", "Origen and Integrity"),
    ],
)
def test_the_last_of_a_list_has_the_and_of_its_language(language, last, words):
    with translation.override(language):
        assert listed(["Origen", last]) == words


@pytest.mark.parametrize(
    ("language", "full", "short"),
    [
        ("en-gb", "1 March 2016", "1 Mar 2016"),
        ("fr", "1er mars 2016", "1er mars 2016"),
        ("es", "1 de marzo de 2016", "1 mar 2016"),
    ],
)
def test_the_first_day_of_a_month_is_written_as_the_language_does(language, full, short):
    with translation.override(language):
        assert (day(date(2016, 3, 1)), short_day(date(2016, 3, 1))) == (full, short)
        assert Words(**document_words()).date(date(2016, 3, 1)) == full
        assert "11" in day(date(2016, 3, 11))
