"""Pages of the framework, its competencies and the job profiles."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies import frames, rules
from competencies.forms.pages import RequirementForm
from competencies.models import Competency, Framework, JobProfile
from competencies.usecases import dense, framework_files, frameworks, profiles, structure
from competencies.wording import profile_words
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.lan import base_address


@require_GET
@member_required
def framework(request: MemberRequest, pk: int | None = None) -> HttpResponse:
    """The framework in force, or the version asked for."""
    require(rules.can_see_framework(request.member))
    found = frames.current_framework(request.member.administration)
    if pk is not None:
        found = get_object_or_404(Framework.objects.visible_to(request.member), pk=pk)
    groups = found.groups.prefetch_related("competencies") if found else []
    context = {
        "framework": found,
        "groups": groups,
        "levels": found.levels.all() if found else [],
        "can_change": rules.can_change_framework(request.member),
        "is_draft": found is not None and found.state == Framework.State.DRAFT,
        "is_in_force": found is not None and found.state == Framework.State.IN_FORCE,
    }
    return page(request, "competencies/framework.html", context)


@require_GET
@member_required
def framework_file(request: MemberRequest) -> HttpResponse:
    """The framework in force as a file: `form` is moodle or case."""
    held = frames.current_framework(request.member.administration)
    form, base = request.GET.get("form", "moodle"), base_address(request)
    made = held and framework_files.framework_file(held, form, base=base, by=request.member)
    if not made:
        raise Http404
    told = content_disposition_header(True, made.name)
    return HttpResponse(
        made.content, content_type=made.kind, headers={"Content-Disposition": told or ""}
    )


@require_POST
@member_required
def adopt(request: MemberRequest) -> HttpResponse:
    owner = request.member.administration
    try:
        frameworks.adopt_framework(owner, by=request.member)
        frameworks.adopt_profiles(owner, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The framework and its job profiles are taken in."))
    return redirect("competencies:framework", owner.slug)


@require_GET
@member_required
def competency(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_framework(request.member))
    seen = Competency.objects.visible_to(request.member)
    row = get_object_or_404(
        seen.select_related("group", "framework__administration", "administration"), pk=pk
    )
    analysis = dense.gap_figures(row.administration)
    context = {
        "competency": row,
        "overview": structure.competency_overview(
            row, analysis, limit=rules.small_cell_limit(request.member)
        ),
        "sees_figures": rules.can_see_figures(request.member)
        and row.framework.state == Framework.State.IN_FORCE,
        "can_change": rules.can_change_framework(request.member)
        and row.framework.state != Framework.State.RETIRED,
        "limit": rules.small_cell_limit(request.member),
    }
    return page(request, "competencies/competency.html", context)


@require_GET
@member_required
def profile_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_framework(request.member))
    lines = frameworks.profile_lines(request.member.administration)
    context = {
        "lines": lines,
        "holders": sum(line.holders for line in lines),
        "can_change": rules.can_change_framework(request.member),
    }
    return page(request, "competencies/profile_list.html", context)


def _profile(request: MemberRequest, pk: int) -> JobProfile:
    seen = JobProfile.objects.visible_to(request.member)
    return get_object_or_404(seen.select_related("administration", "framework"), pk=pk)


@require_GET
@member_required
def profile(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_see_framework(request.member))
    row = _profile(request, pk)
    version = _draft(request)
    asked = frames.asked(row, version).select_related("competency__group")
    requirements = list(asked.order_by("competency__group__position", "competency__position"))
    context = {
        "profile": row,
        "version": version,
        "drafts": _drafts(request) if rules.can_change_framework(request.member) else (),
        "requirements": requirements,
        "has_steps": any(one.steps for one in requirements),
        "warnings": profile_words(profiles.warnings_of(row)),
        "can_change": rules.can_change_framework(request.member),
        "can_approve": rules.can_approve_profile(request.member) and row.state == row.State.DRAFT,
    }
    return page(request, "competencies/profile.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def requirement_form(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_framework(request.member))
    row = _profile(request, pk)
    version = _draft(request) or row.framework
    form = RequirementForm(
        request.POST or None,
        framework=version,
        top=frames.top_level(version),
        initial=request.GET.dict(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            profiles.change_requirement(row, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The requirement is saved."))
            return redirect(_of_version(row, version))
    context = {"profile": row, "form": form, "back": _of_version(row, version)}
    return page(request, "competencies/requirement_form.html", context)


def _drafts(request: MemberRequest) -> QuerySet[Framework]:
    seen = Framework.objects.visible_to(request.member)
    return seen.filter(state=Framework.State.DRAFT)


def _draft(request: MemberRequest) -> Framework | None:
    """The draft whose demands are asked for by `?version=`."""
    asked = request.GET.get("version", "")
    if not asked.isdecimal() or not rules.can_change_framework(request.member):
        return None
    return get_object_or_404(_drafts(request), pk=int(asked))


def _of_version(row: JobProfile, version: Framework) -> str:
    """The page of the profile with what it asks under the version."""
    own = version.pk == row.framework_id
    return row.get_absolute_url() if own else f"{row.get_absolute_url()}?version={version.pk}"


@require_POST
@member_required
def approve_profile(request: MemberRequest, pk: int) -> HttpResponse:
    row = _profile(request, pk)
    try:
        profiles.approve_profile(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(row)
