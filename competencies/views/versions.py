"""Pages of the framework's versions: the list, what a switch would do, and the switch."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competencies import rules
from competencies.models import Framework
from competencies.usecases import versions
from competencies.usecases.version_report import CompetencyChange, pairs_of, version_report
from competencies.wording import relation_words
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@require_GET
@member_required
def version_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_framework(request.member))
    seen = Framework.objects.visible_to(request.member)
    context = {
        "versions": seen.annotate(size=Count("competencies")).order_by("code", "-pk"),
        "can_change": rules.can_change_framework(request.member),
    }
    return page(request, "competencies/version_list.html", context)


def _version(request: MemberRequest, pk: int) -> Framework:
    seen = Framework.objects.visible_to(request.member).select_related("administration")
    return get_object_or_404(seen, pk=pk)


@require_GET
@member_required
def report(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_framework(request.member))
    row = _version(request, pk)
    seen = version_report(row)
    pairs = pairs_of(seen)
    context = {
        "framework": row,
        "report": seen,
        "counts": [(relation_words(key), number) for key, number in seen.counts.items()],
        "moved": [_line(one, pairs) for one in seen.changes if not one.is_same],
        "same": [_line(one, pairs) for one in seen.changes if one.is_same],
        "is_draft": row.state == Framework.State.DRAFT,
    }
    return page(request, "competencies/version_report.html", context)


def _line(change: CompetencyChange, pairs: dict[tuple[int, int], int]) -> dict[str, Any]:
    """A competency with the ones it leads to; the pair's row is there to be changed."""
    today = change.today.pk if change.today else 0
    return {
        "change": change,
        "targets": [
            (target, relation_words(relation), pairs.get((today, target.pk)))
            for target, relation in change.targets
        ],
    }


@require_POST
@member_required
def put_in_force(request: MemberRequest, pk: int) -> HttpResponse:
    row = _version(request, pk)
    words = _("The version is in force.")
    return _done(request, row, lambda: versions.put_in_force(row, by=request.member), words)


@require_POST
@member_required
def carry_demands(request: MemberRequest, pk: int) -> HttpResponse:
    row = _version(request, pk)
    words = _("What profiles ask of the same competencies is carried over.")
    return _done(request, row, lambda: versions.carry_demands(row, by=request.member), words)


def _done(
    request: MemberRequest, row: Framework, act: Callable[[], object], words: str
) -> HttpResponse:
    try:
        act()
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, words)
    return redirect("competencies:version_report", row.administration.slug, row.pk)
