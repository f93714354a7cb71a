"""Pages of the follow-up: indicators with their values, initiatives with their milestones."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, can_manage_runs, member_required, require
from hrplan.core.http import page, refused
from hrplan.documents import behind, charts
from hrplan.documents.nodes import Chart
from hrplan.strategy import rules, wording
from hrplan.strategy.analysis.follow_up import Standing
from hrplan.strategy.forms import (
    DoneForm,
    IndicatorFilter,
    InitiativeFilter,
    MeasurementForm,
    TargetForm,
)
from hrplan.strategy.models import Indicator, Initiative, Milestone
from hrplan.strategy.report.follow_up import indicator_chart, point_words
from hrplan.strategy.report.work import roadmap_charts
from hrplan.strategy.usecases import changes, costs, indicators, kept, proposals, read, roadmap
from hrplan.strategy.usecases.computed import COMPUTED
from hrplan.strategy.usecases.lines import Computed, InitiativeLine, StrategyOverview
from hrplan.strategy.usecases.points import OF_NONE
from hrplan.strategy.usecases.results import result_lines

LISTED = 40  # indicators on a page
WIDE = 8.0  # of the road map [inch]
ON_A_PAGE, LETTERS = 24, 40  # initiatives in one drawing of the road map, letters beside a bar


def drawn(chart: Chart | None, width: float = charts.PORTRAIT) -> dict[str, Any] | None:
    """What the component of a chart shows: the drawing [inches wide] and the table behind it."""
    if chart is None:
        return None
    table = behind.table_behind(chart)
    drawing = mark_safe(charts.svg(chart, width=width))  # noqa: S308 -- drawn here, its words escaped
    return {"svg": drawing, "caption": chart.caption, "columns": table.columns, "rows": table.rows}


@require_GET
@member_required
def indicator_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    overview = read.strategy_overview(request.member.administration)
    context = {
        "overview": overview,
        "can_change": rules.can_change_strategy(request.member),
        **(_listed(request, overview) if overview else {}),
    }
    return page(request, "strategy/indicator_list.html", context, part="indicator-rows")


def _listed(request: MemberRequest, overview: StrategyOverview) -> dict[str, Any]:
    """The indicators that the address asks for."""
    shown = overview.points
    form = IndicatorFilter(
        request.GET,
        objective=[(one.code, f"{one.code} {one.title}") for one in overview.objectives],
        point=[(one.code or OF_NONE, one.title or _("Of no single point")) for one in shown],
        standing=[(key.value, wording.standing(key)) for key in Standing],
    )
    found = read.indicators_narrowed(overview.indicators, **form.chosen())
    points = [(one.code or OF_NONE, one.title, point_words(one)) for one in shown]
    page_of = request.GET.get("page")
    return {
        "form": form,
        "points": points,
        "rows": Paginator(found, LISTED).get_page(page_of),
    }


@require_GET
@member_required
def computed_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    owner = request.member.administration
    strategy = read.current_strategy(owner)
    rows = Indicator.objects.filter(strategy=strategy) if strategy else ()
    stated = {row.code: row for row in rows}
    found = kept.kept_indicators(owner)
    context = {
        "kept": found,
        "lines": [_beside(one, stated.get(one.code)) for one in found.lines] if found else (),
        "can_ask": can_manage_runs(request.member),
        "can_record": found is not None
        and not found.is_stale
        and bool(stated)
        and rules.can_change_strategy(request.member),
    }
    return page(request, "strategy/computed_list.html", context)


@require_POST
@member_required
def compute_again(request: MemberRequest) -> HttpResponse:
    run = kept.ask_for_indicators(by=request.member)
    return redirect("core:run", request.member.administration.slug, run.pk)


def _beside(one: Computed, stated: Indicator | None) -> tuple[Computed, Indicator | None, str, str]:
    """A computed value beside the baseline and the target that were stated, in words."""
    told = (stated.baseline, stated.target) if stated else (None, None)
    unit = stated.unit if stated else ""
    baseline, target = ("–" if value is None else wording.value(value, unit) for value in told)
    if stated and stated.ends:
        target = wording.in_unit(wording.band(*stated.ends), unit)
    return one, stated, baseline, target


def _indicator(request: MemberRequest, pk: int) -> Indicator:
    seen = Indicator.objects.visible_to(request.member)
    found = seen.select_related("strategy", "objective", "administration")
    return get_object_or_404(found.prefetch_related("measurements", "changes", "modules"), pk=pk)


def _sheet(request: MemberRequest, row: Indicator, **forms_: forms.Form) -> HttpResponse:
    by_rows = row.code in COMPUTED
    told = kept.kept_indicators(row.administration) if by_rows else None
    sheet = indicators.indicator_sheet(row, told)
    day = {"measured_on": row.administration.as_of}
    context = {
        "line": sheet,
        "kept": told,
        "can_ask": by_rows and (told is None or told.is_stale) and can_manage_runs(request.member),
        "results": result_lines(row),
        "chart": drawn(indicator_chart(sheet)),
        "measure": MeasurementForm(initial=day),
        "move": TargetForm(
            initial={"target": row.target, "band_low": row.band_low, "band_high": row.band_high}
        ),
        "can_record": by_rows
        and all(one.measured_on != row.administration.as_of for one in sheet.points),
        "can_change": rules.can_change(request.member, row),
        **forms_,
    }
    return page(request, "strategy/indicator.html", context)


@require_GET
@member_required
def indicator(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    return _sheet(request, _indicator(request, pk))


@require_http_methods(["GET", "POST"])
@member_required
def measure(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_strategy(request.member))
    row = _indicator(request, pk)
    form = MeasurementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicators.record_measurement(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The value is recorded."))
            return redirect(row)
    return _sheet(request, row, measure=form)


@require_http_methods(["GET", "POST"])
@member_required
def move_target(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_strategy(request.member))
    row = _indicator(request, pk)
    form = TargetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            indicators.move_target(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("The target is moved, its reason on record."))
            return redirect(row)
    return _sheet(request, row, move=form)


@require_GET
@member_required
def initiative_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    mine = Initiative.objects.visible_to(request.member).standing()
    seen = mine.filter(strategy__is_current=True)
    every = read.initiative_lines(seen, request.member.administration.as_of)
    context = {
        "any": bool(every),
        "late": [(i, m) for i in every for m in i.milestones if m.state == "late"],
        "can_change": rules.can_change_strategy(request.member),
        **_by_theme(request, every),
    }
    return page(request, "strategy/initiative_list.html", context, part="initiative-rows")


def _by_theme(request: MemberRequest, every: Sequence[InitiativeLine]) -> dict[str, Any]:
    """The initiatives that the address asks for, theme by theme, with what they cost."""
    form = InitiativeFilter(
        request.GET,
        theme=Initiative.Theme.choices,
        state=[(key, wording.initiative_state(key)) for key in wording.INITIATIVE_STATES],
    )
    lines = read.initiatives_narrowed(every, **form.chosen())
    themes = groupby(lines, key=lambda line: line.theme_words)
    return {
        "form": form,
        "lines": lines,
        "cost": sum(line.cost or 0 for line in lines),
        "themes": [(theme, list(part)) for theme, part in themes],
    }


@require_GET
@member_required
def roadmap_page(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    found = read.current_strategy(request.member.administration)
    seen = roadmap.roadmap(found) if found else None
    shown = roadmap_charts(seen, most=ON_A_PAGE, letters=LETTERS) if seen else ()
    return page(
        request,
        "strategy/roadmap.html",
        {
            "roadmap": seen,
            "charts": [drawn(chart, WIDE) for chart in shown],
            "can_change": rules.can_change_strategy(request.member),
        },
    )


@require_GET
@member_required
def initiative(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_strategy(request.member))
    seen = Initiative.objects.visible_to(request.member)
    row = get_object_or_404(seen.select_related("strategy__exercise"), pk=pk)
    as_of = request.member.administration.as_of
    context = {
        "line": read.initiative_line(row, as_of),
        "carried_out": proposals.carried_out(row),
        "cut_on": row.cut_on,
        "costs": costs.initiative_rows(row),
        "done": DoneForm(initial={"done_on": as_of}),
        "can_change": rules.can_change(request.member, row),
    }
    return page(request, "strategy/initiative.html", context)


@require_POST
@member_required
def complete(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Milestone.objects.visible_to(request.member)
    row = get_object_or_404(seen.select_related("initiative", "administration"), pk=pk)
    form = DoneForm(request.POST)
    try:
        if form.is_valid():
            changes.complete_milestone(row, by=request.member, **form.cleaned_data)
        else:
            messages.error(request, _("Give the day on which it was done."))
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(row.initiative)


@require_POST
@member_required
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Milestone.objects.visible_to(request.member).select_related("initiative")
    row = get_object_or_404(seen, pk=pk)
    changes.reopen_milestone(row, by=request.member)
    return redirect(row.initiative)
