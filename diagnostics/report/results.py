"""Sections on what a diagnostic shows: maturity, weaknesses and causes, strengths, baseline."""

import re
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import wording
from diagnostics.usecases.baseline import Baseline, BaselineField, BaselineItem
from diagnostics.usecases.findings import FindingLine, RankedFindings
from diagnostics.usecases.results import ExerciseResults, QuestionResult
from hrplan.core.figures import day, labelled
from hrplan.documents.nodes import (
    Align,
    Block,
    Bullets,
    Callout,
    KeyFigure,
    KeyFigures,
    MaturityProfile,
    Paragraph,
    Section,
    Table,
    Text,
)

NUMBER = re.compile(r"[0-9](?:[0-9.,\s]*[0-9])?")
SHOWN = 8  # findings of each kind told at length; all of them are listed
RIGHT: Align = "right"
LEFT: Align = "left"


def diagnostic_section(
    results: ExerciseResults, found: RankedFindings, baseline: Baseline | None = None
) -> Section | None:
    """Maturity by domain, weaknesses with causes and answers, strengths, the baseline form."""
    if not results.has_any:
        return None
    blocks = maturity_blocks(results, found)
    if found.weaknesses:
        blocks.append(_weaknesses(found, results))
    if found.strengths:
        blocks.append(_strengths(found))
    if disputed := [question for question in results.questions if question.is_disputed]:
        blocks.append(disputed_note(disputed))
    if baseline is not None and baseline.answered:
        blocks.append(baseline_section(baseline))
    return Section(_("Diagnostic results"), tuple(blocks), key="diagnostic")


def maturity_blocks(results: ExerciseResults, found: RankedFindings) -> list[Block]:
    """How the administration stands overall and by domain, with the picture of it."""
    return [
        Paragraph(_overall(results), "lead"),
        KeyFigures(_key_figures(results, found)),
        profile_chart(results),
        _domain_table(results),
        Paragraph(_extremes(results)),
    ]


def profile_chart(results: ExerciseResults) -> MaturityProfile:
    """The score of each domain with the range of its questions' scores."""
    known = [domain for domain in results.domains if domain.score is not None]
    low = min(known, key=lambda domain: domain.score or 0, default=None)
    high = max(known, key=lambda domain: domain.score or 0, default=None)
    words = _("Maturity by domain on a scale from %(bottom)d to %(top)d.")
    told = words % {"bottom": results.bottom, "top": results.top}
    if low and high:
        ends = _("Lowest: %(low)s at %(low_score)s; highest: %(high)s at %(high_score)s.")
        told += " " + ends % {
            "low": low.title,
            "low_score": wording.score(low.score),
            "high": high.title,
            "high_score": wording.score(high.score),
        }
    return MaturityProfile(
        caption=_("Maturity profile: score of each domain, and the range of its questions"),
        unit=_("level"),
        alternative=told,
        label_title=_("Domain"),
        labels=tuple(domain.title for domain in results.domains),
        values=tuple(domain.score for domain in results.domains),
        lows=tuple(domain.lowest for domain in results.domains),
        highs=tuple(domain.highest for domain in results.domains),
        bottom=results.bottom,
        top=results.top,
        key="maturity-profile",
    )


def baseline_section(baseline: Baseline) -> Section:
    """The answers of the baseline form, an item a row; tables of the form by their lines."""
    rows = tuple(
        (f"{item.code} {item.title}", _answer(item.fields), item.source or _("not stated"))
        for item in baseline.items
    )
    words = _(
        "Before the workshop %(n)d of %(all)d items of the baseline form were answered. Answers "
        "that are lists follow as tables of their own."
    )
    told = words % {"n": baseline.answered, "all": len(baseline.items)}
    columns = (_("Item"), _("Answer"), _("Source"))
    table = Table(
        _("Strategic management baseline"), columns, rows, widths=(3.4, 9, 3.6), key="baseline"
    )
    lists = [
        _form_table(item, field) for item in baseline.items for field in item.fields if field.lines
    ]
    title = _("Starting point: the baseline form")
    return Section(title, (Paragraph(told), table, *lists), key="starting-point")


