"""Documents in the administration's languages, whatever the reader's: whole, and told apart."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import trans_real
from python_calamine import CalamineWorkbook

from competencies.models import Competency, CompetencyGroup, JobProfile
from hrplan.core.models import Administration, Run
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import files, submissions, versions
from hrplan.deliverables.usecases.drafts import Draft, draft_documents
from hrplan.documents.stored import to_json
from hrplan.strategy.library import catalogue
from hrplan.strategy.models import Indicator, Strategy
from tests import catalogues, make
from tests.deliverables.make_deliverables import house
from tests.once import once
from training_calendar.models import Intervention, Module

pytestmark = pytest.mark.whole


TITLES = {
    CompetencyGroup: {"O": "Operational competencies"},
    Competency: {"O1": "Customs valuation", "O2": "Tariff classification"},
    JobProfile: {"R1": "Declaration examiner"},
    Module: {"M1": "Rules of origin", "M2": "Train the trainer"},
    Intervention: {"I01": "Rules of origin", "I02": "Train the trainer"},
}
"""What the house calls by the titles of the content packs."""


def build() -> int:
    administration = make.administration("customs", languages=["en", "fr", "es"])
    house(administration)
    for model, called in TITLES.items():
        for code, title in called.items():
            rows = model.objects.filter(administration=administration, code=code)
            assert rows.update(title=title) == 1
    return administration.pk


made_once = once(build)


@pytest.fixture
def customs(made_once, db) -> Administration:
    return Administration.objects.get(pk=made_once)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[tuple[str | None, str]]]:
    """Every message that is looked up inside, with its context."""
    used: set[tuple[str | None, str]] = set()
    translation.gettext("")  # so that the functions below are in their places

    def heard(name: str, place: int, context: int | None):
        real = getattr(trans_real, name)

        def lookup(*words: object) -> str:
            used.add((None if context is None else str(words[context]), str(words[place])))
            return real(*words)

        monkeypatch.setattr(translation._trans, name, lookup, raising=False)

    heard("gettext", 0, None)
    heard("ngettext", 0, None)
    heard("pgettext", 1, 0)
    yield used
    monkeypatch.undo()


def untranslated(used: set[tuple[str | None, str]], language: str) -> list[str]:
    """What neither our catalogue nor one of the framework's knows."""
    ours = catalogues.read(catalogues.po(language), language)
    known = trans_real.translation(language)._catalog
    keys = (key[0] if isinstance(key, tuple) else key for part in known._catalogs for key in part)
    theirs = {key.rpartition("\x04")[2] for key in keys}
    return sorted(
        message
        for context, message in used
        if message
        and not ((here := ours.get(message, context)) and catalogues.whole(here.string))
        and message not in theirs
    )


def written(draft: Draft) -> str:
    """Every word of a document."""
    return json.dumps(json.loads(to_json(draft.document)), ensure_ascii=False)


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_sentence_of_the_product_stays_english(customs, language, monkeypatch):
    with listening(monkeypatch) as used:
        draft_documents(customs, language=language, internal=True)

    assert len(used) > 500
    assert untranslated(used, language) == []


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_file_of_a_version_says_anything_that_is_not_translated(customs, language, monkeypatch):
    frozen = versions.freeze(customs, by=None, language=language, internal=True)

    with listening(monkeypatch) as used:
        made = {
            (one.kind, form) for one in frozen for form in files.formats_of(one.kind)
            if form != "pdf" and files.render(one, form)
        }  # fmt: skip

    assert {form for _kind, form in made} == {"docx", "html", "pptx", "xlsx", "ics"}
    assert untranslated(used, language) == []


def sheets(version: DocumentVersion, path: Path) -> dict[str, list[list[Any]]]:
    """Sheet -> its rows."""
    path.write_bytes(files.render(version, "xlsx"))
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_sheets_and_heads_of_the_calendar_are_in_its_language(customs, language, tmp_path):
    english, told = (
        sheets(versions.freeze(customs, by=None, language=one, internal=True)[2], tmp_path / one)
        for one in ("en", language)
    )
    known = catalogues.read(catalogues.po(language), language)

    assert "Enrolments" in english
    assert [known.get(name).string for name in english] == list(told)
    for here, there in zip(list(english.values())[1:], list(told.values())[1:], strict=True):
        assert [known.get(head).string for head in here[0]] == there[0]
        assert not {head for head in here[0] if "_" in head}
    meanings = {row[-1] for row in list(english.values())[0][4:]}
    assert not meanings & {row[-1] for row in list(told.values())[0][4:]}


def test_the_modules_of_people_in_the_calendars_workbook_are_in_its_language(customs, tmp_path):
    frozen = versions.freeze(customs, by=None, language="fr", internal=True)[2]

    titles = {row[2] for row in sheets(frozen, tmp_path / "fr.xlsx")["Inscriptions"][1:]}

    assert titles
    assert not titles & set(TITLES[Module].values())


