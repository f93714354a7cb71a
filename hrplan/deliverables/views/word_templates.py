"""Pages of Word templates: brought, looked at, tried, put in use, removed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules
from hrplan.deliverables.forms import WordTemplateForm
from hrplan.deliverables.models import WordTemplate
from hrplan.deliverables.usecases import files
from hrplan.deliverables.usecases import word_templates as use_cases


@require_http_methods(["GET", "POST"])
@member_required
def template_list(request: MemberRequest) -> HttpResponse:
    """The templates there are, and the form for another one."""
    require(rules.can_keep_templates(request.member))
    owner = request.member.administration
    form = WordTemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = use_cases.add_template(owner, form.cleaned_data["file"], by=request.member)
        except ValidationError as refusal:
            form.add_error("file", refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The template is kept. Look at the sample, then use it."))
            return redirect(row)
    rows = list(use_cases.templates(owner))
    context = {"rows": rows, "form": form, "in_use": any(row.is_in_use for row in rows)}
    return page(request, "deliverables/word_templates.html", context)


def _template(request: MemberRequest, pk: int) -> WordTemplate:
    require(rules.can_keep_templates(request.member))
    return get_object_or_404(use_cases.templates(request.member.administration), pk=pk)


@require_GET
@member_required
def template(request: MemberRequest, pk: int) -> HttpResponse:
    """What a template has and lacks, its sample, and whether documents take it."""
    row = _template(request, pk)
    found = None
    try:
        found = use_cases.findings_of(row)
    except ValidationError as refusal:
        refused(request, refusal)
    return page(request, "deliverables/word_template.html", {"row": row, "found": found})


@require_GET
@member_required
def sample(request: MemberRequest, pk: int) -> HttpResponse:
    row = _template(request, pk)
    try:
        return _word(use_cases.sample_of(row), f"sample-{row.pk}.docx")
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(row)


@require_GET
@member_required
def file(request: MemberRequest, pk: int) -> HttpResponse:
    row = _template(request, pk)
    try:
        return _word(use_cases.content(row), row.name)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(row)


def _word(data: bytes, name: str) -> HttpResponse:
    said = {"Content-Disposition": content_disposition_header(True, name)}
    return HttpResponse(data, content_type=files.TYPES["docx"], headers=said)


@require_POST
@member_required
def use(request: MemberRequest, pk: int) -> HttpResponse:
    row = _template(request, pk)
    try:
        use_cases.use_template(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The next versions are written in this template."))
    return redirect(row)


@require_POST
@member_required
def ours(request: MemberRequest) -> HttpResponse:
    owner = request.member.administration
    use_cases.use_ours(owner, by=request.member)
    messages.success(request, _("The next versions are written in our own look."))
    return redirect("deliverables:word_templates", owner.slug)


@require_POST
@member_required
def remove(request: MemberRequest, pk: int) -> HttpResponse:
    row = _template(request, pk)
    owner = row.administration
    try:
        use_cases.remove_template(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(row)
    messages.success(request, _("The template is removed."))
    return redirect("deliverables:word_templates", owner.slug)
