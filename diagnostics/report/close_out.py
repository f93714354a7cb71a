"""The close-out report of a diagnostic as a document: method, maturity, causes, next steps."""

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import wording
from diagnostics.models import Cause
from diagnostics.report.agreement import agreement_section
from diagnostics.report.comparison import comparison_section
from diagnostics.report.detail import constants_table, diagnostic_annex
from diagnostics.report.evidence import consultation_annex, context_section, method_section
from diagnostics.report.results import (
    baseline_section,
    disputed_note,
    maturity_blocks,
    weakness_blocks,
)
from diagnostics.report.signing import signature_table
from diagnostics.usecases.close_out import CloseOut
from diagnostics.usecases.findings import FindingLine
from hrplan.core.figures import day, labelled, percent
from hrplan.documents.nodes import (
    Align,
    BarChart,
    Block,
    Bullets,
    Paragraph,
    Reference,
    Section,
    Table,
    Text,
)

RIGHT: Align = "right"
LEFT: Align = "left"
AT_LENGTH = 10  # gaps told with their grounds; all of them are listed


def close_out_sections(report: CloseOut) -> tuple[Section, ...]:
    """The report part by part; a part without anything to tell is left out."""
    parts = (
        _summary(report),
        method_section(report.method),
        context_section(report.context),
        _maturity(report),
        agreement_section(report.results, report.room),
        comparison_section(report.earlier) if report.earlier else None,
        _strengths(report),
        _gaps(report),
        _causes(report),
        _recommendations(report),
        _next_steps(report),
        _acceptance(),
        diagnostic_annex(report.results),
        consultation_annex(report.method),
        _baseline(report),
        _constants(report),
        _sources(report),
    )
    return tuple(part for part in parts if part is not None)


def close_out_control(report: CloseOut) -> tuple[tuple[str, str], ...]:
    """What the control page says of the diagnostic."""
    return (
        (_("Diagnostic"), report.title),
        (_("Held"), wording.days(report.starts_on, report.ends_on)),
        (_("Answers for it"), report.owner or _("not named")),
        (_("Step reached"), report.state),
        (_("People named"), _("none; votes are told as counts, interviews by function")),
    )


def _summary(report: CloseOut) -> Section:
    results, found = report.results, report.findings
    blocks: list[Block] = []
    if report.purpose:
        blocks.append(Paragraph(report.purpose, "lead"))
    if results.has_any:
        words = _(
            "On a scale from %(bottom)d to %(top)d the administration stands at %(score)s "
            "(%(name)s). The room settled %(agreed)d of %(all)d questions. The report names "
            "%(weak)d gaps and %(strong)d strengths, with %(causes)d causes and %(answers)d "
            "recommendations."
        )
        values = {
            "bottom": results.bottom,
            "top": results.top,
            "score": wording.score(results.overall),
            "name": results.overall_name,
            "agreed": results.agreed,
            "all": len(results.questions),
            "weak": len(found.weaknesses),
            "strong": len(found.strengths),
            "causes": sum(len(line.causes) for line in report.lines),
            "answers": sum(len(line.recommendations) for line in report.lines),
        }
        blocks.append(Paragraph(words % values))
    else:
        blocks.append(Paragraph(_("No question has a score yet: no vote was revealed or settled.")))
    if found.weaknesses:
        blocks.append(Paragraph(_("The gravest gaps are, the first rank first:")))
        blocks.append(Bullets(tuple(line.title for line in found.weaknesses[:5]), ordered=True))
    return Section(_("Summary"), tuple(blocks), key="summary")


def _maturity(report: CloseOut) -> Section | None:
    if not report.results.has_any:
        return None
    blocks = maturity_blocks(report.results, report.findings)
    disputed = [question for question in report.results.questions if question.is_disputed]
    if disputed:
        blocks.append(disputed_note(disputed))
    return Section(_("Maturity by domain"), tuple(blocks), key="maturity")


