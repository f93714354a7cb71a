"""What the ministry decides line by line: the lines as they were frozen, and the ruling on each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import day
from hrplan.core.models import Administration, Member
from hrplan.deliverables import frames
from hrplan.deliverables.analysis.ruled import Effect, Ruled, RuledLine
from hrplan.deliverables.models import DocumentVersion, LineDecision, Submission
from hrplan.deliverables.usecases import verdicts
from hrplan.strategy.models import Indicator, Initiative, Strategy
from hrplan.strategy.usecases.cutting import cost_keys
from training_calendar.models import Plan
from training_calendar.usecases.interventions_list import intervention_rows

Kind, Ruling = LineDecision.Kind, LineDecision.Ruling
State = Submission.State
LONGEST = 2_000
"""Characters of a condition."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a submission: what it is, what it costs [money], and what was decided on it.

    amount : None where the line costs nothing by itself
    """

    kind: str
    key: str
    title: str
    amount: float | None
    decision: LineDecision | None = None

    @property
    def kind_words(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def ruling(self) -> str:
        return self.decision.ruling if self.decision else ""


@dataclass(frozen=True, slots=True)
class Decided:
    """How many lines of a submission are ruled on, and what was cut [money]."""

    lines: int
    cut: int
    conditions: int
    cut_amount: float


# --- Frozen with a version ---------------------------------------------------------------------


def of_strategy(strategy: Strategy) -> list[dict[str, Any]]:
    """Initiatives, their cost lines and the targets, as plain values to be frozen."""
    keys = {key: row for key, row in cost_keys(strategy).items() if row.cut_on is None}
    sums: dict[int, float] = {}
    for row in keys.values():
        sums[row.initiative_id] = sums.get(row.initiative_id, 0.0) + float(row.amount)
    initiatives = Initiative.objects.standing().filter(strategy=strategy)
    stated = Indicator.objects.filter(strategy=strategy, target__isnull=False)
    return [
        *(_line(Kind.INITIATIVE, one.code, one.title, sums.get(one.pk)) for one in initiatives),
        *(_line(Kind.COST, key, row.title, float(row.amount)) for key, row in keys.items()),
        *(_line(Kind.TARGET, one.code, f"{one.title}: {one.target:f} {one.unit}".strip(), None)
          for one in stated),
    ]  # fmt: skip


def of_plan(plan: Plan) -> list[dict[str, Any]]:
    """The interventions with their cash, as plain values to be frozen."""
    return [
        _line(Kind.INTERVENTION, one.code, one.title, one.cost) for one in intervention_rows(plan)
    ]


def of_calendar(sessions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The sessions as the calendar's rows have them, as plain values to be frozen."""
    return [
        _line(Kind.SESSION, row["reference"], f"{row['title']}, {_day(row)}", row["cost"])
        for row in sessions
    ]


def _day(row: Mapping[str, Any]) -> str:
    return day(date.fromisoformat(row["first_day"]))


def _line(kind: str, key: str, title: str, amount: float | None) -> dict[str, Any]:
    told = None if amount is None else round(float(amount), 2)
    return {"kind": str(kind), "key": key, "title": title, "amount": told}


# --- Ruled on ----------------------------------------------------------------------------------


def lines_of(submission: Submission, *, kind: str = "") -> tuple[Line, ...]:
    """The lines of the frozen documents with what was decided on each; `kind` empty: all."""
    ruled = {(one.kind, one.key): one for one in submission.line_decisions.all()}
    return tuple(
        Line(row["kind"], row["key"], row["title"], row["amount"],
             ruled.get((row["kind"], row["key"])))
        for row in _frozen(submission.versions.all())
        if not kind or row["kind"] == kind
    )  # fmt: skip


def narrowed(lines: Iterable[Line], *, kind: str = "", ruling: str = "") -> list[Line]:
    """The lines of one kind, and with one ruling; `open`: those on which nothing was said."""
    return [
        line
        for line in lines
        if kind in {"", line.kind} and (not ruling or ruling == (line.ruling or "open"))
    ]


def _frozen(versions: Iterable[DocumentVersion]) -> Iterator[dict[str, Any]]:
    for version in versions:
        yield from version.snapshot.get("lines", ())


def decided(lines: Iterable[Line]) -> Decided:
    """How many are cut or bound to a condition; an initiative's costs are told once."""
    rows = [line for line in lines if line.ruling]
    gone = [line for line in rows if line.ruling == Ruling.CUT]
    bound = sum(line.ruling == Ruling.CONDITION for line in rows)
    parts = {line.key for line in gone if line.kind == Kind.INITIATIVE}
    money = sum(
        line.amount or 0.0
        for line in gone
        if not (line.kind == Kind.COST and line.key.partition(" ")[0] in parts)
    )
    return Decided(len(rows), len(gone), bound, money)


def can_rule(member: Member, submission: Submission) -> bool:
    """Whoever may decide on the submission rules on its lines, until it is decided."""
    if submission.administration_id != member.administration_id:
        return False
    return submission.state == State.DECISION and verdicts.turn_of(member, submission) is not None


@transaction.atomic
def rule(
    submission: Submission, *, kind: str, key: str, ruling: str, condition: str = "", by: Member
) -> LineDecision | None:
    """Accept, cut or bind a line; none is left on record where it is accepted as it stands.

    Refused for a line that the documents do not have, and for a cut or a condition without words.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(can_rule(by, submission))
    known = next((line for line in lines_of(submission, kind=kind) if line.key == key), None)
    if known is None:
        raise ValidationError(_("The documents have no such line."))
    if ruling not in Ruling.values:
        raise ValidationError({"ruling": _("Accept it, cut it, or accept it on a condition.")})
    if ruling != Ruling.ACCEPT and not condition.strip():
        raise ValidationError({"condition": _("Say why, or on which condition.")})
    place: dict[str, Any] = {"submission": submission, "kind": kind, "key": key}
    told = {"ruling": ruling, "condition": condition.strip()[:LONGEST], "by": by,
            "administration": submission.administration, "at": timezone.now()}  # fmt: skip
    made, _new = LineDecision.objects.update_or_create(**place, defaults=told)
    audit.record("rule_line", made, by=by, fields=["ruling", "condition"])
    return made


# --- Carried out -------------------------------------------------------------------------------


def carried_out(administration: Administration) -> Ruled | None:
    """The last decision line by line that was carried out; none before there was one."""
    submission = frames.carried_out(administration).first()
    if submission is None:
        return None
    passage = submission.passages.filter(state=State.PARTLY).order_by("at").first()
    lines = tuple(
        RuledLine(line.kind_words, f"{line.key} {line.title}", line.amount,
                  line.decision.get_ruling_display(), line.decision.condition)
        for line in lines_of(submission)
        if line.decision and line.ruling != Ruling.ACCEPT
    )  # fmt: skip
    effects = tuple(Effect(key, *pair) for key, pair in submission.effect.items())
    on = timezone.localdate(passage.at) if passage else submission.administration.as_of
    return Ruled(submission.number, on, lines, effects)
