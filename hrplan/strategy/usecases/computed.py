"""Indicators of the catalogue that are computed from today's rows, each with its n and missing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
from django.db.models import F

from competencies import frames as people_frames
from competencies.analysis import bench
from competencies.models import IndividualPlan, JobProfile, Post
from competencies.usecases import cycles, outlook, quality, workforce
from competencies.usecases.constants import workforce_constants
from competencies.usecases.dense import GapFigures, gap_figures
from competencies.usecases.gaps import GapAnalysis, gap_analysis
from hrplan.core.indicators import BESIDE, Found
from hrplan.core.models import Administration
from hrplan.strategy.library import catalogue
from hrplan.strategy.library.entry import Entry
from hrplan.strategy.usecases import computed_after
from hrplan.strategy.usecases.lines import Computed
from training_calendar import frames
from training_calendar.analysis import costs
from training_calendar.analysis.delivered import held_in_quarter
from training_calendar.analysis.evaluating import taught_back
from training_calendar.models import Budget, Enrolment, Need, Plan, TrainingSession
from training_calendar.usecases import accounts
from training_calendar.usecases.delivered import first_told
from training_calendar.usecases.evaluating import returned

EMOLUMENTS = "personal_emoluments"
DAYS_A_YEAR = 365.25
GENDERS = ("f", "m")  # those compared; others are few, and would be told apart


@dataclass(frozen=True)
class _Facts:
    """What the indicators are computed from, each read when the first of them asks for it."""

    administration: Administration
    together: bool = True  # all are asked for, so that what one reads serves the others

    @cached_property
    def gaps(self) -> GapAnalysis:
        return gap_analysis(self.administration)

    @cached_property
    def figures(self) -> GapFigures:
        return gap_figures(self.administration)

    @cached_property
    def people(self) -> workforce.WorkforceProfile:
        return workforce.workforce_profile(
            self.administration, self.gaps if self.together else None
        )

    @cached_property
    def outlook(self) -> outlook.WorkforceOutlook:
        return outlook.workforce_outlook(self.administration, self.gaps)

    @cached_property
    def quality(self) -> quality.AssessmentQuality:
        return quality.assessment_quality(self.administration, self.figures)

    @cached_property
    def plan(self) -> Plan | None:
        rows = Plan.objects.filter(administration=self.administration, is_current=True)
        return rows.select_related("calendar").first()

    @property
    def current(self) -> Plan:
        """The plan, where one stands (`_planned` asks first)."""
        if self.plan is None:
            raise ValueError("there is no development plan")
        return self.plan

    @cached_property
    def cash(self) -> pd.DataFrame:
        lines = frames.costs(self.current)
        return lines[~lines["opportunity"]]

    @cached_property
    def places(self) -> pd.DataFrame:
        """One row per planned place of somebody in service: staff, hours, hours of own study."""
        rows = Enrolment.objects.filter(calendar__plan=self.plan).exclude(
            session__status=TrainingSession.Status.CANCELLED
        )
        found = rows.values_list(
            "staff_member__code", "module__hours", "module__self_study_hours"
        ).order_by()
        frame = pd.DataFrame(list(found), columns=["staff", "hours", "own"])
        return frame.astype({"hours": float, "own": float})

    @cached_property
    def years(self) -> float:
        """Length of the calendar [years]."""
        calendar = self.plan.calendar if self.plan else None
        return (calendar.ends_on - calendar.starts_on).days / DAYS_A_YEAR if calendar else 0.0


def _share(part: float, whole: float, *, missing: int = 0, reason: str = "nobody") -> Found:
    if not whole:
        return Found(None, 0, missing, reason)
    return Found(100 * part / whole, int(whole), missing)


def _planned(compute: Callable[[_Facts], Found]) -> Callable[[_Facts], Found]:
    """Only where there is a plan with a calendar."""

    def inner(facts: _Facts) -> Found:
        if facts.plan is None or not hasattr(facts.plan, "calendar"):
            return Found(None, 0, 0, "no_plan")
        return compute(facts)

    return inner


def vacancy_rate(facts: _Facts) -> Found:
    return _share(facts.people.vacant, facts.people.posts, reason="no_posts")


def acting_rate(facts: _Facts) -> Found:
    return _share(facts.people.acting, facts.people.posts, reason="no_posts")


def turnover(facts: _Facts) -> Found:
    rate = facts.people.turnover
    return Found(None if rate is None else 100 * rate, facts.people.strength, 0, "nobody")


def retirement_exposure(facts: _Facts) -> Found:
    group = facts.outlook.overall
    if group.exposure is None:
        return Found(None, 0, group.missing, "no_ages")
    return Found(100 * group.exposure, group.n, group.missing)


def posts_described(facts: _Facts) -> Found:
    posts = Post.objects.of(facts.administration)
    approved = posts.filter(profile__state=JobProfile.State.APPROVED)
    return _share(approved.count(), posts.count(), reason="no_posts")


def profile_coverage(facts: _Facts) -> Found:
    profiles = facts.figures.profiles
    approved = profiles.loc[profiles["state"] == JobProfile.State.APPROVED, "profile"]
    staff = facts.figures.serving
    return _share(int(staff["profile"].isin(approved).sum()), len(staff))


def assessment_coverage(facts: _Facts) -> Found:
    return _share(facts.quality.recently_validated, facts.quality.people)


def validation_rate(facts: _Facts) -> Found:
    return _share(facts.quality.validated_ratings, facts.quality.ratings, reason="no_ratings")


def gap_index(facts: _Facts) -> Found:
    total = facts.figures.overall
    if total.index is None:
        return Found(None, 0, total.missing, "no_ratings")
    return Found(100 * total.index, total.n, total.missing)


def critical_closure(facts: _Facts) -> Found:
    """Of the critical gaps of the day before (`cycles.last_cycle`), those that are closed today."""
    owner = facts.administration
    closed = cycles.critical_closed(cycles.two_days(owner, cycles.last_cycle(owner)))
    if 0 < closed.people < owner.small_cell_limit:
        return Found(None, 0, 0, "too_few")
    return _share(closed.closed, closed.gaps, missing=closed.missing, reason="no_twice")


def role_readiness(facts: _Facts) -> Found:
    """Over those whose critical cells are all assessed; the others are missing."""
    cells = facts.gaps.cells
    critical = cells[cells["critical"].astype(bool)].groupby("staff")
    known = critical["assessed"].all()
    missed = critical["critical_miss"].any()
    assessed = int(known.sum())
    return _share(
        int((known & ~missed).sum()), assessed, missing=len(known) - assessed, reason="no_ratings"
    )


def single_points(facts: _Facts) -> Found:
    rule = workforce_constants(facts.administration)
    asked = facts.figures.requirements["competency"].unique()
    topics = [topic for topic in asked if topic not in facts.figures.left_out]
    if not topics:
        return Found(None, 0, 0, "no_profiles")
    carriers = facts.figures.carriers(rule.single_point_level)
    carriers = carriers[carriers["competency"].isin(topics)]
    found = bench.single_points(carriers, fewer_than=rule.single_point_people)
    states = found["state"].value_counts()
    unknown = int(states.get(bench.UNKNOWN, 0))
    if unknown == len(topics):
        return Found(None, 0, unknown, "no_ratings")
    return Found(float(states.get(bench.SINGLE, 0)), len(topics) - unknown, unknown)


@_planned
def training_hours(facts: _Facts) -> Found:
    staff = len(facts.figures.serving)
    if not staff or not facts.years:
        return Found(None, 0, 0, "nobody")
    hours = facts.places["hours"].sum() + facts.places["own"].sum()
    return Found(hours / staff / facts.years, staff)


@_planned
def reach(facts: _Facts) -> Found:
    return _share(facts.places["staff"].nunique(), len(facts.figures.serving))


@_planned
def plan_execution(facts: _Facts) -> Found:
    """By the quarter for which the first release told a session; without one, as it stands."""
    owner = facts.administration
    told = first_told(owner)
    rows = facts.current.calendar.sessions.values_list("code", "starts_on", "status")
    sessions = [
        (told[code][0] if code in told else day, day, status == TrainingSession.Status.HELD)
        for code, day, status in rows
    ]
    held, due = held_in_quarter(sessions, as_of=owner.as_of, start_month=owner.fiscal_year_month)
    return _share(held, due, reason="none_due")


@_planned
def cost_an_hour(facts: _Facts) -> Found:
    hours = facts.places["hours"].sum() + facts.places["own"].sum()
    if not hours:
        return Found(None, 0, 0, "no_places")
    return Found(facts.cash["amount"].sum() / hours, len(facts.places))


@_planned
def cost_a_level(facts: _Facts) -> Found:
    """Levels that are planned to be gained; whether they are is known after re-assessment."""
    needs = Need.objects.filter(plan=facts.plan, reached__gt=F("held"))
    steps = [reached - held for reached, held in needs.values_list("reached", "held")]
    gained = sum(steps)
    if not gained:
        return Found(None, 0, 0, "no_places")
    return Found(facts.cash["amount"].sum() / gained, len(steps))


def _cost_share(facts: _Facts, chosen: pd.Series) -> Found:
    whole = facts.cash["amount"].sum()
    if not whole:
        return Found(None, 0, 0, "no_costs")
    return Found(100 * facts.cash.loc[chosen, "amount"].sum() / whole, len(facts.cash))


@_planned
def travel_share(facts: _Facts) -> Found:
    """Of what falls on lines of the chart; of other lines nobody knows what they are for."""
    amounts = zip(facts.cash["line"], facts.cash["amount"], strict=True)
    found = costs.travel_share(amounts, accounts.chart(facts.administration).travel)
    if found.value is None:
        return Found(None, 0, found.missing, "no_lines" if found.missing else "no_costs")
    return Found(100 * found.value, found.n, found.missing)


@_planned
def external_dependence(facts: _Facts) -> Found:
    return _cost_share(facts, facts.cash["funding"] == "donor")


def spend_ratio(facts: _Facts) -> Found:
    """The budgets by quarter of one mean year over a year's personal emoluments, if stated."""
    stated = facts.administration.constants_of("strategy").get(EMOLUMENTS)
    budgets = list(Budget.objects.of(facts.administration).values_list("amount", flat=True))
    if not stated:
        return Found(None, 0, 0, "no_emoluments")
    if not budgets:
        return Found(None, 0, 0, "no_budget")
    return Found(100 * float(sum(budgets)) / len(budgets) * 4 / float(stated), len(budgets))