def _strengths(report: CloseOut) -> Section | None:
    lines = report.findings.strengths
    if not lines:
        return None
    first = _("What already works and what the strategy can build on, best first.")
    rows = tuple((line.title, line.domain_title, line.text) for line in lines)
    columns = (_("Strength"), _("Domain"), _("Grounds"))
    table = Table(_("Strengths"), columns, rows, widths=(4, 3, 7), key="strengths")
    return Section(_("Strengths"), (Paragraph(first), table), key="strengths-found")


def _gaps(report: CloseOut) -> Section | None:
    lines = report.findings.weaknesses
    if not lines:
        return None
    words = _(
        "Gaps are ranked by their distance from the level aimed at, the weight of the question "
        "and how far the room agrees; severity runs from 0 to 100. The first %(shown)d are told "
        "at length below the table."
    )
    shown = lines[:AT_LENGTH]
    rows = tuple(
        (str(line.rank), line.title, line.domain_title, wording.level(line.severity))
        for line in lines
    )
    columns = (_("Rank"), _("Gap"), _("Domain"), _("Severity"))
    align = (RIGHT, LEFT, LEFT, RIGHT)
    table = Table(_("Gaps by rank"), columns, rows, align, (1.2, 6.5, 4.5, 1.8), key="gaps")
    told = [block for line in shown for block in weakness_blocks(line)]
    first = Paragraph(words % {"shown": len(shown)})
    return Section(_("Gaps"), (first, table, *told), key="gaps-found")


def _causes(report: CloseOut) -> Section | None:
    counts = _cause_counts(report.lines)
    total = sum(counts.values())
    if not total:
        return None
    training = counts.get(Cause.Kind.KNOW.value, 0)
    words = _(
        "Each cause asks for its own kind of answer. Not knowing how, which training answers, "
        "stands behind %(n)d of %(all)d (%(share)s); the others need something else first."
    )
    values = {"all": total, "n": training, "share": percent(training / total)}
    kinds = list(Cause.Kind)
    chart = BarChart(
        caption=_("Causes by kind"),
        unit=_("causes"),
        alternative=words % values,
        label_title=_("Kind of cause"),
        labels=tuple(wording.capital(str(kind.label)) for kind in kinds),
        values=tuple(counts.get(kind.value, 0) for kind in kinds),
        key="causes-by-kind",
    )
    blocks: tuple[Block, ...] = (Paragraph(words % values), chart, _cause_table(report.lines))
    return Section(_("Causes"), blocks, key="causes")


