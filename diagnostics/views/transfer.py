"""A workshop's file: taken along from one machine, merged on another."""

from typing import cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import rules
from diagnostics.forms.pages import WorkshopFileForm
from diagnostics.models import Workshop
from diagnostics.usecases import transfer
from diagnostics.views.workshops import workshop_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@require_GET
@member_required
def download(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    try:
        text = transfer.workshop_file(held, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(held)
    response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{held.code}.workshop.json"'
    return response


@require_http_methods(["GET", "POST"])
@member_required
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    require(rules.can_lead(request.member, held))
    form = WorkshopFileForm(request.POST or None, request.FILES or None)
    merged, is_trial = None, request.POST.get("act") != "merge"
    if request.method == "POST" and form.is_valid():
        try:
            merged = _merged(request, held, form.cleaned_data["file"], is_trial=is_trial)
        except ValidationError as refusal:
            form.add_error("file", refusal.messages)
    context = {"workshop": held, "form": form, "merged": merged, "is_trial": is_trial}
    return page(request, "diagnostics/merge.html", context)


def _merged(
    request: MemberRequest, held: Workshop, sent: UploadedFile, *, is_trial: bool
) -> transfer.Merged:
    """What the file brings; on trial nothing is kept."""
    data = cast(bytes, sent.read(transfer.MOST_BYTES + 1))
    with transaction.atomic():
        merged = transfer.merge_workshop(held, transfer.read_file(data), by=request.member)
        transaction.set_rollback(is_trial)
    return merged
