import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.exchange.safe import csv_plain, csv_safe, ics_safe, safe_cell, xml_safe

SIGNS = "=+-@\t\r\uff1d\uff0b\uff0d\uff20"


@given(st.text(alphabet=st.characters() | st.sampled_from("'" + SIGNS)))
def test_csv_text_is_never_a_formula_and_comes_back(text):
    safe = csv_safe(text)

    assert safe[:1] not in set(SIGNS)
    assert csv_plain(safe) == text


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_a_formula_is_put_in_quotes(sign):
    assert csv_safe(f"{sign}1") == f"'{sign}1"


def test_plain_text_stays_plain():
    assert csv_safe("O'Neil = x") == "O'Neil = x"
    assert csv_plain("'tis") == "'tis"


def test_what_xml_forbids_is_left_out():
    assert xml_safe("a\x00b\x0bc\ud800d\ufffee\tf\ng") == "abcde\tf\ng"


def test_a_cell_holds_what_a_spreadsheet_can():
    assert safe_cell("a\r\nb\rc") == "a\nb\nc"
    assert len(safe_cell("x" * 40_000)) == 32_767


def test_a_calendar_line_has_no_control_characters():
    assert ics_safe("a\r\nb\x07\x00c\u2028d\t") == "a\nbc\nd"
