"""The station release plan: officers away in each week against both limits of cover."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day_of_year, month, number
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import Block, HeatMap, Paragraph, Section, Table
from training_calendar.report.calendar import release_rules
from training_calendar.usecases.contents import CalendarContents
from training_calendar.usecases.cover import StationCover

SHADED = 4
"""People away from which a cell of the map has the darkest shade."""
HALF = 6
"""The last month of the first half of a year."""


def release_section(contents: CalendarContents) -> Section | None:
    """Officers away per week and station, their limits, and the days on which they bind."""
    stations = [station for station in contents.cover.stations if station.person_days]
    if not stations:
        return None
    broken = contents.cover.broken_days
    words = _(
        "Training takes %(days)s person-days from the units, courses outside the sessions "
        "included. On %(binding)s days a unit has as many people away as its limits allow."
    ) % {
        "days": number(sum(station.person_days for station in stations)),
        "binding": number(contents.cover.binding_days),
    }
    if broken:
        words += " " + ngettext(
            "On %(count)s day a unit is below a limit; that has to be solved.",
            "On %(count)s days a unit is below a limit; that has to be solved.",
            broken,
        ) % {"count": number(broken)}
    else:
        words += " " + _("On no day does one fall below a limit.")
    return Section(
        _("Station release plan"),
        (
            Paragraph(words, "lead"),
            Paragraph(_("Two limits hold at once:")),
            release_rules(),
            _limits(stations),
            *_weeks(contents, stations),
        ),
        landscape=True,
        key="release",
    )


def _limits(stations: list[StationCover]) -> Table:
    rows = tuple(
        (
            station.title,
            number(station.headcount),
            number(station.rostered),
            number(station.minimum) if station.minimum else _("none stated"),
            number(station.max_away),
            number(station.person_days),
            number(station.binding_days),
        )
        for station in stations
    )
    return Table(
        _("Limits of each unit, and how far the calendar uses them"),
        (
            _("Unit"), _("In service"), _("Rostered a day"), _("Minimum on duty"),
            _("Most in training"), _("Person-days"), _("Days at the limit"),
        ),
        rows,
        align=aligned(1, 6),
        widths=(4, 1, 1.2, 1.3, 1.3, 1.2, 1.3),
        note=_("A unit that serves seven days rosters five sevenths of its people on one day."),
        key="release-limits",
    )  # fmt: skip


def _weeks(contents: CalendarContents, stations: list[StationCover]) -> tuple[Block, ...]:
    """The weeks of each half-year, most people away on one day of each week."""
    halves: dict[tuple[int, bool], list[date]] = {}
    for week in contents.cover.weeks:
        halves.setdefault((week.year, week.month > HALF), []).append(week)
    words = _(
        "In the maps a number counts the people of a unit who are away on the fullest day of the "
        "week that begins on the day above; in brackets stands the most that may be away."
    )
    return (Paragraph(words), *(_stretch(stations, tuple(weeks)) for weeks in halves.values()))


def _stretch(stations: list[StationCover], weeks: tuple[date, ...]) -> HeatMap:
    away = {
        station.code: {cell.week: cell.in_training for cell in station.cells}
        for station in stations
    }
    given = {"first": month(weeks[0]), "last": month(weeks[-1])}
    return HeatMap(
        caption=_("Most people in training on one day of the week, %(first)s to %(last)s") % given,
        unit=_("people"),
        label_title=_("Unit"),
        alternative=_("Units in rows, weeks in columns, the number of people away in each cell."),
        rows=tuple(f"{station.title} ({station.max_away})" for station in stations),
        columns=tuple(day_of_year(week) for week in weeks),
        values=tuple(
            tuple(float(away[station.code].get(week, 0)) for week in weeks) for station in stations
        ),
        bottom=0,
        top=SHADED,
        tone="gap",
        decimals=0,
        key=f"release-{weeks[0].isoformat()}",
    )
