"""Sections on what a diagnostic rests on: method, corporate context, people heard."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diagnostics import wording
from diagnostics.usecases.evidence import CorporateContext, MethodAndEvidence, Sitting, Tool
from diagnostics.usecases.results import ExerciseResults
from hrplan.core.figures import day, percent
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Paragraph,
    Section,
    Table,
    Text,
)


def method_section(method: MethodAndEvidence) -> Section | None:
    """Tools, dates, people asked, response, documents read, interviews, limits."""
    if not method.tools:
        return None
    return Section(
        _("Method and evidence"),
        (
            Paragraph(_period(method), "lead"),
            tools_table(method.tools),
            *_people(method),
            *_response(method),
            *_documents(method),
            Section(_("Limits of the evidence"), (Bullets(tuple(_limits(method))),)),
        ),
        key="method",
    )


def context_section(context: CorporateContext) -> Section | None:
    """What the plans in force set out to reach, what they say on people, and the room's SWOT."""
    blocks: list[Block] = []
    if context.objectives:
        blocks += [
            Paragraph(_objectives_words(context)),
            Table(
                _("Corporate objectives in force"),
                (_("No."), _("Objective"), _("How the plan measures it"), _("State")),
                tuple(
                    (row.code, row.title, row.measure or _("No measure stated"), row.status)
                    for row in context.objectives
                ),
                widths=(1, 5, 4, 3),
                key="corporate-objectives",
            ),
        ]
    if context.reviews:
        blocks.append(_reviews(context))
    if context.swot:
        parts: list[Block] = []
        for kind, said in context.swot:
            head = (Text(kind, bold=True),)
            parts += [Paragraph(head), Bullets(said)]
        first = _("The managers named what helps and what hinders the administration as follows.")
        blocks.append(
            Section(
                _("Strengths, weaknesses, opportunities and threats"), (Paragraph(first), *parts)
            )
        )
    return Section(_("Corporate context"), tuple(blocks), key="context") if blocks else None


def consultation_annex(method: MethodAndEvidence) -> Section | None:
    """Who was heard, by function: workshops and interviews."""
    if not method.sittings and not method.interviews:
        return None
    blocks: list[Block] = []
    for sitting in method.sittings:
        if sitting.functions:
            words = _("%(title)s, %(days)s; the posts present were:")
            named = {
                "title": sitting.title,
                "days": wording.days(sitting.starts_on, sitting.ends_on),
            }
            blocks.append(Paragraph(f"{words % named} {'; '.join(sitting.functions)}."))
    if method.interviews:
        rows = tuple(
            (day(row.held_on), row.guide, f"{row.function}, {row.place}", row.notes)
            for row in method.interviews
        )
        columns = (_("Date"), _("Guide"), _("Post and place"), _("What was said"))
        caption = _("Interviews held")
        widths = (2, 2.4, 2.6, 8)
        blocks.append(Table(caption, columns, rows, widths=widths, key="interviews"))
    title = _("Workshops and interviews")
    return Section(title, tuple(blocks), annex=True, key="consultation")


def _period(method: MethodAndEvidence) -> str:
    words = _(
        "The diagnostic “%(title)s” began on %(start)s. What follows rests on what had been "
        "recorded by %(as_of)s."
    )
    values = {
        "title": method.title,
        "start": day(method.starts_on),
        "as_of": day(method.as_of),
    }
    return words % values


def tools_table(tools: tuple[Tool, ...]) -> Table:
    """The questionnaires and forms that were used."""
    rows = tuple(
        (
            f"{tool.title}, {tool.version}",
            _questions(tool.questions) if not tool.is_baseline else _items(tool.questions),
            f"{tool.provider}, {tool.licence}",
        )
        for tool in tools
    )
    note = _(
        "The wording of these tools is the product's own. They are no instruments of the World "
        "Customs Organization."
    )
    columns = (_("Tool"), _("Extent"), _("Author and licence"))
    caption = _("Tools used")
    return Table(caption, columns, rows, widths=(5, 3, 3), note=note, key="tools")


def _questions(n: int) -> str:
    return ngettext("%(n)d question", "%(n)d questions", n) % {"n": n}


def _items(n: int) -> str:
    return ngettext("%(n)d item", "%(n)d items", n) % {"n": n}


def _people(method: MethodAndEvidence) -> list[Block]:
    told = [_sitting(sitting) for sitting in method.sittings]
    if method.interviews:
        n = len(method.interviews)
        words = ngettext(
            "%(n)d interview was held, noted by function and without a name.",
            "%(n)d interviews were held, noted by function and without names.",
            n,
        )
        told.append(words % {"n": n})
    return [Paragraph(" ".join(told))] if told else []


def _sitting(sitting: Sitting) -> str:
    words = ngettext(
        "%(title)s: %(n)d participant, %(place)s, %(days)s.",
        "%(title)s: %(n)d participants, %(place)s, %(days)s.",
        sitting.participants,
    )
    return words % {
        "title": sitting.title,
        "n": sitting.participants,
        "place": sitting.place or _("a place not recorded"),
        "days": wording.days(sitting.starts_on, sitting.ends_on),
    }


