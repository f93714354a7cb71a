"""Titles of the content packs: each has its words in every language, and nothing else stands."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from competencies.library import read as frameworks
from diagnostics.library import read as questionnaires
from diagnostics.models import Domain, Question
from diagnostics.usecases import titled
from hrplan.core import titles
from hrplan.core.titles import told, told_anew
from tests.catalogues import LANGUAGES
from training_calendar import library


def of_competencies() -> Iterator[str]:
    framework = frameworks.framework()
    profiles = frameworks.profiles(frameworks.PROFILES, framework)
    yield from (framework.head.title, profiles.head.title)
    for step in framework.scale:
        yield from (step.name, step.can_do, step.autonomy, step.evidence, step.typical_time)
    for rows in (framework.groups, framework.competencies, profiles.profiles):
        yield from (row.title for row in rows)


def of_questionnaires() -> Iterator[str]:
    maturity = questionnaires.questionnaire(questionnaires.HR_DIAGNOSTIC)
    baseline = questionnaires.baseline_form(questionnaires.BASELINE)
    yield from (maturity.head.title, baseline.head.title)
    yield from (step.name for step in maturity.scale)
    yield from (stage.label for stage in (*maturity.existence, *maturity.use))
    for rows in (
        maturity.reference_points,
        maturity.framework_sections,
        maturity.arusha_practices,
        maturity.guides,
        maturity.domains,
        baseline.items,
    ):
        yield from (row.title for row in rows)  # fmt: skip
    yield from (question.subject for domain in maturity.domains for question in domain.questions)
    for item in baseline.items:
        for field in item.fields:
            yield from (one.label for one in (field, *field.choices, *field.columns))
            yield from (one.unit for one in (field, *field.columns) if one.unit)


def of_modules() -> Iterator[str]:
    found = library.catalogue()
    yield from (row.title for row in (*found.modules, *found.programmes, *library.accounts()))


PACKS = list(zip((of_competencies, of_questionnaires, of_modules), settings.TITLES, strict=True))


@pytest.mark.parametrize(("pack", "path"), PACKS)
def test_every_title_of_a_pack_is_translated_and_nothing_idle_stands_beside_it(
    pack: Callable[[], Iterator[str]], path: Path
):
    held = titles.read(path)

    assert set(held) == set(pack())
    assert {tuple(words) for words in held.values()} == {("fr", "es")}
    assert all(text.strip() == text and text for words in held.values() for text in words.values())


def test_a_title_says_the_same_in_every_pack_and_no_two_titles_become_one():
    said = [
        (title, words) for path in settings.TITLES for title, words in titles.read(path).items()
    ]

    for language in LANGUAGES:
        pairs = {(title.casefold(), words[language].casefold()) for title, words in said}
        assert len(pairs) == len({own for own, _other in pairs})
        assert len(pairs) == len({other for _own, other in pairs})


@pytest.mark.parametrize(
    ("language", "title", "words"),
    [
        ("fr", "Customs valuation", "Valeur en douane"),
        ("es", "Customs valuation", "Valoración aduanera"),
        ("en-gb", "Customs valuation", "Customs valuation"),
        ("fr", "The HR strategy", "La stratégie RH"),
        ("fr", "Customs valuation, our way", "Customs valuation, our way"),
        ("es", "Valeur en douane", "Valeur en douane"),
        ("fr", "", ""),
    ],
)
def test_a_title_is_told_while_it_is_the_packs_own(language, title, words):
    with translation.override(language):
        assert told(title) == words


@pytest.mark.parametrize("language", ["en-gb", "fr", "es"])
def test_a_title_that_a_sentence_holds_is_told_whatever_its_language(language):
    expected = {"en-gb": "Origin and preference", "fr": "Origine et préférences",
                "es": "Origen y preferencias"}  # fmt: skip
    with translation.override(language):
        assert {told_anew(title) for title in expected.values()} == {expected[language]}
        assert told_anew("Our own topic") == "Our own topic"


def test_a_questionnaires_own_translation_goes_before_the_packs():
    domain = Domain(title="Workforce planning", translations={"fr": {"title": "Les effectifs"}})
    question = Question(subject="the HR strategy", translations={"es": {"subject": "el plan"}})

    with translation.override("fr"):
        assert titled.domain_title(domain) == "Les effectifs"
        assert titled.question_title(question) == "La stratégie RH"
    with translation.override("es"):
        assert titled.domain_title(domain) == "Planificación de la plantilla"
        assert titled.question_title(question) == "El plan"
