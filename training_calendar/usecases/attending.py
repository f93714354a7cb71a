"""A session attended: sign-in by code, the list of all at once, feedback, and what came of it."""

import hmac
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from competencies.models import MemberScope
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.limits import Limit
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.analysis.reaction import FEEDBACK_DAYS, Reaction, reaction
from training_calendar.models import (
    Attendance,
    Enrolment,
    Evaluation,
    Feedback,
    SignIn,
    TrainingSession,
)
from training_calendar.rules import can_plan, can_record_attendance, can_run_session
from training_calendar.usecases.attendance import record_attendance

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
WINDOW = 600
"""Seconds a sign-in code is shown; it holds once as long after that."""
WRONG = Limit("sign-in-code", most=10, seconds=600)
"""Wrong sign-in codes of one member."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the list says of one place; before, result : of the test [%], None where none."""

    hours: Decimal
    is_completed: bool
    result: int | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class ListLine:
    """One place on the list; hours are those on record, else what the sign-ins say.

    Where others signed in and this person did not, nobody knows, and hours are None.
    """

    place: Enrolment
    days: int
    hours: Decimal | None
    is_completed: bool
    before: int | None
    result: int | None
    is_recorded: bool
    may_record: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a session; figures are None where nobody's are known.

    planned : places given; recorded : people with attendance on record; results : with a result
    """

    planned: int
    recorded: int
    attended: int
    completed: int
    hours: Decimal
    results: int
    mean_result: float | None
    reaction: Reaction
    questions: tuple[tuple[str, float | None], ...]
    comments: tuple[tuple[str, str], ...]


def code_of(session: TrainingSession, *, at: float | None = None, back: int = 0) -> str:
    """The sign-in code of a session at a moment; `back` windows earlier."""
    window = int((time.time() if at is None else at) // WINDOW) - back
    said = f"sign-in/{session.pk}/{session.administration.as_of}/{window}".encode()
    digest = salted_hmac("sign-in to a session", said, algorithm="sha256").digest()
    number, letters = int.from_bytes(digest[:8]), []
    for _place in range(CODE_LENGTH):
        number, at_letter = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at_letter])
    return "".join(letters)


def runs_today(session: TrainingSession) -> bool:
    """Whether people can sign in: on its days, unless it is cancelled."""
    today = session.administration.as_of
    on = session.starts_on <= today <= session.ends_on
    return on and session.status != TrainingSession.Status.CANCELLED


def sign_in_code(session: TrainingSession, *, by: Member) -> str | None:
    """The code to show in the room; None on other days than the session's own."""
    require(can_run_session(by, session))
    return code_of(session) if runs_today(session) else None


def own_place(session: TrainingSession, member: Member) -> Enrolment | None:
    """The member's own place in the session."""
    scope = MemberScope.objects.filter(member=member).values("staff_member")
    rows = Enrolment.objects.filter(session=session, staff_member__in=scope)
    return rows.select_related("attendance", "staff_member").first()


@transaction.atomic
def sign_in(session: TrainingSession, code: str, *, by: Member) -> SignIn:
    """Sign oneself in by the code shown in the room.

    Refused without a place, on other days, with a wrong code, and after many of them.
    """
    place = own_place(session, by)
    if place is None:
        raise ValidationError(_("You have no place in this session."))
    if not runs_today(session):
        raise ValidationError(_("The session does not run today."))
    if WRONG.is_reached(str(by.pk)):
        raise ValidationError(_("Too many wrong codes; wait ten minutes, or sign the list."))
    given = code.upper().replace(" ", "").encode()
    known = [code_of(session, back=back).encode() for back in (0, 1)]
    if not any(hmac.compare_digest(given, one) for one in known):
        WRONG.count(str(by.pk))
        raise ValidationError(_("This code is wrong or too old; read the one on the wall."), "code")
    made, new = SignIn.objects.get_or_create(enrolment=place, on=session.administration.as_of)
    if new:
        record("sign_in", made, by=by, fields=["on"], administration=session.administration)
    return made


def attendance_list(session: TrainingSession, *, member: Member) -> tuple[ListLine, ...]:
    """Every place of the session with what is on record, or what the sign-ins propose."""
    rows = Enrolment.objects.filter(session=session).annotate(days=Count("sign_ins"))
    rows = rows.select_related("attendance", "staff_member__unit", "module")
    own = set(MemberScope.objects.filter(member=member).values_list("staff_member", flat=True))
    may = can_plan(member)
    listed = list(rows.order_by("staff_member__unit__position", "staff_member__code"))
    by_code = any(row.days for row in listed)
    return tuple(_line(row, by_code, may and row.staff_member_id not in own) for row in listed)


