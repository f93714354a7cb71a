"""The station release plan: officers away in each week against both limits of cover."""

from datetime import date
from math import ceil

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import number
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import Block, HeatMap, Paragraph, Section, Table
from training_calendar.report.calendar import release_rules
from training_calendar.report.days import month
from training_calendar.usecases.contents import CalendarContents
from training_calendar.usecases.cover import StationCover

WEEKS = 22
"""The most weeks that fit beside each other on a page."""


def release_section(contents: CalendarContents) -> Section | None:
    """Officers away per week and station, their limits, and the days on which they bind."""
    stations = [station for station in contents.cover.stations if station.person_days]
    if not stations:
        return None
    broken = contents.cover.broken_days
    words = _(
        "The calendar takes %(days)s person-days from the stations. On %(binding)s station days "
        "nobody more may go."
    ) % {
        "days": number(sum(station.person_days for station in stations)),
        "binding": number(contents.cover.binding_days),
    }
    if broken:
        words += " " + ngettext(
            "%(count)s station day lies below a limit and has to be solved.",
            "%(count)s station days lie below a limit and have to be solved.",
            broken,
        ) % {"count": number(broken)}
    else:
        words += " " + _("On no day does a station fall below a limit.")
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
    """The weeks in stretches that fit on a page, most people away on one day of each week."""
    weeks = contents.cover.weeks
    each = ceil(len(weeks) / ceil(len(weeks) / WEEKS)) if weeks else 1
    stretches = [weeks[at : at + each] for at in range(0, len(weeks), each)]
    return tuple(_stretch(stations, stretch) for stretch in stretches)


def _stretch(stations: list[StationCover], weeks: tuple[date, ...]) -> HeatMap:
    away = {
        station.code: {cell.week: cell.in_training for cell in station.cells}
        for station in stations
    }
    most = max((max(cells.values(), default=0) for cells in away.values()), default=1)
    given = {"first": month(weeks[0]), "last": month(weeks[-1])}
    return HeatMap(
        caption=_("Most people in training on one day of the week, %(first)s to %(last)s") % given,
        unit=_("persons"),
        label_title=_("Unit"),
        alternative=_("Units in rows, weeks in columns, the number of people away in each cell."),
        rows=tuple(station.title for station in stations),
        columns=tuple(date_format(week, "j M") for week in weeks),
        values=tuple(
            tuple(float(away[station.code].get(week, 0)) for week in weeks) for station in stations
        ),
        bottom=0,
        top=4 * max(1, ceil(most / 4)),
        tone="gap",
        decimals=0,
        key=f"release-{weeks[0].isoformat()}",
    )
