"""Scenarios of a plan: other budgets, no travel, donors gone, one more trainer or room."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from competencies.models import Competency
from competencies.usecases.gaps import GapAnalysis, gap_analysis
from hrplan.core import audit, runs
from hrplan.core.access import require
from hrplan.core.models import Administration, Member, Run
from training_calendar import wording
from training_calendar.models import Budget, FundingSource, Offer, Plan, Scenario
from training_calendar.rules import can_plan
from training_calendar.solver import altered
from training_calendar.solver.facts import Instance
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.solution import Solution
from training_calendar.usecases import (
    constants,
    funding_sources,
    instances,
    making,
    outside,
    stored,
)
from training_calendar.usecases.outside import FAR, Catalogue
from training_calendar.usecases.solving import solved
from training_calendar.usecases.told import Told, Watch

SCENARIOS = "scenarios"
DONORS = 4
"""Donors that drop out one after the other, at most."""
LEFT_OUT = 15
"""Competencies listed of those left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """One scenario to be worked out: the planning problem, and what was changed in it."""

    kind: str
    share: float
    instance: Instance
    facts: dict[str, Any] = field(default_factory=dict)


def ask_for_scenarios(plan: Plan, *, by: Member) -> Run:
    """Ask for the scenarios of a plan as a run."""
    require(can_plan(by) and by.administration_id == plan.administration_id)
    if not plan.is_current:
        raise ValidationError(_("Another plan has taken the place of this one."))
    return runs.ask(SCENARIOS, scenarios_task, by=by, plan=plan.pk)


@task()
def scenarios_task(run_id: int) -> None:
    """Carry out a run of `ask_for_scenarios`."""
    runs.carry_out(run_id, _work)


def _work(run: Run, watch: runs.Watch) -> dict[str, Any]:
    rows = Plan.objects.filter(administration=run.administration)
    plan = rows.select_related("calendar", "administration").get(pk=run.parameters["plan"])
    work_out(plan, by=run.by, watch=watch)
    url = reverse("training_calendar:scenarios", args=[run.administration.slug])
    return {"plan": plan.pk, "url": url}


def work_out(plan: Plan, *, by: Member | None, watch: Watch | None = None) -> None:
    """Work out all scenarios of a plan and keep them with it, in the place of earlier ones.

    Each is solved from the prices of money that the plan ended with, with the same small effort.
    Stopped, or refused, it leaves the scenarios as they were.
    """
    told = Told(watch)
    bench = Bench(plan.administration, plan)
    wanted = [*bench.shares(), *bench.variants()]
    made = []
    for at, one in enumerate(wanted):
        told.stage(100 * at / len(wanted), 100 * (at + 1) / len(wanted))
        told.tell(told.first, wording.scenario(one.kind, one.share, one.facts))
        made.append(bench.row(one, told))
    keep(plan, made)
    audit.record("work_out_scenarios", plan, by=by, fields=["scenarios"])
    told.tell(100, _("done"))


@transaction.atomic
def keep(plan: Plan, rows: Sequence[Scenario]) -> None:
    """Put the scenarios of a plan in the place of those it had."""
    Scenario.objects.filter(plan=plan).delete()
    for position, row in enumerate(rows):
        row.plan, row.position = plan, position
    Scenario.objects.bulk_create(rows)


@dataclass(frozen=True, slots=True, eq=False)
class Worked:
    """A scenario worked out: its sessions, what is told of it, and the courses outside."""

    found: Solution
    row: Scenario
    outside: pd.DataFrame


