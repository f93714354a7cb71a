"""Sections of the training calendar: year at a glance, sessions, quarters, money, evaluation."""

from collections.abc import Sequence
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import labelled, listed, money, month, number
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Block,
    Bullets,
    CalendarChart,
    Closure,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Span,
    Table,
)
from training_calendar import wording
from training_calendar.models import Mode
from training_calendar.report.days import day, days
from training_calendar.usecases.contents import CalendarContents
from training_calendar.usecases.sessions_list import SessionRow


def year_section(contents: CalendarContents) -> Section | None:
    """Each year at a glance: who is in training when, and when nothing can be held."""
    rows = contents.rows
    if not rows:
        return None
    seats = sum(row.nominated for row in rows)
    words = _(
        "%(sessions)s sessions with %(seats)s places run from %(first)s to %(last)s. No station "
        "falls below its minimum and none has more people in training than its policy allows."
    )
    if contents.conflicts:
        words = _(
            "%(sessions)s sessions with %(seats)s places run from %(first)s to %(last)s. The "
            "last check found conflicts, which are to be solved before the calendar is released."
        )
    given = {
        "sessions": number(len(rows)),
        "seats": number(seats),
        "first": day(min(row.starts_on for row in rows)),
        "last": day(max(row.ends_on for row in rows)),
    }
    years = sorted({row.starts_on.year for row in rows})
    charts = tuple(_year_chart(contents, year) for year in years)
    return Section(
        _("Year at a glance"),
        (
            KeyFigures(_tiles(contents, seats)),
            Paragraph(words % given),
            _load(contents),
            Section(_("Sessions by unit and month"), charts, landscape=True),
        ),
        key="calendar-year",
    )


def _tiles(contents: CalendarContents, seats: int) -> tuple[KeyFigure, ...]:
    cash = sum(row.cost for row in contents.rows)
    outside = sum(line.people for line in contents.outside)
    return (
        KeyFigure(number(len(contents.rows)), _("sessions")),
        KeyFigure(number(seats), _("places in sessions")),
        KeyFigure(number(outside), _("places outside sessions")),
        KeyFigure(number(cash), _("cash of sessions, %(c)s") % {"c": contents.currency}),
    )


def _year_chart(contents: CalendarContents, year: int) -> CalendarChart:
    stations = [station for station in contents.cover.stations if station.person_days]
    first = max(contents.calendar.starts_on, date(year, 1, 1))
    last = min(contents.calendar.ends_on, date(year, 12, 31))
    spans = tuple(
        Span(
            row=at,
            first=session.starts_on,
            last=session.ends_on,
            label=f"{session.code} {session.title}",
            kind=capfirst(wording.mode(session.mode)),
        )
        for at, station in enumerate(stations)
        for session in contents.rows
        if station.code in session.units and first <= session.starts_on <= last
    )
    closures = tuple(
        Closure(max(starts, first), min(ends, last), label)
        for starts, ends, label in _closures(contents)
        if starts <= last and ends >= first
    )
    words = _("Sessions of each unit in %(year)s, closures as bands.")
    return CalendarChart(
        caption=_("Training by unit in %(year)s") % {"year": year},
        unit=_("Session"),
        label_title=_("Unit"),
        alternative=words % {"year": year},
        rows=tuple(station.title for station in stations),
        first=first,
        last=last,
        spans=spans,
        closures=closures,
        key=f"calendar-{year}",
    )


def _closures(contents: CalendarContents) -> list[tuple[date, date, str]]:
    """Days on which nothing is held anywhere, or in the venues of some regions, told once."""
    found: dict[tuple[date, date, str], list[str]] = {}
    for closed in contents.supply.closures:
        if closed.scope in {"ALL", "REGION"}:
            regions = found.setdefault((closed.starts_on, closed.ends_on, closed.reason), [])
            regions += [closed.region] if closed.scope == "REGION" else []
    words = _("%(reason)s (venues in %(regions)s)")
    return [
        (
            starts,
            ends,
            words % {"reason": reason, "regions": listed(regions)} if regions else reason,
        )
        for (starts, ends, reason), regions in found.items()
    ]