def _line(row: Any, by_code: bool, may_record: bool) -> ListLine:
    """Of an enrolment with its `days` of sign-in; by_code : somebody of the session signed in."""
    held: Attendance | None = getattr(row, "attendance", None)
    length = (row.ends_on - row.starts_on).days + 1
    share = Decimal(row.days) / length if by_code else Decimal(1)
    hours = (row.module.hours * share).quantize(Decimal("0.1")) if share else None
    return ListLine(
        place=row,
        days=row.days,
        hours=held.hours if held else hours,
        is_completed=held.is_completed if held else share == 1,
        before=held.result_before if held else None,
        result=held.result if held else None,
        is_recorded=held is not None,
        may_record=may_record,
    )


@transaction.atomic
def record_list(session: TrainingSession, said: Mapping[int, Said], *, by: Member) -> int:
    """Write down the whole list at once, or nothing of it; how many places. [persons]

    said : place -> what is said. The faults of all places are told together; when the last day is
    over the session counts as held.
    """
    rows = Enrolment.objects.filter(session=session, pk__in=said).select_related(
        "calendar__administration", "staff_member__administration", "module", "session"
    )
    if len(rows) < len(said):
        raise ValidationError(_("One of these places is not of this session."))
    faults: list[str] = []
    for place in rows:
        require(can_record_attendance(by, place))
        one = said[place.pk]
        try:
            made = record_attendance(place, hours=one.hours, is_completed=one.is_completed, by=by)
        except ValidationError as refusal:
            faults += [f"{place.staff_member}: {words}" for words in refusal.messages]
            continue
        if any(it is not None and not 0 <= it <= 100 for it in (one.before, one.result)):
            faults.append(f"{place.staff_member}: {_('A result lies between 0 and 100.')}")
            continue
        Attendance.objects.filter(pk=made.pk).update(result=one.result, result_before=one.before)
    if faults:
        raise ValidationError(faults)
    if session.ends_on <= session.administration.as_of:
        TrainingSession.objects.filter(pk=session.pk).update(status=TrainingSession.Status.HELD)
    return len(said)


def can_answer(session: TrainingSession, place: Enrolment | None) -> bool:
    """Who attended, did not answer yet, and is within the days for it."""
    held: Attendance | None = getattr(place, "attendance", None) if place else None
    if held is None or held.hours <= 0 or held.has_answered:
        return False
    today = session.administration.as_of
    return session.ends_on <= today <= closes_on(session)


def closes_on(session: TrainingSession) -> date:
    """The last day on which feedback is given."""
    return session.ends_on + timedelta(days=FEEDBACK_DAYS)


@transaction.atomic
def give_feedback(
    session: TrainingSession, scores: Sequence[int], *, best: str, better: str, by: Member
) -> None:
    """Take the feedback of one who attended, without the name. Refused twice and too late."""
    place = own_place(session, by)
    if not can_answer(session, place):
        raise ValidationError(_("Only who attended can answer, once, within 14 days."))
    if len(scores) != len(wording.reaction_questions()) or not set(scores) <= {1, 2, 3, 4, 5}:
        raise ValidationError(_("Answer each question from 1 to 5."))
    rows = Attendance.objects.filter(enrolment=place, has_answered=False)
    if not rows.update(has_answered=True):
        raise ValidationError(_("Only who attended can answer, once, within 14 days."))
    Feedback.objects.create(session=session, scores=list(scores), best=best, better=better)
    found = outcome(session)
    if found.reaction.mean is not None:
        words = _("mean %(mean)s of 5 (n = %(n)d, %(missing)d missing)")
        given = {"mean": found.reaction.mean, "n": found.reaction.answered}
        Evaluation.objects.filter(session=session, level=1).update(
            result=words % {**given, "missing": found.reaction.missing}
        )


def outcome(session: TrainingSession) -> Outcome:
    """What was planned and what came of it; reactions only as far as they may be told."""
    owner = session.administration
    rows = list(Attendance.objects.filter(enrolment__session=session))
    attended = [row for row in rows if row.hours > 0]
    results = [row.result for row in rows if row.result is not None]
    answers = list(Feedback.objects.filter(session=session))
    closed = owner.as_of > closes_on(session) or (
        bool(attended) and all(row.has_answered for row in attended)
    )
    found = reaction(
        [row.scores for row in answers],
        max(len(attended), len(answers)),
        owner.small_cell_limit,
        is_closed=closed,
    )
    told = found.means is not None
    means = found.means or (None,) * len(wording.reaction_questions())
    return Outcome(
        planned=Enrolment.objects.filter(session=session).count(),
        recorded=len(rows),
        attended=len(attended),
        completed=sum(row.is_completed for row in rows),
        hours=sum((row.hours for row in rows), Decimal(0)),
        results=len(results),
        mean_result=round(sum(results) / len(results), 1) if results else None,
        reaction=found,
        questions=tuple(zip(wording.reaction_questions(), means, strict=True)),
        comments=tuple((row.best, row.better) for row in answers if row.best or row.better)
        if told
        else (),
    )


def is_signed_in(session: TrainingSession, place: Enrolment | None) -> bool:
    """Whether somebody signed in today already."""
    if place is None:
        return False
    return SignIn.objects.filter(enrolment=place, on=session.administration.as_of).exists()
