"""All of a strategy read at once: what the sections of the documents are made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diagnostics.models import Finding
from diagnostics.wording import STORED
from hrplan.core.models import Administration
from hrplan.core.retelling import retold
from hrplan.core.titles import told
from hrplan.strategy import wording
from hrplan.strategy.models import PolicyRule, Strategy
from hrplan.strategy.usecases.computed import computed_indicators
from hrplan.strategy.usecases.costs import cost_summary
from hrplan.strategy.usecases.lines import (
    Computed,
    ConsultationLine,
    CostSummary,
    DecisionLine,
    ObligationLine,
    ResponsibilityLine,
    RiskLine,
    Roadmap,
    RuleLine,
    StrategyOverview,
)
from hrplan.strategy.usecases.read import (
    current_strategy,
    obligation_lines,
    overview_of,
    risk_lines,
)
from hrplan.strategy.usecases.roadmap import roadmap_of
from training_calendar.models import Intervention, Plan

AREAS = tuple(
    str(kind)
    for kind in (
        PolicyRule.Kind.APPROVAL,
        PolicyRule.Kind.OFFICE,
        PolicyRule.Kind.MONITORING,
        PolicyRule.Kind.IMPROVEMENT,
    )
)
"""The areas of implementation, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Programme:
    """One intervention of the development plan; domain: code of the one its finding lies in."""

    code: str
    title: str
    kind: str
    people: int
    domain: str


@dataclass(frozen=True, slots=True)
class StrategyContents:
    """The strategy in force, whole, with what the development plan does for it."""

    administration: str
    short_name: str
    ministry: str
    overview: StrategyOverview
    risks: tuple[RiskLine, ...]
    obligations: tuple[ObligationLine, ...]
    decisions: tuple[DecisionLine, ...]
    responsibilities: tuple[ResponsibilityLine, ...]
    rules: tuple[RuleLine, ...]
    consultations: tuple[ConsultationLine, ...]
    costs: CostSummary
    roadmap: Roadmap
    computed: tuple[Computed, ...]
    interventions: tuple[Programme, ...]
    findings: Mapping[str, str]  # of the exercise it rests on: code -> title


def strategy_contents(administration: Administration) -> StrategyContents | None:
    """Everything of the strategy in force; None if there is none."""
    strategy = current_strategy(administration)
    if strategy is None:
        return None
    overview = overview_of(strategy)
    return StrategyContents(
        administration=administration.name,
        short_name=administration.short_name,
        ministry=administration.ministry,
        overview=overview,
        risks=risk_lines(strategy.risks.all()),
        obligations=obligation_lines(administration),
        decisions=decisions(strategy),
        responsibilities=_responsibilities(strategy),
        rules=policy_rules(administration),
        consultations=_consultations(strategy),
        costs=cost_summary(strategy),
        roadmap=roadmap_of(strategy, overview.initiatives),
        computed=computed_indicators(administration),
        interventions=_interventions(administration),
        findings=_findings(strategy),
    )


def _findings(strategy: Strategy) -> dict[str, str]:
    rows = Finding.objects.filter(exercise=strategy.exercise_id).values_list("code", "title")
    return {code: retold(title, STORED) for code, title in rows}


def silent_areas(rules: Iterable[RuleLine]) -> tuple[str, ...]:
    """Of each area of implementation without a rule, that nothing is said on it."""
    told = {rule.kind for rule in rules}
    return tuple(wording.nothing_on(key) for key in AREAS if key not in told)


@dataclass(frozen=True, slots=True)
class Arrangements:
    """How the strategy is decided and carried out."""

    decisions: tuple[DecisionLine, ...]
    responsibilities: tuple[ResponsibilityLine, ...]
    rules: tuple[RuleLine, ...]
    consultations: tuple[ConsultationLine, ...]

    @property
    def silent(self) -> tuple[str, ...]:
        """Of each area of implementation without a rule, that nothing is said on it."""
        return silent_areas(self.rules)


def arrangements(strategy: Strategy) -> Arrangements:
    """Decisions asked for, who does what, rules, and who was consulted."""
    return Arrangements(
        decisions(strategy),
        _responsibilities(strategy),
        policy_rules(strategy.administration),
        _consultations(strategy),
    )


def decisions(strategy: Strategy) -> tuple[DecisionLine, ...]:
    """What the ministry is asked to decide, in order."""
    rows = strategy.requested_decisions.values_list("pk", "number", "text", "body")
    return tuple(DecisionLine(*row) for row in rows)


def policy_rules(administration: Administration) -> tuple[RuleLine, ...]:
    """The rules the administration set itself, by kind."""
    rows = PolicyRule.objects.filter(administration=administration)
    found = [RuleLine(*row) for row in rows.values_list("pk", "kind", "title", "text")]
    kinds = PolicyRule.Kind.values
    return tuple(sorted(found, key=lambda rule: kinds.index(rule.kind)))


def _responsibilities(strategy: Strategy) -> tuple[ResponsibilityLine, ...]:
    names = ("pk", "task", "responsible", "accountable", "consulted", "informed")
    rows = strategy.responsibilities.values_list(*names)
    return tuple(ResponsibilityLine(*row) for row in rows)


def _consultations(strategy: Strategy) -> tuple[ConsultationLine, ...]:
    rows = strategy.consultations.values_list("pk", "held_on", "body", "view")
    return tuple(ConsultationLine(*row) for row in rows)


def _interventions(administration: Administration) -> tuple[Programme, ...]:
    plan = Plan.objects.filter(administration=administration, is_current=True).first()
    if plan is None:
        return ()
    rows = Intervention.objects.filter(plan=plan).order_by("rank", "code")
    found = rows.values_list("code", "title", "kind", "people", "finding__domain__code")
    return tuple(
        Programme(code, told(title), kind, people, domain or "")
        for code, title, kind, people, domain in found
    )
