"""A small administration with all that the three documents need, and nothing that breaks a rule."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from competencies.models import Assessment, LearningPath, StaffMember
from hrplan.core.models import Administration
from hrplan.strategy.models import Indicator, Objective, Strategy
from tests import make
from training_calendar.models import (
    Calendar,
    CostLine,
    Enrolment,
    Intervention,
    Module,
    Need,
    Plan,
    PlanningParameters,
    Provider,
    TrainingSession,
)

AS_OF = date(2016, 2, 12)


@dataclass
class House:
    """The rows that a test spoils."""

    administration: Administration
    ann: StaffMember
    ben: StaffMember
    basic: Module
    advanced: Module
    plan: Plan
    line: Intervention
    second: Intervention
    calendar: Calendar
    session: TrainingSession
    later: TrainingSession
    objective: Objective
    indicator: Indicator
    path: LearningPath


def house(administration: Administration) -> House:
    """Two officers of one station, two modules one after the other, a plan of 1,500 in cash."""
    framework = make.framework(administration)
    profile = make.profile(framework, O1=3, O2=2)
    station = make.unit(administration, "BEN", is_station=True, max_away_share=Decimal("0.5"))
    ann = make.staff_member(station, profile, code="S0001", name="Ann Arthurs")
    ben = make.staff_member(station, profile, code="S0002", name="Ben Bowen")
    for person in (ann, ben):
        for code, level in (("O1", 1), ("O2", 1)):
            Assessment.objects.create(
                administration=administration,
                staff_member=person,
                competency=framework.competencies.get(code=code),
                source="validated",
                level=level,
                rated_on=date(2016, 1, 20),
            )
    basic, advanced = _modules(administration, framework)
    plan, line, second = _plan(administration, basic, advanced, framework, (ann, ben))
    calendar, session, later = _calendar(plan, line, second, ann)
    objective, indicator = _strategy(administration)
    path = LearningPath.objects.create(
        administration=administration, staff_level="officers", aim="Do the work", hours_a_year=8
    )
    return House(
        administration, ann, ben, basic, advanced, plan, line, second, calendar, session, later,
        objective, indicator, path,
    )  # fmt: skip


def _modules(administration, framework):
    provider = Provider.objects.create(administration=administration, code="IN", name="In-house")
    made = []
    for code, competency, level in (("M1", "O1", 2), ("M2", "O1", 3)):
        module = Module.objects.create(
            administration=administration, code=code, title=f"Module {code}", provider=provider,
            mode="classroom", hours=12, days=2, cost_session=500, cost_person=0,
        )  # fmt: skip
        module.outcomes.create(
            competency=framework.competencies.get(code=competency),
            level_from=level - 1,
            level_to=level,
        )
        made.append(module)
    made[1].prerequisites.create(requires=made[0])
    return made


def _plan(administration, basic, advanced, framework, people):
    PlanningParameters.objects.create(
        administration=administration,
        horizon_start=date(2016, 2, 15),
        horizon_end=date(2017, 2, 14),
    )
    plan = Plan.objects.create(administration=administration, title="Plan", as_of=AS_OF)
    lines = []
    for rank, (module, amount) in enumerate(((basic, 500), (advanced, 1000)), 1):
        line = Intervention.objects.create(
            administration=administration, plan=plan, code=f"I{rank:02}", module=module,
            title=module.title, rank=rank, people=2, hours=12, source="Training vote",
        )  # fmt: skip
        CostLine.objects.create(
            intervention=line, budget_line="43", title="sessions", quarter="2016Q2",
            fiscal_year="2016/17", quantity=1, unit="session", rate=amount, amount=amount,
        )  # fmt: skip
        lines.append(line)
    for person in people:
        for code, module, is_met in (("O1", basic, True), ("O2", None, False)):
            Need.objects.create(
                plan=plan, staff_member=person, module=module, held=1, reached=1 + is_met,
                competency=framework.competencies.get(code=code), required=3 if is_met else 2,
                weighted_gap=1 + is_met, is_met=is_met, reason="" if is_met else "no-module",
            )  # fmt: skip
    first = Need.objects.filter(plan=plan, staff_member=people[1], module=basic).get()
    first.module = advanced
    first.save()
    return plan, *lines


def _calendar(plan, line, second, ann):
    calendar = Calendar.objects.create(
        administration=plan.administration, plan=plan,
        starts_on=date(2016, 2, 15), ends_on=date(2017, 2, 14),
    )  # fmt: skip
    sessions = []
    for code, intervention, day, cost in (("T1", line, 12, 500), ("T2", second, 19, 1000)):
        session = TrainingSession.objects.create(
            administration=plan.administration, calendar=calendar, intervention=intervention,
            code=code, module=intervention.module, starts_on=date(2016, 4, day),
            ends_on=date(2016, 4, day + 1), places=10, cost=cost,
        )  # fmt: skip
        Enrolment.objects.create(
            calendar=calendar, session=session, intervention=intervention,
            module=intervention.module, staff_member=ann,
            starts_on=session.starts_on, ends_on=session.ends_on,
        )  # fmt: skip
        sessions.append(session)
    return calendar, *sessions


def _strategy(administration):
    strategy = Strategy.objects.create(
        administration=administration, code="s", title="Strategy",
        starts_on=date(2016, 4, 1), ends_on=date(2019, 3, 31), vision="People who know their work",
    )  # fmt: skip
    objective = Objective.objects.create(
        administration=administration, strategy=strategy, code="SO1", title="Close the gaps"
    )
    indicator = Indicator.objects.create(
        administration=administration, strategy=strategy, objective=objective, code="K10",
        title="Competency gap index", formula="gap / required", unit="%", better="lower",
        baseline=40, baseline_on=AS_OF, target=20, target_on=date(2019, 3, 31), owner="HR officer",
        source="hrplan",
    )  # fmt: skip
    return objective, indicator
