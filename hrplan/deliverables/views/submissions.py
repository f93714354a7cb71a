"""Pages of submissions: put together, moved by the table, renewed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules, wording
from hrplan.deliverables.forms import MoveForm
from hrplan.deliverables.models import Submission
from hrplan.deliverables.usecases import documents, submissions


@require_GET
@member_required
def submission_list(request: MemberRequest) -> HttpResponse:
    require(rules.can_see_documents(request.member))
    owner = request.member.administration
    context = {
        "submissions": documents.submissions(owner, by=request.member),
        "can_make": rules.can_make_submission(request.member),
    }
    return page(request, "deliverables/submission_list.html", context)


@require_POST
@member_required
def new_submission(request: MemberRequest) -> HttpResponse:
    try:
        made = submissions.make_submission(request.member.administration, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect("deliverables:submission_list", request.member.administration.slug)
    return redirect(made)


def _submission(request: MemberRequest, pk: int) -> Submission:
    seen = Submission.objects.visible_to(request.member).select_related("author__user")
    return get_object_or_404(seen.select_related("administration"), pk=pk)


@require_GET
@member_required
def submission(request: MemberRequest, pk: int) -> HttpResponse:
    found = _submission(request, pk)
    shown = submissions.submission_shown(found, by=request.member)
    way = [
        {
            "day": passage.at,
            "title": wording.move_word(passage.move),
            "text": passage.note,
            "state": passage.move,
            "words": passage.said_by or passage.by,
        }
        for passage in shown.passages
    ]
    lines = [
        (Submission.State(one.state).label, shown.held_by(one.state), one) for one in shown.stays
    ]
    form = MoveForm(initial={"shown": shown.shown})
    context = {"lines": lines, "shown": shown, "submission": found, "way": way, "form": form}
    return page(request, "deliverables/submission.html", context)


@require_POST
@member_required
def move(request: MemberRequest, pk: int) -> HttpResponse:
    found = _submission(request, pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the moves shown."))
        return redirect(found)
    try:
        wanted = form.cleaned_data
        submissions.move(
            found, wanted["move"], by=request.member, note=wanted["note"], shown=wanted["shown"]
        )
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(found)


@require_POST
@member_required
def renew(request: MemberRequest, pk: int) -> HttpResponse:
    found = _submission(request, pk)
    try:
        submissions.renew_versions(found, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    return redirect(found)
