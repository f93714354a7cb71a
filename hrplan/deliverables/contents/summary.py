"""The executive summary of the HR strategy: the case, the objectives, the cost, the request."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import listed, money, number, percent
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Text,
)

WEAKEST = 3
LONGEST_DECISION = 160  # characters of a decision quoted in the summary


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
        "%(n)d senior manager rated how people are managed in %(name)s on %(questions)d "
        "questions. The weakest fields are %(weakest)s.",
        "%(n)d senior managers rated how people are managed in %(name)s on %(questions)d "
        "questions. The weakest fields are %(weakest)s.",
        results.participants,
    )
    values = {
        "n": results.participants,
        "name": evidence.administration.short_name,
        "questions": len(results.questions),
        "weakest": listed([f"{domain.title} ({number(domain.score, 1)})" for domain in weakest]),
    }
    return [words % values]


def _shortfall(evidence: Evidence) -> list[str]:
    total = evidence.competence.analysis.overall
    if total.index is None:
        return []
    words = _(
        "Measured against the job profiles, %(index)s of the weighted competence that the work "
        "asks for is missing; %(misses)s of %(critical)s assessed critical requirements are not "
        "met."
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
        words = _("%(vacant)s of %(posts)s established posts are vacant.")
        values = {"vacant": number(workforce.vacant), "posts": number(workforce.posts)}
        told.append(words % values)
    if outlook.overall.n:
        words = ngettext(
            "%(n)d person reaches retirement age within %(years)d years.",
            "%(n)d people reach retirement age within %(years)d years.",
            outlook.overall.due,
        )
        told.append(words % {"n": outlook.overall.due, "years": outlook.constants.outlook_years})
    if outlook.key_posts:
        words = _("%(covered)s of %(posts)s key posts have somebody ready to take over now.")
        values = {"covered": number(outlook.covered), "posts": number(len(outlook.key_posts))}
        told.append(words % values)
    return told


def _objectives(evidence: Evidence) -> list[Block]:
    overview = evidence.strategy_overview
    if overview is None or not overview.objectives:
        return []
    words = ngettext(
        "The strategy sets one objective for %(first)d to %(last)d:",
        "The strategy sets %(n)d objectives for %(first)d to %(last)d:",
        len(overview.objectives),
    )
    values = {
        "n": len(overview.objectives),
        "first": overview.starts_on.year,
        "last": overview.ends_on.year,
    }
    return [
        Paragraph(words % values),
        Bullets(tuple(objective.title for objective in overview.objectives), ordered=True),
    ]


def _measures(evidence: Evidence) -> list[Block]:
    plan = evidence.plan_overview
    if plan is None or not plan.sessions:
        return []
    words = _(
        "The development plan that goes with it gives %(people)s people %(hours)s hours of "
        "training in %(sessions)s sessions and %(outside)s places on courses outside them. It "
        "closes %(closed)s of the weighted gap, keeps every station above its minimum, and says "
        "for each need that stays open why."
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
        "initiatives and %(training)s for training. %(tail)s a year goes on afterwards. By way of "
        "funding: %(funding)s."
    )
    values = {
        "total": money(costs.total, costs.currency),
        "first": costs.years[0],
        "last": costs.years[-1],
        "measures": money(costs.measures, costs.currency),
        "training": money(costs.training, costs.currency),
        "tail": money(costs.tail, costs.currency),
        "funding": listed(
            [f"{row.key} {money(row.total, costs.currency)}" for row in costs.by_funding.rows]
        ),
    }
    return [Paragraph(words % values)]


def _request(evidence: Evidence) -> list[Block]:
    decisions = evidence.decisions
    if not decisions:
        return []
    words = ngettext(
        "The ministry is asked to take one decision; it stands in %(place)s.",
        "The ministry is asked to take %(n)d decisions, which stand in %(place)s. The first:",
        len(decisions),
    )
    before, _place, after = (words % {"n": len(decisions), "place": "\0"}).partition("\0")
    text = (Text(before), Text("", to="decisions"), Text(f"{after} {_short(decisions[0].text)}"))
    return [Callout("decision", text)]


def _short(text: str) -> str:
    if len(text) <= LONGEST_DECISION:
        return text
    return text[:LONGEST_DECISION].rpartition(" ")[0] + " …"
