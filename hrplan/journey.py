"""The map of the journey: navigation by step, and the home page that says what is next."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from competencies.models import MemberScope
from competencies.usecases.campaigns import open_campaigns
from competencies.usecases.waiting import proposals_to_decide
from hrplan import progress
from hrplan.core.access import INSIDE, OFFICE, MemberRequest, member_required
from hrplan.core.http import page
from hrplan.core.models import Member, Role
from training_calendar.usecases.nominations import pressing

ALL = frozenset(Role)
READERS = INSIDE | {Role.REVIEWER}
PEOPLE = OFFICE | {Role.MANAGER, Role.STAFF}
NAMES = OFFICE | {Role.MANAGER}
FIGURES = OFFICE | {Role.MANAGER, Role.REVIEWER}
HR = frozenset({Role.HR_OFFICER})
ROOM = INSIDE | {Role.REVIEWER}
PARTNERS = OFFICE | {Role.REVIEWER, Role.COORDINATOR}

ENOUGH = 6  # proposed levels of which five are named: the sixth says that there are more


@dataclass(frozen=True, slots=True)
class Item:
    """One page in the navigation, the roles that are shown it, and where its other pages lie."""

    title: str | Promise
    url_name: str
    roles: frozenset[Role]
    beside: tuple[str, ...] = ()  # first parts of addresses that don't begin with its own


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps of the journey."""

    key: str
    title: str | Promise
    icon: str
    items: tuple[Item, ...]


