"""Pages by which the ministry decides line by line, and the HR officer carries it out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.deliverables import rules
from hrplan.deliverables.forms import KINDS, RULINGS, LinesFilter, RulingForm
from hrplan.deliverables.models import Submission
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
    form = RulingForm(request.POST or None)
    if request.method == "POST":
        return _ruled(request, found, form)
    narrowed = LinesFilter(request.GET, kind=KINDS, ruling=RULINGS)
    everything = use.lines_of(found)
    rows = use.narrowed(everything, **narrowed.chosen())
    can_rule = use.can_rule(request.member, found)
    shown = Paginator(rows, LISTED).get_page(request.GET.get("page"))
    context = {
        "submission": found,
        "form": narrowed,
        "can_rule": can_rule,
        "page_obj": shown,
        "lines": [(one, _asking(one) if can_rule else None) for one in shown],
        "decided": use.decided(everything),
        "query": request.GET.urlencode(),
    }
    return page(request, "deliverables/lines.html", context)


def _asking(line: use.Line) -> RulingForm:
    """The form of one line, with what stands."""
    told = {"kind": line.kind, "key": line.key, "ruling": line.ruling or use.Ruling.ACCEPT}
    told["condition"] = line.decision.condition if line.decision else ""
    return RulingForm(initial=told, auto_id=f"{line.kind}-{line.key}-%s".replace(" ", "-"))


def _ruled(request: MemberRequest, found: Submission, form: RulingForm) -> HttpResponse:
    back = redirect("deliverables:lines", found.administration.slug, found.pk)
    back["Location"] += f"?{request.GET.urlencode()}" if request.GET else ""
    if not form.is_valid():
        messages.error(request, _("Accept the line, cut it, or accept it on a condition."))
        return back
    wanted: dict[str, Any] = form.cleaned_data
    try:
        use.rule(found, by=request.member, **wanted)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("Kept: %(line)s.") % {"line": wanted["key"]})
    return back


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