def _cause_counts(lines: Iterable[FindingLine]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in lines:
        for cause in line.causes:
            counts[cause.kind] = counts.get(cause.kind, 0) + 1
    return counts


def _cause_table(lines: tuple[FindingLine, ...]) -> Table:
    """The causes under their kinds, each with the finding that it explains."""
    rows: list[tuple[str, ...]] = []
    heads: list[int] = []
    for kind in Cause.Kind:
        own = [(line, cause) for line in lines for cause in line.causes if cause.kind == kind.value]
        if own:
            heads.append(len(rows))
            answer = wording.response(kind.value)
            rows.append((labelled(wording.capital(str(kind.label)), answer), ""))
            rows += [(cause.text, f"{line.code} {_subject(line)}") for line, cause in own]
    columns = (_("Cause"), _("Explains"))
    caption = _("Causes, under what answers them")
    return Table(
        caption, columns, tuple(rows), widths=(9, 5), subheads=tuple(heads), key="cause-table"
    )


def _subject(line: FindingLine) -> str:
    """The practice a finding is about, without the level it stands at."""
    return line.title.partition(":")[0].rstrip()


def _recommendations(report: CloseOut) -> Section | None:
    rows = tuple(
        (
            one.text,
            f"{line.code} {_subject(line)}",
            one.owner or _("no owner"),
            day(one.due_on) if one.due_on else _("no date"),
            _("yes") if one.is_training else _("no"),
        )
        for line in report.lines
        for one in line.recommendations
    )
    if not rows:
        return None
    training = sum(one.is_training for line in report.lines for one in line.recommendations)
    words = ngettext(
        "%(n)d recommendation follows, the gravest gap first; %(training)d is answered by "
        "training.",
        "%(n)d recommendations follow, the gravest gap first; %(training)d of them are answered "
        "by training.",
        len(rows),
    )
    columns = (_("Recommendation"), _("Answers"), _("Owner"), _("Due"), _("Training"))
    table = Table(
        _("Recommendations"), columns, rows, widths=(7, 4, 4, 2, 1.3), key="recommendations"
    )
    told = words % {"n": len(rows), "training": training}
    return Section(
        _("Recommendations"), (Paragraph(told), table), landscape=True, key="recommended"
    )


def _next_steps(report: CloseOut) -> Section:
    blocks: list[Block] = []
    ahead = [step for step in report.steps if step.done_on is None and step.state != "done"]
    if ahead:
        rows = tuple(
            (
                wording.capital(step.title),
                day(step.planned_on) if step.planned_on else _("not planned yet"),
                step.owner or _("nobody named"),
            )
            for step in ahead
        )
        columns = (_("Step"), _("Planned for"), _("Answers for it"))
        blocks.append(Paragraph(_("These steps of the diagnostic are still to be done.")))
        blocks.append(Table(_("Steps ahead"), columns, rows, widths=(4, 3, 7), key="steps-ahead"))
    else:
        blocks.append(Paragraph(_("Every step of the diagnostic is done.")))
    if report.open_points:
        columns = (_("No."), _("Question"), _("What is still to be found out"))
        rows = report.open_points
        table = Table(_("To be found out"), columns, rows, widths=(1.2, 5, 8), key="to-find-out")
        blocks.append(table)
    register = report.method.register
    if missing := [row.document for row in register.rows if row.document.status == "missing"]:
        first = _("Documents that were asked for and could not be shown:")
        blocks.append(Paragraph(first))
        blocks.append(Bullets(tuple(f"{one.code} {one.title}" for one in missing)))
    return Section(_("Next steps"), tuple(blocks), key="next-steps")


def _acceptance() -> Section:
    words = _(
        "Who signs has read the report and passes it on for comments; comments are written down "
        "beside it and answered before approval."
    )
    signers = (("", _("Head of the administration")), ("", _("Who led the diagnostic")))
    return Section(_("Acceptance"), (Paragraph(words), signature_table(signers)), key="acceptance")


def _baseline(report: CloseOut) -> Section | None:
    if not report.baseline.answered:
        return None
    return replace(baseline_section(report.baseline), annex=True, key="baseline-form")


def _constants(report: CloseOut) -> Section | None:
    if not report.results.has_any:
        return None
    words = _(
        "Scores and findings follow from the votes and agreed ratings by these constants alone. "
        "Where an administration sets its own, the default stands beside it."
    )
    blocks = (Paragraph(words), constants_table(report.results))
    return Section(_("Constants"), blocks, annex=True, key="constants")


def _sources(report: CloseOut) -> Section:
    told = [
        f"{tool.title}, version {tool.version}. {tool.provider}, {tool.licence}. {tool.provenance}"
        for tool in report.method.tools
    ]
    told += [
        _(
            "van der Eijk, C. (2001). Measuring agreement in ordered rating scales. Quality and "
            "Quantity 35, 325 to 341: the index of agreement A."
        ),
        _(
            "James, L. R., Demaree, R. G. and Wolf, G. (1984). Estimating within-group interrater "
            "reliability with and without response bias. Journal of Applied Psychology 69, 85 to "
            "98: the figure r_wg."
        ),
    ]
    entries = tuple(Reference(f"S{n}", words.strip()) for n, words in enumerate(told, 1))
    register = (
        Text(_("The administration's own documents stand in the table ")),
        Text(_("Documents reviewed"), to="documents"),
        Text(_(" with their status and date. Tools and methods:")),
    )
    words = register if report.method.register.n else _("Tools and methods:")
    return Section(_("Sources"), (Paragraph(words), *entries), annex=True, key="sources")
