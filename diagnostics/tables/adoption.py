"""The questionnaires that come with the product, taken in as rows."""

from typing import Any

from diagnostics.library import content as contents
from diagnostics.library import read
from diagnostics.models import (
    Domain,
    Question,
    Questionnaire,
)
from hrplan.core.models import Administration


def adopt_maturity(
    administration: Administration, content: contents.QuestionnaireContent
) -> Questionnaire:
    """The rows of a maturity questionnaire; the one that is there where it was adopted before."""
    made, new = Questionnaire.objects.get_or_create(
        **_identity(administration, content.head),
        defaults={
            **_said(content.head),
            "scale": [_plain(level) for level in content.scale],
            "existence": [_plain(stage) for stage in content.existence],
            "use": [_plain(stage) for stage in content.use],
            "references": {
                "framework_sections": {str(s.number): s.title for s in content.framework_sections},
                "arusha_8": {
                    practice.code: practice.title for practice in content.arusha_practices
                },
                "reference_points": {point.code: point.title for point in content.reference_points},
            },
            "guides": [_plain(guide) for guide in content.guides],
        },
    )
    if new:
        domains = [_domain(made, domain, place) for place, domain in enumerate(content.domains, 1)]
        Domain.objects.bulk_create(domains)
        Question.objects.bulk_create(
            _question(row, question, place)
            for row, domain in zip(domains, content.domains, strict=True)
            for place, question in enumerate(domain.questions, 1)
        )
    return made


def adopt_baseline(
    administration: Administration, content: contents.BaselineContent
) -> Questionnaire:
    """The rows of a baseline form: one domain, an item a question."""
    made, new = Questionnaire.objects.get_or_create(
        **_identity(administration, content.head),
        defaults={**_said(content.head), "kind": Questionnaire.Kind.BASELINE},
    )
    if new:
        domain = Domain.objects.create(questionnaire=made, code="B", title=content.head.title)
        Question.objects.bulk_create(
            Question(
                domain=domain,
                code=item.code,
                subject=item.title,
                text=item.prompt,
                help=item.help.strip(),
                fields=[_plain(one) for one in item.fields],
                evidence=list(item.documents),
                position=place,
            )
            for place, item in enumerate(content.items, 1)
        )
    return made


def adopt_shipped(administration: Administration) -> list[Questionnaire]:
    """The questionnaires that come with the product, as rows."""
    return [
        adopt_baseline(administration, read.baseline_form(read.BASELINE)),
        adopt_maturity(administration, read.questionnaire(read.HR_DIAGNOSTIC)),
    ]


def _identity(administration: Administration, head: contents.Head) -> dict[str, Any]:
    return {"administration": administration, "code": head.id, "version": head.version}


def _said(head: contents.Head) -> dict[str, str]:
    names = ("title", "language", "provider", "licence", "provenance")
    return {name: getattr(head, name) for name in names}


def _plain(value: Any) -> Any:
    """A content dataclass as what a JSON column holds."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def _domain(questionnaire: Questionnaire, content: contents.Domain, place: int) -> Domain:
    return Domain(
        questionnaire=questionnaire,
        code=content.code,
        title=content.title,
        is_cross_cutting=content.cross_cutting,
        purpose=content.purpose,
        documents=list(content.documents),
        framework_sections=list(content.framework_sections),
        arusha=list(content.arusha_8),
        position=place,
    )


def _question(domain: Domain, content: contents.Question, place: int) -> Question:
    return Question(
        domain=domain,
        code=content.code,
        subject=content.subject,
        text=content.text,
        probe=content.probe,
        anchors={str(anchor.level): anchor.text for anchor in content.anchors},
        evidence=list(content.evidence),
        weight=content.weight,
        tags=list(content.tags),
        position=place,
    )
