"""The facilitator's page of one question, and the projector's screen."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from diagnostics import frames, rules
from diagnostics.forms.pages import AgreementForm, VoteForm
from diagnostics.models import Participant, Question, Round, Workshop
from diagnostics.usecases import citing, rounds, votes
from diagnostics.usecases import room as rooms
from diagnostics.views.ways_in import way_in
from diagnostics.views.workshops import workshop_of
from hrplan.core.access import MemberRequest, member_required
from hrplan.core.choosing import choices_of
from hrplan.core.http import page, refused

TIMES = (1, 2, 3, 5, 10)  # [minutes] offered for the clock


@require_GET
@member_required
def projector(request: MemberRequest, pk: int) -> HttpResponse:
    held = workshop_of(request, pk)
    shown = rooms.screen(held)
    if request.GET.get("v") == shown.version:
        return HttpResponse(status=204)
    context = {"workshop": held, "screen": shown, "way_in": way_in(request, held)}
    return page(request, "diagnostics/projector.html", context, part="screen")


@require_http_methods(["GET", "POST"])
@member_required
def question(request: MemberRequest, pk: int, question: int) -> HttpResponse:
    held = workshop_of(request, pk)
    asked = _question(held, question)
    room = rooms.question_room(held, asked, by=request.member)
    forms = _forms(request, held, room)
    if request.method == "POST":
        after = _acted(request, held, asked, forms)
        if after:
            return redirect("diagnostics:question", held.administration.slug, pk, after.pk)
    leads = rules.can_lead(request.member, held) and not held.is_closed
    context: dict[str, Any] = {"workshop": held, "question": asked, "room": room, **forms}
    context["can_lead"] = leads
    context["is_before_the_room"] = held.current_question_id == asked.pk
    context["anchors"] = anchors(asked)
    context["cited"] = _cited(held, room, forms["agreement_form"])
    context["times"], context["seconds_left"] = TIMES, rooms.seconds_left(held)
    context["joined"] = held.participants.exclude(joined_at=None).count() if leads else None
    return page(request, "diagnostics/question.html", context, part="rounds")


def anchors(question: Question) -> list[tuple[int, str, str]]:
    """The levels with their names and the question's own texts."""
    scale = question.domain.questionnaire.scale
    return [(one["level"], one["name"], question.anchors[str(one["level"])]) for one in scale]


def _question(workshop: Workshop, pk: int) -> Question:
    asked = Question.objects.filter(
        domain__questionnaire__exercises=workshop.exercise,
        domain__questionnaire__kind__in=frames.VOTED_ON,
    )
    return get_object_or_404(asked.select_related("domain__questionnaire"), pk=pk)


def _cited(held: Workshop, room: rooms.QuestionRoom, form: Any) -> list[str]:
    """The titles of what the room cited; a form that offers them all spares their reading."""
    if room.agreement is None:
        return []
    marks = room.agreement.cited
    offered = form is not None and "cited" in form.fields
    known = choices_of(form, "cited") if offered else citing.titles_of(held.exercise, marks)
    return [known[mark] for mark in marks if mark in known]


def _forms(
    request: MemberRequest, held: Workshop, room: rooms.QuestionRoom
) -> dict[str, VoteForm | AgreementForm | None]:
    """The forms this member may fill in, bound to what was sent."""
    leads = rules.can_lead(request.member, held) and not held.is_closed
    act, sent = request.POST.get("act"), request.POST or None
    people = held.participants.all() if leads else held.participants.filter(member=request.member)
    open_round = room.open_round
    vote_form = agreement_form = None
    if not held.is_closed and (open_round or act == "vote") and people:
        first = room.waiting[0] if leads and room.waiting else people[0]
        initial = {"round": open_round.pk if open_round else "", "participant": first}
        data = sent if act == "vote" else None
        vote_form = VoteForm(data, initial=initial, question=room.question, people=people)
    if leads and room.last and room.last.is_revealed:
        data = sent if act == "agree" else None
        sources = citing.citable(held.exercise)
        agreement_form = AgreementForm(
            data, initial=_proposal(room), question=room.question, sources=sources
        )
    return {"vote_form": vote_form, "agreement_form": agreement_form}


def _proposal(room: rooms.QuestionRoom) -> dict[str, Any]:
    """What was settled; before that the median, where it is a level, for the room to confirm."""
    if room.agreement is not None:
        names = (
            "level",
            "existence",
            "use",
            "rationale",
            "evidence",
            "cited",
            "dissent",
            "follow_up",
        )
        return {name: getattr(room.agreement, name) for name in names}
    median = room.last.median if room.last else None
    return {"level": int(median)} if median is not None and median == int(median) else {}


def _acted(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question | None:
    """Do what was asked for; the question to show next, None where a form is to be shown again."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        raise SuspiciousOperation("unknown act")
    try:
        return act(request, held, asked, forms)
    except ValidationError as refusal:
        refused(request, refusal)
        return asked


Act = Callable[[MemberRequest, Workshop, Question, dict[str, Any]], Question | None]


def _show(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question:
    rounds.show_question(held, asked, by=request.member)
    return asked


def _next(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question:
    after = rounds.show_next_question(held, by=request.member)
    if after is None:
        raise ValidationError(_("Every question is settled; the workshop can be closed."))
    return after


def _open(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question:
    rounds.open_round(held, asked, by=request.member)
    return asked


def _clock(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question:
    minutes = request.POST.get("minutes", "")
    rounds.set_timer(held, float(minutes) if minutes.isdecimal() else 0, by=request.member)
    return asked


def _close(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question:
    rounds.close_round(_last(held, asked), by=request.member)
    return asked


def _reveal(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question:
    rounds.reveal_round(_last(held, asked), by=request.member)
    return asked


def _vote(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question | None:
    form = forms["vote_form"]
    if form is None:
        raise ValidationError(_("You are not among the participants of this workshop."))
    if not form.is_valid():
        return None
    participant: Participant = form.cleaned_data["participant"]
    held_rounds = Round.objects.filter(workshop=held, question=asked)
    round = get_object_or_404(held_rounds, pk=form.cleaned_data["round"])
    votes.enter_vote(round, participant, by=request.member, **form.ballot)
    return asked


def _agree(
    request: MemberRequest, held: Workshop, asked: Question, forms: dict[str, Any]
) -> Question | None:
    form = forms["agreement_form"]
    if form is None:
        raise ValidationError(_("Only the facilitator settles a question, after the reveal."))
    if not form.is_valid():
        return None
    rounds.record_agreement(held, asked, by=request.member, **form.cleaned_data)
    return asked


ACTS: dict[str, Act] = {
    "show": _show,
    "next": _next,
    "open": _open,
    "clock": _clock,
    "close": _close,
    "reveal": _reveal,
    "vote": _vote,
    "agree": _agree,
}


def _last(held: Workshop, asked: Question) -> Round:
    last = Round.objects.filter(workshop=held, question=asked).order_by("number").last()
    if last is None:
        raise ValidationError(_("No round is open."))
    return last
