"""Every question's votes, rating and grounds as an annex, and the constants in force."""

from django.utils.translation import gettext as _

from diagnostics import wording
from diagnostics.report.agreement import vote_map
from diagnostics.usecases.results import DomainResult, ExerciseResults, QuestionResult
from hrplan.core.figures import labelled
from hrplan.documents.nodes import (
    Align,
    Bullets,
    Paragraph,
    Section,
    Table,
    Text,
)

RIGHT: Align = "right"
LEFT: Align = "left"


def diagnostic_annex(results: ExerciseResults) -> Section | None:
    """Every question with its votes, agreement and settled rating."""
    if not results.has_any:
        return None
    scale = tuple(
        (Text(labelled(f"{level} {name}", ""), bold=True), Text(meaning))
        for level, name, meaning in results.scale
    )
    first = _("Questionnaire: %(form)s. Each question is rated on this scale:")
    return Section(
        _("Diagnostic detail"),
        (
            Paragraph(first % {"form": results.questionnaire}),
            Bullets(scale),
            vote_map(results),
            *(_domain_detail(domain) for domain in results.domains),
        ),
        landscape=True,
        annex=True,
        key="diagnostic-detail",
    )


def constants_table(results: ExerciseResults) -> Table:
    """Every constant that shapes the scores and findings."""
    rows = tuple(
        (wording.constant(one.key), wording.setting(one.value), wording.setting(one.default))
        for one in results.constants
    )
    columns = (_("Constant"), _("In force"), _("Default"))
    caption = _("Constants of the diagnostic")
    return Table(
        caption,
        columns,
        rows,
        align=(LEFT, RIGHT, RIGHT),
        widths=(6, 1, 1),
        key="diagnostic-constants",
    )


def _domain_detail(domain: DomainResult) -> Table:
    columns = (
        _("Question"),
        _("Score"),
        _("Basis"),
        _("Grounds and dissent"),
    )
    rows = tuple(_question_row(question) for question in domain.questions)
    align = (LEFT, RIGHT, LEFT, LEFT)
    widths = (4.5, 1.2, 2.6, 10)
    caption = _("%(code)s %(title)s: ratings and their grounds")
    told = caption % {"code": domain.code, "title": domain.title}
    return Table(told, columns, rows, align, widths, key=f"ratings-{domain.code}")


def _question_row(question: QuestionResult) -> tuple[str, ...]:
    grounds = []
    if question.settled:
        grounds.append(question.settled.rationale)
        if question.settled.dissent:
            grounds.append(_("Dissent: %s") % question.settled.dissent)
    grounds.append(wording.cap(question))
    return (
        f"{question.code} {question.title}",
        wording.level(question.score),
        wording.basis(question.basis),
        " ".join(part for part in grounds if part),
    )