def teach_back(facts: _Facts) -> Found:
    """Over those whose 30 days are over or who taught back; the others' answer is not known yet."""
    today = facts.administration.as_of
    rows = returned(facts.administration).values_list("ends_on", "teach_back__held_on")
    found = taught_back(list(rows), today)
    due = found.held + found.overdue
    return _share(found.in_time, due, missing=found.returned - due, reason="none_returned")


def individual_plans(facts: _Facts) -> Found:
    staff = facts.figures.serving
    agreed = IndividualPlan.objects.filter(
        staff_member__in=list(staff["pk"]), agreed_on__lte=facts.administration.as_of
    )
    return _share(agreed.values("staff_member").distinct().count(), len(staff))


def succession_cover(facts: _Facts) -> Found:
    posts = facts.outlook.key_posts
    return _share(facts.outlook.covered, len(posts), reason="no_key_posts")


@_planned
def equity(facts: _Facts) -> Found:
    """Mean planned hours of the gender that gets least over those of the one that gets most."""
    people = facts.gaps.people
    genders = people_frames.genders(facts.gaps.chosen)
    staff = people[["staff"]].assign(gender=people["pk"].map(genders))
    known = staff[staff["gender"].isin(GENDERS)]
    hours = facts.places.assign(all=facts.places["hours"] + facts.places["own"])
    each = known.merge(hours.groupby("staff")["all"].sum(), on="staff", how="left").fillna(
        {"all": 0.0}
    )
    means = each.groupby("gender")["all"].mean()
    missing = len(staff) - len(known)
    if len(means) < 2 or not means.max():
        return Found(None, len(known), missing, "no_places")
    return Found(float(means.min() / means.max()), len(known), missing)


