"""Pages of the chain: its steps, for whom reviewers speak, who acts for whom, rules passed over."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Administration, Member
from hrplan.core.row_pages import RowKind
from hrplan.deliverables import rules, wording
from hrplan.deliverables.forms import DelegationForm, OverrideForm, StepForm, VoiceForm
from hrplan.deliverables.models import ChainStep, CheckOverride, Delegation
from hrplan.deliverables.usecases import chain as use
from hrplan.deliverables.usecases import overrides


def _chain(owner: Administration, row: Any) -> str:
    return reverse("deliverables:chain", args=[owner.slug])


STEPS = {
    "chain-steps": RowKind(
        model=ChainStep,
        form=StepForm,
        title=gettext_lazy("The chain"),
        listed=gettext_lazy("The chain"),
        new=gettext_lazy("Add a step"),
        gone=gettext_lazy("Remove this step"),
        goes=gettext_lazy("Submissions that are on their way keep theirs."),
        may=rules.can_keep_chain,
        add=use.add_step,
        change=use.change_step,
        remove=use.remove_step,
        back=_chain,
    ),
}


@require_http_methods(["GET", "POST"])
@member_required
def chain(request: MemberRequest) -> HttpResponse:
    """The steps of the chain and whom one lets act; POST names somebody who acts for one."""
    member = request.member
    require(rules.can_delegate(member))
    form = DelegationForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        try:
            use.delegate(by=member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("From the first day on they act for you."))
            return redirect("deliverables:chain", member.administration.slug)
    steps = use.steps_of(member.administration)
    can_keep = rules.can_keep_chain(member)
    context = {
        "steps": steps,
        "is_usual": steps[0].pk is None,
        "can_keep": can_keep,
        "reviewers": [(one, VoiceForm(initial={"body": one.body}, prefix=str(one.member.pk)))
                      for one in use.reviewers(member.administration)] if can_keep else (),
        "delegations": use.delegations(member),
        "form": form,
    }  # fmt: skip
    return page(request, "deliverables/chain.html", context)


@require_POST
@member_required
def usual(request: MemberRequest) -> HttpResponse:
    use.state_usual(request.member.administration, by=request.member)
    return redirect("deliverables:chain", request.member.administration.slug)


@require_POST
@member_required
def voice(request: MemberRequest, pk: int) -> HttpResponse:
    """For which body a reviewer speaks."""
    owner = request.member.administration
    found = get_object_or_404(Member, administration=owner, pk=pk)
    require(rules.can_keep_chain(request.member))
    form = VoiceForm(request.POST, prefix=str(pk))
    try:
        if not form.is_valid():
            raise ValidationError(_("Choose one of the bodies shown."))
        use.speak_for(found, form.cleaned_data["body"], by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The change is saved."))
    return redirect("deliverables:chain", owner.slug)


@require_POST
@member_required
def end_delegation(request: MemberRequest, pk: int) -> HttpResponse:
    seen = Delegation.objects.visible_to(request.member)
    use.end_delegation(get_object_or_404(seen, pk=pk), by=request.member)
    return redirect("deliverables:chain", request.member.administration.slug)


@require_http_methods(["GET", "POST"])
@member_required
def override(request: MemberRequest, number: int) -> HttpResponse:
    """Why the documents go on although a rule does not hold; an empty reason is no reason."""
    owner = request.member.administration
    require(rules.can_override(request.member))
    if not 1 <= number <= rules.RULES:
        raise Http404
    row = CheckOverride.objects.filter(administration=owner, number=number).first()
    form = OverrideForm(request.POST or None, initial={"reason": row.reason if row else ""})
    if request.method == "POST" and "take_back" in request.POST:
        overrides.take_back(owner, number, by=request.member)
        return redirect("deliverables:checks", owner.slug)
    if request.method == "POST" and form.is_valid():
        try:
            overrides.override(owner, number, form.cleaned_data["reason"], by=request.member)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The reason is kept. New versions print it."))
            return redirect("deliverables:checks", owner.slug)
    context = {"form": form, "row": row, "number": number, "rule": wording.check_title(number)}
    return page(request, "deliverables/override.html", context)
