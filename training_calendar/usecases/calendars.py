"""The training calendar: its months, sessions and conflicts; checked, and its plan adopted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar import wording
from training_calendar.models import Calendar, Plan, TrainingSession
from training_calendar.rules import can_adopt_plan
from training_calendar.solver import check as checker
from training_calendar.solver.solution import Check, Violation
from training_calendar.tables import planning
from training_calendar.usecases import problems, rule_weights, stored
from training_calendar.usecases.rule_weights import Weight
from training_calendar.usecases.sessions_list import SessionRow, session_rows


@dataclass(frozen=True, slots=True)
class Conflict:
    """One rule broken once, in words; session, staff and station are codes, empty where none."""

    rule: str
    words: str
    session: str
    staff: str
    station: str
    day: date | None
    found: float | None
    allowed: float | None


def current_calendar(administration: Administration) -> Calendar | None:
    """The calendar of the plan in force."""
    return planning.current_calendar(administration)


def found_last(calendar: Calendar) -> tuple[Conflict, ...]:
    """What the last check found of rules that aren't ignored: conflicts, and some warnings."""
    of = rule_weights.weights(calendar.administration)
    kept = [one for one in calendar.violations if of[one["rule"]] is not Weight.IGNORE]
    words = {code: wording.rule(code) for code in {one["rule"] for one in kept}}
    return tuple(Conflict(**_dated(one), words=words[one["rule"]]) for one in kept)


def count_conflicts(calendar: Calendar, of: Mapping[str, Weight]) -> int:
    """How many conflicts the last check found, by the weights of the rules."""
    counted = (
        of[one["rule"]] is Weight.BLOCK
        or (one["rule"] not in checker.FURTHER and of[one["rule"]] is not Weight.IGNORE)
        for one in calendar.violations
    )
    return sum(counted)


def conflicts(calendar: Calendar) -> tuple[Conflict, ...]:
    """The conflicts found at the last check; no further rule that does not block."""
    of = rule_weights.weights(calendar.administration)
    idle = {code for code in checker.FURTHER if of[code] is not Weight.BLOCK}
    return tuple(one for one in found_last(calendar) if one.rule not in idle)


def calendar_rows(calendar: Calendar) -> tuple[SessionRow, ...]:
    """Every session as a row, without names, for files; cancelled ones are in the change log."""
    rows = session_rows(calendar)
    return tuple(row for row in rows if row.status != TrainingSession.Status.CANCELLED)


def check_calendar(calendar: Calendar) -> tuple[Conflict, ...]:
    """Judge the calendar by the solver-free checker, cover of both kinds included, and keep it.

    The whole of each quarter's money counts, less what the courses outside the sessions take.
    What the planner lets be ignored is kept too, and left out where it is told.
    """
    calendar.violations = [_plain(conflict) for conflict in judged_conflicts(calendar)]
    calendar.save(update_fields=["violations"])
    return conflicts(calendar)


def judged_conflicts(calendar: Calendar) -> tuple[Conflict, ...]:
    """Every rule of the checker that the calendar breaks, F3 and F4 whatever their weight."""
    problem = problems.problem_of(calendar)
    sessions = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
    found = (*problems.judged(problem, sessions).violations, *checker.unobeyed(problem, sessions))
    return tuple(map(conflict_of, found))


def judged(calendar: Calendar) -> Check:
    """What the solver-free checker says of the calendar as it stands in the rows."""
    sessions = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
    return problems.judged(problems.problem_of(calendar), sessions)


def conflict_of(found: Violation) -> Conflict:
    """A violation with the rule in words."""
    return Conflict(
        rule=found.rule,
        words=wording.rule(found.rule),
        session=found.session_id,
        staff=found.staff_id,
        station=found.station_id,
        day=found.day,
        found=found.found,
        allowed=found.allowed,
    )


def _plain(conflict: Conflict) -> dict[str, object]:
    day = conflict.day.isoformat() if conflict.day else None
    return {
        "rule": conflict.rule,
        "session": conflict.session,
        "staff": conflict.staff,
        "station": conflict.station,
        "day": day,
        "found": conflict.found,
        "allowed": conflict.allowed,
    }


def _dated(found: dict) -> dict:
    day = date.fromisoformat(found["day"]) if found["day"] else None
    return {**found, "day": day}


@transaction.atomic
def adopt_plan(plan: Plan, *, by: Member) -> Plan:
    """The head adopts the plan. Refused where another plan is in force."""
    require(can_adopt_plan(by, plan))
    if not plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
    plan.state = Plan.State.ADOPTED
    plan.save(update_fields=["state"])
    audit.record("adopt_plan", plan, by=by, fields=["state"])
    return plan
