"""Pages of gaps: the heat map, the tables of gaps, the quality of the assessments."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules, wording
from competencies.forms.pages import GapFilter, titles
from competencies.models import StaffMember
from competencies.usecases import constants, gaps, heat_maps, quality
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.choosing import without_choice
from hrplan.core.http import page

ROWS = 40  # of a heat map on one page


def _tabs(request: MemberRequest) -> list[dict[str, Any]]:
    names = {
        "gaps": _("Heat map"),
        "gaps_by_competency": _("By competency"),
        "gaps_by_unit": _("By unit"),
        "gaps_by_profile": _("By job profile"),
        "quality": _("Quality of the assessments"),
    }
    slug = request.member.administration.slug
    urls = {name: reverse(f"competencies:{name}", args=[slug]) for name in names}
    return [
        {"title": title, "url": urls[name], "active": urls[name] == request.path}
        for name, title in names.items()
    ]


@require_GET
@member_required
def heat_map(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    analysis = gaps.gap_analysis(owner)
    form = _form(request, analysis, narrow=limit is None)
    wanted = form.chosen()
    by = wanted.pop("rows")
    people = None
    if by == "person":
        seen = StaffMember.objects.visible_to(request.member)
        people, limit = frozenset(seen.values_list("code", flat=True)), None
    heat = heat_maps.heat_map(analysis, by, people=people, limit=limit, **wanted)
    context = {
        "heat": heat,
        "page_obj": Paginator(heat.rows, ROWS).get_page(request.GET.get("page")),
        "form": form,
        "tabs": _tabs(request),
        "total": analysis.overall,
        "top": analysis.top_level,
        "analysis": analysis,
        "sees_people": rules.can_see_people(request.member),
    }
    return page(request, "competencies/gaps.html", context, part="heat")


def _form(request: MemberRequest, analysis: gaps.GapAnalysis, *, narrow: bool) -> GapFilter:
    groups = analysis.competencies.drop_duplicates("group").assign(title=lambda x: x["group_title"])
    form = GapFilter(
        request.GET,
        narrow=narrow,
        units=titles(analysis.units, "unit"),
        profiles=titles(analysis.profiles, "profile"),
        groups=titles(groups, "group"),
    )
    if not rules.can_see_people(request.member):
        without_choice(form, "rows", "person")
    return form


@require_GET
@member_required
def table(request: MemberRequest, by: str) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    analysis = gaps.gap_analysis(owner)
    context = {
        "by": by,
        "lines": heat_maps.gap_lines(analysis, by, limit=limit),
        "bench": quality.bench_depth(owner, analysis),
        "bench_words": wording.bench_words,
        "tabs": _tabs(request),
        "total": analysis.overall,
        "limit": limit,
    }
    return page(request, "competencies/gap_table.html", context)


@require_GET
@member_required
def assessment_quality(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner = request.member.administration
    analysis = gaps.gap_analysis(owner)
    context = {
        "quality": quality.assessment_quality(owner, analysis),
        "constants": [
            (wording.constant_words(one.key), one)
            for one in constants.constants(owner, analysis.top_level)
        ],
        "tabs": _tabs(request),
        "limit": rules.small_cell_limit(request.member),
    }
    return page(request, "competencies/quality.html", context)
