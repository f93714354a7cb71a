"""What the sections quote: the results of the apps below, each read once and only when asked."""

from functools import cached_property

from django.db.models import Count

from competencies.usecases.figures import CompetenceFigures, competence_figures
from diagnostics.models import Exercise
from diagnostics.usecases.agreement import RoomAgreement, room_agreement
from diagnostics.usecases.baseline import Baseline, baseline
from diagnostics.usecases.comparison import Comparison, compared, earlier_exercise
from diagnostics.usecases.evidence import (
    CorporateContext,
    MethodAndEvidence,
    corporate_context,
    method_and_evidence,
)
from diagnostics.usecases.findings import RankedFindings, findings
from diagnostics.usecases.results import ExerciseResults, current_exercise, exercise_results
from hrplan.core.models import Administration
from hrplan.core.tracing import RowSet
from hrplan.deliverables import frames
from hrplan.partners.usecases.register import AssistanceRegister, assistance_register
from hrplan.strategy.models import Strategy
from hrplan.strategy.usecases.contents import StrategyContents, strategy_contents
from hrplan.strategy.usecases.lines import CostSummary, DecisionLine, StrategyOverview
from training_calendar.models import Calendar, Plan
from training_calendar.usecases.budget_case import BudgetCase, budget_case
from training_calendar.usecases.contents import (
    CalendarContents,
    PlanContents,
    calendar_contents,
    plan_contents,
)
from training_calendar.usecases.plan_overview import PlanOverview, current_plan


class Evidence:
    """One administration on its as-of date; in the edition for the ministry or the internal one.

    All documents drafted together share one, so that they quote the same figures.
    """

    def __init__(self, administration: Administration, *, internal: bool = False) -> None:
        self.administration = administration
        self.internal = internal
        self.as_of = administration.as_of
        self._counts: dict[object, dict[str, int]] = {}

    @cached_property
    def competence(self) -> CompetenceFigures:
        return competence_figures(self.administration, internal=self.internal)

    @cached_property
    def exercise(self) -> Exercise | None:
        return current_exercise(self.administration)

    @cached_property
    def results(self) -> ExerciseResults | None:
        return exercise_results(self.exercise) if self.exercise else None

    @cached_property
    def findings(self) -> RankedFindings | None:
        return findings(self.exercise) if self.exercise else None

    @cached_property
    def room(self) -> RoomAgreement | None:
        return room_agreement(self.exercise) if self.exercise else None

    @cached_property
    def comparison(self) -> Comparison | None:
        """The exercise beside the last one before it on the same questionnaire."""
        earlier = earlier_exercise(self.exercise) if self.exercise else None
        if self.exercise is None or earlier is None:
            return None
        return compared(self.exercise, earlier, self.results)

    @cached_property
    def method(self) -> MethodAndEvidence | None:
        return method_and_evidence(self.exercise, self.results) if self.exercise else None

    @cached_property
    def context(self) -> CorporateContext:
        return corporate_context(self.administration, self.exercise)

    @cached_property
    def baseline(self) -> Baseline | None:
        return baseline(self.exercise) if self.exercise else None

    def count(self, rows: RowSet, code: str = "") -> int:
        """How many rows a set holds, in a family under one code; all codes are counted at once."""
        field = rows.code if code else ""
        key = (rows.rows, field)
        if key not in self._counts:
            found = rows.rows(self.administration).order_by()
            by_code = found.values_list(field).annotate(n=Count("pk")) if field else ()
            self._counts[key] = dict(by_code) if field else {"": found.count()}
        return self._counts[key].get(code if field else "", 0)

    # --- Plan and calendar ---------------------------------------------------------------------

    @cached_property
    def plan(self) -> Plan | None:
        return current_plan(self.administration)

    @cached_property
    def calendar(self) -> Calendar | None:
        rows = Calendar.objects.filter(plan=self.plan).select_related("administration", "plan")
        return rows.first() if self.plan else None

    @cached_property
    def plan_contents(self) -> PlanContents | None:
        return plan_contents(self.plan) if self.plan else None

    @cached_property
    def calendar_contents(self) -> CalendarContents | None:
        if self.calendar is None:
            return None
        return calendar_contents(self.calendar, internal=self.internal)

    @cached_property
    def budget_case(self) -> BudgetCase | None:
        """The case as this edition may tell it; None where there is no plan."""
        limit = None if self.internal else self.administration.small_cell_limit
        return budget_case(self.plan, limit=limit) if self.plan else None

    @property
    def plan_overview(self) -> PlanOverview | None:
        return self.plan_contents.overview if self.plan_contents else None

    # --- Strategy and partners -----------------------------------------------------------------

    @cached_property
    def strategy(self) -> Strategy | None:
        return frames.strategy_in_force(self.administration)

    @cached_property
    def contents(self) -> StrategyContents | None:
        return strategy_contents(self.administration)

    @property
    def strategy_overview(self) -> StrategyOverview | None:
        return self.contents.overview if self.contents else None

    @property
    def costs(self) -> CostSummary | None:
        return self.contents.costs if self.contents else None

    @property
    def decisions(self) -> tuple[DecisionLine, ...]:
        return self.contents.decisions if self.contents else ()

    @cached_property
    def register(self) -> AssistanceRegister:
        return assistance_register(self.administration)
