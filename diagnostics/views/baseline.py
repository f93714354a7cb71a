"""Pages of the baseline form: its items with what is known, and the form of one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import rules
from diagnostics.forms.baseline import ItemAnswerForm
from diagnostics.usecases import baseline, filling
from diagnostics.views.exercises import exercise_or_404
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page


@require_GET
@member_required
def baseline_page(request: MemberRequest, pk: int) -> HttpResponse:
    held = exercise_or_404(request, pk)
    context = {
        "exercise": held,
        "baseline": baseline.baseline(held),
        "can_prepare": rules.can_prepare(request.member),
    }
    return page(request, "diagnostics/baseline.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def item_page(request: MemberRequest, pk: int, item: str) -> HttpResponse:
    held = exercise_or_404(request, pk)
    require(rules.can_prepare(request.member))
    row = filling.item_of(held, item)
    if row is None:
        raise Http404
    given, source = filling.answers_of(held, row)
    form = ItemAnswerForm(
        request.POST or None, item=row, given=given, source=source,
        currency=held.administration.currency,
    )  # fmt: skip
    back = reverse("diagnostics:baseline", args=[held.administration.slug, held.pk])
    if request.method == "POST" and form.is_valid():
        try:
            filling.fill_item(held, row, by=request.member, **form.values())
        except ValidationError as refusal:
            form.show(refusal)
        else:
            messages.success(request, _("What is known of “%(item)s” is saved.") % {"item": row})
            return redirect(f"{back}#{row.code}")
    context = {"exercise": held, "item": row, "form": form, "back": back}
    return page(request, "diagnostics/baseline_item.html", context)
