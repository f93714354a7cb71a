"""Pages of one rating and of what is said beside it: signatures, appeals, proposals, exemptions."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competencies import rules, wording
from competencies.forms import campaigns as standing_forms
from competencies.models import Appeal, Assessment, Exemption, Proposal, StaffMember
from competencies.usecases import staff, standing
from competencies.views.staff import person_of
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.figures import number
from hrplan.core.http import page, refused

Facts = Sequence[tuple[str, str]]  # what the decision rests on: heading and words


def _seen(request: MemberRequest) -> Any:
    require(rules.can_see_people(request.member))
    return StaffMember.objects.visible_to(request.member)


def _rating(request: MemberRequest, pk: int) -> Assessment:
    rows = Assessment.objects.visible_to(request.member).filter(staff_member__in=_seen(request))
    related = rows.select_related(
        *("administration", "staff_member__administration", "competency__framework"),
        *("campaign", "by__user", "second_by__user"),
    )
    return get_object_or_404(related, pk=pk)


@require_GET
@member_required
def rating(request: MemberRequest, pk: int) -> HttpResponse:
    row = _rating(request, pk)
    own = rules.is_own(request.member, row.staff_member)
    open_days = row.administration.as_of <= standing.appeal_until(row)
    context = {
        "rating": row,
        "person": row.staff_member,
        "appeals": row.appeals.select_related("reviewer__user"),
        "until": standing.appeal_until(row),
        "can_appeal": own and open_days and row.revoked_on is None,
        "can_sign": row.source == Assessment.Source.VALIDATED
        and row.second_by_id is None
        and rules.can_sign_second(request.member, row),
        "can_revoke": rules.can_keep_people(request.member) and not own and row.revoked_on is None,
        "can_decide": rules.can_see_small_cells(request.member) and not own,
    }
    return page(request, "competencies/rating.html", context)


@require_POST
@member_required
def sign(request: MemberRequest, pk: int) -> HttpResponse:
    row = _rating(request, pk)
    try:
        standing.sign_second(row, by=request.member)
    except ValidationError as refusal:
        refused(request, refusal)
    else:
        messages.success(request, _("The level is signed a second time."))
    return redirect("competencies:rating", row.administration.slug, row.pk)


def _form(
    request: MemberRequest,
    form: forms.Form,
    act: Callable[..., Any],
    *,
    person: StaffMember,
    title: str,
    about: str,
    done: str,
    rating: Assessment | None = None,
    facts: Facts = (),
) -> HttpResponse:
    """A form about a person, or one rating of theirs, and the use case; then back to the page."""
    back = person.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            act(by=request.member, **form.cleaned_data)
        except ValidationError as refusal:
            _show(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {
        "form": form,
        "title": title,
        "about": about,
        "back": back,
        "person": person,
        "rating": rating,
        "facts": facts,
    }
    return page(request, "competencies/standing_form.html", context)


def _show(form: forms.Form, refusal: ValidationError) -> None:
    words = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for name, found in words.items():
        form.add_error(name if name in form.fields else None, found)


@require_http_methods(["GET", "POST"])
@member_required
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    row = _rating(request, pk)
    require(rules.can_rule_on(request.member, row.staff_member))
    return _form(
        request,
        standing_forms.ReasonForm(request.POST or None),
        lambda **said: standing.revoke(row, **said),
        title=_("Revoke this rating"),
        about=_("It stays on record and counts no longer."),
        person=row.staff_member,
        rating=row,
        done=_("The rating counts no longer."),
    )


@require_http_methods(["GET", "POST"])
@member_required
def appeal(request: MemberRequest, pk: int) -> HttpResponse:
    row = _rating(request, pk)
    require(rules.is_own(request.member, row.staff_member))
    return _form(
        request,
        standing_forms.AppealForm(request.POST or None),
        lambda **said: standing.appeal(row, **said),
        title=_("Appeal against this rating"),
        about=_("Somebody who had no part in the rating decides and gives the reasons."),
        person=row.staff_member,
        rating=row,
        done=_("Your appeal is filed."),
    )


@require_http_methods(["GET", "POST"])
@member_required
def decide_appeal(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Appeal.objects.visible_to(request.member).select_related(
        *("administration", "assessment__staff_member__administration"),
        "assessment__competency__framework",
    )
    row = get_object_or_404(rows, pk=pk)
    require(rules.can_decide_appeal(request.member, row))
    return _form(
        request,
        standing_forms.DecisionForm(request.POST or None),
        lambda **said: standing.decide_appeal(row, **said),
        title=_("Decide on an appeal"),
        about=row.text,
        person=row.assessment.staff_member,
        rating=row.assessment,
        done=_("The appeal is decided."),
    )


@require_http_methods(["GET", "POST"])
@member_required
def propose(request: MemberRequest, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    require(rules.can_propose(request.member, person))
    form = standing_forms.ProposalForm(request.POST or None, administration=person.administration)
    return _form(
        request,
        form,
        lambda **said: standing.propose(person, **said),
        title=_("Propose a level"),
        about=_("A certificate, a passed module or long practice speaks for a level; it changes "
                "none before somebody else has decided on it."),
        person=person,
        done=_("The proposal is written down."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@member_required
def decide_proposal(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Proposal.objects.visible_to(request.member).filter(staff_member__in=_seen(request))
    related = rows.select_related("administration", "staff_member__administration", "competency")
    row = get_object_or_404(related, pk=pk)
    require(rules.can_decide_proposal(request.member, row))
    sources = standing.sources_if_accepted(row, by=request.member)
    return _form(
        request,
        standing_forms.ProposalDecisionForm(request.POST or None),
        lambda **said: standing.decide_proposal(row, **said),
        title=_("Decide on a proposal"),
        about=wording.proposal_accepted(sources),
        person=row.staff_member,
        facts=_facts(row),
        done=_("The proposal is decided."),
    )


def _facts(row: Proposal) -> Facts:
    held, required = staff.level_of(row.staff_member, row.competency)
    return (
        (_("Competency"), row.competency.title),
        (_("Level proposed"), str(row.level)),
        (_("Rests on"), f"{row.get_ground_display()}: {row.evidence}"),
        (_("Level held today"), _("not assessed") if held is None else number(held, 1)),
        (_("Level asked for"), _("none") if required is None else str(required)),
        (_("Valid until"), date_format(row.valid_until) if row.valid_until else _("no end")),
    )


@require_http_methods(["GET", "POST"])
@member_required
def exempt(request: MemberRequest, pk: int) -> HttpResponse:
    person = person_of(request, pk)
    require(rules.can_rule_on(request.member, person))
    form = standing_forms.ExemptionForm(
        request.POST or None,
        administration=person.administration,
        initial={"starts_on": person.administration.as_of},
    )
    return _form(
        request,
        form,
        lambda **said: standing.exempt(person, **said),
        title=_("Exempt from a competency"),
        about=_("For a time nothing is asked of the person in it; no gap counts."),
        person=person,
        done=_("The exemption is written down."),
    )


@require_http_methods(["GET", "POST"])
@member_required
def end_exemption(request: MemberRequest, pk: int) -> HttpResponse:
    rows = Exemption.objects.visible_to(request.member).select_related(
        "administration", "staff_member__administration", "competency"
    )
    row = get_object_or_404(rows, pk=pk)
    require(rules.can_rule_on(request.member, row.staff_member))
    return _form(
        request,
        standing_forms.ReasonForm(request.POST or None),
        lambda **said: standing.end_exemption(row, **said),
        title=_("End this exemption"),
        about=f"{row}: {row.reason}",
        person=row.staff_member,
        done=_("The exemption has ended."),
    )