class Bench:
    """Reads the rows once, and works out scenario by scenario."""

    def __init__(self, administration: Administration, plan: Plan | None = None) -> None:
        self.administration, self.plan = administration, plan
        self.as_of = plan.as_of if plan else administration.as_of
        self.rule = constants.planning_constants(administration)
        self.reserve = outside.reserve_share(administration)
        self.money = {
            budget.quarter: float(budget.amount)
            for budget in Budget.objects.filter(administration=administration)
        }
        self.prices = dict(plan.report.get("prices", {})) if plan else {}
        self._by_share: dict[float, Worked] = {}
        self._analysis: GapAnalysis | None = None
        self._shelf: Catalogue | None = None

    def shares(self, *, frontier: bool = True) -> Iterator[Wanted]:
        """Other shares of the budget, the smallest first; with those of the frontier."""
        more = self.rule.frontier if frontier and self.rule.scenarios else ()
        shares = sorted({*self.rule.scenarios, *more})
        found = instances.planning_instances(self.administration, self.as_of, shares)
        for share, instance in zip(shares, found, strict=True):
            yield Wanted(Scenario.Kind.SHARE, share, instance)

    def variants(self) -> Iterator[Wanted]:
        """The plan's own money under other conditions."""
        plan = self.plan
        if plan is None:
            return
        share, kinds = plan.budget_share, Scenario.Kind
        base = instances.planning_instance(self.administration, self.as_of, budget_share=share)
        yield Wanted(kinds.NO_TRAVEL, share, altered.without_travel(base))
        yield from self._without_donors(base, share)
        placed = placed_sessions(base, stored.sessions_of(plan.calendar))
        trainer = _busiest([(s.trainer, len(s.days)) for s in placed])
        if trainer >= 0:
            yield Wanted(kinds.TRAINER, share, *_one_more_trainer(base, trainer))
        room = _busiest([(s.venue, len(s.days)) for s in placed])
        if room >= 0:
            yield Wanted(kinds.ROOM, share, *_one_more_room(base, room))

    def _without_donors(self, base: Instance, share: float) -> Iterator[Wanted]:
        """One donor after the other, with its money and courses; where none is named, all offers
        that others fund."""
        kind = Scenario.Kind.NO_DONOR
        donors = FundingSource.objects.filter(
            administration=self.administration, kind=FundingSource.Kind.DONOR
        ).prefetch_related("quarters", "offers")
        for donor in donors[:DONORS]:
            gone = sorted({offer.code for offer in donor.offers.all()} & set(base.offers.ids))
            left = altered.without_source(altered.without_offers(base, gone), donor.code)
            for quarter, amount in funding_sources.by_quarter(donor).items():
                at = base.horizon.quarter_ids.index(quarter)
                kept = amount * share * (1 - self.reserve)
                left = altered.with_money(left, at, -kept)
            yield Wanted(kind, share, left, {"donor": donor.name, "offers": gone})
        if donors:
            return
        donated = Offer.objects.filter(administration=self.administration).exclude(funding="")
        gone = sorted(set(donated.values_list("code", flat=True)) & set(base.offers.ids))
        if gone:
            yield Wanted(kind, share, altered.without_offers(base, gone), {"offers": gone})

    def row(self, wanted: Wanted, told: Told) -> Scenario:
        """One scenario worked out, not yet saved: sessions, and the courses outside them."""
        instance = wanted.instance
        prices = [self.prices.get(name, 0.0) for name in instance.horizon.quarter_ids]
        found = solved(
            instance,
            told,
            seconds=None,
            effort=self.rule.scenario_effort,
            with_bound=False,
            price=prices if self.prices else None,
        )
        made = Worked(found, *self._figures(wanted, found))
        least = self._least(wanted)
        if least and made.row.closed < least.row.closed:
            again = self._figures(wanted, least.found, given=least.outside)
            made = Worked(least.found, *again)
        if wanted.kind == Scenario.Kind.SHARE:
            self._by_share[wanted.share] = made
        return made.row

    def _least(self, wanted: Wanted) -> "Worked | None":
        """What was found with less money, or with less supply.

        The calendar and the courses found with less are some with more as well; small effort may
        miss them.
        """
        if wanted.kind == Scenario.Kind.SHARE:
            less = [share for share in self._by_share if share < wanted.share]
            return self._by_share[max(less)] if less else None
        if wanted.kind in {Scenario.Kind.TRAINER, Scenario.Kind.ROOM}:
            return self._by_share.get(wanted.share)
        return None

    def _figures(
        self, wanted: Wanted, found: Solution, given: pd.DataFrame | None = None
    ) -> tuple[Scenario, pd.DataFrame]:
        """The scenario of these sessions, and the courses outside them; given: those courses."""
        kept = {
            quarter: amount * wanted.share * self.reserve for quarter, amount in self.money.items()
        }
        draft = making.draft(
            self.administration,
            self.as_of,
            wanted.instance,
            found.sessions,
            found.reasons,
            kept,
            (),
            given=given,
            analysis=self._analysed(),
            shelf=self._courses(wanted.kind),
            with_remedies=False,
        )
        people = {who for session in found.sessions for who in session.staff_ids}
        row = Scenario(
            kind=wanted.kind,
            share=wanted.share,
            facts=wanted.facts,
            budget=round(float(wanted.instance.horizon.budget.sum()) / self._for_sessions(), 2),
            cost=round(found.check.objective.cost + float(draft.outside["cost"].sum()), 2),
            closed=float(draft.gains["points"].sum()),
            total=float(found.check.objective.total),
            sessions=len(found.sessions),
            seats=sum(len(session.staff_ids) for session in found.sessions) + len(draft.outside),
            people=len(people | set(draft.outside["staff"])),
            reasons=dict(Counter(key for key, _module in draft.reasons.values()).most_common()),
            left_out=_left_out(draft),
        )
        return row, draft.outside

    def _for_sessions(self) -> float:
        """The share of the money that the sessions have; the rest is kept for other courses."""
        return (1 - self.reserve) or 1.0

    def _analysed(self) -> GapAnalysis:
        if self._analysis is None:
            self._analysis = gap_analysis(self.administration, as_of=self.as_of)
        return self._analysis

    def _courses(self, kind: str) -> Catalogue:
        """The courses on offer; without travel none abroad."""
        if self._shelf is None:
            self._shelf = outside.catalogue(self.administration)
        if kind != Scenario.Kind.NO_TRAVEL:
            return self._shelf
        modules = self._shelf.modules
        return replace(self._shelf, modules=modules[~modules["travel"].isin(FAR)])


