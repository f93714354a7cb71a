"""The page of suggestions: which competency of one framework is which of another."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from competencies import rules
from competencies.models import Framework
from competencies.usecases import matching
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page

LINES = 50  # on one page


class ToForm(forms.Form):
    to = forms.ModelChoiceField(Framework.objects.none(), required=False, empty_label=None)

    def __init__(self, *args: object, others: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["to"].label = _("Compare with")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]


@require_GET
@member_required
def matches(request: MemberRequest, pk: int) -> HttpResponse:
    require(rules.can_change_framework(request.member))
    seen = Framework.objects.visible_to(request.member).select_related("administration")
    source = get_object_or_404(seen, pk=pk)
    others = seen.exclude(pk=source.pk)
    form = ToForm(request.GET or None, others=others)
    chosen = form.cleaned_data["to"] if form.is_valid() else None
    target = chosen or matching.counterpart(source)
    lines = matching.suggested_matches(source, target) if target else ()
    shown = Paginator(lines, LINES).get_page(request.GET.get("page"))
    context = {
        "source": source,
        "target": target,
        "form": ToForm(initial={"to": target}, others=others),
        "page_obj": shown,
        "from_draft": source.state != Framework.State.IN_FORCE,
        "can_say": Framework.State.IN_FORCE in {source.state, getattr(target, "state", "")},
        "without": sum(not line.suggestions for line in lines),
        "competencies": len(lines),
    }
    return page(request, "competencies/matches.html", context)
