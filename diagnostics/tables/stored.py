"""Questionnaires as values, read from their rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from diagnostics.library import content as values
from diagnostics.models import Domain, Question, Questionnaire
from diagnostics.tables.adoption import OF_ITEM


def content_of(questionnaire: Questionnaire) -> values.Content:
    """The content of a questionnaire; what `adoption.fill` would make its rows of."""
    domains = list(questionnaire.domains.prefetch_related("questions"))
    head = values.Head(
        id=questionnaire.code,
        version=questionnaire.version,
        language=questionnaire.language,
        provider=questionnaire.provider,
        licence=questionnaire.licence,
        provenance=questionnaire.provenance,
        title=questionnaire.title,
        translations=questionnaire.translations,
    )
    if questionnaire.kind == Questionnaire.Kind.BASELINE:
        items = (item for domain in domains for item in domain.questions.all())
        return values.BaselineContent(head, tuple(map(_item, items)))
    return _maturity(questionnaire, head, domains)


def _maturity(
    questionnaire: Questionnaire, head: values.Head, domains: Sequence[Domain]
) -> values.QuestionnaireContent:
    meanings = questionnaire.references.get("meanings", {})
    return values.QuestionnaireContent(
        head=head,
        scale=tuple(values.Level(**row) for row in questionnaire.scale),
        existence=tuple(values.Stage(**row) for row in questionnaire.existence),
        use=tuple(values.Stage(**row) for row in questionnaire.use),
        domains=tuple(map(_domain, domains)),
        reference_points=tuple(
            values.ReferencePoint(code, title, meanings.get(code, ""))
            for code, title in referred(questionnaire, "reference_points")
        ),
        framework_sections=tuple(
            values.FrameworkSection(int(number), title)
            for number, title in referred(questionnaire, "framework_sections")
        ),
        arusha_practices=tuple(
            values.ArushaPractice(code, title)
            for code, title in referred(questionnaire, "arusha_8")
        ),
        guides=tuple(map(_guide, questionnaire.guides)),
    )


def referred(questionnaire: Questionnaire, kind: str) -> list[tuple[str, str]]:
    """What domains or questions may refer to: (code, title), in the order of the questionnaire."""
    titles = questionnaire.references.get(kind, {})
    order = questionnaire.references.get("order", {}).get(kind, titles)
    return [(code, titles[code]) for code in order]


def _domain(row: Domain) -> values.Domain:
    return values.Domain(
        code=row.code,
        title=row.title,
        questions=tuple(map(_question, row.questions.all())),
        cross_cutting=row.is_cross_cutting,
        purpose=row.purpose,
        framework_sections=tuple(row.framework_sections),
        arusha_8=tuple(row.arusha),
        documents=tuple(row.documents),
        translations=row.translations,
    )


def _question(row: Question) -> values.Question:
    anchors = sorted((int(level), text) for level, text in row.anchors.items() if text)
    return values.Question(
        code=row.code,
        text=row.text,
        subject=row.subject,
        anchors=tuple(values.Anchor(level, text) for level, text in anchors),
        probe=row.probe,
        help=row.help,
        tags=tuple(row.tags),
        evidence=tuple(row.evidence),
        weight=float(row.weight),
        relevant=values.Condition(**row.relevant) if row.relevant else None,
        translations=row.translations,
    )


def _guide(row: Mapping[str, Any]) -> values.InterviewGuide:
    questions = tuple(
        values.GuideQuestion(**{**question, "domains": tuple(question["domains"])})
        for question in row["questions"]
    )
    return values.InterviewGuide(**{**row, "questions": questions})


def _item(row: Question) -> values.BaselineItem:
    names = {column: name for name, column in OF_ITEM.items()}
    return values.BaselineItem(
        code=row.code,
        title=row.subject,
        prompt=row.text,
        fields=tuple(map(_field, row.fields)),
        help=row.help,
        documents=tuple(row.evidence),
        translations={
            language: {names[column]: text for column, text in words.items()}
            for language, words in row.translations.items()
        },
    )


def _field(row: Mapping[str, Any]) -> values.Field:
    return values.Field(
        **{
            **row,
            "choices": tuple(values.Choice(**choice) for choice in row["choices"]),
            "columns": tuple(map(_field, row["columns"])),
        }
    )