def test_hours_in_the_calendar_to_subscribe_to_are_whole_numbers_or_have_a_comma(customs):
    Module.objects.filter(code="M1").update(hours="7.50")
    frozen = versions.freeze(customs, by=None, language="fr")[2]

    told = files.render(frozen, "ics").decode().replace("\r\n ", "").replace("\\,", ",")

    hours = set(re.findall(r"(\S+) heures", told))
    assert "7,5" in hours
    assert not [one for one in hours if "." in one or one.endswith(",0")]


def test_an_indicator_that_was_taken_from_the_catalogue_is_told_in_the_documents_language(customs):
    strategy = Strategy.objects.get(administration=customs)
    entry = next(one for one in catalogue.entries("BZD") if one.code == "K05")
    own = {"title": "Our own measure", "unit": "boats"}
    for code, words in (("K05", {"title": entry.title, "unit": entry.unit}), ("X1", own)):
        Indicator.objects.create(
            administration=customs, strategy=strategy, code=code, target=3, baseline=9, **words
        )

    told = written(draft_documents(customs, ["hr-strategy"], language="fr")[0])

    assert "Délai de pourvoi" in told
    assert entry.title not in told
    assert "Our own measure" in told


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_title_of_a_content_pack_stays_english(customs, language):
    packs = {title for called in TITLES.values() for title in called.values()}
    english = "\n".join(map(written, draft_documents(customs, internal=True)))
    assert [title for title in packs if title not in english] == []

    told = "\n".join(map(written, draft_documents(customs, language=language, internal=True)))

    assert [title for title in packs if title in told] == []


def test_a_title_of_the_administrations_own_stays_as_it_wrote_it(customs):
    Module.objects.filter(code="M1").update(title="Rules of origin for our exporters")

    told = written(draft_documents(customs, ["training-calendar"], language="fr")[0])

    assert "Rules of origin for our exporters" in told
    assert "Formation des formateurs" in told


def test_words_dates_and_numbers_follow_the_document_and_not_the_reader(customs):
    with translation.override("en-gb"):
        drafts = draft_documents(customs, language="fr")

    told = " ".join(map(written, drafts))
    assert [one.document.title for one in drafts] == [
        "Stratégie RH", "Plan de développement RH", "Calendrier de formation",
    ]  # fmt: skip
    assert "12 février 2016" in told
    assert "1\u202f500 BZD" in told
    assert "12 February 2016" not in told


def test_a_spanish_date_has_its_prepositions(customs):
    told = written(draft_documents(customs, ["hr-strategy"], language="es")[0])

    assert "12 de febrero de 2016" in told


def test_the_files_say_their_language(customs):
    frozen = versions.freeze(customs, by=None, language="fr")
    page = files.render(frozen[0], "html").decode()

    assert '<html lang="fr"' in page
    assert "Fiche du document" in page
    assert "Table des matières" in page


def test_each_language_has_its_own_numbers_and_versions(customs):
    english = versions.freeze(customs, by=None)
    french = versions.freeze(customs, by=None, language="fr")

    assert [one.number for one in (*english, *french)] == [1] * 6
    assert {one.language_name for one in french} == {"français"}


def test_a_language_that_is_not_the_administrations_is_refused(customs, alice):
    with pytest.raises(ValidationError, match="pt"):
        versions.ask_for_versions(by=alice, language="pt")

    assert not Run.objects.exists()


def test_a_submission_holds_the_first_language(customs, alice):
    versions.freeze(customs, by=None, language="fr")
    english = versions.freeze(customs, by=None)
    versions.freeze(customs, by=None, language="es")

    made = submissions.make_submission(customs, by=alice)

    assert set(made.versions.all()) == set(english)


def test_the_page_offers_the_languages_and_lists_the_versions_of_each(customs, alice, as_):
    versions.freeze(customs, by=None)
    french = versions.freeze(customs, by=None, language="fr")
    client = as_(alice)

    page = client.get("/customs/documents/").content.decode()

    assert '<option value="es" lang="es">español</option>' in page
    assert french[0].get_absolute_url() in page
    shown = client.get(french[0].get_absolute_url()).content.decode()
    assert '<bdi lang="fr">français</bdi>' in shown


def test_versions_are_asked_for_in_the_language_chosen(customs, alice, as_):
    client = as_(alice)

    client.post("/customs/documents/freeze/", {"language": "fr"})
    client.post("/customs/documents/freeze/", {"language": "pt"})

    assert Run.objects.get().parameters["language"] == "fr"
    assert set(DocumentVersion.objects.values_list("language", flat=True)) <= {"fr"}


def test_a_passage_is_written_in_one_language_and_stands_in_its_documents_alone(
    customs, alice, as_
):
    url = "/customs/documents/hr-strategy/passage/?section=foreword&language=fr"

    as_(alice).post(url, {"text": "Nous étions onze."})

    french, english = (draft_documents(customs, ["hr-strategy"], language=one)[0]
                       for one in ("fr", "en"))  # fmt: skip
    assert "Nous étions onze." in written(french)
    assert "Nous étions onze." not in written(english)
    assert as_(alice).get(url.replace("=fr", "=pt")).status_code == 404
