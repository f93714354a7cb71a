"""Titles of a questionnaire's parts in the language that is active.

A translation that the questionnaire itself holds goes first, then what its pack says; without
either a title stands as it was written.
"""

from collections.abc import Mapping

from django.utils.text import capfirst

from diagnostics.models import Domain, Question, Questionnaire
from hrplan.core.titles import language, told


def form_title(questionnaire: Questionnaire) -> str:
    """What a questionnaire is called, with its version."""
    title = translated(questionnaire.title, questionnaire.translations, "title")
    return f"{title} {questionnaire.version}"


def domain_title(domain: Domain) -> str:
    """What a domain is called."""
    return translated(domain.title, domain.translations, "title")


def subject(question: Question) -> str:
    """What a question rates, or what an item of a baseline form is about."""
    return translated(question.subject, question.translations, "subject")


def question_title(question: Question) -> str:
    """The same at the beginning of a line."""
    return capfirst(subject(question))


def translated(text: str, translations: Mapping[str, Mapping[str, str]], *names: str) -> str:
    """A text of a questionnaire.

    translations : language -> name -> text, as its rows hold them
    names : what the text may be called there
    """
    said = translations.get(language(), {})
    return next((said[name] for name in names if said.get(name)), "") or told(text)
