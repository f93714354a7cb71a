"""The price-guided weekly dispatcher: passes over the calendar, and the prices that guide them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from training_calendar.solver import arrays, kernel_weeks
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.kernel_data import (
    Array,
    Guide,
    Problem,
    State,
    Work,
    problem_reference,
    state_reference,
    work_reference,
)
from training_calendar.solver.kernel_roster import Roster

LARGE = 2000
"""People from which the lists are rebuilt every second week only (performance measured so)."""
HUGE = 20_000
"""People from which they are rebuilt every eighth week, and the first day that fits is taken."""
FIRST_PRICE = 4.0
"""The first price of money, in lambda_cost."""
STEPS = 5
"""Price steps before the local search begins."""
DAMPING = 0.8
"""How far a price step goes, to the one before."""
TOGETHER = 2
"""Chains of the local search; fixed, so that the number of cores changes nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What one pass placed, in positions; pinned sessions come first.

    place : venue, -1 online, -2 - offer; seats of session s are `people[ptr[s]:ptr[s + 1]]`
    haste : by quarter, mean over its weeks of ln(share of time left / share of money left)
    load : seat-days by week
    """

    module: Array
    first: Array
    place: Array
    trainer: Array
    ptr: Array
    people: Array
    haste: Array
    load: Array
    guide: Guide
    z: float


class Desk:
    """The state and working room of one thread, with the kernels' views of both."""

    def __init__(self, dispatcher: "Dispatcher") -> None:
        self.state = State(*(a.copy() for a in dispatcher.start))
        self.work: Work = arrays.work_for(dispatcher.instance, dispatcher.problem)
        self.state_given = state_reference(tuple(self.state))
        self.work_given = work_reference(tuple(self.work))


