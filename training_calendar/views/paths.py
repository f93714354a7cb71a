"""Pages of learning paths and of progress: the paths, a person on one, people in a programme."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competencies.models import LearningPath, StaffMember
from competencies.views.staff import person_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page
from training_calendar import rules, wording
from training_calendar.forms.pages import AttendanceForm, ProgressFilter
from training_calendar.models import Calendar, Enrolment, PathStep, Programme
from training_calendar.usecases import learning_paths as use_cases
from training_calendar.usecases import programme_progress
from training_calendar.usecases.attendance import record_attendance
from training_calendar.usecases.programme_progress import Progress

LISTED = 50


@require_GET
@member_required
def learning_paths(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_catalogue(request.member))
    rows = LearningPath.objects.visible_to(request.member).select_related("profile")
    steps: dict[int, list[PathStep]] = {}
    for step in PathStep.objects.visible_to(request.member).select_related("module", "programme"):
        steps.setdefault(step.path_id, []).append(step)
    context = {
        "paths": [{"path": row, "steps": steps.get(row.pk, [])} for row in rows],
        "can_keep": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/learning_paths.html", context)


@require_GET
@member_required
def development(request: MemberRequest, pk: int) -> HttpResponse:
    found = use_cases.development_of(person_of(request, pk))
    context = {
        "person": found.person,
        "development": found,
        "steps": [
            {
                "line": line,
                "words": wording.step_state(line.standing.state),
                "shape": wording.STEP_SHAPES[line.standing.state],
                "is_next": line is found.ahead,
            }
            for line in found.steps
        ],
        "programmes": [_progress(one) for one in found.programmes],
        "places": use_cases.places_of(found.person, member=request.member),
        "can_record": rules.can_plan(request.member),
    }
    return page(request, "training_calendar/development.html", context)


def _progress(one: Progress) -> dict[str, Any]:
    state = one.standing.state
    return {
        "one": one,
        "words": wording.progress_state(state),
        "shape": wording.PROGRESS_SHAPES[state],
    }


@require_GET
@member_required
def programme_people(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_nominees(request.member))
    seen = Programme.objects.visible_to(request.member).select_related("provider", "administration")
    programme = get_object_or_404(seen.prefetch_related("modules"), pk=pk)
    people = StaffMember.objects.visible_to(request.member)
    every = programme_progress.people_in(programme, people)
    form = _form(request, every)
    lines = programme_progress.narrowed(every, **form.chosen())
    shown = Paginator(lines, LISTED).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "milestones": programme.path_steps.select_related("path__profile"),
        "form": form,
        "page_obj": shown,
        "rows": [_progress(one) for one in shown],
        "total": len(every),
        "finished": sum(one.standing.state == "finished" for one in every),
        "under_way": sum(one.standing.state == "under_way" for one in every),
    }
    return page(request, "training_calendar/programme_people.html", context, part="people-rows")


def _form(request: MemberRequest, every: tuple[Progress, ...]) -> ProgressFilter:
    units = {one.person.unit.code: one.person.unit.title for one in every}
    jobs = {one.person.profile.code: one.person.profile.title for one in every
            if one.person.profile}  # fmt: skip
    return ProgressFilter(
        request.GET,
        unit=sorted(units.items(), key=lambda pair: pair[1]),
        profile=sorted(jobs.items(), key=lambda pair: pair[1]),
        state=[(key, wording.progress_state(key)) for key in wording.PROGRESS_SHAPES],
    )


def place_of(request: MemberRequest, pk: int) -> Enrolment:
    """A place of somebody whom the member may see."""
    people = StaffMember.objects.visible_to(request.member)
    rows = Enrolment.objects.filter(
        calendar__in=Calendar.objects.visible_to(request.member), staff_member__in=people
    )
    related = rows.select_related(
        "calendar__administration", "staff_member__administration", "module", "session"
    )
    return get_object_or_404(related, pk=pk)


@require_http_methods(["GET", "POST"])
@member_required
def attendance(request: MemberRequest, pk: int) -> HttpResponse:
    place = place_of(request, pk)
    require(rules.can_record_attendance(request.member, place))
    held = getattr(place, "attendance", None)
    first = {
        "hours": held.hours if held else place.module.hours,
        "is_completed": held.is_completed if held else True,
    }
    form = AttendanceForm(request.POST or None, initial=first)
    slug, person = request.member.administration.slug, place.staff_member
    if request.method == "POST" and form.is_valid():
        try:
            record_attendance(place, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The attendance is recorded."))
            return redirect("training_calendar:development", slug, person.pk)
    context = {"form": form, "place": place, "person": person}
    return page(request, "training_calendar/attendance_form.html", context)