def _busiest(days: list[tuple[int, int]]) -> int:
    """What is used on the most days; -1 where nothing is."""
    used: Counter[int] = Counter()
    for at, length in days:
        if at >= 0:
            used[at] += length
    return min(used, key=lambda at: (-used[at], at)) if used else -1


def _one_more_trainer(base: Instance, like: int) -> tuple[Instance, dict[str, Any]]:
    """A colleague of the busiest trainer: the same modules, region and days."""
    trainers = base.instructors
    modules = [int(m) for m in trainers.qualified[like].nonzero()[0]]
    region, days = int(trainers.region[like]), int(trainers.max_days_quarter[like])
    made = altered.with_trainer(base, "+trainer", region=region, modules=modules, days_quarter=days)
    return made, {"like": trainers.ids[like], "region": base.regions.ids[region], "days": days}


def _one_more_room(base: Instance, like: int) -> tuple[Instance, dict[str, Any]]:
    """A room like the busiest one: its region, kind, places and price."""
    venues = base.venues
    region, kind = int(venues.region[like]), venues.kind[like]
    made = altered.with_venue(
        base,
        "+room",
        region=region,
        kind=kind,
        capacity=int(venues.capacity[like]),
        cost_day=float(venues.cost_day[like]),
    )
    return made, {"like": venues.ids[like], "region": base.regions.ids[region], "kind": kind}


def _left_out(draft: making.Draft) -> list[dict[str, Any]]:
    """The competencies with most points left open, each with the reason that weighs most."""
    after = making.reached(draft)
    rows = draft.asked.assign(after=after, points=lambda r: r["weight"] * (r["required"] - after))
    points: dict[str, float] = defaultdict(float)
    needs: Counter[str] = Counter()
    reasons: dict[str, Counter[str]] = defaultdict(Counter)
    short = rows[rows["after"] < rows["required"]]
    for staff, topic, worth in short[["staff", "competency", "points"]].itertuples(index=False):
        points[topic] += float(worth)
        needs[topic] += 1
        reasons[topic][draft.reasons.get((staff, topic), ("worth", ""))[0]] += worth
    first = sorted(points, key=lambda topic: (-points[topic], topic))[:LEFT_OUT]
    return [
        {
            "competency": topic,
            "needs": needs[topic],
            "points": round(points[topic], 1),
            "reason": reasons[topic].most_common(1)[0][0],
        }
        for topic in first
    ]


# -- as they are shown


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A competency of which needs stay open, and the one reason that weighs most."""

    competency: str
    title: str
    needs: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ScenarioShown:
    """One scenario for a reader; left_out with counts only for those who may see small ones."""

    title: str
    kind: str
    share: float
    budget: float
    cost: float
    closed: float
    closed_share: float
    sessions: int
    seats: int
    people: int
    reason: str
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class BudgetStep:
    """A step of the frontier: a budget, and what the money beyond the step before buys.

    each_thousand : weighted points that each further 1,000 of budget close; None at the first
    """

    share: float
    budget: float
    closed: float
    closed_share: float
    each_thousand: float | None


def shown(plan: Plan, *, limit: int | None) -> tuple[ScenarioShown, ...]:
    """The scenarios kept with a plan, other budgets first."""
    rows = list(Scenario.objects.filter(plan=plan))
    codes = {item["competency"] for row in rows for item in row.left_out}
    topics = Competency.objects.filter(administration=plan.administration_id, code__in=codes)
    titles = dict(topics.values_list("code", "title"))
    return tuple(_shown(row, titles, limit) for row in rows)


def _shown(row: Scenario, titles: dict[str, str], limit: int | None) -> ScenarioShown:
    first = next(iter(row.reasons), "")
    return ScenarioShown(
        title=wording.scenario(row.kind, row.share, row.facts),
        kind=row.kind,
        share=row.share,
        budget=row.budget,
        cost=row.cost,
        closed=row.closed,
        closed_share=row.closed_share,
        sessions=row.sessions,
        seats=row.seats,
        people=row.people,
        reason=wording.reason(first) if first else "",
        left_out=tuple(
            LeftOut(
                item["competency"],
                titles.get(item["competency"], item["competency"]),
                item["needs"] if limit is None else None,
                wording.reason(item["reason"]),
            )
            for item in row.left_out
        ),
    )


def budget_steps(plan: Plan) -> tuple[BudgetStep, ...]:
    """The frontier: what each budget closes, and what the money beyond the one before buys."""
    rows = Scenario.objects.filter(plan=plan, kind=Scenario.Kind.SHARE)
    return steps_of(tuple(rows.order_by("share")))


def steps_of(rows: Sequence[Scenario]) -> tuple[BudgetStep, ...]:
    """The same of scenarios that are at hand, the smallest budget first."""
    steps: list[BudgetStep] = []
    for row in rows:
        before = steps[-1] if steps else None
        more = None
        if before and row.budget > before.budget:
            more = (row.closed - before.closed) / (row.budget - before.budget) * 1000
        steps.append(BudgetStep(row.share, row.budget, row.closed, row.closed_share, more))
    return tuple(steps)
