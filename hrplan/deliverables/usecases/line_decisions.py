"""What the ministry decides line by line: the lines as they were frozen, and the ruling on each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.figures import day, labelled
from hrplan.core.models import Administration, Member
from hrplan.core.retelling import Sentence, retold
from hrplan.core.titles import told
from hrplan.deliverables import frames
from hrplan.deliverables.analysis.ruled import Effect, Ruled, RuledLine
from hrplan.deliverables.models import LineDecision, Stage, Submission
from hrplan.deliverables.usecases import verdicts
from hrplan.strategy.library import catalogue
from hrplan.strategy.models import Indicator, Initiative, Strategy, StrategyCost
from hrplan.strategy.report.figures import measured
from hrplan.strategy.usecases.cutting import COST_KEY, cost_key
from training_calendar.models import Plan
from training_calendar.usecases.interventions_list import intervention_rows

Kind, Ruling = LineDecision.Kind, LineDecision.Ruling
State = Submission.State
LONGEST = 2_000
"""Characters of a condition."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a submission: what it is, what it costs [money], and what was decided on it.

    amount : None where the line costs nothing by itself; within : the line that holds it as well
    """

    kind: str
    key: str
    title: str
    amount: float | None
    within: str = ""
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
    costs = StrategyCost.objects.standing().filter(initiative__strategy=strategy)
    rows = list(costs.select_related("initiative").order_by("initiative__code", *COST_KEY))
    sums: dict[int, float] = {}
    for row in rows:
        sums[row.initiative_id] = sums.get(row.initiative_id, 0.0) + float(row.amount)
    initiatives = Initiative.objects.standing().filter(strategy=strategy)
    stated = Indicator.objects.filter(strategy=strategy, target__isnull=False)
    return [
        *(_line(Kind.INITIATIVE, one.code, one.title, sums.get(one.pk)) for one in initiatives),
        *(_line(Kind.COST, cost_key(row), "", float(row.amount), within=row.initiative.code)
          for row in rows),
        *(_line(Kind.TARGET, one.code, f"{one.title}: {one.target:f} {one.unit}".strip(), None)
          for one in stated),
    ]  # fmt: skip


def of_plan(plan: Plan) -> list[dict[str, Any]]:
    """The interventions with their cash, as plain values to be frozen."""
    rows = intervention_rows(plan)
    return [_line(Kind.INTERVENTION, one.code, one.title, one.cost) for one in rows]


def of_calendar(sessions: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sessions as the calendar's rows have them, as plain values to be frozen."""
    return [
        _line(Kind.SESSION, row["reference"], f"{row['title']}, {_day(row)}", row["cost"],
              within=row["intervention"])
        for row in sessions
    ]  # fmt: skip


SESSION = (Sentence("%(title)s, %(day)s", titles=("title",), days=("day",)),)
TARGET = re.compile(r"(.+): (-?[0-9.]+)(?: (.*))?")


def _anew(line: Line) -> str:
    """The title of a line as it was frozen, in the active language."""
    if line.kind == Kind.SESSION:
        return retold(line.title, SESSION)
    aim = TARGET.fullmatch(line.title) if line.kind == Kind.TARGET else None
    if aim is None:
        return told(line.title)
    title, value, unit = aim[1], Decimal(aim[2]), catalogue.told(aim[3] or "")
    return labelled(catalogue.told(title), measured(value, unit))


def _day(row: Mapping[str, Any]) -> str:
    return day(date.fromisoformat(row["first_day"]))


def _line(
    kind: str, key: str, title: str, amount: float | None, *, within: str = ""
) -> dict[str, Any]:
    """within : code of the line that holds the amount of this one as well."""
    told = None if amount is None else round(float(amount), 2)
    return {"kind": str(kind), "key": key, "title": title, "amount": told, "within": within}


# --- Ruled on ----------------------------------------------------------------------------------


def lines_of(submission: Submission) -> tuple[Line, ...]:
    """The lines of the frozen documents with what was decided on each."""
    ruled = {(one.kind, one.key): one for one in submission.line_decisions.all()}
    return tuple(
        Line(**row, decision=ruled.get((row["kind"], row["key"])))
        for version in submission.versions.only("snapshot", "kind")
        for row in version.snapshot.get("lines", ())
    )


def narrowed(lines: Iterable[Line], *, kind: str = "", ruling: str = "") -> list[Line]:
    """The lines of one kind, and with one ruling; `open`: those on which nothing was said."""
    return [
        line
        for line in lines
        if kind in {"", line.kind} and (not ruling or ruling == (line.ruling or "open"))
    ]


