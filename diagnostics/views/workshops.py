"""Pages of workshops: progress, and one question with its votes and its agreed rating."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import rules
from diagnostics.forms.pages import AgreementForm, FacilitatorForm, VoteForm
from diagnostics.models import Participant, Question, Questionnaire, Round, Workshop
from diagnostics.usecases import workshops
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.http import page, refused
from hrplan.core.models import Member, Role


def _workshop(request: MemberRequest, pk: int) -> Workshop:
    require(rules.can_see_exercise(request.member))
    seen = Workshop.objects.visible_to(request.member)
    return get_object_or_404(
        seen.select_related("administration", "exercise", "facilitator__user"), pk=pk
    )


def _question(workshop: Workshop, pk: int) -> Question:
    asked = Question.objects.filter(
        domain__questionnaire__exercises=workshop.exercise,
        domain__questionnaire__kind=Questionnaire.Kind.MATURITY,
    )
    return get_object_or_404(asked.select_related("domain__questionnaire"), pk=pk)


@require_GET
@member_required
def workshop(request: MemberRequest, pk: int) -> HttpResponse:
    held = _workshop(request, pk)
    context = {
        "workshop": held,
        "progress": workshops.workshop_progress(held),
        "people": held.participants.all(),
        "agenda": held.agenda.all(),
        "can_lead": rules.can_lead(request.member, held) and not held.is_closed,
        "can_name": rules.can_name_facilitator(request.member, held) and not held.is_closed,
    }
    return page(request, "diagnostics/workshop.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def close(request: MemberRequest, pk: int) -> HttpResponse:
    held = _workshop(request, pk)
    if request.method == "POST":
        try:
            workshops.close_workshop(held, by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        else:
            messages.success(request, _("The workshop is closed."))
        return redirect(held)
    require(rules.can_see_exercise(request.member))
    context = {"workshop": held, "progress": workshops.workshop_progress(held)}
    return page(request, "diagnostics/workshop_close.html", context)


@require_http_methods(["GET", "POST"])
@member_required
def facilitator(request: MemberRequest, pk: int) -> HttpResponse:
    held = _workshop(request, pk)
    people = Member.objects.filter(
        administration=held.administration, role=Role.FACILITATOR, ended_on=None
    )
    form = FacilitatorForm(request.POST or None, people=people.select_related("user"))
    if request.method == "POST" and form.is_valid():
        try:
            workshops.name_facilitator(held, form.cleaned_data["facilitator"], by=request.member)
        except ValidationError as refusal:
            refused(request, refusal)
        return redirect(held)
    return page(request, "diagnostics/workshop_form.html", {"workshop": held, "form": form})


@require_http_methods(["GET", "POST"])
@member_required
def question(request: MemberRequest, pk: int, question: int) -> HttpResponse:
    held = _workshop(request, pk)
    asked = _question(held, question)
    room = workshops.question_room(held, asked, by=request.member)
    forms = _forms(request, held, room)
    if request.method == "POST" and _acted(request, held, asked, forms):
        return redirect("diagnostics:question", held.administration.slug, pk, question)
    context: dict[str, Any] = {"workshop": held, "question": asked, "room": room, **forms}
    context["can_lead"] = rules.can_lead(request.member, held) and not held.is_closed
    context["is_blind"] = not rules.can_see_votes(request.member, held)
    context["anchors"] = _anchors(asked)
    return page(request, "diagnostics/question.html", context)


def _anchors(question: Question) -> list[tuple[int, str, str]]:
    scale = question.domain.questionnaire.scale
    return [(one["level"], one["name"], question.anchors[str(one["level"])]) for one in scale]


def _forms(
    request: MemberRequest, held: Workshop, room: workshops.QuestionRoom
) -> dict[str, VoteForm | AgreementForm | None]:
    """The forms this member may fill in, bound to what was sent."""
    leads = rules.can_lead(request.member, held) and not held.is_closed
    act, sent = request.POST.get("act"), request.POST or None
    people = held.participants.all() if leads else held.participants.filter(member=request.member)
    open_round = room.open_round
    votes = agrees = None
    if not held.is_closed and (open_round or act == "vote") and people:
        first = room.waiting[0] if leads and room.waiting else people[0]
        initial = {"round": open_round.pk if open_round else "", "participant": first}
        data = sent if act == "vote" else None
        votes = VoteForm(data, initial=initial, question=room.question, people=people)
    if leads and not open_round and room.rounds:
        names = ("level", "existence", "use", "rationale", "evidence", "dissent")
        initial = {name: getattr(room.agreement, name, "") for name in names}
        data = sent if act == "agree" else None
        agrees = AgreementForm(data, initial=initial, question=room.question)
    return {"vote_form": votes, "agreement_form": agrees}


def _acted(request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]) -> bool:
    """Do what was asked for; False where a form has to be shown again."""
    acts = {"open": _open, "reveal": _reveal, "vote": _vote, "agree": _agree}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise SuspiciousOperation("unknown act")
    try:
        return act(request.member, held, asked, forms)
    except ValidationError as refusal:
        refused(request, refusal)
        return True


def _open(by: Member, held: Workshop, asked: Question, forms: dict[str, Any]) -> bool:
    workshops.open_round(held, asked, by=by)
    return True


def _reveal(by: Member, held: Workshop, asked: Question, forms: dict[str, Any]) -> bool:
    last = Round.objects.filter(workshop=held, question=asked).order_by("number").last()
    if last is None:
        raise ValidationError(_("No round is open."))
    workshops.reveal_round(last, by=by)
    return True


def _vote(by: Member, held: Workshop, asked: Question, forms: dict[str, Any]) -> bool:
    form = forms["vote_form"]
    if form is None:
        raise ValidationError(_("You are not among the participants of this workshop."))
    if not form.is_valid():
        return False
    values = dict(form.cleaned_data)
    participant: Participant = values.pop("participant")
    round = get_object_or_404(Round, workshop=held, question=asked, pk=values.pop("round"))
    workshops.enter_vote(round, participant, by=by, **values)
    return True


def _agree(by: Member, held: Workshop, asked: Question, forms: dict[str, Any]) -> bool:
    form = forms["agreement_form"]
    if form is None:
        raise ValidationError(_("Only the facilitator settles a question, after the reveal."))
    if form.is_valid():
        workshops.record_agreement(held, asked, by=by, **form.cleaned_data)
    return bool(form.is_valid())
