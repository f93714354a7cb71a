"""Pages of what the room said: how far it agrees, and one exercise against an earlier one."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from diagnostics.models import Exercise
from diagnostics.report import agreement as sections
from diagnostics.report.comparison import change_chart
from diagnostics.usecases import agreement, comparison, results
from diagnostics.usecases.results import ExerciseResults, QuestionResult
from diagnostics.views.exercises import exercise_or_404
from hrplan.core.access import MemberRequest, member_required
from hrplan.core.http import page
from hrplan.documents import charts
from hrplan.documents.behind import table_behind
from hrplan.documents.nodes import Chart


@require_GET
@member_required
def agreement_page(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    shown = results.exercise_results(held)
    context = {
        "exercise": held,
        "results": shown,
        "room": agreement.room_agreement(held),
        "counts": _counts(shown),
        "map": _map(shown),
        "chart": drawn(sections.agreement_chart(shown)),
    }
    return page(request, "diagnostics/agreement.html", context)


@require_GET
@member_required
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    others = comparison.comparable(held)
    other = _other(request, held, others)
    found = comparison.compared(held, other) if other else None
    context = {
        "exercise": held,
        "others": others,
        "other": other,
        "comparison": found,
        "chart": drawn(change_chart(found)) if found else None,
    }
    return page(request, "diagnostics/compare.html", context)


def _other(request: MemberRequest, held: Exercise, others: list[Exercise]) -> Exercise | None:
    """The one named in the address, else the one before, else any; 404 for one that can't be."""
    wanted = request.GET.get("with", "")
    if not wanted:
        earlier = (one for one in others if one.starts_on < held.starts_on)
        return next(earlier, others[0] if others else None)
    for one in others:
        if str(one.pk) == wanted:
            return one
    raise Http404


def drawn(chart: Chart) -> dict[str, Any]:
    """A chart as a page shows it, with the table behind it."""
    table = table_behind(chart)
    return {
        "svg": SafeString(charts.svg(chart)),
        "caption": chart.caption,
        "columns": table.columns,
        "rows": table.rows,
    }


def _counts(shown: ExerciseResults) -> dict[str, int]:
    voted = [question for question in shown.questions if question.n]
    return {
        "voted": len(voted),
        "small": sum(question.is_small for question in voted),
        "divided": sum(question.is_disputed for question in voted),
        "camps": sum(question.is_polarised for question in voted),
    }


def _map(shown: ExerciseResults) -> list[tuple[Any, Any, list[tuple[QuestionResult, Any]]]]:
    """Domain by domain: the sums, and each question with its cells (level, votes, shade)."""
    return [
        (domain, sections.domain_counts(domain), [(q, _cells(q)) for q in domain.questions])
        for domain in shown.domains
    ]


def _cells(question: QuestionResult) -> list[tuple[int, int, int]]:
    return [
        (level, count, sections.vote_band(count, question.n))
        for level, count in question.distribution
    ]
