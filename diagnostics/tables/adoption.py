"""Questionnaires as values taken in as rows: those that come with the product, and others."""

from collections.abc import Mapping
from typing import Any

from diagnostics.library import read
from diagnostics.library.content import (
    BaselineContent,
    BaselineItem,
    Content,
    QuestionnaireContent,
)
from diagnostics.library.content import Domain as DomainContent
from diagnostics.library.content import Question as QuestionContent
from diagnostics.models import Domain, Question, Questionnaire
from hrplan.core.models import Administration

SAID = ("title", "language", "provider", "licence", "provenance", "translations")
OF_ITEM = {"title": "subject", "prompt": "text", "help": "help"}  # text of an item -> column


def adopt(administration: Administration, content: Content) -> Questionnaire:
    """The rows of a questionnaire; those that are there where it was adopted before."""
    head = content.head
    made, new = Questionnaire.objects.get_or_create(
        administration=administration, code=head.id, version=head.version
    )
    if new:
        fill(made, content)
    return made


def adopt_shipped(administration: Administration) -> list[Questionnaire]:
    """The questionnaires that come with the product, as rows."""
    forms: tuple[Content, ...] = (
        read.baseline_form(read.BASELINE),
        read.questionnaire(read.HR_DIAGNOSTIC),
    )
    return [adopt(administration, content) for content in forms]


def fill(questionnaire: Questionnaire, content: Content) -> None:
    """Give a questionnaire this content, in place of what it held."""
    for name in SAID:
        setattr(questionnaire, name, getattr(content.head, name))
    questionnaire.code, questionnaire.version = content.head.id, content.head.version
    questionnaire.kind = Questionnaire.Kind(content.kind)
    questionnaire.domains.all().delete()
    if isinstance(content, QuestionnaireContent):
        _fill_maturity(questionnaire, content)
    else:
        _fill_baseline(questionnaire, content)


def _fill_maturity(questionnaire: Questionnaire, content: QuestionnaireContent) -> None:
    for name in ("scale", "existence", "use", "guides"):
        setattr(questionnaire, name, plain(getattr(content, name)))
    questionnaire.references = references(content)
    questionnaire.save()
    domains = Domain.objects.bulk_create(
        domain_row(questionnaire, domain, place) for place, domain in enumerate(content.domains, 1)
    )
    Question.objects.bulk_create(
        question_row(row, question, place)
        for row, domain in zip(domains, content.domains, strict=True)
        for place, question in enumerate(domain.questions, 1)
    )


def references(content: QuestionnaireContent) -> dict[str, Any]:
    """What domains and questions refer to; the order stands apart, for a database may lose it."""
    points = content.reference_points
    lists = {
        "framework_sections": {str(s.number): s.title for s in content.framework_sections},
        "arusha_8": {practice.code: practice.title for practice in content.arusha_practices},
        "reference_points": {point.code: point.title for point in points},
    }
    return {
        **lists,
        "meanings": {point.code: point.meaning for point in points},
        "order": {name: list(titles) for name, titles in lists.items()},
    }


def _fill_baseline(questionnaire: Questionnaire, content: BaselineContent) -> None:
    """One domain, an item a question."""
    questionnaire.scale, questionnaire.existence, questionnaire.use = [], [], []
    questionnaire.guides, questionnaire.references = [], {}
    questionnaire.save()
    title = content.head.title
    domain = Domain.objects.create(questionnaire=questionnaire, code="B", title=title)
    Question.objects.bulk_create(
        _item_row(domain, item, place) for place, item in enumerate(content.items, 1)
    )


def _item_row(domain: Domain, item: BaselineItem, place: int) -> Question:
    return Question(
        domain=domain,
        code=item.code,
        subject=item.title,
        text=item.prompt,
        help=item.help,
        fields=plain(item.fields),
        evidence=list(item.documents),
        translations={
            language: {OF_ITEM[name]: text for name, text in words.items()}
            for language, words in item.translations.items()
        },
        position=place,
    )


def plain(value: Any) -> Any:
    """A content dataclass as what a JSON column holds; without empty translations."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        held = {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
        return {name: item for name, item in held.items() if name != "translations" or item}
    return value


def domain_row(questionnaire: Questionnaire, content: DomainContent, place: int) -> Domain:
    """A domain as it stands in the database, not saved."""
    return Domain(
        questionnaire=questionnaire,
        code=content.code,
        title=content.title,
        is_cross_cutting=content.cross_cutting,
        purpose=content.purpose,
        documents=list(content.documents),
        framework_sections=list(content.framework_sections),
        arusha=list(content.arusha_8),
        translations=plain(content.translations),
        position=place,
    )


def question_row(domain: Domain, content: QuestionContent, place: int) -> Question:
    """A question as it stands in the database, not saved."""
    return Question(
        domain=domain,
        code=content.code,
        subject=content.subject,
        text=content.text,
        help=content.help,
        probe=content.probe,
        anchors={str(anchor.level): anchor.text for anchor in content.anchors},
        evidence=list(content.evidence),
        weight=content.weight,
        tags=list(content.tags),
        relevant=plain(content.relevant) if content.relevant else {},
        translations=plain(content.translations),
        position=place,
    )
