"""Tables of what was done: names sent, attendance, certificates, and what evaluation gave.

Names that were sent also come in. All others go out alone: a row that came in by a table would say
that somebody attended, certified or answered who did not. Nothing that goes out tells who answered
what without the name: reactions go out as means of sessions, where enough answered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from hrplan.core.models import Administration
from hrplan.core.tables import Door, ModelTable, Row
from hrplan.exchange.spec import Column, Kind, Table
from training_calendar.analysis.reaction import FEEDBACK_DAYS, QUESTIONS, reaction
from training_calendar.models import (
    Attendance,
    BehaviourReport,
    Certificate,
    Feedback,
    Nomination,
    TeachBack,
    TrainingSession,
)
from training_calendar.tables.specs import amount, code, day, text, whole

MEANS = tuple(f"question_{number}" for number in range(1, QUESTIONS + 1))


def _place() -> tuple[Column, Column, Column]:
    """What names a place: who, in which module, from which day on."""
    return (
        code("staff", "the staff member", key=True, to="staff_members.staff"),
        code("module", "the module", key=True, to="training_modules.module"),
        day("starts_on", "first day", key=True),
    )


def _yes(name: str, meaning: str) -> Column:
    return Column(name=name, kind=Kind.BOOLEAN, meaning=meaning)


TABLES: tuple[Table, ...] = (
    Table(
        name="nominations", title="Names sent",
        meaning="Whose name was sent for which course, when it was due and when it went out.",
        columns=(
            *_place(),
            day("due_on", "last day for the name", required=True),
            day("sent_on", "day on which it was sent", required=True),
        ),
    ),
    Table(
        name="attendance", title="Attendance", goes_out_only=True,
        meaning="Hours attended, whether the module was completed, and test results.",
        columns=(
            *_place(),
            code("session", "the session; empty: dates of its own", required=False),
            amount("hours", "hours attended", unit="hours"),
            _yes("is_completed", "whether the module was completed"),
            whole("result_before", "test before; empty: not known", unit="%", high=100),
            whole("result", "test after; empty: not known", unit="%", high=100),
        ),
    ),
    Table(
        name="certificates", title="Certificates", goes_out_only=True,
        meaning="What was certified of whom, as it was said on that day, and whether it was"
        " revoked. The address that verifies one goes out with the certificate alone.",
        columns=(
            text("number", "number of the certificate", length=20, required=True),
            code("staff", "the staff member", to="staff_members.staff"),
            code("module", "the module", to="training_modules.module"),
            text("title", "title of the module, as it was certified"),
            text("provider", "who gave it, as it was certified"),
            amount("hours", "hours attended", unit="hours"),
            day("starts_on", "first day"),
            day("ends_on", "last day"),
            text("levels", "competency=level it leads to, joined by ;", length=1000),
            day("issued_on", "day of issue"),
            day("valid_until", "last day on which it is valid; empty: no end"),
            day("revoked_on", "day on which it was revoked"),
            Column(name="ground", kind=Kind.CHOICE, choices=tuple(Certificate.Ground.values),
                   meaning="why it was revoked"),
        ),
    ),
    Table(
        name="behaviour_reports", title="Use at work", goes_out_only=True,
        meaning="What whoever leads a person says of it some months later; their words stay here.",
        columns=(
            *_place(),
            Column(name="use", kind=Kind.CHOICE, choices=tuple(BehaviourReport.Use.values),
                   meaning="whether it is used"),
            _yes("has_sample", "whether a piece of work was looked at"),
            day("answered_on", "day of the answer"),
        ),
    ),
    Table(
        name="teach_backs", title="Taught back", goes_out_only=True,
        meaning="Sessions that people gave to colleagues after a course outside.",
        columns=(
            *_place(),
            day("held_on", "day of the session"),
            whole("people", "colleagues who came", unit="persons"),
        ),
    ),
    Table(
        name="reactions", title="Reactions", goes_out_only=True,
        meaning="What those who attended a session thought of it, as means from 1 to 5; empty while"
        " it is answered, and where fewer answered than the small-cell limit.",
        columns=(
            code("session", "the session", key=True),
            code("module", "the module", to="training_modules.module"),
            day("starts_on", "first day"),
            whole("attended", "people who attended", unit="persons"),
            whole("answered", "of these, who answered", unit="persons"),
            *(amount(name, "mean of this question", unit="1..5") for name in MEANS),
        ),
    ),
)  # fmt: skip


class Nominations(ModelTable):
    """Names sent: new ones come in; what was noted stays as it was."""

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        if changed:
            raise ValidationError(_("A name that was sent stays noted as it was."))
        if any(row["sent_on"] > administration.as_of for row in added):
            raise ValidationError(_("A name cannot have been sent after today."))
        super().save(administration, added, changed)


@dataclass(frozen=True, slots=True)
class OutDoor:
    """A table that goes out only; nothing of it comes in by any way."""

    name: str
    read: Callable[[Administration], list[dict[str, Any]]]

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        return self.read(administration)

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        raise ValidationError(_("The table %(name)s goes out only.") % {"name": self.name})


def _of_model(name: str, model: Any, owner: str, place: str, **columns: str) -> OutDoor:
    """Rows of one model about a place; `place` leads to it."""
    where = {
        "staff": f"{place}staff_member__code",
        "module": f"{place}module__code",
        "starts_on": f"{place}starts_on",
    }
    table = ModelTable(name, model, where | columns, tuple(where), owner=owner)
    return OutDoor(name, table.rows)


def _certificates(administration: Administration) -> list[dict[str, Any]]:
    names = ("number", "title", "provider", "hours", "starts_on", "ends_on", "issued_on",
             "valid_until", "revoked_on")  # fmt: skip
    rows = Certificate.objects.filter(administration=administration).order_by("number")
    return [
        {
            **{name: getattr(row, name) for name in names},
            "staff": row.staff_member.code,
            "module": row.module.code,
            "levels": ";".join(f"{one['code']}={one['level']}" for one in row.lifts) or None,
            "ground": row.ground or None,
        }
        for row in rows.select_related("staff_member", "module")
    ]


def _reactions(administration: Administration) -> list[dict[str, Any]]:
    came = Count("enrolments", filter=Q(enrolments__attendance__hours__gt=0))
    sessions = TrainingSession.objects.filter(
        administration=administration, ends_on__lte=administration.as_of
    ).annotate(came=came)
    said: dict[int, list[list[int]]] = defaultdict(list)
    for session, scores in _said(administration):
        said[session].append(scores)
    return [
        _reaction(row, said[row.pk], administration)
        for row in sessions.filter(came__gt=0).select_related("module").order_by("code")
    ]


def _said(administration: Administration) -> Iterable[tuple[int, list[int]]]:
    rows = Feedback.objects.filter(session__administration=administration).order_by("session")
    return rows.values_list("session", "scores")


def _reaction(row: Any, said: list[list[int]], administration: Administration) -> dict[str, Any]:
    last = row.ends_on + timedelta(days=FEEDBACK_DAYS)
    found = reaction(
        said,
        max(row.came, len(said)),
        administration.small_cell_limit,
        is_closed=administration.as_of > last,
    )
    means = found.means or (None,) * QUESTIONS
    return {
        "session": row.code,
        "module": row.module.code,
        "starts_on": row.starts_on,
        "attended": row.came,
        "answered": len(said),
        **{
            name: None if mean is None else Decimal(str(mean))
            for name, mean in zip(MEANS, means, strict=True)
        },
    }


DOORS: tuple[Door, ...] = (
    Nominations(
        "nominations",
        Nomination,
        {
            "staff": "staff_member__code",
            "module": "module__code",
            "starts_on": "starts_on",
            "due_on": "due_on",
            "sent_on": "sent_on",
        },
        ("staff", "module", "starts_on"),
    ),
    _of_model(
        "attendance", Attendance, "enrolment__calendar__administration", "enrolment__",
        session="enrolment__session__code", hours="hours", is_completed="is_completed",
        result_before="result_before", result="result",
    ),
    OutDoor("certificates", _certificates),
    _of_model(
        "behaviour_reports", BehaviourReport, "administration", "enrolment__",
        use="use", has_sample="has_sample", answered_on="on",
    ),
    _of_model(
        "teach_backs", TeachBack, "administration", "enrolment__",
        held_on="held_on", people="people",
    ),
    OutDoor("reactions", _reactions),
)  # fmt: skip
