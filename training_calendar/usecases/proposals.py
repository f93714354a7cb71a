"""A plan beside the one in force: compared with it, put in its place, or discarded."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar.analysis.differences import difference
from training_calendar.models import Plan
from training_calendar.rules import can_decide_proposal
from training_calendar.usecases import calendars, plan_overview, releases, rule_weights
from training_calendar.usecases.compared_figures import Figure
from training_calendar.usecases.differences_shown import Compared
from training_calendar.usecases.plan_figures import PlanFigures, figures_of
from training_calendar.usecases.rule_weights import Weight

State = Plan.State


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
    """A proposed plan with what it changes: its figures, and its calendar session by session.

    Refused where it is no proposal, or no longer.
    """
    require(can_decide_proposal(by, plan))
    if plan.state != State.PROPOSED:
        raise _is_decided()
    current = plan_overview.current_plan(plan.administration)
    now = current.calendar if current else None
    found = difference(releases.draft_side(now), releases.draft_side(plan.calendar))
    names = _("plan in force"), _("new plan")
    return Beside(plan, current, _figures(current, plan), Compared(*names, found))


def _figures(current: Plan | None, plan: Plan) -> tuple[Figure, ...]:
    of = rule_weights.weights(plan.administration)
    told = [_told(one, of) for one in figures_of(*(one for one in (current, plan) if one))]
    was, new = told[0] if current else {}, told[-1]
    return tuple(Figure(key, was.get(key), value) for key, value in new.items())


def _told(found: PlanFigures, of: Mapping[str, Weight]) -> dict[str, float | None]:
    """The figures by which plans are compared; of : the weights of the rules."""
    plan = found.plan
    return {
        "share": plan.budget_share,
        "closed_share": found.closed_share,
        "closed": plan.closed_gap,
        "worth": plan.objective,
        "better": found.better,
        "cost": found.cost,
        "opportunity": found.opportunity,
        "interventions": found.interventions,
        "sessions": found.sessions,
        "seats": found.seats,
        "outside": found.outside,
        "people": found.people,
        "unmet": found.unmet,
        "conflicts": calendars.count_conflicts(plan.calendar, of),
    }


@transaction.atomic
def propose(plan: Plan, *, by: Member | None) -> None:
    """Put a plan beside the one in force; an earlier proposal gives way to it."""
    _hold(plan)
    rows = Plan.objects.filter(administration=plan.administration, state=State.PROPOSED)
    for earlier in rows.exclude(pk=plan.pk):
        _take_away(earlier, by=by)
    plan.state = State.PROPOSED
    plan.save(update_fields=["state"])
    audit.record("propose_plan", plan, by=by, fields=["state"])


@transaction.atomic
def put_at_once(plan: Plan, *, by: Member | None) -> None:
    """Put a plan in force that nobody has to look at first."""
    _hold(plan)
    rows = Plan.objects.filter(administration=plan.administration, is_current=True)
    rows.exclude(pk=plan.pk).update(is_current=False)
    plan.is_current, plan.state = True, State.DRAFT
    plan.save(update_fields=["is_current", "state"])
    audit.record("make_plan", plan, by=by, fields=["is_current"])


@transaction.atomic
def put_in_force(plan: Plan, *, by: Member) -> Plan:
    """Put a proposed plan in the place of the one in force, which stays on record.

    Refused where it is no longer a proposal, and where something that was changed since it was
    made (absences, closures, rules) leaves it with a conflict that it did not have; the rules are
    named.
    """
    held = _held(plan, by)
    had = set(calendars.conflicts(held.calendar))
    fresh = [one for one in calendars.check_calendar(held.calendar) if one not in had]
    if fresh:
        rules = dict.fromkeys(one.words for one in fresh)
        lines = [_("In the way: %(rule)s") % {"rule": words} for words in rules]
        words = _("Something was changed since: the plan breaks rules now. Make it anew.")
        raise ValidationError([words, *lines])
    put_at_once(held, by=by)
    return held


@transaction.atomic
def discard(plan: Plan, *, by: Member) -> None:
    """Take a proposed plan away; the plan in force stays as it is."""
    _take_away(_held(plan, by), by=by)


def _take_away(plan: Plan, *, by: Member | None) -> None:
    audit.record("discard_plan", plan, by=by, fields=[])
    plan.delete()


def _hold(plan: Plan) -> None:
    """Hold the plans of the administration against others until the transaction ends."""
    Administration.objects.select_for_update().get(pk=plan.administration_id)


def _held(plan: Plan, by: Member) -> Plan:
    """The plan held against others while it is decided. Refused where it is no proposal."""
    require(can_decide_proposal(by, plan))
    _hold(plan)
    held = Plan.objects.select_related("calendar", "administration").filter(pk=plan.pk).first()
    if held is None or held.state != State.PROPOSED:
        raise _is_decided()
    return held


def _is_decided() -> ValidationError:
    return ValidationError(_("This plan is no longer a proposal. Look at the plan again."))
