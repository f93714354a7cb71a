"""Pages by which the ministry decides line by line, and the HR officer carries it out."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules
from hrplan.deliverables.forms import KINDS, RULINGS, LinesFilter, RulingForm
from hrplan.deliverables.models import LineDecision, Submission
from hrplan.deliverables.usecases import carrying
from hrplan.deliverables.usecases import line_decisions as use
from hrplan.deliverables.views.seen import seen_submission

LISTED = 50


@require_http_methods(["GET", "POST"])
@member_required
def lines(request: MemberRequest, pk: int) -> HttpResponse:
    """The lines of a submission with what was decided on each; POST rules on one."""
    require(rules.can_see_documents(request.member))
    found = seen_submission(request, pk)
    if request.method == "POST":
        ruled(request, partial(use.rule, found, by=request.member))
        return redirect(request.get_full_path())
    can_rule = use.can_rule(request.member, found)
    context = {"submission": found, **listed(request, found, can_rule=can_rule)}
    return page(request, "deliverables/lines.html", context)


def listed(request: HttpRequest, found: Submission, *, can_rule: bool) -> dict[str, Any]:
    """What `part_lines.html` shows: the lines asked for, each with a form where one may rule."""
    everything = use.lines_of(found)
    there = {line.kind for line in everything}
    kinds = [one for one in KINDS if one[0] in there]
    narrowed = LinesFilter(request.GET, kind=kinds, ruling=RULINGS)
    rows = use.narrowed(everything, **narrowed.chosen())
    shown = Paginator(rows, LISTED).get_page(request.GET.get("page"))
    return {
        "form": narrowed,
        "can_rule": can_rule,
        "page_obj": shown,
        "lines": [(one, _asking(one) if can_rule else None) for one in shown],
        "decided": use.decided(everything),
    }


def _asking(line: use.Line) -> RulingForm:
    """The form of one line, with what stands."""
    told = {"kind": line.kind, "key": line.key, "ruling": line.ruling or use.Ruling.ACCEPT}
    told["condition"] = line.decision.condition if line.decision else ""
    return RulingForm(initial=told, auto_id=f"{line.kind}-{line.key}-%s".replace(" ", "-"))


def ruled(request: HttpRequest, rule: Callable[..., LineDecision]) -> None:
    """Rule as the form says; what came of it stands on the next page."""
    form = RulingForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Accept the line, cut it, or accept it on a condition."))
        return
    wanted: dict[str, Any] = form.cleaned_data
    try:
        rule(**wanted)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Kept: %(line)s.") % {"line": wanted["key"]})


@require_POST
@member_required
def carry_out(request: MemberRequest, pk: int) -> HttpResponse:
    found = seen_submission(request, pk)
    try:
        run = carrying.ask(found, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
        return redirect(found)
    return redirect("core:run", found.administration.slug, run.pk)
