"""The catalogues of the documents' languages: whole, compiled, and no value lost in translation."""

import re

import pytest
from django.conf import settings

from tests import catalogues

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def places(text: str) -> list[str]:
    return sorted(PLACE.findall(text))


def forms(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.fixture(params=catalogues.LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def catalogue(language):
    return catalogues.read(catalogues.po(language), language)


def test_every_language_of_documents_but_english_has_a_catalogue():
    others = {code for code, _name in settings.DOCUMENT_LANGUAGES} - {"en"}

    assert others == set(catalogues.LANGUAGES)


def test_every_message_that_a_document_may_print_is_translated(catalogue):
    wanted = [(one.id, one.context) for one in catalogues.messages() if one.id]

    missing = [
        message
        for message, context in wanted
        if (found := catalogue.get(message, context)) is None
        or found.fuzzy
        or not all(forms(found.string))
    ]

    assert missing == [], "make words takes new messages in"


def test_plural_forms_are_complete(catalogue):
    plural = [one for one in catalogue if isinstance(one.id, tuple)]

    assert {len(one.string) for one in plural} == {catalogue.num_plurals}


def test_no_value_is_lost_or_invented_in_a_translation(catalogue):
    wrong = []
    for one in catalogue:
        told = forms(one.id)
        if not one.id or not one.string:
            continue
        if isinstance(one.id, str) and places(one.id) != places(str(one.string)):
            wrong.append((one.id, one.string))
        allowed = {place for text in told for place in places(text)}
        if isinstance(one.id, tuple) and (
            places(one.string[-1]) != places(told[-1])
            or not all(set(places(form)) <= allowed for form in one.string)
        ):
            wrong.append((one.id, one.string))

    assert wrong == []


def test_blanks_at_the_ends_of_a_message_stay_in_its_translation(catalogue):
    plain = [(one.id, one.string) for one in catalogue if one.id and isinstance(one.id, str)]
    wrong = [
        pair
        for pair in plain
        if len({text[:1].isspace() for text in pair}) > 1
        or len({text[-1:].isspace() for text in pair}) > 1
    ]

    assert wrong == []


def test_what_the_program_reads_is_what_was_written(language, catalogue):
    assert catalogues.mo(language).read_bytes() == catalogues.compiled(catalogue)


def test_taking_in_new_messages_changes_nothing_where_there_are_none(language):
    before = catalogues.po(language).read_bytes()

    assert catalogues.renewed(language) == before
