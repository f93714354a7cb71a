"""The rows of a strategy read as lines: objectives, indicators, initiatives, risks, duties."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import QuerySet, Sum

from competencies.models import IN_FORCE, Competency
from diagnostics.models import Domain, Finding
from diagnostics.usecases.titled import domain_title
from hrplan.core.models import Administration
from hrplan.core.titles import told
from hrplan.strategy.analysis import follow_up
from hrplan.strategy.library import catalogue
from hrplan.strategy.models import (
    Indicator,
    Initiative,
    Milestone,
    Objective,
    Obligation,
    Risk,
    Strategy,
    StrategyCost,
)
from hrplan.strategy.usecases.lines import (
    Computed,
    IndicatorLine,
    InitiativeLine,
    MatrixCell,
    MilestoneLine,
    Move,
    ObjectiveLine,
    ObligationLine,
    Point,
    RiskLine,
    StrategyOverview,
)
from hrplan.strategy.usecases.points import by_point, serving

SOON = timedelta(days=365)
MEDIUM_FROM, HIGH_FROM = 6, 15  # of likelihood times impact [1..25]


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of what a strategy names by code: diagnostic domains and reference points."""

    domains: Mapping[str, str]
    points: Mapping[str, str]


def current_strategy(administration: Administration) -> Strategy | None:
    """The strategy in force, the latest of those marked so."""
    rows = Strategy.objects.filter(administration=administration, is_current=True)
    rows = rows.select_related("administration", "exercise")
    return rows.order_by("-starts_on", "-pk").first()


def titles(strategy: Strategy) -> Titles:
    """Titles from the questionnaires of the exercise the strategy rests on."""
    if strategy.exercise_id is None:
        return Titles({}, {})
    rows = Domain.objects.filter(questionnaire__exercises=strategy.exercise_id)
    domains: dict[str, str] = {}
    points: dict[str, str] = {}
    for row in rows.select_related("questionnaire"):
        domains[row.code] = domain_title(row)
        named = row.questionnaire.references.get("reference_points", {})
        points |= {code: told(title) for code, title in named.items()}
    return Titles(domains, points)


