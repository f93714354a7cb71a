"""Pages of findings: the ranked list, and one with its causes and recommendations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diagnostics import rules
from diagnostics.forms.pages import CauseForm, CitedForm, FindingFilter, RecommendationForm
from diagnostics.models import Finding
from diagnostics.usecases import citing, constants, findings, results
from diagnostics.views.exercises import chosen_exercise, exercise_or_404
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@require_GET
@member_required
def finding_list(request: MemberRequest) -> HttpResponse:
    held = chosen_exercise(request)
    asked = results.maturity_questionnaire(held) if held else None
    context = {
        "exercise": held,
        "constants": constants.constants(request.member.administration, asked),
        "can_prepare": rules.can_prepare(request.member),
        **(_narrowed(request, findings.findings(held)) if held else {}),
    }
    return page(request, "diagnostics/finding_list.html", context, part="finding-rows")


def _narrowed(request: MemberRequest, found: findings.RankedFindings) -> dict[str, Any]:
    """All findings, and those of the domain that the address asks for."""
    form = FindingFilter(request.GET, domain=list(found.domains.items()))
    return {
        "findings": found,
        "form": form,
        "shown": found.of_domain(form.chosen()["domain"]),
    }


@require_POST
@member_required
def conclude(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    try:
        found = findings.conclude_findings(held, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        words = _("%(weak)d weaknesses and %(strong)d strengths were concluded.")
        counts = {"weak": len(found.weaknesses), "strong": len(found.strengths)}
        messages.success(request, words % counts)
    return redirect("diagnostics:finding_list", held.administration.slug)


@require_http_methods(["GET", "POST"])
@member_required
def finding(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_results(request.member))
    seen = Finding.objects.visible_to(request.member)
    row = get_object_or_404(
        seen.select_related("domain", "question", "exercise", "administration"), pk=pk
    )
    act, sent = request.POST.get("act"), request.POST or None
    causes = CauseForm(sent if act == "cause" else None, prefix="cause")
    titles = findings.competency_titles(row.administration)
    given = sent if act == "answer" else None
    answers = RecommendationForm(given, prefix="answer", competencies=titles)
    if act == "cite":
        return _cited(request, row)
    if request.method == "POST" and _added(request, row, causes, answers):
        return redirect(row)
    line = findings.finding_line(row)
    context: dict[str, Any] = {"row": row, "finding": line}
    context["recommendations"] = [
        (one, titles.get(one.competency, one.competency)) for one in line.recommendations
    ]
    prepares = rules.can_prepare(request.member)
    sources = citing.citable(row.exercise) if prepares else None
    context["cited"] = citing.evidence_of(row, sources)
    if sources is not None:
        context["cited_form"] = CitedForm(initial={"cited": row.cited}, sources=sources)
    context |= {"cause_form": causes, "answer_form": answers}
    context |= {"can_prepare": prepares, "can_answer": rules.can_answer(request.member)}
    return page(request, "diagnostics/finding.html", context)


def _cited(request: MemberRequest, row: Finding) -> HttpResponse:
    try:
        citing.cite(row, request.POST.getlist("cited"), by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The evidence is noted."))
    return redirect(row)


def _added(
    request: MemberRequest, row: Finding, causes: CauseForm, answers: RecommendationForm
) -> bool:
    """Add what was sent; False where a form has to be shown again."""
    require(rules.can_prepare(request.member))
    form = causes if causes.is_bound else answers
    if not form.is_valid():
        return False
    add = findings.add_cause if form is causes else findings.add_recommendation
    try:
        add(row, by=request.member, **form.cleaned_data)  # type: ignore[operator]
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
