"""The page that compares a re-plan after a cancelled session with the calendar, and does it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from training_calendar import rules
from training_calendar.forms.moving import FoundForm
from training_calendar.usecases import replanning
from training_calendar.views.sessions import session_of


@require_http_methods(["GET", "POST"])
@member_required
def replan(request: MemberRequest, pk: int) -> HttpResponse:
    """What the last run found, session by session; POST cancels the session with it."""
    found = session_of(request, pk)
    require(rules.can_change_calendar(request.member, found.calendar))
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            replanning.apply_replan(found, by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("The session is cancelled; the places found are given."))
            return redirect("training_calendar:session", found.administration.slug, found.pk)
    proposal = replanning.last_proposal(found, by=request.member)
    if proposal:
        form = FoundForm(initial={"run": proposal.run.pk})
    context = {"session": found, "proposal": proposal, "form": form}
    return page(request, "training_calendar/session_replan.html", context)
