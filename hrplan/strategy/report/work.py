"""Sections on the work: initiatives, road map, rules, arrangements, risks, programmes."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, money, quarter
from hrplan.documents.nodes import (
    Block,
    Bullets,
    CalendarChart,
    Paragraph,
    Section,
    Span,
    Table,
    Text,
)
from hrplan.strategy import wording
from hrplan.strategy.report.objectives import GAPS, leading_objective
from hrplan.strategy.usecases.contents import AREAS, Programme, StrategyContents
from hrplan.strategy.usecases.lines import (
    InitiativeLine,
    MilestoneLine,
    ObjectiveLine,
    RiskLine,
    Roadmap,
    RoadmapRow,
)

DOZEN = 12  # initiatives in one chart
WHOLE = 400  # letters: longer than any title


def initiatives_section(contents: StrategyContents) -> Section | None:
    """The action cards, by theme."""
    lines = contents.overview.initiatives
    if not lines:
        return None
    law = [line for line in lines if line.legal_change]
    words = ngettext(
        "%(n)d initiative carries the strategy.",
        "%(n)d initiatives in %(themes)d themes carry the strategy.",
        len(lines),
    ) % {"n": len(lines), "themes": len({line.theme for line in lines})}
    if law:
        words += " " + ngettext(
            "%(n)d of them needs a change of law or regulation first.",
            "%(n)d of them need a change of law or regulation first.",
            len(law),
        ) % {"n": len(law)}
    themes = groupby(lines, key=lambda line: line.theme_words)
    currency = contents.costs.currency
    return Section(
        _("Themes and initiatives"),
        (
            Paragraph(words, "lead"),
            *(
                Section(theme, tuple(_card(line, currency) for line in part))
                for theme, part in themes
            ),
        ),
        key="initiatives",
    )


def _card(line: InitiativeLine, currency: str) -> Table:
    rows = [
        (_("Action"), line.action),
        (_("Objective"), " ".join(line.objective)),
        (_("Owner"), line.owner),
        (_("Period"), _("%(first)s to %(last)s") % {
            "first": day(line.starts_on), "last": day(line.ends_on)}),
        (_("Cost"), _("no cost beyond the work of staff") if line.cost is None
         else money(line.cost, currency)),
    ]  # fmt: skip
    if line.depends_on:
        rows.append((_("Depends on"), line.depends_on))
    if line.legal_change:
        rows.append((_("Change of law"), line.legal_change))
    if line.milestones:
        proofs = (f"{one.title} ({_milestone(one.done_on, one.due_on)})" for one in line.milestones)
        rows.append((_("Milestones"), "\n".join(proofs)))
    columns = (_("Item"), _("What is agreed"))
    title, key = f"{line.code} {line.title}", f"initiative-{line.code}"
    return Table(title, columns, tuple(rows), widths=(1.4, 8), key=key)


def _milestone(done_on: date | None, due_on: date) -> str:
    return _("done %s") % day(done_on) if done_on else _("by %s") % day(due_on)


def roadmap_section(contents: StrategyContents) -> Section | None:
    """The initiatives over the quarters, as a chart, with the milestones behind it."""
    roadmap = contents.roadmap
    charts = roadmap_charts(roadmap)
    if not charts:
        return None
    quarters = roadmap.quarters
    words = _(
        "The road map runs over %(n)d quarters, from %(first)s to %(last)s. Diamonds mark "
        "milestones; each is a proof that can be shown."
    )
    values = {
        "n": len(quarters),
        "first": quarter(quarters[0].label),
        "last": quarter(quarters[-1].label),
    }
    blocks: list[Block] = [Paragraph(words % values)]
    if milestones := _milestones(contents.overview.initiatives):
        blocks.append(milestones)
    blocks.append(Section(_("Initiatives over the quarters"), charts, landscape=True))
    return Section(_("Road map"), tuple(blocks), key="roadmap")


def roadmap_charts(
    roadmap: Roadmap, most: int = DOZEN, letters: int = WHOLE
) -> tuple[CalendarChart, ...]:
    """Initiatives by objective and start, at most so many a chart, coloured by objective.

    letters : of a title beside a bar; longer ones are cut
    """
    rows = sorted(roadmap.rows, key=_by_objective)
    parts = tuple(tuple(rows[at : at + most]) for at in range(0, len(rows), most))
    return tuple(
        _chart(roadmap, part, number, f"({number} / {len(parts)})", letters)
        for number, part in enumerate(parts, 1)
    )


def _by_objective(row: RoadmapRow) -> tuple[str, date, str]:
    line = row.initiative
    return line.objective[0], line.starts_on, line.code


def _chart(
    roadmap: Roadmap, rows: tuple[RoadmapRow, ...], number: int, part: str, letters: int
) -> CalendarChart:
    caption, alone = _("Initiatives and milestones by objective"), len(rows) == len(roadmap.rows)
    spans = []
    for index, row in enumerate(rows):
        line = row.initiative
        served = " ".join(line.objective)
        spans.append(Span(index, line.starts_on, line.ends_on, kind=served))
        spans += [
            Span(index, one.due_on, one.due_on, one.title, served, milestone=True)
            for one in line.milestones
        ]
    return CalendarChart(
        caption=caption if alone else f"{caption} {part}",
        unit=_("Milestone"),
        alternative=_("%(n)d initiatives between %(first)s and %(last)s.")
        % {
            "n": len(rows),
            "first": day(roadmap.quarters[0].first),
            "last": day(roadmap.quarters[-1].last),
        },
        label_title=_("Initiative"),
        rows=tuple(_label(row.initiative, letters) for row in rows),
        first=roadmap.quarters[0].first,
        last=roadmap.quarters[-1].last,
        spans=tuple(spans),
        key=f"roadmap-chart-{number}",
    )


def _label(line: InitiativeLine, letters: int) -> str:
    """What fits beside a bar; the table of milestones has the whole title."""
    return shorten(f"{line.code} {line.title}", letters, placeholder=" …")


def _milestones(lines: tuple[InitiativeLine, ...]) -> Table | None:
    found = sorted(
        ((one, line) for line in lines for one in line.milestones),
        key=lambda pair: (pair[0].due_on, pair[1].code),
    )
    if not found:
        return None
    rows = tuple(
        (_when(one), one.title, f"{line.code} {line.title}", line.owner) for one, line in found
    )
    columns = (_("Due"), _("Milestone"), _("Initiative"), _("Owner"))
    caption = _("Milestones by date")
    return Table(caption, columns, rows, widths=(2.2, 3.6, 4, 3.4), key="milestones")


def _when(one: MilestoneLine) -> str:
    """The day a milestone is due; that it is done or late is said, that it is due is plain."""
    due = day(one.due_on)
    return due if one.state == "due" else f"{due} ({one.state_words})"


def _rules(contents: StrategyContents, *kinds: str) -> tuple[Bullets, ...]:
    items = tuple(
        (Text(f"{rule.title}. ", bold=True), Text(rule.text))
        for rule in contents.rules
        if rule.kind in kinds
    )
    return (Bullets(items, ordered=True),) if items else ()


def transition_section(contents: StrategyContents) -> Section | None:
    """The rules by which competency takes the place of seniority."""
    rules = _rules(contents, "transition")
    if not rules:
        return None
    words = _(
        "Promotion and placement move from length of service to shown competency step by step. "
        "These rules say what counts, from when, and how a decision can be appealed."
    )
    return Section(_("From seniority to competency"), (Paragraph(words), *rules), key="transition")


def arrangements_section(contents: StrategyContents) -> Section | None:
    """Who steers, works and answers; the areas of implementation, each under its title."""
    rules = _rules(contents, "arrangement")
    areas = [(key, _rules(contents, key)) for key in AREAS]
    rows = tuple(
        (row.task, row.responsible, row.accountable, row.consulted, row.informed)
        for row in contents.responsibilities
    )
    if not rules and not rows and not any(own for _key, own in areas):
        return None
    blocks: list[Block] = list(rules)
    if rows:
        columns = (_("Task"), _("Responsible"), _("Accountable"), _("Consulted"), _("Informed"))
        caption = _("Who does what")
        note = _("Responsible does the work; accountable answers for it and there is one alone.")
        blocks.append(
            Table(caption, columns, rows, widths=(4, 3, 3, 3, 3), note=note, key="responsibilities")
        )
    blocks += [Section(wording.rule_kind(key), own, key=f"area-{key}") for key, own in areas if own]
    return Section(_("Implementation arrangements"), tuple(blocks), key="arrangements")


def risks_section(contents: StrategyContents) -> Section | None:
    """Risks of the strategy."""
    return _risks(contents, "strategy", _("Risks"), "risks")


def plan_risks_section(contents: StrategyContents) -> Section | None:
    """Risks and dependencies of the development plan."""
    return _risks(contents, "plan", _("Risks and dependencies"), "plan-risks")


def _risks(contents: StrategyContents, scope: str, title: str, key: str) -> Section | None:
    rows = tuple(row for row in contents.risks if row.scope == scope)
    if not rows:
        return None
    words = _("Likelihood and impact are judged from 1 to 5; their product orders the list.")
    high = [row for row in rows if row.band == "high"]
    if high:
        words += " " + _("The gravest: %s.") % "; ".join(row.title.rstrip(".") for row in high)
    columns = (_("Risk"), _("L"), _("I"), _("L × I"), _("Owner"), _("What is done about it"))
    shades = {"high": "bad", "medium": "warn", "low": ""}
    table = Table(
        title,
        columns,
        tuple(_risk(row) for row in rows),
        align=("left", "right", "right", "right", "left", "left"),
        widths=(4.6, 0.7, 0.7, 1, 3.2, 6),
        note=_("L: likelihood. I: impact."),
        shading=tuple(("", "", "", shades[row.band], "", "") for row in rows),
        key=f"{key}-table",
    )
    return Section(title, (Paragraph(words), table), key=key)


def _risk(row: RiskLine) -> tuple[str, ...]:
    return (
        f"{row.code} {row.title}",
        str(row.likelihood),
        str(row.impact),
        str(row.score),
        row.owner,
        row.mitigation,
    )


def programme_section(contents: StrategyContents) -> Section | None:
    """How the development plan serves the objectives (HR development plan, section 2)."""
    objectives = contents.overview.objectives
    if not objectives:
        return None
    leading = leading_objective(objectives)
    rows = tuple(
        (
            f"{row.code} {row.title}",
            "; ".join(line.title for line in row.indicators) or _("none"),
            "; ".join(f"{code} {title}" for _pk, code, title in row.initiatives) or _("none"),
            _programme(row, leading, contents),
        )
        for row in objectives
    )
    columns = (_("Objective"), _("Judged by"), _("Initiatives"), _("In this plan"))
    first = _(
        "This plan carries out the parts of “%(title)s” that are done by developing people. All "
        "training and its cost are counted once, under the objective with the most indicators "
        "that training moves (gaps, readiness, hours); another objective judged by such an "
        "indicator is served by the same training. A measure that is no training serves each "
        "objective whose diagnostic domain it answers."
    )
    caption = _("Objectives of the strategy and what this plan does for them")
    table = Table(caption, columns, rows, widths=(3, 3.6, 4.6, 4.8), key="programmes")
    blocks = (Paragraph(first % {"title": contents.overview.title}), table)
    return Section(_("Link to the HR strategy"), blocks, key="strategy-link")


def _programme(
    row: ObjectiveLine, leading: ObjectiveLine | None, contents: StrategyContents
) -> str:
    found = contents.interventions
    training = [one for one in found if one.kind == "training"]
    other = [one for one in found if one.kind == "other" and one.domain in row.domain_codes]
    told = []
    if training and leading is not None and row.code == leading.code:
        words = ngettext(
            "%(n)d training intervention at %(cost)s",
            "All %(n)d training interventions at %(cost)s",
            len(training),
        )
        cost = money(contents.costs.training, contents.costs.currency)
        told.append(_named(words % {"n": len(training), "cost": cost}, training))
    elif training and leading is not None and any(line.code in GAPS for line in row.indicators):
        told.append(_("The training counted under %s") % leading.code)
    if other:
        words = ngettext("%(n)d measure that is no training", "%(n)d measures that are no training",
                         len(other))  # fmt: skip
        told.append(_named(words % {"n": len(other)}, other))
    return ". ".join(told) or _("nothing: it is reached by the initiatives")


def _named(words: str, programmes: Sequence[Programme]) -> str:
    """The count with the first of them, under the numbers of their sheets."""
    first = "; ".join(f"{one.code} {one.title.rstrip('.')}" for one in programmes[:2])
    return _("%(count)s, among them %(first)s") % {"count": words, "first": first}


def selection_section(contents: StrategyContents) -> Section | None:
    """Selection, bonding and obligations (HR development plan, section 14)."""
    rules = _rules(contents, "selection")
    title = _("Selection, bonding and obligations")
    return Section(title, rules, key="selection") if rules else None


def calendar_rules_section(contents: StrategyContents) -> Section | None:
    """How to use the calendar (training calendar, section 1)."""
    rules = _rules(contents, "calendar")
    title = _("How to use this calendar")
    return Section(title, rules, key="calendar-rules") if rules else None


def evaluation_rules_section(contents: StrategyContents) -> Section | None:
    """The rules of evaluation, beside the plan's schedule of evaluations."""
    rules = _rules(contents, "evaluation")
    return Section(_("Rules of evaluation"), rules, key="evaluation-rules") if rules else None
