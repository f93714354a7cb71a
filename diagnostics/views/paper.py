"""Paper: ballots to print, and the grid that takes them in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import rules
from diagnostics.models import Domain
from diagnostics.usecases import paper
from diagnostics.views.workshops import workshop_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused


@require_GET
@member_required
def ballots(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    require(rules.can_lead(request.member, held))
    context = {
        "workshop": held,
        "people": held.participants.all(),
        "domains": paper.asked_by_domain(held).items(),
        "with_levels": "levels" in request.GET,
    }
    return page(request, "diagnostics/ballots.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def grid(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    require(rules.can_lead(request.member, held))
    domains = list(paper.asked_by_domain(held))
    wanted = request.GET.get("domain", domains[0].code if domains else "")
    domain = get_object_or_404(Domain, pk__in=[d.pk for d in domains], code=wanted)
    sent = _cells(request)
    if request.method == "POST":
        try:
            count = paper.enter_ballots(held, sent, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            words = ngettext("%(n)d answer is in.", "%(n)d answers are in.", count)
            messages.success(request, words % {"n": count})
            return redirect(f"{request.path}?domain={domain.code}")
    shown = paper.paper_grid(held, domain, by=request.member)
    context = {"workshop": held, "grid": shown, "domains": domains, "sent": sent}
    return page(request, "diagnostics/paper.html", context)


def _cells(request: MemberRequest) -> dict[paper.Cell, str]:
    """What was typed, by participant and question; names of fields are `p<pk>q<pk>`."""
    cells: dict[paper.Cell, str] = {}
    for name, text in request.POST.items():
        person, _q, question = name.removeprefix("p").partition("q")
        if person.isdecimal() and question.isdecimal() and len(name) < 40:
            cells[int(person), int(question)] = str(text)
    return cells
