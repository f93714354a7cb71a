"""A decision line by line carried out: plan, calendar and strategy without what was cut."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks import task

from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Member, Run
from hrplan.deliverables import frames, rules
from hrplan.deliverables.contents.documents import KINDS
from hrplan.deliverables.models import DocumentKind, LineDecision, Submission
from hrplan.deliverables.usecases import choosing, verdicts, versions
from hrplan.deliverables.usecases.line_decisions import lines_of, narrowed, of_strategy, waits
from hrplan.strategy.models import Indicator, Strategy
from hrplan.strategy.usecases import cutting as strategy_cutting
from hrplan.strategy.usecases.costs import cost_summary
from training_calendar.models import Calendar
from training_calendar.usecases import cutting
from training_calendar.usecases.calendars import current_calendar
from training_calendar.usecases.plan_figures import figures_of

CARRY = "carry_out"
Kind = LineDecision.Kind
Figures = dict[str, float]
TRAINED = frozenset({DocumentKind.PLAN, DocumentKind.CALENDAR})
"""The documents about a development plan and its sessions."""
OF_STRATEGY = frozenset({Kind.INITIATIVE, Kind.COST, Kind.TARGET})
PLANNED = ("people", "places", "sessions", "unmet", "cost")
"""The figures of a plan that are told before and after."""


def ask(submission: Submission, *, by: Member) -> Run:
    """Ask for what was decided line by line to be carried out. Refused where there is nothing."""
    _refuse_other(submission, by)
    return runs.ask(CARRY, carry_task, by=by, submission=submission.pk)


def _refuse_other(submission: Submission, by: Member) -> None:
    require(rules.can_make_submission(by) and submission.administration_id == by.administration_id)
    if not waits(submission):
        raise ValidationError(_("There is no decision that waits to be carried out."))


@task()
def carry_task(run_id: int) -> None:
    """Carry out a run of `ask`."""
    runs.carry_out(run_id, _work)


def _work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    rows = Submission.objects.of(run.administration).select_related("administration")
    submission = rows.get(pk=run.parameters["submission"])
    if not watch(10, str(_("taking out what was cut"))):
        raise runs.Stopped
    require(run.by is not None)
    made = carry_out(submission, by=cast(Member, run.by))
    return {"submission": submission.pk, "url": made.get_absolute_url()}


@transaction.atomic
def carry_out(submission: Submission, *, by: Member) -> Submission:
    """Take what was cut out of plan, calendar and strategy, and freeze versions that say so.

    Nothing is put in its place: what is left keeps its dates and people. All or nothing. The new
    versions of the documents decided on carry the decision out; a further document that has a
    version gets a new one where the cut reaches it, which no submission holds yet.
    """
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    _refuse_other(submission, by)
    owner, cut = submission.administration, _cut(submission)
    kinds = choosing.kinds_of(submission)
    is_planned = not TRAINED.isdisjoint(kinds)
    strategy = frames.strategy_in_force(owner) if DocumentKind.STRATEGY in kinds else None
    calendar = current_calendar(owner) if is_planned else None
    _refuse_others(submission, strategy, calendar)
    before = _figures(calendar, strategy)
    reason = _("cut by the ministry, submission %(n)d") % {"n": submission.number}
    lines, sessions = cut.get(Kind.INTERVENTION, []), cut.get(Kind.SESSION, [])
    if calendar is not None and (lines or sessions):
        cutting.cut(calendar, interventions=lines, sessions=sessions, reason=reason, by=by)
    if strategy is not None:
        strategy_cutting.cut(
            strategy,
            initiatives=cut.get(Kind.INITIATIVE, []),
            costs=cut.get(Kind.COST, []),
            targets=cut.get(Kind.TARGET, []),
            reason=reason,
            by=by,
        )
    after = _figures(current_calendar(owner) if is_planned else None, strategy)
    submission.effect = {key: [before[key], after[key]] for key in before}
    submission.save(update_fields=["effect"])
    verdicts.passage(submission, "carry", by=by)  # the versions that follow print it
    languages = {one.language for one in submission.versions.all()}
    known = [kind for kind in KINDS if kind in frames.latest(owner)]
    made = [
        version
        for language in sorted(languages)
        for version in versions.freeze(owner, known, by=by, language=language)
    ]
    submission.carried.set([version for version in made if version.kind in kinds])
    audit.record("carry_out", submission, by=by, fields=["carried", "effect"])
    return submission


def _refuse_others(
    submission: Submission, strategy: Strategy | None, calendar: Calendar | None
) -> None:
    """Refuse where what was decided on is no longer there to be taken out."""
    about = submission.versions.filter(kind__in=TRAINED, plan__isnull=False)
    plans = set(about.values_list("plan", flat=True))
    if plans - {calendar.plan_id if calendar else None}:
        raise ValidationError(_("Another plan has taken the place of the one decided on."))
    now = {(one["kind"], one["key"]): (one["title"], one["amount"])
           for one in (of_strategy(strategy) if strategy else ())}  # fmt: skip
    others = [
        line.key
        for line in narrowed(lines_of(submission), ruling=LineDecision.Ruling.CUT)
        if line.kind in OF_STRATEGY and now.get((line.kind, line.key)) != (line.title, line.amount)
    ]
    if others:
        words = _("What was decided on has changed since; put it back as it was first: %(lines)s")
        raise ValidationError(words % {"lines": "; ".join(others)})


def _cut(submission: Submission) -> Mapping[str, list[str]]:
    """The keys of what was cut, by kind."""
    found: dict[str, list[str]] = {}
    rows = submission.line_decisions.filter(ruling=LineDecision.Ruling.CUT)
    for kind, key in rows.values_list("kind", "key"):
        found.setdefault(kind, []).append(key)
    return found


def _figures(calendar: Calendar | None, strategy: Strategy | None) -> Figures:
    """What plan and strategy come to, as far as the documents decided on are about them."""
    told: Figures = {}
    if calendar is not None:
        (found,) = figures_of(calendar.plan)
        told["closed"] = float(found.plan.closed_gap)
        told |= {name: float(getattr(found, name)) for name in PLANNED}
    if strategy is not None:
        stated = Indicator.objects.filter(strategy=strategy, target__isnull=False)
        told |= {
            "measures": float(cost_summary(strategy).measures),
            "targets": float(stated.count()),
        }
    return told