def _form_table(item: BaselineItem, field: BaselineField) -> Table:
    """A field of the form that is a table, under its own headings."""
    count = max(len(field.columns), *(len(line) for line in field.lines))
    heads = (*field.columns, *("",) * (count - len(field.columns)))
    filled = ((*line, *("",) * (count - len(line))) for line in field.lines)
    rows = tuple(tuple(cell or "–" for cell in line) for line in filled)
    align = tuple(_side([row[at] for row in rows]) for at in range(count))
    caption = _("%(label)s (baseline form, item %(code)s)")
    values = {"label": field.label, "code": item.code}
    key = f"form-{item.code}-{field.code}"
    return Table(caption % values, heads, rows, align, key=key)


def _side(cells: list[str]) -> Align:
    """Columns that hold numbers only stand to the right."""
    told = [cell for cell in cells if cell != "–"]
    return "right" if all(NUMBER.fullmatch(cell) for cell in told) else "left"


def _overall(results: ExerciseResults) -> str:
    words = _(
        "On a scale from %(bottom)d to %(top)d the administration stands at %(score)s (%(name)s), "
        "as the mean of %(domains)d domains with %(n)d scored questions."
    )
    if len({domain.weight for domain in results.domains}) > 1:
        words += " " + _("The domains weigh in it as the administration has set.")
    if results.missing:
        words += " " + ngettext(
            "%(missing)d question has no score.",
            "%(missing)d questions have no score.",
            results.missing,
        )
    return words % {
        "bottom": results.bottom,
        "top": results.top,
        "score": wording.score(results.overall),
        "name": results.overall_name,
        "domains": sum(domain.score is not None for domain in results.domains),
        "n": results.n,
        "missing": results.missing,
    }


def _key_figures(results: ExerciseResults, found: RankedFindings) -> tuple[KeyFigure, ...]:
    counted = _("%(n)d of %(all)d questions scored") % {
        "n": results.n, "all": results.n + results.missing,
    }  # fmt: skip
    settled = _("of %(all)d") % {"all": len(results.questions)}
    return (
        KeyFigure(wording.score(results.overall), _("overall maturity"), counted),
        KeyFigure(str(results.agreed), _("questions settled in the room"), settled),
        KeyFigure(str(len(found.weaknesses)), _("weaknesses")),
        KeyFigure(str(len(found.strengths)), _("strengths")),
    )


def _domain_table(results: ExerciseResults) -> Table:
    rows = tuple(
        (
            domain.code,
            domain.title,
            wording.score(domain.score),
            domain.level_name or _("not known"),
            f"{domain.n} / {domain.n + domain.missing}",
            str(domain.agreed),
            wording.index(domain.agreement),
        )
        for domain in results.domains
    )
    columns = (
        _("No."),
        _("Domain"),
        _("Score"),
        _("Level reached"),
        _("Questions scored"),
        _("Settled"),
        _("Agreement"),
    )
    note = _(
        "Score: weighted mean of the scored questions. Agreement: mean of van der Eijk's A over "
        "the questions, from -1 (two camps) to 1 (one mind)."
    )
    align = (LEFT, LEFT, RIGHT, LEFT, RIGHT, RIGHT, RIGHT)
    widths = (1, 5, 1.3, 2.2, 1.8, 1.4, 1.9)
    caption = _("Scores by domain")
    return Table(caption, columns, rows, align, widths, note, key="domain-scores")


def _extremes(results: ExerciseResults) -> str:
    known = sorted(
        (domain for domain in results.domains if domain.score is not None),
        key=lambda domain: (domain.score or 0, domain.code),
    )
    low = "; ".join(f"{domain.title} ({wording.score(domain.score)})" for domain in known[:3])
    high = "; ".join(f"{domain.title} ({wording.score(domain.score)})" for domain in known[:-4:-1])
    words = _("Furthest behind are: %(low)s. Furthest ahead are: %(high)s.")
    return words % {"low": low, "high": high}


