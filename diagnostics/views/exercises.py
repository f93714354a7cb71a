"""Pages of exercises: steps, results, baseline form, questionnaires, register of documents."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diagnostics import rules, wording
from diagnostics.forms.pages import DocumentForm
from diagnostics.models import (
    Exercise,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.report import results as sections
from diagnostics.usecases import citing, documents, exercises, results
from diagnostics.views.capture import capture_url
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.documents import charts


def exercise_or_404(request: MemberRequest, pk: int) -> Exercise:
    """The exercise, for those who may read results."""
    require(rules.can_see_results(request.member))
    seen = Exercise.objects.visible_to(request.member).select_related("administration")
    return get_object_or_404(seen, pk=pk)


def chosen_exercise(request: MemberRequest) -> Exercise | None:
    """The exercise named in the address, else the current one."""
    require(rules.can_see_results(request.member))
    asked = request.GET.get("exercise", "")
    if asked.isdigit():
        return exercise_or_404(request, int(asked))
    return results.current_exercise(request.member.administration)


@require_GET
@member_required
def exercise_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_results(request.member))
    held = Exercise.objects.visible_to(request.member).annotate(
        sittings=Count("workshops", distinct=True),
        found=Count("findings", filter=Q(findings__rank__gt=0), distinct=True),
    )
    context = {"exercises": held, "can_prepare": rules.can_prepare(request.member)}
    return page(request, "diagnostics/exercise_list.html", context)


@require_GET
@member_required
def exercise(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    overview = exercises.exercise_overview(held)
    swot = [
        (wording.swot_heading(kind), overview.swot.get(kind.value, ())) for kind in SwotItem.Kind
    ]
    context = {
        "exercise": held,
        "overview": overview,
        "agenda": [(item, capture_url(held, item)) for item in overview.agenda],
        "swot": swot if overview.swot else [],
        "can_prepare": rules.can_prepare(request.member),
        "is_inside": rules.can_see_exercise(request.member),
        "sees_close_out": rules.can_see_close_out(request.member, held),
    }
    return page(request, "diagnostics/exercise.html", context)


@require_POST
@member_required
def advance(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    try:
        after = exercises.advance_exercise(held, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        words = _("The exercise is now at this step: %s.")
        messages.success(request, words % after.get_state_display())
    return redirect(held)


@require_GET
@member_required
def results_page(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    shown = results.exercise_results(held)
    chart = sections.profile_chart(shown)
    drawn = {"svg": SafeString(charts.svg(chart)), "caption": chart.caption}
    context = {
        "exercise": held,
        "results": shown,
        "chart": drawn if shown.has_any else None,
        "disputed": [question for question in shown.questions if question.is_disputed],
    }
    return page(request, "diagnostics/results.html", context)


@require_GET
@member_required
def questions(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    shown = results.exercise_results(held)
    code = request.GET.get("domain", "")
    domain = next((one for one in shown.domains if one.code == code), None)
    domain = domain or next(iter(shown.domains), None)
    address = reverse("diagnostics:questions", args=[held.administration.slug, held.pk])
    context = {
        "exercise": held,
        "results": shown,
        "domain": domain,
        "shown": _cited(held, domain.questions) if domain else [],
        "tabs": tabs_of(address, [(one.code, one.title) for one in shown.domains], domain),
    }
    return page(request, "diagnostics/questions.html", context)


def _cited(
    held: Exercise, asked: tuple[results.QuestionResult, ...]
) -> list[tuple[results.QuestionResult, list[str]]]:
    """Each question with the titles of the evidence that the room cited."""
    marks = {one.pk: one.settled.cited if one.settled else () for one in asked}
    titles = citing.titles_of(held, dict.fromkeys(m for cited in marks.values() for m in cited))
    return [(one, [titles[m] for m in marks[one.pk] if m in titles]) for one in asked]


def tabs_of(
    address: str, domains: list[tuple[str, str]], chosen: object
) -> list[dict[str, object]]:
    """A tab for each domain, the chosen one marked."""
    here = getattr(chosen, "code", "")
    return [
        {"title": f"{code} {title}", "url": f"{address}?domain={code}", "active": code == here}
        for code, title in domains
    ]


@require_POST
@member_required
def adopt(request: MemberRequest) -> HttpResponse:
    administration = request.member.administration
    exercises.adopt_questionnaires(administration, by=request.member)
    messages.success(request, _("The questionnaires that come with the product are in use."))
    return redirect("diagnostics:questionnaire_list", administration.slug)


@require_GET
@member_required
def document_list(request: MemberRequest) -> HttpResponse:
    held = chosen_exercise(request)
    register = documents.document_register(held) if held else None
    status = request.GET.get("status", "")
    rows = register.rows if register else ()
    context = {
        "exercise": held,
        "register": register,
        "rows": [row for row in rows if status in ("", row.document.status)],
        "statuses": ReferenceDocument.Status.choices,
        "status": status,
        "can_prepare": rules.can_prepare(request.member),
        "is_inside": rules.can_see_exercise(request.member),
    }
    return page(request, "diagnostics/document_list.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def document_form(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    require(rules.can_prepare(request.member))
    seen = ReferenceDocument.objects.visible_to(request.member)
    row = get_object_or_404(seen.select_related("exercise__administration"), pk=pk) if pk else None
    held = row.exercise if row else chosen_exercise(request)
    if held is None:
        messages.error(request, _("Enter an exercise first; the register belongs to one."))
        return redirect("diagnostics:document_list", request.member.administration.slug)
    names = ("code", "title", "status", "dated_on", "domain", "link")
    initial = {name: getattr(row, name) for name in names} if row else None
    form = DocumentForm(request.POST or None, initial=initial, exercise=held, fixed=row is not None)
    if request.method == "POST" and _registered(request, held, form):
        messages.success(request, _("The document is in the register."))
        return redirect("diagnostics:document_list", held.administration.slug)
    context = {"form": form, "exercise": held, "document": row}
    return page(request, "diagnostics/document_form.html", context)


def _registered(request: MemberRequest, held: Exercise, form: DocumentForm) -> bool:
    if not form.is_valid():
        return False
    try:
        documents.register_document(held, by=request.member, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
