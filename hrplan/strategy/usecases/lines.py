"""The strategy as values: what pages, the API and documents show of its rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hrplan.strategy import wording
from hrplan.strategy.analysis.follow_up import MONITORED, Ends, Standing, Trend
from hrplan.strategy.analysis.money import CrossTable, LeftLine
from training_calendar.usecases.accounts import OffChart

Named = tuple[str, str]  # code, title


@dataclass(frozen=True, slots=True)
class Computed:
    """An indicator computed from today's rows; value None: not known, `reason` says why.

    n : what it counts over; missing : what would count but isn't known
    """

    code: str
    title: str
    formula: str
    unit: str
    better: str
    level: str
    value: float | None
    n: int
    missing: int
    reason: str = ""

    @property
    def value_words(self) -> str:
        return wording.value(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class Point:
    """One value of an indicator on one day."""

    pk: int
    measured_on: date
    value: Decimal
    note: str


@dataclass(frozen=True, slots=True)
class Move:
    """A target that was moved, and why."""

    changed_on: date
    before: Decimal | None
    after: Decimal | None
    reason: str
    band_before: str = ""
    band_after: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator with its values, and where it stands on the day."""

    pk: int
    code: str
    title: str
    formula: str
    unit: str
    better: str
    baseline: Decimal | None
    baseline_on: date | None
    target: Decimal | None
    target_on: date | None
    owner: str
    source: str
    reference_points: tuple[str, ...]  # titles
    objective: Named | None
    objective_pk: int | None
    points: tuple[Point, ...]
    moves: tuple[Move, ...]
    standing: Standing
    trend: Trend
    way_covered: Decimal | None
    is_overdue: bool  # the target date has passed and it isn't met
    computed: Computed | None = None
    ends: Ends | None = None  # of its band
    limits: str = ""  # how far the figure can be trusted, and what it leaves out
    serves: tuple[Named, ...] = ()  # reference points, its own or else those of its objective

    @property
    def latest(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def baseline_words(self) -> str:
        return wording.value(self.baseline, self.unit)

    @property
    def latest_words(self) -> str:
        return wording.value(self.latest.value, self.unit) if self.latest else "–"

    @property
    def target_words(self) -> str:
        if self.ends is not None:
            return wording.in_unit(wording.band(*self.ends), self.unit)
        return wording.value(self.target, self.unit)

    @property
    def has_target(self) -> bool:
        """Whether a target or a band says what counts as reached."""
        return self.target is not None or self.ends is not None

    @property
    def is_complete(self) -> bool:
        """Whether it has baseline, owner, source and, unless it is only watched, a target."""
        aimed = self.has_target or self.better == MONITORED
        return self.baseline is not None and aimed and bool(self.owner and self.source)

    @property
    def standing_words(self) -> str:
        return wording.standing(self.standing)

    @property
    def standing_badge(self) -> str:
        return wording.standing_badge(self.standing)

    @property
    def trend_words(self) -> str:
        return wording.trend(self.trend)

    @property
    def better_words(self) -> str:
        if self.ends is not None:
            return wording.within(*self.ends)
        return wording.better(self.better)


@dataclass(frozen=True, slots=True)
class PointLine:
    """One reference point with the indicators that serve it; code "" holds those of none.

    judged : those measured against a target; on_course : of them, reached or nearer
    """

    code: str
    title: str
    indicators: tuple[IndicatorLine, ...]
    judged: int
    on_course: int

    @property
    def unjudged(self) -> int:
        return len(self.indicators) - self.judged


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective, what it serves and what shows that it is reached."""

    pk: int
    code: str
    title: str
    rationale: str
    owner: str
    corporate: tuple[Named, ...]
    domain_codes: tuple[str, ...]
    domains: tuple[str, ...]  # titles of diagnostic domains
    finding_codes: tuple[str, ...]  # of the strategy's exercise
    reference_points: tuple[str, ...]  # titles
    indicators: tuple[IndicatorLine, ...]
    initiatives: tuple[tuple[int, str, str], ...]  # pk, code, title


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A dated proof; state: done, late or due."""

    pk: int
    title: str
    due_on: date
    done_on: date | None
    state: str

    @property
    def state_words(self) -> str:
        return wording.milestone_state(self.state)

    @property
    def state_badge(self) -> str:
        return wording.milestone_badge(self.state)


@dataclass(frozen=True, slots=True)
class InitiativeLine:
    """One action card. state: not_begun, running, late, done or over (ended, not all proven)."""

    pk: int
    code: str
    theme: str
    theme_words: str
    title: str
    action: str
    owner: str
    objective: Named
    objective_pk: int
    starts_on: date
    ends_on: date
    depends_on: str
    legal_change: str
    milestones: tuple[MilestoneLine, ...]
    cost: Decimal | None  # None: no cost line
    state: str

    @property
    def done(self) -> int:
        return sum(one.state == "done" for one in self.milestones)

    @property
    def state_words(self) -> str:
        return wording.initiative_state(self.state)

    @property
    def state_badge(self) -> str:
        return wording.initiative_badge(self.state)


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk; score is likelihood times impact [1..25], band low, medium or high."""

    pk: int
    code: str
    title: str
    likelihood: int
    impact: int
    owner: str
    mitigation: str
    scope: str
    scope_words: str
    score: int
    band: str

    @property
    def band_words(self) -> str:
        return wording.risk_band(self.band)

    @property
    def band_badge(self) -> str:
        return wording.risk_badge(self.band)


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """The risks of one likelihood and one impact."""

    impact: int
    band: str
    risks: tuple[RiskLine, ...]


@dataclass(frozen=True, slots=True)
class ObligationLine:
    """A duty with a date. state: overdue, soon (within twelve months), later or undated."""

    pk: int
    code: str
    title: str
    source: str
    due_on: date | None
    training_need: str
    competencies: tuple[Named, ...]
    state: str

    @property
    def state_words(self) -> str:
        return wording.obligation_state(self.state)

    @property
    def state_badge(self) -> str:
        return wording.obligation_badge(self.state)


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision the ministry is asked for."""

    pk: int
    number: int
    text: str
    body: str


@dataclass(frozen=True, slots=True)
class ResponsibilityLine:
    """Who does, answers for, is asked about and is told of one task."""

    pk: int
    task: str
    responsible: str
    accountable: str
    consulted: str
    informed: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule the administration set itself."""

    pk: int
    kind: str
    title: str
    text: str

    @property
    def kind_words(self) -> str:
        return wording.rule_kind(self.kind)


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """Whom the strategy was discussed with, and what they held."""

    pk: int
    held_on: date
    body: str
    view: str


@dataclass(frozen=True, slots=True)
class CostRow:
    """One cost line of an initiative as it is printed.

    class_warning : why its class of funding contradicts the budget calendar; empty if it doesn't
    is_on_chart : whether the chart of accounts has its budget line
    """

    pk: int
    fiscal_year: str
    budget_line: str
    title: str
    initiative: str
    quantity: Decimal
    unit: str
    rate: Decimal
    amount: Decimal
    funding: str
    funding_words: str
    class_warning: str
    is_on_chart: bool
    source: str
    rate_source: str
    priced_on: date | None
    is_recurrent: bool


@dataclass(frozen=True, slots=True)
class VotedYear:
    """A fiscal year by the budget calendar: when its call closes and its Estimates pass."""

    label: str
    call_closes_on: date
    estimates_pass_on: date | None
    is_open: bool  # money can still be asked for


@dataclass(frozen=True, slots=True)
class CostSummary:
    """What the strategy costs, its training included, and what goes on after its last year.

    by_line, by_source, by_funding, by_part : amounts by year, keyed by words
    measures, training : totals of the initiatives' own lines, and of the plan's cash cost
    tail : each year after the last one; left : what recurs and ends with its donor before that
    no_plan : whether there is no plan to take training from
    opportunity : worth of the working time in training, no cash and in no other figure
    rounds : the years by the budget calendar; empty where none is stated
    off_chart : budget lines, of initiatives and of training, that the chart of accounts lacks
    """

    currency: str
    years: tuple[str, ...]
    by_line: CrossTable
    by_source: CrossTable
    by_funding: CrossTable
    by_part: CrossTable
    rows: tuple[CostRow, ...]
    measures: Decimal
    training: Decimal
    tail: Decimal
    left: tuple[LeftLine, ...]
    no_plan: bool
    opportunity: Decimal
    rounds: tuple[VotedYear, ...]
    off_chart: tuple[OffChart, ...]

    @property
    def warnings(self) -> int:
        """How many lines have a class of funding that contradicts the budget calendar."""
        return sum(bool(row.class_warning) for row in self.rows)

    @property
    def total(self) -> Decimal:
        return self.measures + self.training

    @property
    def has_any(self) -> bool:
        return bool(self.years)


@dataclass(frozen=True, slots=True)
class CostGlance:
    """What the strategy costs, its training included, and its budget lines off the chart."""

    total: Decimal
    off_chart: tuple[OffChart, ...]


@dataclass(frozen=True, slots=True)
class RoadmapQuarter:
    """One quarter of the fiscal year: its label, first and last day."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class RoadmapRow:
    """One initiative over the quarters: which of them it runs in, and milestones due in each."""

    initiative: InitiativeLine
    active: tuple[bool, ...]
    due: tuple[int, ...]

    @property
    def cells(self) -> tuple[tuple[bool, int], ...]:
        """(runs in it, milestones due in it) by quarter."""
        return tuple(zip(self.active, self.due, strict=True))


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Initiatives by quarter of the fiscal year, in the order of the themes."""

    quarters: tuple[RoadmapQuarter, ...]
    rows: tuple[RoadmapRow, ...]


@dataclass(frozen=True, slots=True)
class StrategyOverview:
    """The strategy with its principles and objectives, and what is open on the day."""

    pk: int
    code: str
    title: str
    starts_on: date
    ends_on: date
    as_of: date
    vision: str
    mandate: str
    foreword: str
    principles: tuple[tuple[int, str, str], ...]  # pk, title, text
    objectives: tuple[ObjectiveLine, ...]
    initiatives: tuple[InitiativeLine, ...]
    indicators: tuple[IndicatorLine, ...]
    points: tuple[PointLine, ...] = ()  # reference points with their indicators

    @property
    def initiative_count(self) -> int:
        return sum(len(objective.initiatives) for objective in self.objectives)