def _named(codes: Iterable[str], known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(known.get(code, code) for code in codes)


def indicator_lines(
    rows: QuerySet[Indicator], as_of: date, points: Mapping[str, str]
) -> tuple[IndicatorLine, ...]:
    """Indicators with the values measured up to the day."""
    found = rows.select_related("objective").prefetch_related("measurements", "changes")
    return tuple(indicator_line(row, as_of, points) for row in found)


def indicators_narrowed(
    lines: Iterable[IndicatorLine], *, objective: str = "", standing: str = "", point: str = ""
) -> list[IndicatorLine]:
    """Those of an objective and a reference point (by code) and of a standing; empty means all."""
    return [
        line
        for line in lines
        if (not objective or (line.objective or ("",))[0] == objective)
        and (not standing or line.standing == standing)
        and (not point or point in serving(line))
    ]


def initiatives_narrowed(
    lines: Iterable[InitiativeLine], *, theme: str = "", state: str = ""
) -> list[InitiativeLine]:
    """Those of a theme and of a state; empty means all."""
    return [
        line
        for line in lines
        if (not theme or line.theme == theme) and (not state or line.state == state)
    ]


def indicator_line(
    row: Indicator,
    as_of: date,
    points: Mapping[str, str],
    computed: Computed | None = None,
) -> IndicatorLine:
    """One indicator; its values after the day are left out."""
    values = tuple(
        Point(one.pk, one.measured_on, one.value, one.note)
        for one in row.measurements.all()
        if one.measured_on <= as_of
    )
    latest = values[-1].value if values else None
    ends = row.ends
    standing = follow_up.standing(latest, row.target, row.baseline, row.better, ends=ends)
    overdue = row.target_on is not None and row.target_on < as_of
    return IndicatorLine(
        pk=row.pk,
        code=row.code,
        title=catalogue.told(row.title),
        formula=catalogue.told(row.formula),
        unit=catalogue.told(row.unit),
        better=row.better,
        baseline=row.baseline,
        baseline_on=row.baseline_on,
        target=row.target,
        target_on=row.target_on,
        owner=row.owner,
        source=catalogue.told(row.source),
        reference_points=_named(row.reference_points, points),
        objective=(row.objective.code, row.objective.title) if row.objective else None,
        objective_pk=row.objective_id,
        points=values,
        moves=tuple(
            Move(
                one.changed_on,
                one.before,
                one.after,
                one.reason,
                one.band_before,
                one.band_after,
            )
            for one in row.changes.all()
        ),
        standing=standing,
        trend=follow_up.trend([one.value for one in values], row.target, row.better, ends),
        way_covered=follow_up.way_covered(latest, row.target, row.baseline),
        is_overdue=overdue and standing != follow_up.Standing.MET,
        computed=computed,
        ends=ends,
        limits=catalogue.told(row.limits),
        serves=tuple((code, points.get(code, code)) for code in _serves(row)),
    )


def _serves(row: Indicator) -> list[str]:
    """Codes of the reference points of an indicator, or else of its objective."""
    inherited = row.objective.reference_points if row.objective else []
    return row.reference_points or inherited


def objective_lines(
    rows: QuerySet[Objective], indicators: Iterable[IndicatorLine], known: Titles
) -> tuple[ObjectiveLine, ...]:
    """Objectives with what they serve, their indicators and initiatives."""
    by_objective: dict[int | None, list[IndicatorLine]] = {}
    for line in indicators:
        by_objective.setdefault(line.objective_pk, []).append(line)
    found = rows.prefetch_related("corporate_objectives", "initiatives")
    return tuple(
        ObjectiveLine(
            pk=row.pk,
            code=row.code,
            title=row.title,
            rationale=row.rationale,
            owner=row.owner,
            corporate=tuple((one.code, one.title) for one in row.corporate_objectives.all()),
            domain_codes=tuple(row.domains),
            domains=_named(row.domains, known.domains),
            finding_codes=tuple(row.findings),
            reference_points=_named(row.reference_points, known.points),
            indicators=tuple(by_objective.get(row.pk, ())),
            initiatives=tuple(
                (one.pk, one.code, one.title) for one in row.initiatives.all() if one.cut_on is None
            ),
        )
        for row in found
    )


def findings_of(row: Objective) -> tuple[Finding, ...]:
    """The findings that an objective answers, the gravest first."""
    rows = Finding.objects.filter(exercise=row.strategy.exercise_id, code__in=row.findings)
    return tuple(rows.select_related("administration"))


def objective_line(row: Objective) -> ObjectiveLine:
    """One objective, whole."""
    known = titles(row.strategy)
    as_of = row.administration.as_of
    indicators = indicator_lines(row.indicators.all(), as_of, known.points)
    return objective_lines(Objective.objects.filter(pk=row.pk), indicators, known)[0]


def initiative_lines(rows: QuerySet[Initiative], as_of: date) -> tuple[InitiativeLine, ...]:
    """Action cards by theme, with their milestones and what they cost."""
    found = list(rows.select_related("objective").prefetch_related("milestones"))
    standing = StrategyCost.objects.standing()
    sums = standing.filter(initiative__in=[row.pk for row in found]).order_by()
    costs = dict(sums.values_list("initiative").annotate(cost=Sum("amount")))
    titled = {row.code: row.title for row in found}
    themes = list(Initiative.Theme.values)
    found.sort(key=lambda row: themes.index(row.theme))
    return tuple(_initiative(row, as_of, costs.get(row.pk), titled) for row in found)


def initiative_line(row: Initiative, as_of: date) -> InitiativeLine:
    """One action card; what it depends on is named by title."""
    titled = Initiative.objects.filter(strategy=row.strategy_id).values_list("code", "title")
    cost = row.cost_lines.standing().aggregate(cost=Sum("amount"))["cost"]
    return _initiative(row, as_of, cost, dict(titled.order_by()))


def _initiative(
    row: Initiative, as_of: date, cost: Decimal | None, titled: Mapping[str, str]
) -> InitiativeLine:
    milestones = tuple(milestone_line(one, as_of) for one in row.milestones.all())
    return InitiativeLine(
        pk=row.pk,
        code=row.code,
        theme=row.theme,
        theme_words=str(row.get_theme_display()),
        title=row.title,
        action=row.action,
        owner=row.owner,
        objective=(row.objective.code, row.objective.title),
        objective_pk=row.objective_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        depends_on=_depends(row.depends_on, titled),
        legal_change=row.legal_change,
        milestones=milestones,
        cost=cost,
        state=_state(row, milestones, as_of),
    )


def _depends(text: str, titled: Mapping[str, str]) -> str:
    """Codes of initiatives among what it depends on, with their titles."""
    parts = [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]
    if not parts or any(part not in titled for part in parts):
        return text
    return "; ".join(f"{part} {titled[part]}" for part in parts)


def milestone_line(row: Milestone, as_of: date) -> MilestoneLine:
    """A milestone; one that was done after the day isn't done on the day."""
    done = row.done_on is not None and row.done_on <= as_of
    state = "done" if done else "late" if row.due_on < as_of else "due"
    return MilestoneLine(row.pk, row.title, row.due_on, row.done_on if done else None, state)


def _state(row: Initiative, milestones: tuple[MilestoneLine, ...], as_of: date) -> str:
    states = {one.state for one in milestones}
    if states == {"done"}:
        return "done"
    if row.ends_on < as_of:
        return "over"
    if "late" in states:
        return "late"
    return "not_begun" if row.starts_on > as_of else "running"


def risk_lines(rows: QuerySet[Risk]) -> tuple[RiskLine, ...]:
    """Risks, the gravest first."""
    found = sorted(rows, key=lambda row: (-row.likelihood * row.impact, row.code))
    return tuple(
        RiskLine(
            pk=row.pk,
            code=row.code,
            title=row.title,
            likelihood=row.likelihood,
            impact=row.impact,
            owner=row.owner,
            mitigation=row.mitigation,
            scope=row.scope,
            scope_words=str(row.get_scope_display()),
            score=row.likelihood * row.impact,
            band=risk_band(row.likelihood * row.impact),
        )
        for row in found
    )


def risk_matrix(lines: Iterable[RiskLine]) -> tuple[tuple[int, tuple[MatrixCell, ...]], ...]:
    """Rows of likelihood, 5 first, each with its cells of impact from 1 to 5."""
    known = tuple(lines)

    def cell(likelihood: int, impact: int) -> MatrixCell:
        found = [one for one in known if (one.likelihood, one.impact) == (likelihood, impact)]
        return MatrixCell(impact, risk_band(likelihood * impact), tuple(found))

    return tuple(
        (likelihood, tuple(cell(likelihood, impact) for impact in range(1, 6)))
        for likelihood in range(5, 0, -1)
    )


def risk_band(score: int) -> str:
    """Low, medium or high, by likelihood times impact."""
    return "high" if score >= HIGH_FROM else "medium" if score >= MEDIUM_FROM else "low"


def obligation_lines(administration: Administration) -> tuple[ObligationLine, ...]:
    """Duties by date, undated ones last, with the titles of the competencies they ask for."""
    as_of = administration.as_of
    topics = Competency.objects.filter(
        administration=administration, framework__state=IN_FORCE
    ).order_by()
    known = {code: told(title) for code, title in topics.values_list("code", "title")}
    rows = Obligation.objects.filter(administration=administration)
    ordered = sorted(rows, key=lambda row: (row.due_on or date.max, row.code))
    return tuple(
        ObligationLine(
            pk=row.pk,
            code=row.code,
            title=row.title,
            source=row.source,
            due_on=row.due_on,
            training_need=row.training_need,
            competencies=tuple((code, known.get(code, code)) for code in row.competencies),
            state=_due(row.due_on, as_of),
        )
        for row in ordered
    )


def _due(due_on: date | None, as_of: date) -> str:
    if due_on is None:
        return "undated"
    if due_on < as_of:
        return "overdue"
    return "soon" if due_on <= as_of + SOON else "later"


def strategy_overview(administration: Administration) -> StrategyOverview | None:
    """The strategy in force with all that hangs on its objectives; None if there is none."""
    strategy = current_strategy(administration)
    return overview_of(strategy) if strategy else None


def overview_of(strategy: Strategy, *, initiatives: bool = True) -> StrategyOverview:
    """One strategy with its principles, objectives, indicators and, if asked, initiatives."""
    as_of = strategy.administration.as_of
    known = titles(strategy)
    indicators = indicator_lines(strategy.indicators.all(), as_of, known.points)
    return StrategyOverview(
        pk=strategy.pk,
        code=strategy.code,
        title=strategy.title,
        starts_on=strategy.starts_on,
        ends_on=strategy.ends_on,
        as_of=as_of,
        vision=strategy.vision,
        mandate=strategy.mandate,
        foreword=strategy.foreword,
        principles=tuple(strategy.principles.values_list("pk", "title", "text")),
        objectives=objective_lines(strategy.objectives.all(), indicators, known),
        initiatives=initiative_lines(strategy.initiatives.standing(), as_of) if initiatives else (),
        indicators=indicators,
        points=by_point(indicators, known.points),
    )
