"""Pages of the ground floor: settings, holidays, runs, the audit trail, the first user."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core import accounts, rules, runs, usecases, wording
from hrplan.core.access import MemberRequest, can_manage_runs, member_required, require
from hrplan.core.forms import AuditFilter, FirstUserForm, HolidayForm, SettingsForm
from hrplan.core.http import page, refused
from hrplan.core.models import Administration, AuditEntry, Holiday, Member, Run
from hrplan.core.workdays import has_rules
from hrplan.core.working_calendar import working_calendar


@require_GET
@member_required
def administration(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_settings(request.member))
    owner = request.member.administration
    first = owner.as_of.year
    calendar = working_calendar(owner, range(first, first + 2))
    days = groupby(sorted(calendar.holidays.items()), key=lambda pair: pair[0].year)
    context = {
        "years": [(year, list(rows)) for year, rows in days],
        "own": Holiday.objects.visible_to(request.member),
        "has_rules": has_rules(owner.country),
        "weekend": [WEEKDAYS[day] for day in sorted(calendar.weekend)],
        "languages": [(one, wording.language_words(one)) for one in wording.languages_of(owner)],
        "fiscal_month": MONTHS[owner.fiscal_year_month],
        "can_change": rules.can_change_settings(request.member),
        "form": HolidayForm(),
    }
    return page(request, "core/administration.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def settings_form(request: MemberRequest) -> HttpResponse:
    require(rules.can_change_settings(request.member))
    owner = request.member.administration
    form = SettingsForm(request.POST or None, instance=owner)
    if request.method == "POST" and form.is_valid():
        try:
            usecases.change_settings(owner, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The settings are saved."))
            return redirect("core:administration", owner.slug)
    return page(request, "core/settings_form.html", {"form": form})


@require_POST
@member_required
def add_holiday(request: MemberRequest) -> HttpResponse:
    owner = request.member.administration
    form = HolidayForm(request.POST)
    if form.is_valid():
        try:
            usecases.set_holiday(owner, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            refused(request, refusal)
    else:
        messages.error(request, _("Give the day, its name and its kind."))
    return redirect("core:administration", owner.slug)


@require_POST
@member_required
def remove_holiday(request: MemberRequest, pk: int) -> HttpResponse:
    holiday = get_object_or_404(Holiday.objects.visible_to(request.member), pk=pk)
    usecases.remove_holiday(holiday, by=request.member)
    return redirect("core:administration", request.member.administration.slug)


@require_GET
@member_required
def run_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_office(request.member))
    seen = Run.objects.visible_to(request.member).select_related("by__user")
    shown = Paginator(seen, 50).get_page(request.GET.get("page"))
    rows = [(run, wording.run_words(run.kind)) for run in shown]
    return page(request, "core/run_list.html", {"rows": rows, "page_obj": shown})


@require_GET
@member_required
def run(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_office(request.member))
    seen = Run.objects.visible_to(request.member).select_related("by__user")
    found = get_object_or_404(seen, pk=pk)
    context = {
        "run": found,
        "work": wording.run_words(found.kind),
        "can_stop": can_manage_runs(request.member),
    }
    return page(request, "core/run.html", context, part="run-state")


@require_POST
@member_required
def stop_run(request: MemberRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Run.objects.visible_to(request.member), pk=pk)
    runs.stop(found, by=request.member)
    messages.info(request, _("The run will stop as soon as it can."))
    return redirect("core:run", request.member.administration.slug, pk)


@require_GET
@member_required
def audit_trail(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_office(request.member))
    seen = AuditEntry.objects.visible_to(request.member).select_related("by__user")
    form = _trail_filter(request)
    wanted = form.chosen()
    shown = Paginator(_narrowed(seen, **wanted), 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "rows": [wording.entry_words(entry) for entry in shown],
        "page_obj": shown,
        "filtered": any(wanted.values()),
    }
    return page(request, "core/audit.html", context, part="rows")


COMMAND_LINE = "none"


def _trail_filter(request: MemberRequest) -> AuditFilter:
    entries = AuditEntry.objects.visible_to(request.member).order_by()
    labels = entries.values_list("table", flat=True).distinct()
    members = Member.objects.filter(administration=request.member.administration)
    people = [(str(one.pk), str(one.user)) for one in members.select_related("user")]
    return AuditFilter(
        request.GET,
        people=[*people, (COMMAND_LINE, _("the command line"))],
        tables=sorted(
            ((label, wording.table_words(label)) for label in labels), key=lambda pair: pair[1]
        ),
    )


def _narrowed(
    entries: QuerySet[AuditEntry], *, by: str, table: str, since: Any, until: Any
) -> QuerySet[AuditEntry]:
    if by:
        entries = entries.filter(by=None if by == COMMAND_LINE else int(by))
    if table:
        entries = entries.filter(table=table)
    if since:
        entries = entries.filter(at__date__gte=since)
    return entries.filter(at__date__lte=until) if until else entries


@require_http_methods(["GET", "POST"])
def first_user(request: HttpRequest, token: str) -> HttpResponse:
    if accounts.first_link(token) is None:
        raise Http404
    form = FirstUserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.create_first_user(token, **_first(form.cleaned_data))
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("Your account is made. Sign in to begin."))
            return redirect("account_login")
    return page(request, "core/first_user.html", {"form": form})


def _first(data: dict[str, str]) -> dict:
    owner = Administration(
        slug=data["slug"],
        name=data["administration"],
        short_name=data["short_name"],
        country=data["country"],
        currency=data["currency"].upper(),
        languages=["en"],
        weekend=[5, 6],
    )
    return {"email": data["email"], "password": data["password"], "administration": owner}