class Dispatcher:
    """Runs passes on one instance; each worker thread has a state of its own."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.pins = arrays.pins_of(instance)
        self.problem: Problem = arrays.problem_of(instance, self.pins)
        self.start: State = arrays.state_of(instance, self.pins)
        self.levels = arrays.rated_levels(instance)
        self.given = problem_reference(tuple(self.problem))
        self.desks = [Desk(self) for _ in range(TOGETHER)]

    def first_guide(self, price: Array | None = None) -> Guide:
        """The guide of the first pass: a uniform price, or the prices given."""
        problem = self.problem
        people = problem.station.size
        uniform = np.full(problem.budget.size, FIRST_PRICE * problem.lambda_cost)
        return Guide(
            price=uniform if price is None else np.asarray(price, dtype=float),
            ladder=0.2,
            spread=0.9,
            load_price=0.0,
            load_mean=0.0,
            every=8 if people > HUGE else 2 if people > LARGE else 1,
            starts=1 if people > HUGE else 5,
        )

    def run(self, guide: Guide, desk: int = 0) -> Plan:
        """One pass under a guide, with its true objective."""
        at = self.desks[desk]
        for target, source in zip(at.state, self.start, strict=True):
            target[...] = source
        kernel_weeks.one_pass(self.given, at.state_given, at.work_given, guide)
        return self._plan(at, guide)

    def _plan(self, desk: Desk, guide: Guide) -> Plan:
        state, work = desk.state, desk.work
        count, seats = int(work.count[0]), int(work.count[1])
        people, sizes = [], []
        for k, pin in enumerate(self.pins):
            a, b = work.extra_ptr[k]
            people += [*pin.staff, *work.extra[a:b]]
            sizes.append(len(pin.staff) + int(b - a))
        where = [-2 - pin.offer if pin.offer >= 0 else pin.venue for pin in self.pins]

        def joined(pinned: list[int], placed: Array) -> Array:
            return np.concatenate([np.array(pinned, dtype=np.int64), placed])

        own = np.diff(work.seat_ptr[: count + 1])
        module = joined([pin.module for pin in self.pins], work.module[:count])
        first = joined([pin.first for pin in self.pins], work.first[:count])
        ptr = np.concatenate([[0], np.cumsum(joined(sizes, own))]).astype(np.int64)
        seated = joined(people, work.seat[:seats])
        z = kernel_weeks.objective(
            self.given, self.levels.copy(), desk.state_given, module, first, ptr, seated
        )
        return Plan(
            module=module,
            first=first,
            place=joined(where, work.place[:count]),
            trainer=joined([pin.trainer for pin in self.pins], work.trainer[:count]),
            ptr=ptr,
            people=seated,
            haste=work.haste[:, 0] / np.maximum(1, work.haste[:, 1]),
            load=state.load.copy(),
            guide=guide,
            z=float(z),
        )

    def sessions(self, plan: Plan) -> tuple[Session, ...]:
        """The sessions of a plan with their ids, in order of day, module and place."""
        instance, pinned = self.instance, len(self.pins)
        out = []
        for at in range(plan.module.size):
            staff = plan.people[plan.ptr[at] : plan.ptr[at + 1]]
            ids = tuple(instance.staff.ids[i] for i in staff)
            if at < pinned:
                s = self.pins[at].session
                out.append(_with_staff(s, (*s.staff_ids, *ids[len(self.pins[at].staff) :])))
            else:
                out.append(self.session_in(plan, at, tuple(sorted(ids))))
        fresh = sorted(
            out[pinned:], key=lambda s: (s.start_date, s.module_id, s.venue_id, s.instructor_id)
        )
        taken = {s.session_id for s in instance.pins}
        names = (f"T{n:05d}" for n in range(1, 100_000))
        free = (name for name in names if name not in taken)
        # a pin the arrays could not hold is kept as it is: the checker names what is wrong with it
        held = {pin.session.session_id for pin in self.pins}
        unheld = [s for s in instance.pins if s.session_id not in held]
        return (
            *out[:pinned],
            *unheld,
            *(_with_id(s, name) for s, name in zip(fresh, free, strict=False)),
        )

    def session_in(self, plan: Plan | Roster, at: int, staff: tuple[str, ...]) -> Session:
        """The session at that position of a plan or roster, with these people and no id yet."""
        instance = self.instance
        m, first, where = int(plan.module[at]), int(plan.first[at]), int(plan.place[at])
        venue = ""
        if where >= 0:
            venue = instance.venues.ids[where]
        elif where <= -2:
            venue = instance.offers.ids[-2 - where]
        trainer = int(plan.trainer[at])
        return Session(
            session_id="",
            module_id=instance.modules.ids[m],
            start_date=instance.horizon.date_of(first),
            end_date=instance.horizon.date_of(first + int(instance.modules.duration[m]) - 1),
            venue_id=venue,
            instructor_id=instance.instructors.ids[trainer] if trainer >= 0 else "",
            staff_ids=staff,
        )


def _with_staff(s: Session, staff: tuple[str, ...]) -> Session:
    return Session(
        s.session_id,
        s.module_id,
        s.start_date,
        s.end_date,
        s.venue_id,
        s.instructor_id,
        staff,
        s.pinned,
        s.open,
    )


def _with_id(s: Session, name: str) -> Session:
    return Session(
        name, s.module_id, s.start_date, s.end_date, s.venue_id, s.instructor_id, s.staff_ids
    )


def stepped(plan: Plan, step: int) -> Array:
    """Prices for the next pass: dearer where a quarter's money ran out ahead of its time."""
    return plan.guide.price * np.exp(DAMPING**step * plan.haste)


def with_load(guide: Guide, plan: Plan, problem: Problem) -> Guide:
    """The guide with the price of an uneven load as it stands in a plan."""
    total = float(plan.load.sum())
    if total == 0:
        return guide
    mean = float(plan.load[problem.even].sum()) / max(1, int(problem.even.sum()))
    return guide._replace(load_price=problem.smooth_points / (2 * total), load_mean=mean)


def priced(
    dispatcher: Dispatcher, *, go_on: Callable[[int, float], bool], price: Array | None = None
) -> tuple[Plan, int]:
    """The best plan of a few passes, guided by the last prices of money; the passes made."""
    plan = best = dispatcher.run(dispatcher.first_guide(price))
    passes = 1
    while passes <= STEPS and go_on(passes, best.z):
        guide = with_load(plan.guide, plan, dispatcher.problem)
        plan = dispatcher.run(guide._replace(price=stepped(plan, passes - 1)))
        passes += 1
        best = plan if plan.z > best.z else best
    return replace(best, guide=plan.guide), passes