def decided(lines: Iterable[Line]) -> Decided:
    """How many are cut or bound to a condition; what lies within a line that is cut counts once."""
    rows = [line for line in lines if line.ruling]
    gone = [line for line in rows if line.ruling == Ruling.CUT]
    bound = sum(line.ruling == Ruling.CONDITION for line in rows)
    whole = {line.key for line in gone if line.kind in {Kind.INITIATIVE, Kind.INTERVENTION}}
    money = sum(line.amount or 0.0 for line in gone if line.within not in whole)
    return Decided(len(rows), len(gone), bound, money)


def decided_on(submission: Submission) -> Decided:
    """The same of a submission; without any ruling its documents are not read."""
    return decided(lines_of(submission) if submission.line_decisions.exists() else ())


def drop_rulings(submission: Submission, before: Iterable[Line]) -> None:
    """Take the rulings off the lines that are others now than those they were made on."""
    now = {(one.kind, one.key): (one.title, one.amount) for one in lines_of(submission)}
    for line in before:
        if line.decision and now.get((line.kind, line.key)) != (line.title, line.amount):
            line.decision.delete()


def waits(submission: Submission) -> bool:
    """Approved in part, and not carried out yet."""
    return (
        submission.state in {State.PARTLY, State.NOTED}
        and not submission.carried.exists()
        and submission.passages.filter(state=State.PARTLY).exists()
    )


def can_rule(member: Member, submission: Submission) -> bool:
    """Whoever may decide on the submission rules on its lines, until it is decided."""
    if submission.administration_id != member.administration_id:
        return False
    return submission.state == State.DECISION and verdicts.turn_of(member, submission) is not None


@transaction.atomic
def rule(
    submission: Submission, *, kind: str, key: str, ruling: str, condition: str = "", by: Member
) -> LineDecision:
    """Accept, cut or bind a line by an account. Refused as `keep` refuses."""
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    require(can_rule(by, submission))
    return keep(submission, kind=kind, key=key, ruling=ruling, condition=condition, by=by)


def keep(
    submission: Submission,
    *,
    kind: str,
    key: str,
    ruling: str,
    condition: str,
    by: Member | None = None,
    said_by: str = "",
) -> LineDecision:
    """Keep what was ruled on a line of a submission that is held for this transaction.

    Refused for a line that the documents do not have, for a cut or a condition without words,
    and once somebody has said yes to the lines as they were.
    """
    if any(one.step.stage == Stage.DECISION for one in verdicts.counted(submission)):
        raise ValidationError(_("Somebody has decided on these lines already."))
    if (kind, key) not in {(line.kind, line.key) for line in lines_of(submission)}:
        raise ValidationError(_("The documents have no such line."))
    if ruling not in Ruling.values:
        raise ValidationError({"ruling": _("Accept it, cut it, or accept it on a condition.")})
    if ruling != Ruling.ACCEPT and not condition.strip():
        raise ValidationError({"condition": _("Say why, or on which condition.")})
    place: dict[str, Any] = {"submission": submission, "kind": kind, "key": key}
    told = {"ruling": ruling, "condition": condition.strip()[:LONGEST], "by": by,
            "said_by": said_by, "administration": submission.administration,
            "at": timezone.now()}  # fmt: skip
    made, _new = LineDecision.objects.update_or_create(**place, defaults=told)
    audit.record("rule_line", made, by=by, fields=["ruling", "condition"])
    return made


# --- Carried out -------------------------------------------------------------------------------


def carried_out(administration: Administration) -> dict[str, Ruled]:
    """Document -> the last decision line by line on it that was carried out, of those with one."""
    found: dict[str, Ruled] = {}
    for submission in frames.carried_out(administration):
        kinds = set(submission.versions.values_list("kind", flat=True)) - set(found)
        if kinds:
            found |= dict.fromkeys(kinds, _ruled(submission))
    return found


def _ruled(submission: Submission) -> Ruled:
    passage = submission.passages.filter(state=State.PARTLY).order_by("at").first()
    lines = tuple(
        RuledLine(line.kind_words, f"{line.key} {_anew(line)}".strip(), line.amount,
                  line.decision.get_ruling_display(), line.decision.condition)
        for line in lines_of(submission)
        if line.decision and line.ruling != Ruling.ACCEPT
    )  # fmt: skip
    effects = tuple(Effect(key, *pair) for key, pair in submission.effect.items())
    on = timezone.localdate(passage.at) if passage else submission.administration.as_of
    return Ruled(submission.number, on, lines, effects)
