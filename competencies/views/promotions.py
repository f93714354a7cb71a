"""Pages of promotion: the rounds, one round with both its lists, publishing and closing it."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competencies import rules, wording
from competencies.models import PromotionRound
from competencies.usecases import promotions, shadow_run
from competencies.views.lists import wanted_file
from competencies.views.showing import tabs
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused

ROUNDS = 30


@require_GET
@member_required
def rounds(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_promotions(request.member))
    rows = PromotionRound.objects.visible_to(request.member).select_related("profile")
    rows = rows.annotate(candidates=Count("candidacies")).order_by("-vacancy_on", "code")
    context = {
        "page_obj": Paginator(rows, ROUNDS).get_page(request.GET.get("page")),
        "can_keep": rules.can_keep_promotions(request.member),
        "tabs": tabs(request),
    }
    return page(request, "competencies/promotion_list.html", context)


@require_GET
@member_required
def promotion_round(request: MemberRequest, pk: int) -> HttpResponseBase:
    require(rules.can_see_promotions(request.member))
    row = _round(request, pk)
    seen = shadow_run.outcome(row, request.member.administration)
    head = [
        *(_("Name"), _("Unit"), _("Place by seniority"), _("Place by competency"), _("Merit")),
        *(_("Competency"), _("Performance"), _("Panel"), _("State"), _("Why")),
    ]
    rows = [
        (x.name, x.unit, x.seniority, x.place, _one(x.merit), _one(x.share, 100),
         _one(x.performance), _one(x.panel), wording.standing_words(x.state), x.why)
        for x in seen.standings
    ]  # fmt: skip
    if file := wanted_file(request, f"promotion-{row.code}", head, rows):
        return file
    headings = {"gender": _("Sex"), "unit": _("Unit"), "grade": _("Grade")}
    context = {
        "round": row,
        "seen": seen,
        "chances": [
            (headings[by], [(_group(by, line.key), line) for line in lines])
            for by, lines in seen.chances
        ],
        "can_keep": rules.can_keep_promotions(request.member),
        "limit": row.administration.small_cell_limit,
    }
    return page(request, "competencies/promotion_round.html", context)


def _one(value: float | None, times: int = 1) -> Decimal | None:
    return None if value is None else round(Decimal(value * times), 1)


def _group(by: str, key: str) -> str:
    return wording.gender_words(key) if by == "gender" else key


@require_POST
@member_required
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_keep_promotions(request.member))
    row = _round(request, pk)
    try:
        promotions.publish_round(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The rules of this round are published and bind from now on."))
    return redirect(row)


@require_POST
@member_required
def close(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_keep_promotions(request.member))
    row = _round(request, pk)
    try:
        promotions.close_round(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The round is closed."))
    return redirect(row)


def _round(request: MemberRequest, pk: int) -> PromotionRound:
    rows = PromotionRound.objects.visible_to(request.member)
    return get_object_or_404(rows.select_related("administration", "profile"), pk=pk)