def _given(compute: Callable[[Administration], Found]) -> Callable[[_Facts], Found]:
    return lambda facts: compute(facts.administration)


COMPUTED: dict[str, Callable[[_Facts], Found]] = {
    "K01": vacancy_rate,
    "K02": acting_rate,
    "K03": turnover,
    "K04": retirement_exposure,
    "K06": posts_described,
    "K07": profile_coverage,
    "K08": assessment_coverage,
    "K09": validation_rate,
    "K10": gap_index,
    "K11": critical_closure,
    "K12": role_readiness,
    "K13": single_points,
    "K15": training_hours,
    "K16": reach,
    "K17": plan_execution,
    "K18": _given(computed_after.attendance),
    "K19": _given(computed_after.completion),
    "K20": _given(computed_after.seat_fill),
    "K22": cost_an_hour,
    "K23": cost_a_level,
    "K24": travel_share,
    "K25": spend_ratio,
    "K26": external_dependence,
    "K27": _given(computed_after.reaction),
    "K28": _given(computed_after.learning),
    "K29": _given(computed_after.transfer),
    "K30": _given(computed_after.results_link),
    "K31": teach_back,
    "K33": individual_plans,
    "K34": succession_cover,
    "K37": equity,
}


def computed_indicators(
    administration: Administration, codes: Iterable[str] | None = None
) -> tuple[Computed, ...]:
    """Those of the catalogue that rows give today; all of them, or those of the codes given."""
    return worded(administration, found_today(administration, codes))


def found_today(
    administration: Administration, codes: Iterable[str] | None = None
) -> dict[str, Found]:
    """The same without their words, by code."""
    facts = _Facts(administration, together=codes is None)
    known = COMPUTED | {code: _given(compute) for code, compute in BESIDE.items()}
    wanted = set(known if codes is None else codes)
    return {code: known[code](facts) for code in sorted(known) if code in wanted}


def worded(administration: Administration, found: Mapping[str, Found]) -> tuple[Computed, ...]:
    """What was found beside the catalogue's words, in the reader's language."""
    known = catalogue.by_code(administration.currency)
    return tuple(_computed(known[code], one) for code, one in found.items() if code in known)


def _computed(entry: Entry, found: Found) -> Computed:
    reason = catalogue.reason(found.reason) if found.value is None else ""
    value = None if found.value is None else round(float(found.value), 4)
    return Computed(
        entry.code,
        entry.title,
        entry.formula,
        entry.unit,
        entry.better,
        entry.level,
        value,
        found.n,
        found.missing,
        reason,
    )
