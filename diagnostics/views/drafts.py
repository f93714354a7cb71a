"""The questionnaire editor: a draft at a glance, and a page for each of its parts."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diagnostics import rules
from diagnostics.forms.questionnaires import (
    DomainForm,
    HeadForm,
    ItemForm,
    QuestionForm,
    QuestionnaireFileForm,
    ScaleForm,
)
from diagnostics.library import edits
from diagnostics.library.content import EXISTENCE, USE
from diagnostics.models import Questionnaire
from diagnostics.usecases import drafts, questionnaires
from diagnostics.views.questionnaires import content_sent, questionnaire_of, show
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused

Plain = dict[str, Any]
STEPS = {"up": -1, "down": 1}
SCALES = ("scale", "existence", "use")
HEAD = ("title", "version", "provider", "licence", "provenance")


def draft_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Hand the draft to the view; what is published or in use is shown with the way to go on."""

    @require_http_methods(["GET", "POST"])
    @member_required
    @wraps(view)
    def inner(request: MemberRequest, pk: int, **kwargs: Any) -> HttpResponse:
        held = questionnaire_of(request, pk)
        require(rules.can_prepare(request.member))
        try:
            questionnaires.refuse_fixed(held)
        except ValidationError as refusal:
            refused(request, refusal)
            return redirect(held)
        return view(request, held, **kwargs)

    return inner


@draft_page
def draft(request: MemberRequest, held: Questionnaire) -> HttpResponse:
    if request.method == "POST":
        return _acted(request, held)
    data = drafts.data_of(held)
    found = questionnaires.faults_in(data)
    context = {
        "held": held,
        "data": data,
        "faults": [(fault, _address(held, data, fault.part)) for fault in found],
        "items": data.get("items"),
    }
    return page(request, "diagnostics/draft.html", context)


