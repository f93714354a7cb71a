"""Pages of questionnaires: list, reading, files, beginnings, versions and what these follow."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from diagnostics import rules
from diagnostics.forms.questionnaires import (
    BeginForm,
    FollowForm,
    QuestionnaireFileForm,
    VersionForm,
)
from diagnostics.models import Questionnaire
from diagnostics.usecases import questionnaire_files as files
from diagnostics.usecases import questionnaires
from diagnostics.views.exercises import tabs_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


def questionnaire_of(request: MemberRequest, pk: int) -> Questionnaire:
    """The questionnaire, for those who may read it."""
    require(rules.can_see_results(request.member))
    return get_object_or_404(questionnaires.seen_by(request.member), pk=pk)


@require_GET
@member_required
def questionnaire_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_results(request.member))
    context = {
        "lines": questionnaires.questionnaire_lines(request.member),
        "can_prepare": rules.can_prepare(request.member),
    }
    return page(request, "diagnostics/questionnaire_list.html", context)


@require_GET
@member_required
def questionnaire(request: MemberRequest, pk: int) -> HttpResponse:
    form = questionnaire_of(request, pk)
    domains = list(form.domains.all())
    code = request.GET.get("domain", "")
    domain = next((one for one in domains if one.code == code), domains[0] if domains else None)
    context = {
        "form": form,
        "state": questionnaires.state_of(form),
        "can_prepare": rules.can_prepare(request.member),
        "domain": domain,
        "questions": domain.questions.all() if domain else [],
        "sections": _named(form, domain, "framework_sections", "framework_sections"),
        "practices": _named(form, domain, "arusha_8", "arusha"),
        "tabs": tabs_of(form.get_absolute_url(), [(d.code, d.title) for d in domains], domain),
    }
    return page(request, "diagnostics/questionnaire.html", context)


def _named(form: Questionnaire, domain: object, kind: str, attribute: str) -> list[str]:
    titles = form.references.get(kind, {})
    return [titles.get(str(code), str(code)) for code in getattr(domain, attribute, [])]


@require_GET
@member_required
def download(request: MemberRequest, pk: int) -> HttpResponse:
    held = questionnaire_of(request, pk)
    try:
        file = files.written(held, request.GET.get("kind", "yaml"))
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(held)
    headers = {"Content-Disposition": content_disposition_header(True, file.name)}
    return HttpResponse(file.data, content_type=file.content_type, headers=headers)


@require_http_methods(["GET", "POST"])
@member_required
def begin(request: MemberRequest) -> HttpResponse:
    require(rules.can_prepare(request.member))
    is_file = request.POST.get("act") == "file"
    sent = request.POST if request.method == "POST" else None
    blank = BeginForm(None if is_file else sent)
    file = QuestionnaireFileForm(sent if is_file else None, request.FILES if is_file else None)
    form = file if is_file else blank
    if request.method == "POST" and form.is_valid():
        try:
            made = _taken_in(request, file) if is_file else _begun(request, blank)
        except ValidationError as refusal:
            show(form, refusal)
        else:
            return redirect("diagnostics:draft", made.administration.slug, made.pk)
    context = {"blank": blank, "file": file}
    return page(request, "diagnostics/questionnaire_new.html", context)


def _begun(request: MemberRequest, form: BeginForm) -> Questionnaire:
    owner = request.member.administration
    return questionnaires.begin_questionnaire(owner, by=request.member, **form.cleaned_data)


def _taken_in(request: MemberRequest, form: QuestionnaireFileForm) -> Questionnaire:
    content = content_sent(request, form)
    return questionnaires.take_in(request.member.administration, content, by=request.member)


def content_sent(request: MemberRequest, form: QuestionnaireFileForm) -> Any:
    """The questionnaire in a file that was sent; what of it was left out is told."""
    sent = form.cleaned_data["file"]
    found = files.received(sent.chunks(), sent.name)
    for words in found.warnings:
        messages.warning(request, words)
    return found.content


def show(form: Any, refusal: ValidationError) -> None:
    """Put the words of a refusal at their fields."""
    words = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for name, said in words.items():
        form.add_error(name if name in form.fields else None, said)


@require_http_methods(["GET", "POST"])
@member_required
def version(request: MemberRequest, pk: int) -> HttpResponse:
    held = questionnaire_of(request, pk)
    require(rules.can_prepare(request.member))
    usual = questionnaires.next_version(held.administration, held.code)
    form = VersionForm(request.POST or None, initial={"version": usual})
    if request.method == "POST" and form.is_valid():
        try:
            made = questionnaires.begin_version(held, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            show(form, refusal)
        else:
            messages.success(request, _("The new version is begun as a draft."))
            return redirect("diagnostics:draft", held.administration.slug, made.pk)
    return page(request, "diagnostics/questionnaire_version.html", {"form": form, "held": held})


@require_POST
@member_required
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    held = questionnaire_of(request, pk)
    try:
        questionnaires.take_back(held, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(held)
    return redirect("diagnostics:draft", held.administration.slug, held.pk)


@require_http_methods(["GET", "POST"])
@member_required
def follow(request: MemberRequest, pk: int) -> HttpResponse:
    held = questionnaire_of(request, pk)
    require(rules.can_prepare(request.member))
    following = questionnaires.following(held)
    form = FollowForm(request.POST or None, following=following)
    if request.method == "POST" and form.is_valid():
        try:
            questionnaires.follow(held, form.before(), by=request.member)
        except ValidationError as refusal:
            show(form, refusal)
        else:
            messages.success(request, _("What each question follows is saved."))
            return redirect("diagnostics:follow", held.administration.slug, held.pk)
    context = {"form": form, "held": held, "following": following}
    return page(request, "diagnostics/questionnaire_follow.html", context)
