"""What the planning engine answers: sessions and seats, the bound, the violations, the reasons."""

from dataclasses import dataclass, field
from datetime import date

from training_calendar.solver.facts import Session


@dataclass(frozen=True, slots=True)
class Violation:
    """One rule broken once.

    rule : H01..H16, C1..C3, F1..F3: a key of `check.RULES` or `check.FURTHER`
    session_id, staff_id, station_id, day, quarter_id : where, as far as the rule has such a place
    found, allowed : the two figures compared, where the rule compares figures
    """

    rule: str
    session_id: str = ""
    staff_id: str = ""
    station_id: str = ""
    day: date | None = None
    quarter_id: str = ""
    found: float | None = None
    allowed: float | None = None


@dataclass(frozen=True, slots=True)
class Objective:
    """The figures of a plan: z = value - lambda_cost x cost - lambda_smooth x total gap x smooth.

    value : closed gap points, discounted by the day of closing [points]
    closed : closed gap points, not discounted [points]
    total : the weighted gap before any training [points]
    cost, budget, travel : [money]; `cost_by_quarter` in the order of the horizon's quarters
    smooth : 0 = the same load each week, 1 = all at once
    """

    z: float
    value: float
    closed: int
    total: int
    cost: float
    budget: float
    travel: float
    smooth: float
    cost_by_quarter: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """The judgement of the solver-free checker: no violation means that the plan may be used."""

    violations: tuple[Violation, ...]
    objective: Objective


@dataclass(frozen=True, slots=True)
class Scarce:
    """Something that there is too little of, by the duals of the bound.

    kind : money, instructor, venue, cover, offer, days or staff
    key : the quarter, instructor, kind and region, station or module that is short
    period : the month or quarter it is short in; empty where it holds for the whole horizon
    price : what one more unit would add to the bound [points / unit]
    amount : how much there is of it [unit]
    """

    kind: str
    key: str
    period: str
    price: float
    amount: float


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan has a larger z than `value`.

    method : prices, or for classes of staff lp (solved to the end) and duals (cut off: weaker,
        still valid)
    money_price : worth of one more unit of money, lambda_cost included, by quarter
    """

    value: float
    method: str
    money_price: tuple[float, ...]
    scarce: tuple[Scarce, ...] = ()
    columns: int = 0
    rows: int = 0


def most_scarce(scarce: tuple[Scarce, ...], count: int) -> tuple[Scarce, ...]:
    """So many of the scarce things, in their order, the first of each kind among them."""
    first = {thing.kind: n for n, thing in reversed(tuple(enumerate(scarce)))}
    order = sorted(range(len(scarce)), key=lambda n: (n not in first.values(), n))
    return tuple(scarce[n] for n in sorted(order[:count]))


def at_most_better(bound: float | None, z: float | None) -> float | None:
    """The share by which any plan could be worth more than one of worth `z`; None if unknown.

    Nobody can say it without a bound, or beside a plan that is worth nothing.
    """
    return None if bound is None or z is None or z <= 0 else max(0.0, bound / z - 1)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one gap of one person stays open.

    key : a key of `explain.KEYS`
    module_id : the module that came nearest to closing it; empty where none leads there
    levels : levels still missing after the plan [levels]
    weight : gap points still open [points]
    """

    staff_id: str
    competency_id: str
    key: str
    module_id: str
    levels: int
    weight: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a solver has come; `share` 0..1 of its time or effort."""

    stage: str
    share: float
    passes: int
    z: float


@dataclass(frozen=True, slots=True)
class Solution:
    """A plan with its proof and its reasons.

    prices : price of money by quarter that the best pass was guided by [points / money]
    bound : None if it was not asked for
    effort : passes of the dispatcher that were made
    """

    sessions: tuple[Session, ...]
    check: Check
    bound: Bound | None
    reasons: tuple[Reason, ...]
    prices: tuple[float, ...]
    seconds: float
    effort: int
    seed: int
    stopped: bool = False

    @property
    def better(self) -> float | None:
        """How much more than this plan any could be worth at most; None where nobody can say."""
        return at_most_better(self.bound.value if self.bound else None, self.check.objective.z)


@dataclass(frozen=True, slots=True)
class Change:
    """A hand-made change to a calendar, to be repaired around.

    cancel : ids of sessions that are taken out
    pin : sessions as they must stand, new or moved; the id tells which one they replace
    first_day, last_day : the window in which other sessions may move
    """

    first_day: date
    last_day: date
    cancel: tuple[str, ...] = ()
    pin: tuple[Session, ...] = ()


@dataclass(frozen=True, slots=True)
class Schedule:
    """A repaired calendar; `moved` sessions have another date, venue or instructor."""

    sessions: tuple[Session, ...]
    moved: tuple[str, ...]
    released: tuple[tuple[str, str], ...] = field(default=())
    """(session_id, staff_id) of the seats that could not be kept."""


@dataclass(frozen=True, slots=True)
class NoSchedule:
    """No calendar obeys the change; each rule named would allow one if it alone were lifted."""

    blame: tuple[str, ...]