def _weaknesses(found: RankedFindings, results: ExerciseResults) -> Section:
    shown = found.weaknesses[:SHOWN]
    words = _(
        "Weaknesses are ranked by their distance from the top of the scale, their weight and the "
        "room's agreement. The %(shown)d first of %(all)d follow with their causes and answers."
    )
    first = Paragraph(words % {"shown": len(shown), "all": len(found.weaknesses)})
    blocks: list[Block] = [first, *(block for line in shown for block in weakness_blocks(line))]
    if rest := found.weaknesses[SHOWN:]:
        words = _("The other %(n)d follow by domain, those of the first rank first.")
        blocks += [Paragraph(words % {"n": len(rest)}), _by_domain(rest, results)]
    return Section(_("Weaknesses and their causes"), tuple(blocks), key="weaknesses")


def _by_domain(lines: tuple[FindingLine, ...], results: ExerciseResults) -> Table:
    """The findings of each domain with the level they stand at, the gravest domain first."""
    asked = {question.code: question for question in results.questions}
    found: dict[str, list[str]] = {}
    for line in lines:
        question = asked.get(line.code)
        told = f"{question.title} ({wording.level(question.score)})" if question else line.title
        found.setdefault(line.domain_title, []).append(told)
    rows = tuple((domain, "; ".join(told)) for domain, told in found.items())
    columns = (_("Domain"), _("Weaknesses, with the level reached"))
    caption = _("Further weaknesses by domain")
    return Table(caption, columns, rows, widths=(3, 8), key="further-weaknesses")


def weakness_blocks(line: FindingLine) -> list[Block]:
    """A weakness at length: what is so, why, and what to do about it."""
    head = (Text(f"{line.rank}. {line.title}. ", bold=True), Text(line.text))
    blocks: list[Block] = [Paragraph(head)]
    if line.causes:
        items = tuple(
            (Text(f"{cause.text} "), Text(_("Asks for: %s.") % cause.response, italic=True))
            for cause in line.causes
        )
        blocks += [Paragraph((Text(_("Causes"), italic=True),)), Bullets(items)]
    if line.recommendations:
        asked = tuple(
            _who_and_when(one.text, one.owner, one.due_on) for one in line.recommendations
        )
        blocks += [Paragraph((Text(_("Recommended"), italic=True),)), Bullets(asked)]
    return blocks


def _who_and_when(text: str, owner: str, due_on: date | None) -> str:
    details = [owner] if owner else []
    if due_on:
        details.append(_("by %s") % day(due_on))
    return f"{text} ({', '.join(details)})" if details else text


def _strengths(found: RankedFindings) -> Section:
    words = _("The strategy can build on what already works, best first:")
    return Section(_("Strengths"), (Paragraph(words), _list(found.strengths)), key="strengths")


def _list(lines: tuple[FindingLine, ...]) -> Bullets:
    return Bullets(tuple(f"{line.title} ({line.domain_title})" for line in lines))


def disputed_note(questions: list[QuestionResult]) -> Callout:
    """The questions on which the room stays divided."""
    titles = ", ".join(question.title for question in questions)
    words = _("The room is divided and did not settle these questions: %s.") % titles
    return Callout("caution", words, _("Read with care"))


def _answer(fields: tuple[BaselineField, ...]) -> str:
    told = [_field(one) for one in fields if one.is_known]
    return "\n".join(told) or _("not answered")


def _field(one: BaselineField) -> str:
    if one.lines:
        words = _("%(label)s: %(count)d, in a table below")
        return words % {"label": one.label, "count": len(one.lines)}
    unit = f" {one.unit}" if one.unit and not one.value.endswith(one.unit) else ""
    return labelled(one.label, f"{one.value}{unit}")
