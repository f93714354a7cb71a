"""Pages of the calendar: list by week, grid of a month, timeline, conflicts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hrplan.core.access import INSIDE, OFFICE, MemberRequest, has_role, member_required, require
from hrplan.core.choosing import choices_of
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.pages import (
    CalendarFilter,
    TimelineFilter,
    module_choices,
    quarter_choices,
    quarter_span,
    unit_choices,
    with_quarter,
)
from training_calendar.models import Budget, Calendar
from training_calendar.usecases import (
    calendar_windows,
    calendars,
    improving,
    poster,
    releases,
    unplaced,
)
from training_calendar.usecases.sessions_list import (
    ON_A_ROW,
    SessionRow,
    listed,
    session_rows,
    sessions_of,
)

DAY = timedelta(days=1)
LISTED = 50
"""Sessions on a page of the list."""
BY = "venue"
"""What the rows of the timeline are where nothing is chosen."""
Rows = tuple[SessionRow, ...]


@require_GET
@member_required
def calendar(request: MemberRequest) -> HttpResponse:
    member = request.member
    require(rules.can_see_plan(member) or rules.can_see_own_calendar(member))
    found = calendars.current_calendar(member.administration)
    context = _around(request, found)
    if found is not None:
        context["own"] = calendar_windows.own_enrolments(member)
        if not rules.can_see_plan(member):
            return page(request, "training_calendar/calendar_own.html", context)
        context |= _listed(request, found)
    return page(request, "training_calendar/calendar.html", context, part="session-rows")


def _around(request: MemberRequest, found: Calendar | None) -> dict[str, Any]:
    """What every page of the calendar shows beside its own."""
    context: dict[str, Any] = {
        "calendar": found,
        "tabs": tabs(request),
        "can_plan": rules.can_plan(request.member),
        "is_inside": rules.can_see_outcome(request.member),
    }
    if found is not None and rules.can_change_calendar(request.member, found):
        slug = request.member.administration.slug
        context["editor"] = {
            "blocked": reverse("session-blocked", args=[slug, 0]),
            "move": reverse("training_calendar:move", args=[slug, 0]),
            "new_blocked": reverse("unplaced-blocked", args=[slug, 0]),
            "new_move": reverse("training_calendar:place_module", args=[slug, 0]),
        }
    return context


def tabs(request: MemberRequest) -> list[dict[str, Any]]:
    """The three looks at the sessions; filters of the address are kept."""
    names = {
        "calendar": _("By week"),
        "calendar_month": _("By month"),
        "calendar_timeline": _("Timeline"),
    }
    slug, query = request.member.administration.slug, request.GET.urlencode()
    urls = {name: reverse(f"training_calendar:{name}", args=[slug]) for name in names}
    return [
        {
            "title": title,
            "url": f"{urls[name]}?{query}" if query else urls[name],
            "active": urls[name] == request.path,
        }
        for name, title in names.items()
    ]


def _listed(request: MemberRequest, found: Calendar) -> dict[str, Any]:
    quarters = _quarters(found)
    data = with_quarter(request.GET, quarters, found.administration.as_of)
    form = CalendarFilter(data, **_choices(found, quarters))
    sessions = sessions_of(found, **_narrowed(quarters, form.chosen()))
    count, cost = calendar_windows.totals_of(sessions)
    pages = Paginator(sessions.select_related(*ON_A_ROW), LISTED)
    pages.count = count  # known already
    shown = pages.get_page(request.GET.get("page"))
    return {
        "form": form,
        "shown": shown,
        "weeks": calendar_windows.weeks(listed(shown.object_list)),
        "cost": cost,
        "conflicts": _conflicts(found, choices_of(form, "unit")),
        "changes": found.changes.order_by("-pk")[:10],
        "sees_names": rules.can_see_nominees(request.member),
        "is_office": has_role(request.member, OFFICE),
        "released": releases.last_release(found.administration),
        "can_change": rules.can_change_calendar(request.member, found),
    }


def _conflicts(found: Calendar, titles: dict[str, str]) -> list[calendars.Conflict]:
    """Those of the last check, with the titles of stations for their codes."""
    return [
        replace(conflict, station=str(titles.get(conflict.station, "")) if conflict.station else "")
        for conflict in calendars.conflicts(found)
    ]


def _quarters(found: Calendar) -> list[Budget]:
    return list(Budget.objects.filter(administration=found.administration_id))


def _choices(found: Calendar, quarters: list[Budget]) -> dict[str, Any]:
    return {
        "quarter": quarter_choices(quarters),
        "unit": unit_choices(found.administration),
        "module": module_choices(found),
    }


def _narrowed(quarters: list[Budget], chosen: dict[str, str]) -> dict[str, Any]:
    """What was chosen, as the list of sessions is narrowed by it."""
    span = quarter_span(quarters, chosen["quarter"])
    return {"unit": chosen["unit"], "module": chosen["module"], "quarter": span}


@require_GET
@member_required
def calendar_month(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    found = calendars.current_calendar(request.member.administration)
    context = _around(request, found)
    if found is not None:
        form = CalendarFilter(request.GET, **_choices(found, []))
        del form.fields["quarter"]
        chosen = form.chosen()
        grid = calendar_windows.month_grid(found, _month(request.GET), **chosen)
        context |= {"form": form, "grid": grid, "filters": _filters(chosen)} | _undated(context)
    return page(request, "training_calendar/calendar_month.html", context, part="month")


def _month(query: QueryDict) -> date | None:
    try:
        return date.fromisoformat(f"{query.get('month', '')}-01")
    except ValueError:
        return None


def _filters(chosen: dict[str, str]) -> str:
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in chosen.items() if value})
    return query.urlencode()


@require_GET
@member_required
def calendar_timeline(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    found = calendars.current_calendar(request.member.administration)
    context = _around(request, found)
    if found is not None:
        form, rows, timeline = _timeline(request, found)
        context |= {
            "form": form,
            "timeline": timeline,
            "row_heading": choices_of(form, "by")[form.chosen()["by"] or BY],
            "first": rows[0].starts_on if rows else found.starts_on,
            "query": request.GET.urlencode(),
        } | _undated(context)
    return page(request, "training_calendar/calendar_timeline.html", context)


def _undated(context: dict[str, Any]) -> dict[str, Any]:
    """What has no date, for who may give it one."""
    return {"unplaced": unplaced.unplaced(context["calendar"])} if "editor" in context else {}


def _timeline(
    request: MemberRequest, found: Calendar
) -> tuple[TimelineFilter, Rows, calendar_windows.Timeline]:
    quarters = _quarters(found)
    data = with_quarter(request.GET, quarters, found.administration.as_of)
    form = TimelineFilter(data, **_choices(found, quarters))
    if not has_role(request.member, INSIDE):
        form.hide_trainers()
    chosen = form.chosen()
    rows = session_rows(found, **_narrowed(quarters, chosen))
    titles = choices_of(form, "unit")
    return form, rows, calendar_windows.timeline(rows, chosen["by"] or BY, titles)


@require_GET
@member_required
def calendar_events(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_plan(request.member))
    found = calendars.current_calendar(request.member.administration)
    if found is None:
        return JsonResponse({"resources": [], "events": []})
    form, _found, timeline = _timeline(request, found)
    slug, chosen = request.member.administration.slug, form.chosen()
    changes = rules.can_change_calendar(request.member, found)
    if changes and timeline.bars and not (chosen["unit"] or chosen["module"]):
        by = chosen["by"] or BY
        timeline = calendar_windows.with_idle_rows(timeline, found.administration, by)
    rows = [
        {"id": key, "title": title, "extendedProps": timeline.codes.get(key, {})}
        for key, title in timeline.rows
    ]
    events = [_event(bar, slug, may_move=changes) for bar in timeline.bars]
    return JsonResponse({"resources": rows, "events": events})


def _event(bar: calendar_windows.Bar, slug: str, *, may_move: bool) -> dict[str, Any]:
    session = bar.session
    return {
        "id": f"{session.code} {bar.row}",
        "startEditable": may_move and session.may_move,
        "resourceIds": [bar.row],
        "title": session.title,
        "allDay": True,
        "start": session.starts_on.isoformat(),
        "end": (session.ends_on + DAY).isoformat(),
        "extendedProps": {
            "session": session.pk,
            "url": reverse("training_calendar:session", args=[slug, session.pk]),
        },
    }


@require_GET
@member_required
def calendar_poster(request: MemberRequest) -> HttpResponse:
    """A year on one sheet, to print."""
    require(rules.can_see_plan(request.member))
    found = calendars.current_calendar(request.member.administration)
    context: dict[str, Any] = {"calendar": found, "can_plan": rules.can_plan(request.member)}
    if found is not None:
        shown = poster.poster(found, request.GET.get("year", ""))
        context |= {"poster": shown, "days": range(1, poster.COLUMNS + 1)}
    return page(request, "training_calendar/poster.html", context)


@require_POST
@member_required
def check(request: MemberRequest) -> HttpResponse:
    found = current(request)
    require(rules.can_change_calendar(request.member, found))
    try:
        conflicts = calendars.check_calendar(found)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        if not conflicts:
            messages.success(request, _("Checked: no conflict."))
    return redirect("training_calendar:calendar", request.member.administration.slug)


@require_POST
@member_required
def improve(request: MemberRequest) -> HttpResponse:
    slug = request.member.administration.slug
    try:
        run = improving.ask_for_schedule(current(request), by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("training_calendar:calendar", slug)
    return redirect("core:run", slug, run.pk)


def current(request: MemberRequest) -> Calendar:
    """The calendar in force; 404 where there is none."""
    found = calendars.current_calendar(request.member.administration)
    if found is None:
        raise Http404
    return found