def sessions_section(contents: CalendarContents) -> Section | None:
    """Every session with all that a station or the ministry asks about it."""
    if not contents.rows:
        return None
    blocks = [_session_table(contents, name, rows) for name, rows in _by_quarter(contents)]
    words = _(
        "The list names every session in order of date. Each line says which competency it lifts "
        "from which level to which, for how many places, and by what the measure as a whole will "
        "be judged. What else a session lifts stands in the sheet of its measure in the "
        "development plan, under the number given."
    )
    lead: list[Block] = [Paragraph(words)]
    states = {row.status_words for row in contents.rows}
    if len(states) == 1:
        state = _("All sessions have the status “%(status)s”.") % {"status": states.pop()}
        lead.append(Paragraph(state))
    return Section(_("Session list"), (*lead, *blocks), landscape=True, key="session-list")


def _by_quarter(contents: CalendarContents) -> list[tuple[str, list[SessionRow]]]:
    found = [
        (name, [row for row in contents.rows if first <= row.starts_on <= last])
        for name, first, last in contents.quarters
    ]
    known = {row.code for _name, rows in found for row in rows}
    rest = [row for row in contents.rows if row.code not in known]
    return [pair for pair in (*found, (_("other dates"), rest)) if pair[1]]


def _session_table(contents: CalendarContents, name: str, rows: list[SessionRow]) -> Table:
    mixed = len({row.status for row in contents.rows}) > 1
    lines = [
        (
            row.code,
            row.title,
            _lifts(row),
            days(row.starts_on, row.ends_on),
            f"{row.days} / {number(row.hours)}",
            f"{_place(row)}; {row.provider}",
            f"{row.nominated} / {row.places}",
            number(row.cost),
            _paid(row, mixed=mixed),
            labelled(row.intervention, row.indicator) if row.indicator else row.intervention,
        )
        for row in rows
    ]
    seats = sum(row.nominated for row in rows)
    cash = sum(row.cost for row in rows)
    lines.append((_("All"), "", "", "", "", "", number(seats), number(cash), "", ""))
    funding = _("Funding, status") if mixed else _("Funding")
    return Table(
        _("Sessions in %(quarter)s") % {"quarter": name},
        (
            _("Ref."), _("Module"), _("Lifts"), _("Dates"), _("Days / hours"),
            _("Where; provider"), _("Named / places"),
            _("Cost, %(c)s") % {"c": contents.currency}, funding, _("Indicator of the measure"),
        ),
        tuple(lines),
        align=(
            "left", "left", "left", "left", "right", "left", "right", "right", "left", "left",
        ),
        widths=(1.55, 2.5, 2.7, 1.5, 0.95, 2.7, 1.05, 0.9, 1.25, 2.9),
        total=True,
        key=f"sessions-{name}",
    )  # fmt: skip


def _lifts(row: SessionRow) -> str:
    """The competency its indicator speaks of with its levels, and how many more it lifts."""
    if not row.lifts:
        return "–"
    named = [lift for lift in row.lifts if lift.title in row.indicator]
    first = max(named, key=lambda lift: len(lift.title)) if named else row.lifts[0]
    words = _("%(title)s, level %(low)d to %(high)d") % {
        "title": first.title, "low": first.level_from, "high": first.level_to,
    }  # fmt: skip
    rest = len(row.lifts) - 1
    if rest:
        words += "; " + ngettext("and %(count)s more", "and %(count)s more", rest) % {"count": rest}
    return words


def _paid(row: SessionRow, *, mixed: bool) -> str:
    words = capfirst(row.funding_words)
    return f"{words}, {row.status_words}" if mixed else words


def _place(row: SessionRow) -> str:
    if row.venue:
        return row.venue
    mode = capfirst(wording.mode(row.mode))
    return f"{mode}, {row.region}" if row.region else mode


