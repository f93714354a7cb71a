"""The page that takes the last change by hand back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.models import HandChange
from training_calendar.usecases import calendars, undoing


@require_http_methods(["GET", "POST"])
@member_required
def undo(request: MemberRequest) -> HttpResponse:
    """The changes by hand, and what would be again if the last were taken back."""
    require(rules.can_plan(request.member))
    slug = request.member.administration.slug
    if request.method == "POST":
        related = ("calendar__plan", "calendar__administration")
        rows = HandChange.objects.visible_to(request.member).select_related(*related)
        asked = request.POST.get("change", "")
        change = get_object_or_404(rows, pk=int(asked) if asked.isdecimal() else 0)
        try:
            undoing.undo(change, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("The change is taken back."))
        return redirect("training_calendar:undo", slug)
    found = calendars.current_calendar(request.member.administration)
    if found is None:
        raise Http404
    context = {"changes": undoing.last_changes(found), "next": undoing.undoable(found)}
    return page(request, "training_calendar/undo.html", context)
