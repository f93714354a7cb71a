"""Pages that ask the calendar: its issues one by one, and why something is not as one wishes."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules
from training_calendar.forms.asking import WhyNoPlaceForm, WhyNoSessionForm, WhyShortForm
from training_calendar.models import Calendar
from training_calendar.usecases import why
from training_calendar.usecases.issues import issues
from training_calendar.views.calendars import current

DIGITS = 10
FORMS = {"session": WhyNoSessionForm, "person": WhyNoPlaceForm, "station": WhyShortForm}


@require_GET
@member_required
def issue_list(request: MemberRequest) -> HttpResponse:
    """All conflicts and warnings, and the one that is looked at (`at`, from 1)."""
    require(rules.can_see_plan(request.member))
    found = current(request)
    shown = issues(found, member=request.member, at=_number(request.GET.get("at", "")))
    context = {
        "calendar": found,
        "shown": shown,
        "can_change": rules.can_change_calendar(request.member, found),
        "sees_names": rules.can_see_nominees(request.member),
    }
    return page(request, "training_calendar/issues.html", context, part="issue")


def _number(text: str) -> int:
    """The number asked for; the first where it is none."""
    return int(text) if text.isdecimal() and len(text) < DIGITS else 1


@require_GET
@member_required
def why_not(request: MemberRequest) -> HttpResponse:
    """Three questions; the one that is asked is answered from the data."""
    require(rules.can_see_nominees(request.member))
    found = current(request)
    asked = request.GET.get("ask", "")
    forms = {
        name: form(request.GET if name == asked else None, request.member)
        for name, form in FORMS.items()
    }
    context: dict[str, Any] = {"calendar": found, "forms": forms, "asked": asked}
    form = forms.get(asked)
    if form is not None and form.is_valid():
        try:
            context |= _answer(found, asked, form.cleaned_data, request)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
    return page(request, "training_calendar/why.html", context)


def _answer(
    calendar: Calendar, asked: str, said: dict[str, Any], request: MemberRequest
) -> dict[str, Any]:
    ask: dict[str, Callable[..., object]] = {
        "session": why.why_no_session,
        "person": why.why_no_place,
        "station": why.why_short,
    }
    return {"answer": ask[asked](calendar, **said, by=request.member)}