def quarters_section(contents: CalendarContents) -> Section | None:
    """Quarter by quarter: storm fallbacks, and in the internal edition the nominees."""
    if not contents.rows:
        return None
    quarters = _by_quarter(contents)
    words = _(
        "Sessions in the months of storms carry a fallback date on which venue and trainer are "
        "free, and the module that teaches most of the same online. Stations arrange relief for "
        "the days on which they reach their limit."
    )
    parts: tuple[Block, ...] = ()
    if contents.internal:
        parts = tuple(Section(name, _nominees(contents, rows)) for name, rows in quarters)
    return Section(
        _("Quarter detail"),
        (Paragraph(words), *_fallbacks(contents), *parts),
        key="quarter-detail",
    )


def _load(contents: CalendarContents) -> Table:
    """What each quarter asks of stations, trainers and the vote."""
    rows = [(name, *_sums(rows)) for name, rows in _by_quarter(contents)]
    return Table(
        _("Load of each quarter"),
        (
            _("Quarter"), _("Sessions"), _("Places"), _("Session days"), _("Person-days"),
            _("Cash, %(c)s") % {"c": contents.currency},
        ),
        (*rows, (_("All"), *_sums(contents.rows))),
        align=aligned(1, 5),
        note=_("Person-days: places times the days from first to last of the session."),
        total=True,
        key="quarter-load",
    )  # fmt: skip


def _sums(rows: Sequence[SessionRow]) -> tuple[str, ...]:
    return (
        number(len(rows)),
        number(sum(row.nominated for row in rows)),
        number(sum(row.days for row in rows)),
        number(sum(row.days * row.nominated for row in rows)),
        number(sum(row.cost for row in rows)),
    )


def _fallbacks(contents: CalendarContents) -> tuple[Table, ...]:
    lines = tuple(
        (
            row.code,
            row.title,
            days(row.starts_on, row.ends_on),
            day(row.fallback_on),
            _online(contents, row),
        )
        for row in contents.rows
        if row.fallback_on
    )
    if not lines:
        return ()
    heads = (_("Ref."), _("Module"), _("Dates"), _("Fallback from"), _("Online version"))
    note = _("Online version: the module without a room that lifts most of the same competencies.")
    name = _("If a storm comes")
    widths = (1.4, 3.4, 1.8, 1.4, 3)
    return (Table(name, heads, lines, widths=widths, note=note, key="fallbacks"),)


def _online(contents: CalendarContents, row: SessionRow) -> str:
    found = contents.online.get(row.module)
    if found is None:
        return _("online already") if row.mode == Mode.ONLINE else _("none in the catalogue")
    return labelled(f"{found.code} {found.title}", found.words)


def _nominees(contents: CalendarContents, rows: list[SessionRow]) -> tuple[Block, ...]:
    lines = tuple(
        (row.code, row.title, ", ".join(contents.nominees.get(row.code, ()))) for row in rows
    )
    heads = (_("Ref."), _("Module"), _("Nominees and their units"))
    return (Table(_("Nominees"), heads, lines, widths=(1.5, 2.6, 6)),)


def elearning_section(contents: CalendarContents) -> Section | None:
    """Enrolments expected in each quarter outside the sessions."""
    if not contents.outside:
        return None
    people = sum(line.people for line in contents.outside)
    words = ngettext(
        "%(people)s place outside the sessions is planned.",
        "%(people)s places outside the sessions are planned: self-paced e-learning, learning on "
        "the job, and courses that their providers run. Completion is expected by the end of the "
        "course's weeks at the hours of own study printed among the constants.",
        people,
    )
    table = _outside_table(contents)
    lead = Paragraph(words % {"people": number(people)}, "lead")
    return Section(_("E-learning targets"), (lead, table), key="elearning-targets")


