"""The page of priorities: which needs come first, why, and what was ruled about them."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from competencies.rules import small_cell_limit
from competencies.usecases.dense import GapFigures, gap_figures
from competencies.views.lists import csv_file, wants_file
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Administration
from hrplan.exchange.spec import Value
from training_calendar import rules, wording
from training_calendar.forms.pages import CAUSES, PriorityFilter
from training_calendar.models import NeedRuling
from training_calendar.usecases import priority_list, rulings
from training_calendar.usecases.priority_list import PriorityLine

LISTED = 50


@require_GET
@member_required
def priorities(request: MemberRequest) -> HttpResponseBase:
    require(rules.can_see_plan(request.member))
    owner, limit = request.member.administration, small_cell_limit(request.member)
    figures = gap_figures(owner)
    every = priority_list.need_priorities(owner, figures=figures, limit=limit)
    form = _form(request, every)
    lines = priority_list.narrowed(every, **form.chosen())
    if wants_file(request):
        return _file(lines)
    shown = Paginator(lines, LISTED).get_page(request.GET.get("page"))
    can_rule = rules.can_plan(request.member)
    context = {
        "form": form,
        "limit": limit,
        "page_obj": shown,
        "rows": [_row(request, line, opens=limit is None, can_rule=can_rule) for line in shown],
        "total": len(every),
        "can_rule": can_rule,
        "suggestions": _suggestions(owner, figures) if can_rule else (),
    }
    return page(request, "training_calendar/priorities.html", context, part="priority-rows")


def _form(request: MemberRequest, lines: tuple[PriorityLine, ...]) -> PriorityFilter:
    jobs = {line.profile: line.profile_title for line in lines}
    topics = {line.competency: line.competency_title for line in lines}
    return PriorityFilter(
        request.GET,
        band=[(str(number), wording.band(number)) for number in wording.BAND_SHAPES],
        profile=sorted(jobs.items(), key=lambda pair: pair[1]),
        competency=[(code, f"{code} {title}") for code, title in sorted(topics.items())],
        cause=CAUSES,
    )


def _row(
    request: MemberRequest, line: PriorityLine, *, opens: bool, can_rule: bool
) -> dict[str, Any]:
    """A line with what it opens: the people behind it, and the form to rule on it."""
    slug = request.member.administration.slug
    people = urlencode({"rows": "person", "profile": line.profile})
    asked = urlencode({"competency": line.competency_pk, "profile": line.profile_pk})
    own = line.ruling is not None and line.ruling.profile_id is not None
    rule_url = ""
    if can_rule and own and line.ruling:
        rule_url = reverse("training_calendar:rulings_change", args=[slug, line.ruling.pk])
    elif can_rule:
        rule_url = f"{reverse('training_calendar:rulings_add', args=[slug])}?{asked}"
    approves = bool(
        line.ruling
        and line.ruling.ground
        and line.ruling.approved_by_id is None
        and rules.can_approve_ruling(request.member, line.ruling)
    )
    return {
        "line": line,
        "people_url": f"{reverse('competencies:gaps', args=[slug])}?{people}" if opens else "",
        "rule_url": rule_url,
        "approves": approves,
    }


def _suggestions(owner: Administration, figures: GapFigures) -> list[dict[str, Any]]:
    """What hangs on one person, with the form that proposes it for the top band, filled in."""
    base = reverse("training_calendar:rulings_add", args=[owner.slug])
    found = []
    for one in priority_list.suggested_overrides(owner, figures):
        reason = ngettext(
            "Only one person meets it in %(count)d unit.",
            "Only one person meets it in each of %(count)d units.",
            len(one.units),
        ) % {"count": len(one.units)}
        ground = NeedRuling.Ground.SINGLE_POINT.value
        query = urlencode({"competency": one.pk, "ground": ground, "reason": reason})
        found.append({"one": one, "units": ", ".join(one.units), "url": f"{base}?{query}"})
    return found


def _file(lines: list[PriorityLine]) -> HttpResponseBase:
    head = [
        *(_("Rank"), _("Band"), _("Competency"), _("Title"), _("Job profile"), _("Title")),
        *(_("Priority"), *(wording.term(key) for key in wording.TERMS)),
        *(_("People"), _("Mean gap"), _("Weighted gap"), _("Sure gap"), _("Deadline")),
        *(_("Cause"), _("Answer"), _("Top band because of"), _("Approved"), _("Reason")),
    ]
    return csv_file("priorities.csv", head, [_cells(line) for line in lines])


def _cells(line: PriorityLine) -> list[Value]:
    def figure(value: float | None) -> Value:
        return _("withheld") if value is None else round(Decimal(value), 3)

    points = [figure(term.points) for term in line.terms] or [_("withheld")] * len(wording.TERMS)
    ruling = line.ruling
    return [
        *(line.rank, line.band, line.competency, line.competency_title),
        *(line.profile, line.profile_title, figure(line.priority), *points),
        _("withheld") if line.people is None else line.people,
        *(figure(line.mean_gap), figure(line.weighted_gap), figure(line.adjusted_gap)),
        *(line.deadline, line.cause_words, line.response),
        str(ruling.get_ground_display()) if ruling else "",
        ruling.approved_on if ruling else None,
        ruling.reason if ruling else "",
    ]


@require_POST
@member_required
def approve(request: MemberRequest, pk: int) -> HttpResponse:
    seen = NeedRuling.objects.visible_to(request.member).select_related("administration")
    row = get_object_or_404(seen, pk=pk)
    try:
        rulings.approve_ruling(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The place in the top band is approved."))
    return redirect("training_calendar:priorities", row.administration.slug)
