"""The facts that the consistency rules look at: a frozen snapshot of plan, calendar and texts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that breaks a rule: what, the key of the reason, and the values it names."""

    what: str
    reason: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class InterventionFact:
    """One line of the plan and what it traces to; `needs` counts gaps or findings behind it."""

    code: str
    title: str
    needs: int
    duty: str


@dataclass(frozen=True, slots=True)
class ObjectiveFact:
    """One objective with its indicators that have (baseline, target, owner, source)."""

    code: str
    title: str
    indicators: int
    complete: int


@dataclass(frozen=True, slots=True)
class SessionFact:
    """One session that is not cancelled, and the line of the plan it stands under.

    own_plan, own_module : the intervention belongs to the calendar's plan, and has its module
    cost : all cash of the session [money]
    """

    code: str
    title: str
    own_plan: bool
    own_module: bool
    funding: str
    source: str
    cost: float


@dataclass(frozen=True, slots=True)
class SeatFact:
    """One person's place on some days; `waived`: modules the person need not attend first."""

    person: str
    module: str
    title: str
    first: date
    last: date
    in_session: bool
    waived: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StationFact:
    """One station with the days on which it stands below a limit of cover [days]."""

    code: str
    title: str
    broken_days: int


@dataclass(frozen=True, slots=True)
class HoursFact:
    """One staff level: hours promised a year, and hours planned, of `people` over `years`."""

    level: str
    title: str
    promised: float
    people: int
    planned: float
    years: float


@dataclass(frozen=True, slots=True)
class GapFact:
    """One competency: its open gap, lines of the plan that lift it, needs open with no reason."""

    code: str
    title: str
    weighted_gap: float
    interventions: int
    unexplained: int


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One indicator's target in two versions that follow each other, and the reasons logged."""

    code: str
    title: str
    before: float
    after: float
    reasons: int


@dataclass(frozen=True, slots=True)
class HeadcountFact:
    """What one document states: how many people serve, on which day."""

    document: str
    as_of: date
    headcount: int


@dataclass(frozen=True, slots=True)
class NamedFact:
    """A person found in a document for outside readers: where, and how often."""

    document: str
    section: str
    times: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules need; an empty part means that there is nothing to break the rule.

    sessions_cost, outside_cost : cash of sessions, and of courses outside them [money]
    plan_cost : cash of all cost lines of the plan's training; None where there is no plan [money]
    prerequisites : (module, module that comes first)
    """

    interventions: tuple[InterventionFact, ...] = ()
    objectives: tuple[ObjectiveFact, ...] = ()
    sessions: tuple[SessionFact, ...] = ()
    sessions_cost: float = 0.0
    outside_cost: float = 0.0
    plan_cost: float | None = None
    seats: tuple[SeatFact, ...] = ()
    prerequisites: tuple[tuple[str, str], ...] = ()
    stations: tuple[StationFact, ...] = ()
    hours: tuple[HoursFact, ...] = ()
    gaps: tuple[GapFact, ...] = ()
    targets: tuple[TargetFact, ...] = ()
    headcounts: tuple[HeadcountFact, ...] = ()
    outside_documents: int = 0
    named: tuple[NamedFact, ...] = ()
