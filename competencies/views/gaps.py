"""Pages of gaps: the heat map, the tables of gaps, the quality of the assessments."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competencies import rules, wording
from competencies.forms.pages import CycleForm, GapFilter, titles
from competencies.forms.rule import RuleForm
from competencies.models import StaffMember
from competencies.usecases import (
    constants,
    cycles,
    dense,
    heat_files,
    heat_maps,
    quality,
    rule,
)
from competencies.usecases import raters as raters_seen
from competencies.usecases.heat_maps import GapLine, HeatMap, HeatRow
from competencies.usecases.person_maps import person_map
from competencies.views.lists import chosen_sort, csv_file, wanted_file, wants_file
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.choosing import without_choice
from hrplan.core.http import page
from hrplan.exchange.spec import Value

ROWS = 100  # of a heat map on one page
LINES = 60  # of a table of gaps on one page


def _tabs(request: MemberRequest) -> list[dict[str, Any]]:
    names = {
        "gaps": _("Heat map"),
        "gaps_by_competency": _("By competency"),
        "gaps_by_unit": _("By unit"),
        "gaps_by_profile": _("By job profile"),
        "cycle": _("Since the last cycle"),
        "quality": _("Quality of the assessments"),
        **({"raters": _("Raters")} if rules.can_see_names(request.member) else {}),
    }
    slug = request.member.administration.slug
    urls = {name: reverse(f"competencies:{name}", args=[slug]) for name in names}
    return [
        {"title": title, "url": urls[name], "active": urls[name] == request.path}
        for name, title in names.items()
    ]


@require_GET
@member_required
def heat_map(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_figures(request.member))
    limit = rules.small_cell_limit(request.member)
    owner = request.member.administration
    analysis = dense.gap_figures(owner)
    form = _form(request, analysis, narrow=limit is None)
    wanted = form.chosen()
    by, shown = wanted.pop("rows"), analysis.seen_by(wanted.pop("seen", ""), owner)
    if by == "person":
        if limit is not None:  # outside the office: those whom the member may see
            seen = StaffMember.objects.visible_to(request.member).values_list("code", flat=True)
            shown = shown.of_people(frozenset(seen))
        heat = person_map(shown, **wanted)
    else:
        heat = heat_maps.heat_map(shown, by, limit=limit, **wanted)
    if request.GET.get("format"):
        head, listed = heat_files.heat_listing(heat, by=request.member)
        if (file := wanted_file(request, f"gaps-{by}", head, listed)) is not None:
            return file
    rows = Paginator(heat.rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "heat": heat,
        "lines": _heat_lines(request, heat, rows),
        "page_obj": rows,
        "form": form,
        "tabs": _tabs(request),
        "total": analysis.overall,
        "analysis": analysis,
        "file": _as_workbook(request),
    }
    return page(request, "competencies/gaps.html", context, part="heat")


PAGES = {"unit": "unit", "profile": "profile", "person": "staff"}


def _heat_lines(
    request: MemberRequest, heat: HeatMap, rows: Iterable[HeatRow]
) -> list[dict[str, Any]]:
    """The rows with the pages they open: the row's own, its people, each cell's ratings."""
    slug, is_person = request.member.administration.slug, heat.by == "person"
    opens_people = not is_person and rules.can_see_small_cells(request.member)
    lines = []
    for row in rows:
        url = reverse(f"competencies:{PAGES[heat.by]}", args=[slug, row.pk])
        cells = zip(row.cells, heat.columns, strict=True)
        linked = [(cell, f"{url}#c-{column.code}" if is_person else "") for cell, column in cells]
        behind = _people_behind(request, heat.by, row.key) if opens_people else url
        lines.append({"row": row, "url": url, "behind": behind, "cells": linked})
    return lines


def _as_workbook(request: MemberRequest) -> str:
    """The address of the same map as a workbook, whole."""
    query = request.GET.copy()
    query.pop("page", None)
    query["format"] = "xlsx"
    return f"?{query.urlencode()}"


def _people_behind(request: MemberRequest, by: str, key: str) -> str:
    """The address of the same map with the people of one row."""
    query = request.GET.copy()
    query.pop("page", None)
    query["rows"], query[by] = "person", key
    return f"?{query.urlencode()}"


def _form(request: MemberRequest, analysis: dense.GapFigures, *, narrow: bool) -> GapFilter:
    groups = analysis.competencies.drop_duplicates("group").assign(title=lambda x: x["group_title"])
    form = GapFilter(
        request.GET,
        narrow=narrow,
        units=titles(analysis.units, "unit"),
        profiles=titles(analysis.profiles, "profile"),
        groups=titles(groups, "group"),
        grades=analysis.grades,
    )
    if not rules.can_see_people(request.member):
        without_choice(form, "rows", "person")
    return form


@require_GET
@member_required
def table(request: MemberRequest, by: str) -> HttpResponseBase:
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    analysis = dense.gap_figures(owner)
    holders = quality.bench_depth(owner, analysis) if by == "competency" else None
    sort = chosen_sort(request, heat_maps.SORTS, "-weighted_gap")
    lines = heat_maps.sorted_lines(heat_maps.gap_lines(analysis, by, limit=limit), sort)
    if wants_file(request):
        return _gap_file(by, lines)
    context = {
        "by": by,
        "page_obj": Paginator(lines, LINES).get_page(request.GET.get("page")),
        "sort": sort,
        "headings": _headings(by),
        "bench": holders,
        "tabs": _tabs(request),
        "total": analysis.overall if limit is None else None,
        "limit": limit,
    }
    return page(request, "competencies/gap_table.html", context)


def _headings(by: str) -> dict[str, str]:
    """The columns of a table of gaps: the name of the figure, its heading."""
    return {
        "title": {"unit": _("Unit"), "profile": _("Job profile")}.get(by, _("Competency")),
        **({} if by == "competency" else {"people": _("People")}),
        "n": _("Levels assessed"),
        "missing": _("Levels not assessed"),
        "short": _("Levels below"),
        "mean_gap": _("Mean gap"),
        "index": _("Gap index"),
        "weighted_gap": _("Weighted gap"),
        "adjusted_gap": _("Sure gap"),
        "critical_misses": _("Critical misses"),
    }


def _gap_file(by: str, lines: Iterable[GapLine]) -> HttpResponseBase:
    headings = _headings(by)
    title = headings.pop("title")

    def figure(line: GapLine, name: str) -> Value:
        if line.total is None:
            return _("withheld")
        value = getattr(line.total, name)
        return value if value is None or isinstance(value, int) else round(Decimal(value), 3)

    rows = [[line.key, line.title, *(figure(line, name) for name in headings)] for line in lines]
    return csv_file(f"gaps-by-{by}.csv", [_("Code"), title, *headings.values()], rows)


@require_GET
@member_required
def assessment_quality(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_figures(request.member))
    owner = request.member.administration
    figures = dense.gap_figures(owner)
    context = {
        "quality": quality.assessment_quality(owner, figures),
        "constants": [
            (wording.constant_words(one.key), one)
            for one in constants.constants(owner, figures.top_level)
        ],
        "tabs": _tabs(request),
        "limit": rules.small_cell_limit(request.member),
        "can_change": rules.can_change_framework(request.member),
    }
    return page(request, "competencies/quality.html", context)


@require_GET
@member_required
def raters(request: MemberRequest) -> HttpResponse:
    """Lenient and severe raters; names of raters are for the office alone."""
    require(rules.can_see_names(request.member))
    lines = raters_seen.rater_lines(request.member.administration)
    context = {
        "page_obj": Paginator(lines, LINES).get_page(request.GET.get("page")),
        "lines": lines,
        "tabs": _tabs(request),
        "words": wording.severity_words(),
    }
    return page(request, "competencies/raters.html", context)


@require_GET
@member_required
def cycle(request: MemberRequest) -> HttpResponse:
    """This cycle against the last, or against the day asked for."""
    require(rules.can_see_figures(request.member))
    owner, limit = request.member.administration, rules.small_cell_limit(request.member)
    form = CycleForm(request.GET or None, today=owner.as_of)
    asked = form.cleaned_data["before"] if form.is_bound and form.is_valid() else None
    day = asked or cycles.last_cycle(owner)
    context = {
        "form": form if form.is_bound else CycleForm(initial={"before": day}, today=owner.as_of),
        "cycle": cycles.cycle(cycles.two_days(owner, day), limit=limit),
        "tabs": _tabs(request),
        "limit": limit,
    }
    return page(request, "competencies/cycle.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def rule_form(request: MemberRequest) -> HttpResponse:
    """The constants of the rule, and what a change does to the figures."""
    require(rules.can_change_framework(request.member))
    owner = request.member.administration
    form = RuleForm(request.POST or None, values=rule.rule_values(owner))
    if request.method == "POST" and form.is_valid():
        try:
            done = rule.change_rule(owner, form.cleaned_data, by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request,
                wording.effect_words(
                    done.before, done.after, done.doubtful_before, done.doubtful_after
                ),
            )
            return redirect("competencies:quality", owner.slug)
    return page(request, "competencies/rule_form.html", {"form": form})
