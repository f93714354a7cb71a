"""Pages of staff members: list, profile with gaps, and the form to rate."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competencies import rules, wording
from competencies.forms.pages import AssessmentForm, StaffFilter, titles
from competencies.models import Assessment, StaffMember
from competencies.usecases import gaps, staff, structure
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page

PAGE_SIZE = 25


def _narrowed(people: QuerySet[StaffMember], wanted: QueryDict) -> QuerySet[StaffMember]:
    """Those who match; a unit, profile or rank that nobody has finds nobody."""
    words = wanted.get("q", "").replace("\0", "")[:100]
    people = people.filter(Q(name__icontains=words) | Q(code__icontains=words))
    paths = {"unit": "unit__code", "profile": "profile__code", "rank": "rank"}
    return people.filter(**{paths[name]: wanted[name] for name in paths if wanted.get(name)})


@require_GET
@member_required
def staff_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_people(request.member))
    people = StaffMember.objects.visible_to(request.member).serving()
    rows = _narrowed(people, request.GET).select_related("unit", "profile")
    shown = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    chosen = StaffMember.objects.filter(pk__in=[person.pk for person in shown])
    analysis = gaps.gap_analysis(request.member.administration, people=chosen)
    ranks = people.order_by("rank").exclude(rank="").values_list("rank", flat=True).distinct()
    form = StaffFilter(
        request.GET,
        units=titles(analysis.units, "unit"),
        profiles=titles(analysis.profiles, "profile"),
        ranks=list(ranks),
    )
    lines = structure.staff_lines(shown, analysis)
    wanted = any(request.GET.get(name) for name in form.fields)
    context = {"form": form, "page_obj": shown, "lines": lines, "filtered": wanted}
    return page(request, "competencies/staff_list.html", context, part="rows")


def _person(request: MemberRequest, pk: int) -> StaffMember:
    require(rules.can_see_people(request.member))
    seen = StaffMember.objects.visible_to(request.member)
    related = seen.select_related("administration", "unit", "profile", "post")
    return get_object_or_404(related, pk=pk)


@require_GET
@member_required
def person(request: MemberRequest, pk: int) -> HttpResponse:
    row = _person(request, pk)
    seen = staff.staff_profile(row)
    context = {
        "person": row,
        "profile": seen,
        "lines": [_line(line) for line in seen.lines],
        "others": [_line(line) for line in seen.others],
        "can_assess": rules.can_rate(request.member),
    }
    return page(request, "competencies/staff.html", context)


def _line(line: staff.CompetencyLine) -> dict[str, Any]:
    return {
        "line": line,
        "basis": wording.basis_words(line.basis),
        "status": wording.status_words(line.status),
        "badge": wording.status_badge(line.status),
    }


@require_http_methods(["GET", "POST"])
@member_required
def assess(request: MemberRequest, pk: int) -> HttpResponse:
    row = _person(request, pk)
    sources = rules.sources_of(request.member, row)
    require(bool(sources))
    today = {"rated_on": row.administration.as_of, **request.GET.dict()}
    form = AssessmentForm(
        request.POST or None,
        administration=row.administration,
        sources=[key for key in Assessment.Source.values if key in sources],
        initial=today,
    )
    if request.method == "POST" and form.is_valid():
        try:
            staff.record_assessment(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The rating is recorded."))
            return redirect(row)
    return page(request, "competencies/assessment_form.html", {"person": row, "form": form})
