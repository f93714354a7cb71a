"""Purpose, scope and period of the development plan: whom it is for, and for how long."""

from datetime import date

from django.utils.translation import gettext as _

from competencies.report.numbers import count_table
from hrplan.core.figures import day, number, percent
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import Block, Bullets, KeyFigure, KeyFigures, Paragraph, Section
from training_calendar.models import Calendar


def scope_section(evidence: Evidence) -> Section | None:
    """What the plan is for, its period, and the people it covers by staff level."""
    plan, calendar, figures = evidence.plan, evidence.calendar, evidence.competence
    if plan is None or calendar is None or not figures.workforce.strength:
        return None
    blocks: list[Block] = [
        Paragraph(_purpose(evidence), "lead"),
        Paragraph(f"{_period(calendar, evidence.as_of)} {_covered(evidence)}"),
        *_at_a_glance(evidence),
        count_table(
            _("People in service by staff level of their job profile"),
            _("Staff level"),
            figures.workforce.by_staff_level,
            figures.limit,
            key="staff-levels-now",
        ),
        Bullets(_not_covered(evidence)),
    ]
    return Section(_("Purpose, scope and period"), tuple(blocks), key="scope")


def _at_a_glance(evidence: Evidence) -> list[Block]:
    """What the plan comes to, for those who read no further."""
    shown, index = evidence.plan_overview, evidence.competence.analysis.overall.index
    if shown is None or not shown.sessions:
        return []
    cash = _("cash, %(c)s") % {"c": evidence.administration.currency}
    places = _("in %(sessions)s sessions and %(outside)s places beside them") % {
        "sessions": number(shown.sessions), "outside": number(shown.outside_enrolments),
    }  # fmt: skip
    asked = _("of the weighted competence asked for")
    budget = _("of %(budget)s set aside") % {"budget": number(shown.budget)}
    tiles = (
        KeyFigure(percent(index), _("gap today"), asked),
        KeyFigure(number(shown.people), _("people trained"), places),
        KeyFigure(
            percent(shown.closed_share), _("of the weighted gap closed"), _("if all is attended")
        ),
        KeyFigure(number(shown.cost), cash, budget),
    )
    return [KeyFigures(tiles)]


def _purpose(evidence: Evidence) -> str:
    words = _(
        "This plan says how %(name)s closes the gaps between what its job profiles ask for and "
        "what its people can do: which training, for whom, when, at what cost, and what is done "
        "where training is not the answer. It carries out the HR Strategy and is dated in the "
        "Training Calendar."
    )
    return words % {"name": evidence.administration.name}


def _period(calendar: Calendar, as_of: date) -> str:
    words = _(
        "It runs from %(first)s to %(last)s and rests on the records as they stood on %(as_of)s."
    )
    values = {
        "first": day(calendar.starts_on),
        "last": day(calendar.ends_on),
        "as_of": day(as_of),
    }
    return words % values


def _covered(evidence: Evidence) -> str:
    workforce = evidence.competence.workforce
    words = _(
        "It covers everybody in service: %(strength)s people, of whom %(officers)s are customs "
        "officers and %(support)s support staff."
    )
    values = {
        "strength": number(workforce.strength),
        "officers": number(workforce.officers),
        "support": number(workforce.support),
    }
    return words % values


def _not_covered(evidence: Evidence) -> tuple[str, ...]:
    analysis = evidence.competence.analysis
    assessed = _("%(n)s people have at least one assessed requirement; %(missing)s have none.")
    without = _(
        "%(n)s people have no job profile yet; nothing is asked of them and no gap is counted."
    )
    unknown = _(
        "A requirement that was not assessed is neither met nor a gap: %(n)s such pairs are "
        "counted apart and plan no training until they are assessed."
    )
    told = [
        assessed
        % {"n": number(analysis.assessed_people), "missing": number(analysis.unassessed_people)},
        unknown % {"n": number(analysis.overall.missing)},
    ]
    if analysis.without_profile:
        told.append(without % {"n": number(analysis.without_profile)})
    return tuple(told)