def _acted(request: MemberRequest, held: Questionnaire) -> HttpResponse:
    """Publish the draft, or move a part of it: `move` is "up D1.2"."""
    try:
        if "publish" in request.POST:
            questionnaires.publish(held, by=request.member)
            messages.success(request, _("The questionnaire is published; exercises can ask it."))
            return redirect(held)
        steps, _blank, code = request.POST.get("move", "").partition(" ")
        if steps not in STEPS:
            raise SuspiciousOperation("unknown act")
        drafts.move(held, code, STEPS[steps], by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        code = ""
    return _back(held, code)


def _back(held: Questionnaire, code: str = "") -> HttpResponse:
    """To the draft, at the place that was changed."""
    address = reverse("diagnostics:draft", args=[held.administration.slug, held.pk])
    return redirect(f"{address}#{code}" if code else address)


def _address(held: Questionnaire, data: Plain, part: str) -> str:
    """The page on which a fault is mended; empty where it is mended in a file."""
    arguments: list[object] = [held.administration.slug, held.pk]
    if part in HEAD:
        return reverse("diagnostics:draft_head", args=arguments)
    if part in SCALES or part in EXISTENCE + USE:
        return reverse("diagnostics:draft_scale", args=arguments)
    if _question_in(data, part) or any(one["code"] == part for one in data.get("items", ())):
        return reverse("diagnostics:draft_question", args=[*arguments, part])
    if any(one["code"] == part for one in data.get("domains", ())):
        return reverse("diagnostics:draft_domain", args=[*arguments, part])
    return ""


def _edited(
    request: MemberRequest,
    held: Questionnaire,
    form: forms.Form,
    act: Callable[[], Any],
    template: str,
    context: Mapping[str, Any],
    code: str = "",
) -> HttpResponse:
    """Show the form, or do what was sent with it and go back to the draft."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refusal:
            show(form, refusal)
        else:
            messages.success(request, _("The change is saved."))
            return _back(held, code)
    return page(request, template, {"held": held, "form": form, **context})


@draft_page
def head(request: MemberRequest, held: Questionnaire) -> HttpResponse:
    initial = {name: getattr(held, name) for name in HEAD}
    form = HeadForm(request.POST or None, initial=initial)

    def act() -> None:
        drafts.change_head(held, by=request.member, **form.cleaned_data)

    return _edited(request, held, form, act, "diagnostics/draft_form.html", {"title": _("Title")})


@draft_page
def scale(request: MemberRequest, held: Questionnaire) -> HttpResponse:
    data = drafts.data_of(held)
    if "scale" not in data:
        raise Http404
    form = ScaleForm(request.POST or None, data_of=data)

    def act() -> None:
        drafts.change_scale(held, by=request.member, **form.values())

    return _edited(request, held, form, act, "diagnostics/draft_scale.html", {})


@draft_page
def content(request: MemberRequest, held: Questionnaire) -> HttpResponse:
    form = QuestionnaireFileForm(request.POST or None, request.FILES or None)

    def act() -> None:
        drafts.replace_content(held, content_sent(request, form), by=request.member)

    title = _("Put a file in its place")
    return _edited(request, held, form, act, "diagnostics/draft_form.html", {"title": title})


@draft_page
def domain(request: MemberRequest, held: Questionnaire, domain: str = "") -> HttpResponse:
    data = drafts.data_of(held)
    row = _domain_in(data, domain) if domain else {}
    form = DomainForm(request.POST or None, initial=row, data_of=data)

    def act() -> None:
        drafts.put_domain(held, domain, form.cleaned_data, by=request.member)

    title = f"{domain} {row['title']}" if row else _("Add a domain")
    context = {"title": title, "remove": domain}
    code = domain or edits.new_domain(data)
    return _edited(request, held, form, act, "diagnostics/draft_form.html", context, code)


@draft_page
def question_new(request: MemberRequest, held: Questionnaire, domain: str) -> HttpResponse:
    data = drafts.data_of(held)
    row = {"code": edits.new_question(data, _domain_in(data, domain)["code"])}
    return _question(request, held, data, domain, row, "")


@draft_page
def question(request: MemberRequest, held: Questionnaire, question: str) -> HttpResponse:
    data = drafts.data_of(held)
    if "items" in data:
        return _item(request, held, data, question)
    row = _question_in(data, question)
    if row is None:
        raise Http404
    return _question(request, held, data, question.rpartition(".")[0], row, question)


def _question(
    request: MemberRequest, held: Questionnaire, data: Plain, domain: str, row: Plain, code: str
) -> HttpResponse:
    earlier = _before(data, domain, code)
    form = QuestionForm(request.POST or None, data_of=data, question=row, earlier=earlier)

    def act() -> None:
        drafts.put_question(held, domain, code, form.values(), by=request.member)

    context = {"code": code, "domain": _domain_in(data, domain)}
    place = form.cleaned_data.get("code", code) if form.is_bound and form.is_valid() else code
    return _edited(request, held, form, act, "diagnostics/draft_question.html", context, place)


def _before(data: Plain, domain: str, code: str) -> list[Plain]:
    """The questions that are asked before one; before the end of its domain where it is new."""
    found: list[Plain] = []
    for one in data["domains"]:
        for question in one["questions"]:
            if question["code"] == code:
                return found
            found.append(question)
        if one["code"] == domain and not code:
            return found
    return found


def _item(request: MemberRequest, held: Questionnaire, data: Plain, code: str) -> HttpResponse:
    row = next((one for one in data["items"] if one["code"] == code), None)
    if row is None:
        raise Http404
    form = ItemForm(request.POST or None, initial=row)

    def act() -> None:
        drafts.put_item(held, code, form.cleaned_data, by=request.member)

    context = {"title": f"{code} {row['title']}"}
    return _edited(request, held, form, act, "diagnostics/draft_form.html", context, code)


@draft_page
def remove(request: MemberRequest, held: Questionnaire) -> HttpResponse:
    """Take out the part named in the address, or throw the whole draft away."""
    code = request.GET.get("code", "")
    if request.method == "POST":
        try:
            if code:
                drafts.remove(held, code, by=request.member)
            else:
                questionnaires.discard(held, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            if not code:
                return redirect("diagnostics:questionnaire_list", held.administration.slug)
        return _back(held)
    data = drafts.data_of(held)
    context = {"held": held, "code": code, "part": _domain_or_question(data, code)}
    return page(request, "diagnostics/draft_remove.html", context)


def _domain_or_question(data: Plain, code: str) -> Plain | None:
    domains = (one for one in data.get("domains", ()) if one["code"] == code)
    return next(domains, None) or _question_in(data, code)


def _domain_in(data: Plain, code: str) -> Plain:
    for one in data.get("domains", ()):
        if one["code"] == code:
            return dict(one)
    raise Http404


def _question_in(data: Plain, code: str) -> Plain | None:
    questions = (q for one in data.get("domains", ()) for q in one["questions"])
    return next((question for question in questions if question["code"] == code), None)