def _response(method: MethodAndEvidence) -> list[Block]:
    if method.response_rate is None:
        return []
    results = method.results
    words = _(
        "Every question was put to a blind vote; the votes were shown together and then discussed. "
        "Of %(expected)d votes that could be given in the rounds that count, %(given)d were given "
        "with a level (%(rate)s). %(unsure)s The room settled %(agreed)d of %(questions)d "
        "questions; any others stand at the median of their votes and are marked."
    )
    values = {
        "expected": method.expected_votes,
        "given": results.given,
        "rate": percent(method.response_rate),
        "unsure": _unsure(results),
        "agreed": results.agreed,
        "questions": len(results.questions),
    }
    return [Paragraph(words % values)]


def _unsure(results: ExerciseResults) -> str:
    """Votes without a level, each kind for itself."""
    count = results.dont_knows
    words = ngettext(
        "In %(n)d case a participant did not know, which is counted apart, never as a low level.",
        "In %(n)d cases a participant did not know, which is counted apart, never as a low level.",
        count,
    )
    told = words % {"n": count} if count else _("Nobody answered “don't know”.")
    if not results.not_applicable_votes:
        return told
    void = ngettext(
        "In %(n)d case a participant said that the question does not apply.",
        "In %(n)d cases a participant said that the question does not apply.",
        results.not_applicable_votes,
    )
    return f"{told} {void % {'n': results.not_applicable_votes}}"


def _documents(method: MethodAndEvidence) -> list[Block]:
    register = method.register
    if not register.n:
        return []
    words = ngettext(
        "%(n)d document was asked for; %(missing)d could not be shown.",
        "%(n)d documents were asked for; %(missing)d could not be shown.",
        register.n,
    )
    rows = tuple(
        (
            row.document.code,
            row.document.title,
            str(row.document.get_status_display()),
            day(row.document.dated_on) if row.document.dated_on else _("undated"),
            row.domain,
        )
        for row in register.rows
    )
    columns = (_("No."), _("Document"), _("Status"), _("Date"), _("Asked for by"))
    table = Table(_("Documents reviewed"), columns, rows, widths=(1.2, 6, 2, 3, 4), key="documents")
    return [Paragraph(words % {"n": register.n, "missing": register.missing}), table]


def _limits(method: MethodAndEvidence) -> list[str]:
    results = method.results
    told = [
        _("The ratings are the managers' own; staff below them were heard in interviews only.")
        if method.interviews
        else _("The ratings are the managers' own; no staff below them were heard.")
    ]
    if results.missing:
        words = ngettext(
            "%(n)d question has no score and counts nowhere.",
            "%(n)d questions have no score and count nowhere.",
            results.missing,
        )
        told.append(words % {"n": results.missing})
    if results.not_applicable:
        words = ngettext(
            "%(n)d question does not apply to the administration and counts nowhere.",
            "%(n)d questions do not apply to the administration and count nowhere.",
            results.not_applicable,
        )
        told.append(words % {"n": results.not_applicable})
    if results.not_asked:
        words = ngettext(
            "%(n)d question was not asked, for an earlier answer left it out.",
            "%(n)d questions were not asked, for earlier answers left them out.",
            len(results.not_asked),
        )
        told.append(words % {"n": len(results.not_asked)})
    unsettled = sum(question.basis == "median" for question in results.questions)
    if unsettled:
        words = ngettext(
            "%(n)d score is the median of votes on which the room did not settle.",
            "%(n)d scores are medians of votes on which the room did not settle.",
            unsettled,
        )
        told.append(words % {"n": unsettled})
    capped = sum(bool(question.cap) for question in results.questions)
    if capped:
        words = ngettext(
            "%(n)d rating was held down because the practice does not exist or is never used.",
            "%(n)d ratings were held down because the practice does not exist or is never used.",
            capped,
        )
        told.append(words % {"n": capped})
    if method.register.missing:
        words = ngettext(
            "%(n)d document asked for was not found, so the rating rests on what was said.",
            "%(n)d documents asked for were not found, so ratings there rest on what was said.",
            method.register.missing,
        )
        told.append(words % {"n": method.register.missing})
    return told


def _objectives_words(context: CorporateContext) -> str:
    unmeasured = sum(not row.measure for row in context.objectives)
    sources = ", ".join(dict.fromkeys(row.source for row in context.objectives if row.source))
    words = ngettext(
        "The plans name %(n)d corporate objective (%(sources)s).",
        "The plans name %(n)d corporate objectives (%(sources)s).",
        len(context.objectives),
    ) % {"n": len(context.objectives), "sources": sources or _("source not stated")}
    if unmeasured:
        without = ngettext(
            "One of them has no measure.", "%(n)d of them have no measure.", unmeasured
        )
        words += " " + without % {"n": unmeasured}
    return words


def _reviews(context: CorporateContext) -> Section:
    blocks: list[Block] = []
    for row in context.reviews:
        dated = f", {day(row.dated_on)}" if row.dated_on else ""
        head = (Text(f"{row.title} ({row.status}{dated}). ", bold=True), Text(row.summary))
        blocks.append(Paragraph(head))
        if row.on_people:
            said = (Text(_("On people: "), italic=True), Text(row.on_people))
            blocks.append(Paragraph(said))
    return Section(_("What the plans say"), tuple(blocks))
