import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hrplan.exchange.clean import clean_text, header_form, mixed_scripts


def cleaned(text):
    notes = []
    return clean_text(text, notes.append), notes


@given(st.text())
def test_clean_text_is_clean(text):
    once, _ = cleaned(text)

    again, notes = cleaned(once)

    assert again == once == unicodedata.normalize("NFC", once).strip()
    assert not {"control_removed", "invisible_removed", "direction_removed"} & set(notes)


def test_what_is_taken_out_is_told():
    assert cleaned("A\x00n\u200ba\u202e \ud800x") == (
        "Ana x",
        ["control_removed", "control_removed", "invisible_removed", "direction_removed"],
    )


def test_line_ends_are_one_sign():
    assert cleaned("a\r\nb\rc\u2028d") == ("a\nb\nc\nd", [])


def test_joiners_of_names_and_emoji_stay():
    assert cleaned("می‌خواهم 👩🏽‍✈️") == ("می‌خواهم 👩🏽‍✈️", [])


def test_headers_are_compared_without_case_spaces_and_width():
    assert header_form(" Staff\u00a0ID ") == header_form("staff_id") == header_form("ＳＴＡＦＦ id")


def test_only_letters_within_one_word_make_a_look_alike():
    assert mixed_scripts("\u0410na")
    assert not mixed_scripts("Ana Анна")
    assert not mixed_scripts("Peña")
