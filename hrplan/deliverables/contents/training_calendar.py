"""The Training Calendar: its parts in order."""

from collections.abc import Callable
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from hrplan.deliverables.contents.evidence import Evidence
from hrplan.deliverables.contents.hr_strategy import of_strategy
from hrplan.deliverables.contents.parts import Maker, Part
from hrplan.documents.nodes import Section
from hrplan.partners.report import deadlines_section
from hrplan.strategy.report import work
from training_calendar.report import calendar, reference, release
from training_calendar.usecases.contents import CalendarContents


def of_calendar(make: Callable[[CalendarContents], Section | None]) -> Maker:
    """A section made of the calendar of the plan in force; none without one."""
    return lambda evidence: make(evidence.calendar_contents) if evidence.calendar_contents else None


def _external(evidence: Evidence) -> Section | None:
    """Courses of providers with their deadlines, and below them what partners offer."""
    contents = evidence.calendar_contents
    offers = reference.external_section(contents) if contents else None
    partners = deadlines_section(evidence.register)
    if offers is None or partners is None:
        return offers or partners
    return replace(offers, blocks=(*offers.blocks, partners))


PARTS: tuple[Part, ...] = (
    Part("calendar-rules", _("How to use the calendar"), of_strategy(work.calendar_rules_section)),
    Part("year", _("Year at a glance"), of_calendar(calendar.year_section)),
    Part(
        "session-list",
        _("Session list"),
        of_calendar(calendar.sessions_section),
        needed=_("what is held when"),
    ),
    Part("quarter-detail", _("Quarter detail"), of_calendar(calendar.quarters_section)),
    Part("release", _("Station release plan"), of_calendar(release.release_section)),
    Part("external", _("External and donor courses"), _external),
    Part("elearning-targets", _("E-learning targets"), of_calendar(calendar.elearning_section)),
    Part(
        "phasing",
        _("Budget phasing"),
        of_calendar(calendar.phasing_section),
        needed=_("what it costs in which month"),
    ),
    Part("evaluation-dates", _("Evaluation dates"), of_calendar(calendar.evaluation_dates_section)),
    Part("change-log", _("Change log"), of_calendar(calendar.changes_section)),
    Part(
        "calendar-reference",
        _("Holidays, closures and venues"),
        of_calendar(reference.reference_annex),
        annex=True,
    ),
)
