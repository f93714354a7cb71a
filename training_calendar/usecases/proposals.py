"""A plan beside the one in force: compared with it, put in its place, or discarded."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Aggregate, Count, Model, Q, Sum
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar.analysis.differences import difference
from training_calendar.models import (
    Calendar,
    CostLine,
    Enrolment,
    Intervention,
    Need,
    Plan,
    TrainingSession,
)
from training_calendar.rules import can_decide_proposal
from training_calendar.solver.solution import at_most_better
from training_calendar.usecases import calendars, plan_overview, releases, rule_weights
from training_calendar.usecases.compared_figures import SHARE, Figure
from training_calendar.usecases.differences_shown import Compared

State = Plan.State
UNITS = {
    **dict.fromkeys(("share", "closed_share", "better"), SHARE),
    **dict.fromkeys(("closed", "worth"), "points"),
    **dict.fromkeys(("cost", "opportunity"), "money"),
}
"""The units of figures that are no counts."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A proposed plan beside the one in force."""

    plan: Plan
    current: Plan | None
    figures: tuple[Figure, ...]
    compared: Compared


def open_proposal(administration: Administration) -> Plan | None:
    """The plan that waits to be put in force or discarded."""
    rows = Plan.objects.filter(administration=administration, state=State.PROPOSED)
    return rows.select_related("calendar", "administration").first()


def beside(plan: Plan, *, by: Member) -> Beside:
    """A proposed plan with what it changes: its figures, and its calendar session by session."""
    require(can_decide_proposal(by, plan))
    current = plan_overview.current_plan(plan.administration)
    now = current.calendar if current else None
    found = difference(releases.draft_side(now), releases.draft_side(plan.calendar))
    names = _("plan in force"), _("new plan")
    return Beside(plan, current, _figures(current, plan), Compared(*names, found))


def _figures(current: Plan | None, plan: Plan) -> tuple[Figure, ...]:
    rows = [one for one in (current, plan) if one]
    told = {one.pk: figures for one, figures in zip(rows, _told(rows), strict=True)}
    was, new = told.get(current.pk, {}) if current else {}, told[plan.pk]
    return tuple(Figure(key, was.get(key), value, UNITS.get(key, "")) for key, value in new.items())


def _told(plans: Sequence[Plan]) -> list[dict[str, float | None]]:
    """The figures by which plans are compared."""
    keys = [one.pk for one in plans]
    of = rule_weights.weights(plans[0].administration)
    training = _by_plan(Intervention, "plan", keys, n=Count("pk", filter=Q(kind="training")))
    held = ~Q(session__status=TrainingSession.Status.CANCELLED)
    sessions = _by_plan(
        TrainingSession, "calendar__plan", keys,
        n=Count("pk", filter=~Q(status=TrainingSession.Status.CANCELLED)),
    )  # fmt: skip
    places = _by_plan(
        Enrolment, "intervention__plan", keys,
        seats=Count("session", filter=held),
        outside=Count("pk", filter=Q(session=None)),
        people=Count("staff_member", filter=held | Q(session=None), distinct=True),
    )  # fmt: skip
    time = Q(is_opportunity=True)
    money = _by_plan(
        CostLine, "intervention__plan", keys,
        cash=Sum("amount", filter=~time, default=0), time=Sum("amount", filter=time, default=0),
    )  # fmt: skip
    unmet = _by_plan(Need, "plan", keys, n=Count("pk", filter=Q(is_met=False)))
    return [
        {
            "share": one.budget_share,
            "closed_share": one.closed_gap / one.total_gap if one.total_gap else 0.0,
            "closed": one.closed_gap,
            "worth": one.objective,
            "better": at_most_better(one.bound, one.objective),
            "cost": float(money[one.pk].get("cash", 0)),
            "opportunity": float(money[one.pk].get("time", 0)),
            "interventions": training[one.pk].get("n", 0),
            "sessions": sessions[one.pk].get("n", 0),
            "seats": places[one.pk].get("seats", 0),
            "outside": places[one.pk].get("outside", 0),
            "people": places[one.pk].get("people", 0),
            "unmet": unmet[one.pk].get("n", 0),
            "conflicts": calendars.count_conflicts(one.calendar, of),
        }
        for one in plans
    ]


def _by_plan(
    model: type[Model], path: str, keys: Sequence[int], **sums: Aggregate
) -> defaultdict[int, dict[str, Any]]:
    """Sums over the rows of each of some plans."""
    rows = model._default_manager.filter(**{f"{path}__in": keys}).order_by()
    found: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows.values(path).annotate(**sums):
        found[row.pop(path)] = row
    return found


@transaction.atomic
def propose(plan: Plan, *, by: Member | None) -> None:
    """Put a plan beside the one in force; an earlier proposal gives way to it."""
    rows = Plan.objects.filter(administration=plan.administration, state=State.PROPOSED)
    rows.exclude(pk=plan.pk).delete()
    plan.state = State.PROPOSED
    plan.save(update_fields=["state"])
    audit.record("propose_plan", plan, by=by, fields=["state"])


@transaction.atomic
def put_at_once(plan: Plan, *, by: Member | None) -> None:
    """Put a plan in force that nobody has to look at first."""
    rows = Plan.objects.filter(administration=plan.administration, is_current=True)
    rows.exclude(pk=plan.pk).update(is_current=False)
    plan.is_current, plan.state = True, State.DRAFT
    plan.save(update_fields=["is_current", "state"])
    audit.record("make_plan", plan, by=by, fields=["is_current"])


@transaction.atomic
def put_in_force(plan: Plan, *, by: Member) -> Plan:
    """Put a proposed plan in the place of the one in force, which stays on record.

    Refused where it is no longer a proposal, and where something that was changed since it was
    made (absences, closures, rules) leaves it with more conflicts than it had.
    """
    held = _held(plan, by)
    had = calendars.conflicts(held.calendar)
    found = calendars.check_calendar(held.calendar)
    if len(found) > len(had):
        words = _("Something was changed since: the plan has %(n)d conflicts now. Make it anew.")
        raise ValidationError(words % {"n": len(found)})
    put_at_once(held, by=by)
    return held


@transaction.atomic
def discard(plan: Plan, *, by: Member) -> None:
    """Take a proposed plan away; the plan in force stays as it is."""
    held = _held(plan, by)
    audit.record("discard_plan", held, by=by, fields=[])
    held.delete()


def _held(plan: Plan, by: Member) -> Plan:
    """The plan held against others while it is decided. Refused where it is no proposal."""
    require(can_decide_proposal(by, plan))
    Calendar.objects.select_for_update().filter(plan=plan.pk).first()
    held = Plan.objects.select_related("calendar", "administration").filter(pk=plan.pk).first()
    if held is None or held.state != State.PROPOSED:
        raise ValidationError(_("This plan is no longer a proposal. Look at the plan again."))
    return held
