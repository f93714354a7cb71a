"""Pages of staff members: list, profile with gaps, and the form to rate."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from pandas import DataFrame

from competencies import frames, rules, wording
from competencies.forms.pages import AssessmentForm, StaffFilter, titles
from competencies.forms.person_field import words_of
from competencies.models import Assessment, Competency, MemberScope, StaffMember, with_below
from competencies.usecases import frameworks, gaps, people, staff, structure
from competencies.views.lists import chosen_sort, csv_file, wants_file
from hrplan.core.access import OFFICE, MemberRequest, has_role, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Role

PAGE_SIZE = 25
SUGGESTED = 20  # people whom a field suggests
ORDERS = {  # sorts of the list that the database knows; those of FIGURES follow from the analysis
    "name": "name",
    "code": "code",
    "unit": "unit__position",
    "profile": "profile__title",
    "rank": "grade",
}
FIGURES = ("index", "critical_misses", "missing")


@require_GET
@member_required
def staff_list(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_people(request.member))
    people = StaffMember.objects.visible_to(request.member).serving()
    sort = chosen_sort(request, {*ORDERS, *FIGURES}, "code")
    units = frames.units(request.member.administration)
    rows = _narrowed(request, people, units).select_related("unit", "profile")
    if wants_file(request):
        return _staff_file(structure.exported_staff(rows, by=request.member))
    shown, lines, profiles = _page_of(request, rows, sort)
    form = _staff_filter(request, people, units, profiles)
    context = {
        "form": form,
        "page_obj": shown,
        "lines": lines,
        "sort": sort,
        "filtered": any(request.GET.get(name) for name in form.fields),
        "can_keep": rules.can_keep_people(request.member),
    }
    return page(request, "competencies/staff_list.html", context, part="rows")


def _narrowed(
    request: MemberRequest, people: QuerySet[StaffMember], units: DataFrame
) -> QuerySet[StaffMember]:
    """Those who match; a unit (with those below it), profile or rank of nobody finds nobody."""
    wanted = request.GET
    words = wanted.get("q", "").replace("\0", "")[:100]
    people = people.filter(Q(name__icontains=words) | Q(code__icontains=words))
    if code := wanted.get("unit"):
        pairs = zip(units["unit"], units["parent"], strict=True)
        people = people.filter(unit__code__in=with_below(pairs, [code]))
    paths = {"profile": "profile__code", "rank": "rank"}
    return people.filter(**{paths[name]: wanted[name] for name in paths if wanted.get(name)})


Shown = tuple[Page[Any], Sequence[structure.StaffLine], DataFrame]


def _page_of(request: MemberRequest, rows: QuerySet[StaffMember], sort: str) -> Shown:
    """One page of the list, and the job profiles; a sort by figures needs those of everybody."""
    owner, number = request.member.administration, request.GET.get("page")
    if sort.removeprefix("-") in FIGURES:
        analysis = gaps.gap_analysis(owner, people=rows, with_units=False)
        totals = analysis.totals_of_people()
        order = structure.ranked_staff(analysis.people["staff"], totals, sort)
        ranked = Paginator(order, PAGE_SIZE).get_page(number)
        people = {person.code: person for person in rows.filter(code__in=list(ranked))}
        mine = totals[totals["staff"].isin(list(ranked))]
        lines = structure.staff_lines([people[code] for code in ranked], mine)
        return ranked, lines, analysis.profiles
    minus = "-" if sort.startswith("-") else ""
    ordered = rows.order_by(f"{minus}{ORDERS[sort.removeprefix('-')]}", "code")
    shown = Paginator(ordered, PAGE_SIZE).get_page(number)
    chosen = StaffMember.objects.filter(pk__in=[person.pk for person in shown])
    rated = list(Assessment.objects.filter(staff_member__in=list(shown)))
    analysis = gaps.gap_analysis(owner, people=chosen, rows=rated, with_units=False)
    return shown, structure.staff_lines(shown, analysis.totals("staff")), analysis.profiles


def _staff_filter(
    request: MemberRequest,
    people: QuerySet[StaffMember],
    units: DataFrame,
    profiles: DataFrame,
) -> StaffFilter:
    ranks = people.order_by("rank").exclude(rank="").values_list("rank", flat=True).distinct()
    return StaffFilter(
        request.GET,
        units=titles(units, "unit"),
        profiles=titles(profiles, "profile"),
        ranks=list(ranks),
    )


def _staff_file(people: Iterable[structure.Exported]) -> StreamingHttpResponse:
    head = [
        *(_("Staff number"), _("Name"), _("Unit"), _("Job profile"), _("Rank")),
        *(_("Gap index"), _("Critical misses"), _("Not assessed")),
    ]
    rows = (
        (*who, None if index is None else round(Decimal(index), 3), misses, missing)
        for *who, index, misses, missing in people
    )
    return csv_file("staff.csv", head, rows)


@require_GET
@member_required
def suggestions(request: MemberRequest) -> HttpResponse:
    """People in service whom the words may mean, as options of the field that asks."""
    require(rules.can_see_people(request.member))
    words = request.GET.get(request.GET.get("of", "q"), "").replace("\0", "")[:100]
    seen = StaffMember.objects.visible_to(request.member).serving().named(words)
    found = seen.select_related("unit").order_by("name", "code") if len(words) > 1 else seen.none()
    options = [(words_of(one), one.unit.title) for one in found[:SUGGESTED]]
    return page(request, "competencies/suggestions.html", {"options": options})


def person_of(request: MemberRequest, pk: int) -> StaffMember:
    """The person, for those who may see the data; `is_own` says that it is the member."""
    require(rules.can_see_people(request.member))
    seen = StaffMember.objects.visible_to(request.member)
    own = MemberScope.objects.filter(member=request.member, staff_member=OuterRef("pk"))
    related = seen.select_related("administration", "unit", "profile", "post", "supervisor")
    related = related.annotate(is_own=Exists(own))
    return get_object_or_404(related, pk=pk)


@require_GET
@member_required
def person(request: MemberRequest, pk: int) -> HttpResponse:
    row: Any = person_of(request, pk)
    seen, keeps = staff.staff_profile(row), rules.can_keep(request.member, row)
    own, decides = row.is_own, keeps and not row.is_own
    manages = request.member.role == Role.MANAGER and not own  # sees no others
    context = {
        "person": row,
        "profile": seen,
        "lines": [_line(line) for line in seen.lines],
        "others": [_line(line) for line in seen.others],
        "can_assess": rules.can_rate(request.member),
        "can_agree": decides or manages,
        "can_keep": keeps,
        "can_rule": decides,
        "proposals": [
            (one, (decides or manages) and one.proposed_by_id != request.member.pk)
            for one in row.proposals.select_related("competency")
        ],
        "exemptions": row.exemptions.select_related("competency"),
        "can_propose": keeps or manages or own,
        "can_take": keeps or own,
        "can_see_supervisor": has_role(request.member, OFFICE),
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
    row = person_of(request, pk)
    form = _rating_form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            rating = staff.record_assessment(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The rating is recorded."))
            return redirect(_after(request, row, rating))
    context = {"person": row, "form": form, **_topic(form, row)}
    return page(request, "competencies/assessment_form.html", context)


def _rating_form(request: MemberRequest, row: StaffMember) -> AssessmentForm:
    sources = rules.sources_of(request.member, row)
    require(bool(sources))
    framework = frames.current_framework(row.administration)
    return AssessmentForm(
        request.POST or None,
        administration=row.administration,
        sources=[key for key in Assessment.Source.values if key in sources],
        top=frames.top_level(framework) if framework else frames.TOP,
        initial={"rated_on": row.administration.as_of, **request.GET.dict()},
    )


def _after(request: MemberRequest, row: StaffMember, rating: Assessment) -> str:
    """Where one goes on: to the next competency that is asked for, or back to the person."""
    following = staff.next_asked(row, rating.competency) if "next" in request.POST else None
    if following is None:
        return row.get_absolute_url()
    query = urlencode({"competency": str(following.pk), "source": rating.source})
    return f"{reverse('competencies:assess', args=[row.administration.slug, row.pk])}?{query}"


def _topic(form: AssessmentForm, row: StaffMember) -> dict[str, Any]:
    """The competency that the form speaks of, and the scale in its words."""
    chosen = str(form["competency"].value() or "")
    rows = Competency.objects.of(row.administration).select_related("framework")
    topic = rows.filter(pk=chosen).first() if chosen.isdigit() else None
    framework = topic.framework if topic else frames.current_framework(row.administration)
    scale = frameworks.scale(framework, topic) if framework else ()
    return {"topic": topic, "scale": scale}


@require_GET
@member_required
def data(request: MemberRequest, pk: int) -> HttpResponse:
    """A copy of everything that is held about the person, as a file."""
    found = people.person_data(person_of(request, pk), by=request.member)
    answer = JsonResponse(found, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Content-Disposition"] = f'attachment; filename="staff-{pk}.json"'
    return answer


@require_http_methods(["GET", "POST"])
@member_required
def forget(request: MemberRequest, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    require(rules.can_keep(request.member, person))
    if request.method == "POST":
        try:
            people.forget_person(person, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("Who this was is erased."))
        return redirect(person)
    return page(request, "competencies/forget.html", {"person": person})