STEPS = (
    Step(
        "prepare",
        _("Prepare"),
        "building-bank",
        (
            Item(_("Administration"), "core:administration", ALL - {Role.COORDINATOR}),
            Item(_("Units and stations"), "competencies:unit_list", READERS, ("posts",)),
            Item(_("Staff"), "competencies:staff_list", PEOPLE),
            Item(_("Import and export"), "import_list", HR),
            Item(_("Long work"), "core:run_list", OFFICE),
            Item(_("Audit trail"), "core:audit_trail", OFFICE),
        ),
    ),
    Step(
        "diagnose",
        _("Diagnose"),
        "stethoscope",
        (
            Item(_("Exercises and results"), "diagnostics:exercise_list", ROOM, ("workshops",)),
            Item(_("Findings"), "diagnostics:finding_list", ROOM),
            Item(_("Document register"), "diagnostics:document_list", ROOM),
            Item(_("Questionnaires"), "diagnostics:questionnaire_list", ROOM),
        ),
    ),
    Step(
        "profile",
        _("Profile"),
        "id-badge-2",
        (
            Item(
                _("Competency framework"),
                "competencies:framework",
                ALL - {Role.COORDINATOR},
                ("competencies", "frameworks"),
            ),
            Item(_("Job profiles"), "competencies:profile_list", ALL - {Role.COORDINATOR}),
            Item(_("My page"), "own", PEOPLE),
            Item(
                _("Assessments"),
                "competencies:campaign_list",
                PEOPLE,
                ("ratings", "appeals", "proposals", "exemptions"),
            ),
            Item(_("Competency gaps"), "competencies:gaps", FIGURES),
            Item(_("Workforce and outlook"), "competencies:workforce", FIGURES),
        ),
    ),
    Step(
        "plan",
        _("Plan"),
        "target",
        (
            Item(
                _("Training modules"),
                "training_calendar:module_list",
                ALL - {Role.COORDINATOR},
                ("outcomes",),
            ),
            Item(_("Programmes"), "training_calendar:programme_list", ALL - {Role.COORDINATOR}),
            Item(
                _("Learning paths"),
                "training_calendar:learning_paths",
                ALL - {Role.COORDINATOR},
                ("path-steps",),
            ),
            Item(_("Trainers, venues, money"), "training_calendar:supply", INSIDE),
            Item(_("Training needs"), "training_calendar:needs", FIGURES),
            Item(_("Development plan"), "training_calendar:plan", READERS, ("plans",)),
            Item(_("Interventions"), "training_calendar:intervention_list", READERS),
        ),
    ),
    Step(
        "schedule",
        _("Schedule"),
        "calendar-event",
        (
            Item(
                _("Training calendar"),
                "training_calendar:calendar",
                ALL - {Role.COORDINATOR},
                ("sessions", "enrolments"),
            ),
            Item(_("Station cover"), "training_calendar:cover", FIGURES),
            Item(_("Nominations"), "training_calendar:nomination_list", NAMES),
            Item(_("Certificates"), "training_calendar:certificate_list", PEOPLE),
        ),
    ),
    Step(
        "decide",
        _("Decide"),
        "gavel",
        (
            Item(_("HR strategy"), "strategy:strategy", READERS, ("objectives", "obligations")),
            Item(_("Documents"), "deliverables:document_list", READERS, ("versions", "comments")),
            Item(_("Consistency checks"), "deliverables:checks", READERS),
            Item(_("Submissions"), "deliverables:submission_list", READERS),
        ),
    ),
    Step(
        "follow-up",
        _("Follow up"),
        "road",
        (
            Item(_("Evaluation of training"), "training_calendar:evaluation", NAMES),
            Item(_("Initiatives and milestones"), "strategy:initiative_list", READERS),
            Item(_("Indicators"), "strategy:indicator_list", READERS),
            Item(_("Risks"), "strategy:risk_list", READERS),
            Item(_("Partners and assistance"), "partners:activity_list", PARTNERS, ("activities",)),
        ),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """What every page of a member shows around its content."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return {}
    home_url = reverse("journey", args=[member.administration.slug])
    return {
        "member": member,
        "administration": member.administration,
        "as_of": member.administration.as_of,
        "home_url": home_url,
        "home_active": request.path == home_url,
        "navigation": steps_of(member, request.path),
    }


def steps_of(member: Member, path: str = "") -> list[dict[str, Any]]:
    """The steps with the pages this member may open; the one being read is active."""
    steps = []
    for number, step in enumerate(STEPS, start=1):
        items = [
            {"title": item.title, "url": url_of(item, member), "active": _holds(item, member, path)}
            for item in step.items
            if member.role in item.roles
        ]
        if items:
            active = any(item["active"] for item in items)
            steps.append(
                {
                    "key": step.key,
                    "number": number,
                    "title": step.title,
                    "icon": step.icon,
                    "items": items,
                    "active": active,
                }
            )
    return steps


def _holds(item: Item, member: Member, path: str) -> bool:
    """Whether a page belongs to the item."""
    home_url = reverse("journey", args=[member.administration.slug])
    places = (url_of(item, member), *(f"{home_url}{part}/" for part in item.beside))
    return path.startswith(places)


def url_of(item: Item, member: Member) -> str:
    """The page's address in the member's administration."""
    return reverse(item.url_name, args=[member.administration.slug])


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """The way in: sign in, or on to the administration of one's seat."""
    if not request.user.is_authenticated:
        return redirect("account_login")
    seats = Member.objects.filter(user=request.user, ended_on=None).select_related("administration")
    if not seats:
        raise Http404
    if len(seats) == 1:
        return redirect("journey", seats[0].administration.slug)
    return page(request, "journey/seats.html", {"seats": seats})


@require_GET
@member_required
def home(request: MemberRequest) -> HttpResponse:
    steps = progress.journey(request.member, steps_of(request.member))
    current = next((step for step in steps if step["state"] == "current"), None)
    context = {
        "steps": steps,
        "next": current,
        "own": own_staff_member(request.member),
        "campaigns": open_campaigns(request.member),
        "proposals": proposals_to_decide(request.member)[:ENOUGH],
        "nominations": pressing(request.member),
    }
    return page(request, "journey/home.html", context)


def own_staff_member(member: Member) -> int | None:
    """The row of the staff member that the member is, where the role reads pages of people."""
    if member.role not in PEOPLE:
        return None
    scopes = MemberScope.objects.filter(member=member)
    return scopes.values_list("staff_member", flat=True).first()


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """Whether the process and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})