def _outside_table(contents: CalendarContents) -> Table:
    """Modules in rows, quarters in columns, the people who begin in each cell."""
    names = [name for name, _first, _last in contents.quarters]
    names += sorted({line.quarter for line in contents.outside} - set(names))
    quarters = [name for name in names if any(line.quarter == name for line in contents.outside)]
    begun: dict[tuple[str, str, str], dict[str, int]] = {}
    for line in contents.outside:
        head = (capfirst(line.mode_words), line.title, number(line.hours))
        begun.setdefault(head, {})[line.quarter] = line.people
    rows: list[tuple[str, ...]] = []
    modes: dict[str, int] = {}
    for (mode, title, hours), counts in sorted(begun.items()):
        if mode not in modes:
            modes[mode] = len(rows)
            rows.append((mode, *("",) * (len(quarters) + 2)))
        cells = (number(counts[q]) if counts.get(q) else "" for q in quarters)
        rows.append((title, hours, *cells, number(sum(counts.values()))))
    sums = [sum(line.people for line in contents.outside if line.quarter == q) for q in quarters]
    rows.append((_("All"), "", *(number(n) for n in sums), number(sum(sums))))
    return Table(
        _("People who begin outside the sessions, by quarter"),
        (_("Module"), _("Hours each"), *quarters, _("All")),
        tuple(rows),
        align=aligned(1, len(quarters) + 2),
        widths=(4.2, 0.9, *((1.2,) * len(quarters)), 0.7),
        subheads=tuple(modes.values()),
        total=True,
        key="elearning",
    )


def phasing_section(contents: CalendarContents) -> Section | None:
    """Cash by the month in which it falls due."""
    if not contents.months:
        return None
    rows = [
        (month(m.first), number(m.sessions), number(m.outside), number(m.sessions + m.outside))
        for m in contents.months
    ]
    held = sum(m.sessions for m in contents.months)
    beside = sum(m.outside for m in contents.months)
    rows.append((_("All"), number(held), number(beside), number(held + beside)))
    most = max(contents.months, key=lambda m: m.sessions + m.outside)
    words = _(
        "Cash is committed in the month in which a session begins. Most, %(amount)s, falls in "
        "%(month)s."
    )
    table = Table(
        _("Cash by month, %(c)s") % {"c": contents.currency},
        (_("Month"), _("Sessions"), _("Courses outside sessions"), _("All")),
        tuple(rows),
        align=aligned(1, 3),
        total=True,
        key="cash-months",
    )
    amount = money(most.sessions + most.outside, contents.currency)
    lead = Paragraph(words % {"month": month(most.first), "amount": amount})
    return Section(_("Budget phasing"), (lead, table), key="phasing")


def evaluation_dates_section(contents: CalendarContents) -> Section | None:
    """When each session's four levels of evaluation are due."""
    if not contents.evaluations:
        return None
    heads = [_("1 Reaction"), _("2 Learning"), _("3 Behaviour"), _("4 Results")]
    lines = [
        (code, title, [*(day(due) for due in dates), *(("–",) * (len(heads) - len(dates)))])
        for code, title, dates in contents.evaluations
    ]
    if all(due[0] == due[1] for _code, _title, due in lines):
        heads[:2] = [_("1 Reaction, 2 Learning")]
        lines = [(code, title, due[1:]) for code, title, due in lines]
    table = Table(
        _("Evaluation dates by session"),
        (_("Ref."), _("Module"), *heads),
        tuple((code, title, *due) for code, title, due in lines),
        widths=(1.5, 5, *((1.6,) * len(heads))),
        key="evaluations-by-session",
    )
    return Section(_("Evaluation dates"), (table,), key="evaluation-dates")


def changes_section(contents: CalendarContents) -> Section | None:
    """What was moved or cancelled since the plan was made, and why."""
    if not contents.changes:
        words = _("No session was moved or cancelled since the calendar was made.")
        return Section(_("Change log"), (Paragraph(words),), key="change-log")
    rows = tuple(
        (day(change.changed_on), change.session_code, change.what, change.reason)
        for change in contents.changes
    )
    heads = (_("Day"), _("Session"), _("Change"), _("Reason"))
    table = Table(_("Changes"), heads, rows, widths=(1.3, 1.4, 4, 3))
    return Section(_("Change log"), (table,), key="change-log")


def release_rules() -> Bullets:
    """Both limits of cover in words."""
    return Bullets(
        (
            _("The policy: no unit has more people in training on one day than the table allows."),
            _("The minimum: those rostered, less those on leave and in training, are enough."),
        )
    )
