"""The executive summary of the HR strategy: the case, the objectives, the cost, the request."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import labelled, listed, money, month, number, percent
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Block,
    Callout,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Text,
)
from hrplan.strategy.report.figures import aimed, measured
from hrplan.strategy.report.objectives import headline, objective_costs
from hrplan.strategy.usecases.lines import IndicatorLine

WEAKEST = 3


def summary_section(evidence: Evidence) -> Section | None:
    """One page with the figures that decide; each part stands only where its data are known."""
    blocks: list[Block] = [
        *_tiles(evidence),
        *_case(evidence),
        *_objectives(evidence),
        *_measures(evidence),
        *_cost(evidence),
        *_request(evidence),
    ]
    return Section(_("Executive summary"), tuple(blocks), key="summary") if blocks else None


def _tiles(evidence: Evidence) -> list[Block]:
    figures, results = evidence.competence, evidence.results
    tiles = [KeyFigure(number(figures.workforce.strength), _("people in service"))]
    if results is not None and results.overall is not None:
        top = max(level for level, _name, _meaning in results.scale)
        words = _("of %(top)s: %(name)s") % {"top": number(top), "name": results.overall_name}
        tiles.append(KeyFigure(number(results.overall, 1), _("HR maturity"), words))
    total = figures.analysis.overall
    if total.index is not None:
        note = _("%(n)s ratings, %(missing)s not assessed")
        values = {"n": number(total.n), "missing": number(total.missing)}
        tiles.append(KeyFigure(percent(total.index), _("competency gap index"), note % values))
    if evidence.costs and evidence.costs.has_any:
        years = f"{evidence.costs.years[0]} – {evidence.costs.years[-1]}"
        cost = money(evidence.costs.total, evidence.costs.currency)
        tiles.append(KeyFigure(cost, _("cost of strategy and training"), years))
    return [KeyFigures(tuple(tiles))] if figures.workforce.strength else []


def _case(evidence: Evidence) -> list[Block]:
    told = [*_diagnosis(evidence), *_shortfall(evidence), *_outlook(evidence)]
    return [Paragraph(" ".join(told), "lead")] if told else []


def _diagnosis(evidence: Evidence) -> list[str]:
    results = evidence.results
    if results is None or results.overall is None:
        return []
    known = [domain for domain in results.domains if domain.score is not None]
    weakest = sorted(known, key=lambda domain: (domain.score or 0, domain.code))[:WEAKEST]
    words = ngettext(
        "Rated by %(n)d senior manager on %(questions)d questions, the way people are managed in "
        "%(name)s stands at %(score)s of %(top)s. Weakest are %(weakest)s.",
        "Rated by %(n)d senior managers on %(questions)d questions, the way people are managed in "
        "%(name)s stands at %(score)s of %(top)s. Weakest are %(weakest)s.",
        results.participants,
    )
    values = {
        "n": results.participants,
        "name": evidence.administration.short_name,
        "questions": len(results.questions),
        "score": number(results.overall, 1),
        "top": number(results.top),
        "weakest": "; ".join(f"{domain.title} ({number(domain.score, 1)})" for domain in weakest),
    }
    return [words % values]


def _shortfall(evidence: Evidence) -> list[str]:
    total = evidence.competence.analysis.overall
    if total.index is None:
        return []
    words = _(
        "Measured against the job profiles, %(index)s of the weighted competence that the work "
        "asks for is missing, and %(misses)s of %(critical)s assessed critical requirements are "
        "not met."
    )
    values = {
        "index": percent(total.index),
        "misses": number(total.critical_misses),
        "critical": number(total.critical_n),
    }
    return [words % values]


def _outlook(evidence: Evidence) -> list[str]:
    outlook, workforce = evidence.competence.outlook, evidence.competence.workforce
    told = []
    if workforce.posts:
        words = _("Of %(posts)s established posts %(vacant)s are vacant.")
        values = {"vacant": number(workforce.vacant), "posts": number(workforce.posts)}
        told.append(words % values)
    if outlook.overall.due:
        words = ngettext(
            "Within %(years)d years %(n)d person reaches the age of retirement.",
            "Within %(years)d years %(n)d people reach the age of retirement.",
            outlook.overall.due,
        )
        told.append(words % {"n": outlook.overall.due, "years": outlook.constants.outlook_years})
    if outlook.key_posts:
        words = _("For %(covered)s of %(posts)s key posts somebody is ready to take over now.")
        values = {"covered": number(outlook.covered), "posts": number(len(outlook.key_posts))}
        told.append(words % values)
    return told


def _objectives(evidence: Evidence) -> list[Block]:
    """Each objective with what will show that it is reached, and what it costs."""
    overview = evidence.strategy_overview
    if overview is None or not overview.objectives:
        return []
    spent = objective_costs(evidence.contents) if evidence.contents else {}
    rows = [
        (
            f"{row.code} {row.title}",
            "\n".join(_aim(line) for line in headline(row.indicators)) or _("no indicator yet"),
            number(spent.get(row.code, 0)),
        )
        for row in overview.objectives
    ]
    rows.append((_("Total"), "", number(sum(spent.values()))))
    caption = _("The objectives for %(first)d to %(last)d, what will show them and what they cost")
    values = {"first": overview.starts_on.year, "last": overview.ends_on.year}
    cost = _("Cost, %(c)s") % {"c": evidence.administration.currency}
    return [
        Table(
            caption % values,
            (_("Objective"), _("What will show it"), cost),
            tuple(rows),
            align=aligned(2, 1),
            widths=(2.9, 5.9, 1.2),
            total=True,
            key="summary-objectives",
        )
    ]


def _aim(line: IndicatorLine) -> str:
    words = _("%(title)s: from %(baseline)s to %(target)s by %(month)s")
    return words % {
        "title": line.title,
        "baseline": measured(line.baseline, line.unit),
        "target": aimed(line, line.unit),
        "month": month(line.target_on) if line.target_on else _("no date"),
    }


def _measures(evidence: Evidence) -> list[Block]:
    plan = evidence.plan_overview
    if plan is None or not plan.sessions:
        return []
    words = _(
        "The development plan gives %(people)s people %(hours)s hours of training: %(sessions)s "
        "sessions, and %(outside)s places on courses beside them. If every place is taken and "
        "every course does what it is for, it closes %(closed)s of the weighted gap that calls "
        "for training. It keeps every station at or above its minimum."
    )
    values = {
        "people": number(plan.people),
        "hours": number(plan.person_hours),
        "sessions": number(plan.sessions),
        "outside": number(plan.outside_enrolments),
        "closed": percent(plan.closed_share),
    }
    return [Paragraph(words % values)]


def _cost(evidence: Evidence) -> list[Block]:
    costs = evidence.costs
    if costs is None or not costs.has_any:
        return []
    words = _(
        "Strategy and plan cost %(total)s over %(first)s to %(last)s: %(measures)s for the "
        "initiatives and %(training)s for training. By class of funding: %(funding)s. From then on "
        "%(tail)s a year recurs."
    )
    rows = sorted(costs.by_funding.rows, key=lambda row: -row.total)
    values = {
        "total": money(costs.total, costs.currency),
        "first": costs.years[0],
        "last": costs.years[-1],
        "measures": money(costs.measures, costs.currency),
        "training": money(costs.training, costs.currency),
        "tail": money(costs.tail, costs.currency),
        "funding": listed([f"{row.key} {money(row.total, costs.currency)}" for row in rows]),
    }
    return [Paragraph(words % values)]


def _request(evidence: Evidence) -> list[Block]:
    """How many decisions are asked of whom; the first in its own words."""
    decisions = evidence.decisions
    if not decisions:
        return []
    bodies = Counter(row.body for row in decisions if row.body)
    whom = listed([f"{body} ({count})" for body, count in bodies.items()])
    words = ngettext(
        "One decision is asked for%(whom)s; it stands in %(place)s.",
        "%(n)d decisions are asked for%(whom)s; they stand in %(place)s. The first:",
        len(decisions),
    )
    values = {"n": len(decisions), "place": "\0", "whom": labelled("", whom) if whom else ""}
    before, _place, after = (words % values).partition("\0")
    text = (Text(before), Text("", to="decisions"), Text(f"{after} {decisions[0].text}"))
    return [Callout("decision", text)]
