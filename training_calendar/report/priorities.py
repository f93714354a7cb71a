"""Sections on what comes first, and on what each staff level is given."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import listed, number, percent
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    BarChart,
    Block,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)
from training_calendar.report.frontier import frontier_chart
from training_calendar.usecases import causes
from training_calendar.usecases.contents import PathLine, PlanContents
from training_calendar.usecases.needs import NeedCount
from training_calendar.usecases.scenarios import steps_of

TOP = 15
DRAWN = 10
MODULES = 8
FIRST = 2  # competencies named in the text beside a chart


def priorities_section(contents: PlanContents) -> Section | None:
    """What the plan closes, in which order, and what falls below the line and why."""
    if not contents.sheets:
        return None
    total = contents.needs.total
    apart = sum(c.needs for c in contents.needs.by_reason if c.key in causes.REASONS)
    words = ngettext(
        "%(needs)s gap was found, among %(people)s people.",
        "%(needs)s gaps were found, among %(people)s people.",
        total.needs,
    ) % {"needs": number(total.needs), "people": number(total.people)}
    if apart:
        words += " " + ngettext(
            "%(count)s of them has another cause than a lack of training, and is left out of the"
            " weighted gap of the plan.",
            "%(count)s of them have another cause than a lack of training, and are left out of the"
            " weighted gap of the plan.",
            apart,
        ) % {"count": number(apart)}
    words += " " + _(
        "The plan meets %(met)s of them and closes %(share)s of the weighted gap; the "
        "other %(unmet)s stay open, each for a reason that is named below."
    ) % {
        "met": number(total.met),
        "share": percent(contents.overview.closed_share),
        "unmet": number(total.unmet),
    }
    return Section(
        _("Priorities and rationale"),
        (
            Paragraph(words, "lead"),
            plan_tiles(contents),
            *_quality(contents),
            Section(_("What comes first"), _ranking(contents), key="plan-ranking"),
            Section(_("What falls below the line"), _left_open(contents), key="plan-left-open"),
            Section(_("What other budgets would buy"), _scenarios(contents), key="plan-budgets"),
        ),
        key="priorities",
    )


def plan_tiles(contents: PlanContents) -> KeyFigures:
    """What the plan closes, with how much training, for what cash."""
    shown = contents.overview
    points = _("of %(total)s points") % {"total": number(shown.plan.total_gap)}
    sessions = _("%(seats)s places") % {"seats": number(shown.seats)}
    cash = _("of %(budget)s") % {"budget": number(shown.budget)}
    tiles = (
        KeyFigure(percent(shown.closed_share), _("of the weighted gap closed"), points),
        KeyFigure(number(shown.interventions), _("training interventions")),
        KeyFigure(number(shown.sessions), _("sessions"), sessions),
        KeyFigure(number(shown.cost), _("cash, %(c)s") % {"c": contents.currency}, cash),
    )
    return KeyFigures(tiles)


def _quality(contents: PlanContents) -> tuple[Block, ...]:
    """How good the plan is at most, and what it would take to do better."""
    shown = contents.overview
    blocks: list[Block] = []
    if shown.better is not None:
        words = _(
            "At most %(better)s better is possible: it is proved that no plan within this budget "
            "is worth more. The true distance is smaller, as the proof also allows what no "
            "calendar can, such as people in two sessions on one day."
        )
        blocks.append(Paragraph(words % {"better": percent(shown.better)}))
    if shown.scarce:
        first = {item.kind: item.words for item in reversed(shown.scarce)}
        names = [item.words for item in shown.scarce if first[item.kind] == item.words][:4]
        words = _("What limits the plan most: %(scarce)s.")
        blocks.append(Paragraph(words % {"scarce": "; ".join(names)}))
    return tuple(blocks)


def _ranking(contents: PlanContents) -> tuple[Block, ...]:
    lines = [sheet for sheet in contents.sheets if sheet.intervention.priority][:TOP]
    rows = tuple(
        (
            sheet.intervention.code,
            sheet.intervention.title,
            number(sheet.intervention.priority),
            number(sheet.intervention.people),
            number(sheet.intervention.closes_gap),
            number(sheet.cost),
        )
        for sheet in lines
    )
    words = _(
        "Priority runs from 0 to 100 and weighs the size of the gap, how critical the competency "
        "is in the job, how many people it touches, whether a duty in law or reform asks for it, "
        "how soon, and how sure the ratings are. The weights are printed in the annex. Within "
        "the money and the release that stations can give, the plan then takes what closes most."
    )
    table = Table(
        _("The interventions of highest priority"),
        (
            _("No."), _("Intervention"), _("Priority"), _("People"), _("Points closed"),
            _("Cash, %(c)s") % {"c": contents.currency},
        ),
        rows,
        align=aligned(2, 4),
        widths=(1, 6, 1.3, 1.2, 1.4, 1.6),
        key="plan-top",
    )  # fmt: skip
    duties = [s.intervention for s in contents.sheets if s.intervention.duty]
    blocks: list[Block] = [Paragraph(words), table]
    if duties:
        words = ngettext(
            "%(count)s intervention answers a duty in law or reform, which raises its priority.",
            "%(count)s interventions answer a duty in law or reform, which raises their priority.",
            len(duties),
        )
        blocks.append(Paragraph(words % {"count": number(len(duties))}))
    return tuple(blocks)


def _left_open(contents: PlanContents) -> tuple[Block, ...]:
    reasons = contents.needs.by_reason
    if not reasons:
        return (Paragraph(_("Nothing: every gap that was assessed is closed.")),)
    rows = tuple(
        (capfirst(count.words), number(count.needs), number(count.people), count.advice)
        for count in reasons
    )
    table = Table(
        _("Gaps that stay open, by reason"),
        (_("Reason"), _("Gaps"), _("People"), _("What could be done")),
        rows,
        align=("left", "right", "right", "left"),
        widths=(4, 0.9, 0.9, 4.5),
        key="plan-reasons",
    )
    open_most = sorted(contents.needs.by_competency, key=lambda c: (-c.open, c.key))[:DRAWN]
    open_most = [count for count in open_most if count.open > 0]
    if not open_most:
        return (table,)
    words = _(
        "Most of what stays open lies in %(first)s. A point is one level, weighted by the "
        "importance of the competency in the job."
    ) % {"first": listed([count.words for count in open_most[:FIRST]])}
    return (table, Paragraph(words), _open_chart(open_most, words))


def _open_chart(counts: list[NeedCount], words: str) -> BarChart:
    return BarChart(
        caption=_("Weighted gap left open, by competency"),
        unit=_("points"),
        label_title=_("Competency"),
        alternative=words,
        labels=tuple(count.words for count in counts),
        values=tuple(count.open for count in counts),
        key="plan-open",
    )


def _scenarios(contents: PlanContents) -> tuple[Block, ...]:
    lines = contents.overview.scenarios
    if not lines:
        return (Paragraph(_("No other budgets were tried.")),)
    rows = tuple(
        (
            percent(line.share),
            number(line.budget),
            number(line.cost),
            number(line.sessions),
            number(line.seats),
            percent(line.closed_share, 1),
        )
        for line in lines
    )
    table = Table(
        _("Budget scenarios, %(c)s") % {"c": contents.currency},
        (
            _("Share of the budget"), _("Budget"), _("Cash"), _("Sessions"),
            _("Places"), _("Weighted gap closed"),
        ),
        rows,
        align=aligned(1, 5),
        note=_(
            "Each budget was tried with the same small effort. The plan itself was searched for "
            "longer, so it closes a little more."
        ),
        key="plan-scenarios",
    )  # fmt: skip
    chart = frontier_chart(steps_of(lines), contents.currency)
    return (Paragraph(_marginal(contents)), table, *((chart,) if chart else ()))


def _marginal(contents: PlanContents) -> str:
    """What the next money buys, in words."""
    lines = contents.overview.scenarios
    low, high = lines[0], lines[-1]
    before = lines[-2] if len(lines) > 1 else low
    words = _(
        "%(low)s of the budget closes %(least)s of the weighted gap and %(high)s of it %(most)s."
    )
    text = words % {
        "low": percent(low.share),
        "least": percent(low.closed_share, 1),
        "high": percent(high.share),
        "most": percent(high.closed_share, 1),
    }
    if high.closed_share - before.closed_share < 0.02:
        text += " " + _(
            "Beyond the budget of the plan money is no longer what is short: training days and "
            "the release of officers are."
        )
    return text


def levels_section(contents: PlanContents) -> Section | None:
    """The learning path of each staff level: aim, route, hours promised and planned, modules."""
    if not contents.paths:
        return None
    words = _(
        "Every staff level has its own path, support staff included. The table sets the hours "
        "promised to each person in a year against the hours that the plan provides."
    )
    return Section(
        _("Development interventions by staff level"),
        (
            Paragraph(words, "lead"),
            _hours_table(contents),
            *(Section(capfirst(path.words), _path(path)) for path in contents.paths),
        ),
        key="staff-levels",
    )


def planned_hours(path: PathLine, years: float) -> float | None:
    """Hours a person and year that the plan provides to the people of a staff level."""
    return path.hours / path.staff / years if path.staff and years else None


def _hours_table(contents: PlanContents) -> Table:
    rows = tuple(
        (
            capfirst(path.words),
            number(path.staff),
            number(path.people),
            number(path.hours_a_year) if path.hours_a_year else "–",
            number(planned_hours(path, contents.years), 1),
        )
        for path in contents.paths
    )
    return Table(
        _("Hours of learning by staff level"),
        (
            _("Staff level"), _("People in service"), _("People in training"),
            _("Hours promised a year"), _("Hours planned a person and year"),
        ),
        rows,
        align=aligned(1, 4),
        note=_("Planned hours hold contact hours and own study, over the years of the plan."),
        key="level-hours",
    )  # fmt: skip


def _path(path: PathLine) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(text) for text in (path.aim, path.route) if text]
    if path.modules:
        names = list(path.modules[:MODULES])
        words = _("Attended most: %(modules)s.") % {"modules": listed(names)}
        rest = len(path.modules) - len(names)
        if rest > 0:
            more = ngettext("%(count)s more module", "%(count)s more modules", rest)
            words += " " + _("Beside them %(more)s.") % {"more": more % {"count": number(rest)}}
        blocks.append(Paragraph(words))
    else:
        blocks.append(Paragraph(_("The plan has no training for this level.")))
    return tuple(blocks)
