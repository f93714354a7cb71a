"""What the facilitator does with a question: show it, open, close and reveal rounds, settle it.

Whatever the participants' pages show raises the workshop's revision, by which they learn that
there is something new; votes don't, so that no page can tell from it that somebody voted.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from diagnostics import frames, rules
from diagnostics.models import Agreement, Question, Round, Workshop
from diagnostics.usecases import citing
from diagnostics.usecases.asked import refuse_unasked, take_out_unasked
from diagnostics.usecases.workshops import refuse_closed, workshop_progress
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Member

LONGEST_TIMER = timedelta(hours=1)


@transaction.atomic
def show_question(workshop: Workshop, question: Question, *, by: Member) -> Workshop:
    """Put a question before the room. Refused while a round on another one is open."""
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    _refuse_foreign(workshop, question)
    if _open_elsewhere(workshop, question):
        raise ValidationError(_("A vote on another question is open; close it first."))
    _put_before(workshop, question)
    return workshop


@transaction.atomic
def show_next_question(workshop: Workshop, *, by: Member) -> Question | None:
    """Put the first question that is not settled yet before the room; None where none is left."""
    after = workshop_progress(workshop).next_question
    if after is None:
        return None
    question = Question.objects.get(pk=after.pk)
    show_question(workshop, question, by=by)
    return question


@transaction.atomic
def open_round(workshop: Workshop, question: Question, *, by: Member) -> Round:
    """Open a blind vote.

    Refused while one is open, once the workshop is closed, and for a question that is not asked.
    """
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    _refuse_foreign(workshop, question)
    held = Round.objects.select_for_update().filter(workshop=workshop, question=question)
    numbers = {round.number: round for round in held}
    if not all(round.is_revealed for round in numbers.values()):
        raise ValidationError(_("A round on this question is not revealed yet; reveal it first."))
    if workshop.pace == Workshop.Pace.OWN:
        raise ValidationError(_("Everybody answers at their own pace; open all questions at once."))
    if _open_elsewhere(workshop, question):
        raise ValidationError(_("A vote on another question is open; close it first."))
    refuse_unasked(workshop, question, frames.asked(workshop.exercise))
    made = Round.objects.create(
        workshop=workshop, question=question, number=max(numbers, default=0) + 1
    )
    _put_before(workshop, question)
    audit.record("open round", made, by=by, administration=workshop.administration)
    return made


@transaction.atomic
def set_timer(workshop: Workshop, minutes: float, *, by: Member) -> Workshop:
    """Start the clock that everybody sees; zero stops it. It closes nothing by itself."""
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    length = timedelta(minutes=minutes)
    if not timedelta(0) <= length <= LONGEST_TIMER:
        raise ValidationError(_("The clock runs for at most an hour."))
    workshop.timer_until = timezone.now() + length if length else None
    workshop.save(update_fields=["timer_until"])
    touch(workshop)
    return workshop


@transaction.atomic
def close_round(round: Round, *, by: Member) -> Round:
    """Take no further vote; nothing is shown yet. A round is closed once."""
    round = _locked(round)
    require(rules.can_lead(by, round.workshop))
    if not round.is_open:
        raise ValidationError(_("This round takes no votes any more."))
    take_out_unasked(round.workshop, frames.asked(round.workshop.exercise), [round.pk])
    round.closed_at = timezone.now()
    round.save(update_fields=["closed_at"])
    _stop_clock(round.workshop)
    touch(round.workshop)
    audit.record("close round", round, by=by, administration=round.workshop.administration)
    return round


@transaction.atomic
def reveal_round(round: Round, *, by: Member) -> Round:
    """Show the votes to the room. Refused without a vote; a round is revealed once."""
    round = _locked(round)
    require(rules.can_lead(by, round.workshop))
    if round.is_revealed:
        raise ValidationError(_("This round was revealed before."))
    if round.is_open:
        take_out_unasked(round.workshop, frames.asked(round.workshop.exercise), [round.pk])
    if not round.votes.exists():
        raise ValidationError(_("Nobody has voted yet; enter a vote first."))
    round.revealed_at = timezone.now()
    round.closed_at = round.closed_at or round.revealed_at
    round.save(update_fields=["revealed_at", "closed_at"])
    _stop_clock(round.workshop)
    touch(round.workshop)
    audit.record("reveal round", round, by=by, administration=round.workshop.administration)
    return round


@transaction.atomic
def record_agreement(
    workshop: Workshop,
    question: Question,
    *,
    level: int,
    existence: str = "",
    use: str = "",
    rationale: str = "",
    evidence: str = "",
    cited: Iterable[str] | None = None,
    dissent: str = "",
    follow_up: str = "",
    by: Member,
) -> Agreement:
    """Write down what the room settled on. Refused before a reveal and while a round is open.

    cited : marks of the evidence (`usecases.citing`); None leaves what was cited before
    """
    require(rules.can_lead(by, workshop))
    refuse_closed(workshop)
    _refuse_foreign(workshop, question)
    held = list(Round.objects.filter(workshop=workshop, question=question))
    if not held or not all(round.is_revealed for round in held):
        raise ValidationError(_("Vote on the question and reveal the votes before you settle it."))
    refuse_off_scale(question, [level])
    refuse_unasked(workshop, question, frames.asked(workshop.exercise))
    values: dict[str, Any] = {
        "level": level,
        "existence": existence,
        "use": use,
        "rationale": rationale,
        "evidence": evidence,
        "dissent": dissent,
        "follow_up": follow_up,
    }
    if cited is not None:
        values["cited"] = citing.checked(workshop.exercise, cited)
    Agreement(workshop=workshop, question=question, **values).clean_fields(
        exclude=["workshop", "question"]
    )
    agreement, _new = Agreement.objects.update_or_create(
        workshop=workshop, question=question, defaults=values
    )
    touch(workshop)
    owner = workshop.administration
    audit.record("agree", agreement, by=by, fields=values, administration=owner)
    return agreement


def touch(workshop: Workshop) -> None:
    """Tell the participants' pages that there is something new."""
    Workshop.objects.filter(pk=workshop.pk).update(revision=F("revision") + 1)


def refuse_off_scale(question: Question, levels: Iterable[int | None]) -> None:
    """Only levels of the questionnaire's scale are taken."""
    scale = [level["level"] for level in question.domain.questionnaire.scale]
    if any(level is not None and level not in scale for level in levels):
        words = _("Choose a level of the scale: %(levels)s.")
        raise ValidationError(words % {"levels": ", ".join(map(str, scale))})


def _stop_clock(workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(timer_until=None)


def _locked(round: Round) -> Round:
    held = Round.objects.select_for_update(of=("self",))
    return held.select_related("workshop__administration").get(pk=round.pk)


def _put_before(workshop: Workshop, question: Question) -> None:
    workshop.current_question, workshop.timer_until = question, None
    workshop.save(update_fields=["current_question", "timer_until"])
    touch(workshop)


def _open_elsewhere(workshop: Workshop, question: Question) -> bool:
    held = Round.objects.filter(workshop=workshop, closed_at=None, revealed_at=None)
    return held.exclude(question=question).exists()


def _refuse_foreign(workshop: Workshop, question: Question) -> None:
    used = workshop.exercise.questionnaires.filter(domains__questions=question)
    if not used.exists():
        raise ValidationError(_("This question does not belong to the workshop's exercise."))
