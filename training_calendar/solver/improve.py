"""Local search on a plan: many small changes, each kept if the plan gets better or nearly so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from training_calendar.solver import kernel_fill, kernel_roster, kernel_search, kernel_weeks
from training_calendar.solver.dispatch import TOGETHER, Desk, Dispatcher, Plan, priced, with_load
from training_calendar.solver.kernel_data import Array
from training_calendar.solver.kernel_roster import roster_reference
from training_calendar.solver.roster import content, keen_people, kept_copy, roster_for

LOOKS = 100
"""Looks at people and modules that count as one pass: so many for each pair of the two."""
PIECE = 20_000_000
"""Looks between two questions whether to go on; a second or less."""
FIRST_CYCLE = 8
"""Steps of the first cooling; each cooling is twice as long as the one before."""
WARM, COLD = 0.005, 0.0005
"""How much worse a plan may get by one change, in sessions' shares of z, first and last in the
first cooling; a plan of fewer sessions than FEW counts as one of FEW."""
GROWTH, HOTTEST = 1.5, 0.06
"""How much warmer each cooling begins than the one before, and the warmest."""
FEW = 25
WIDEST = 4
"""Most sessions taken out by one change."""

GoOn = Callable[[int, float], bool]


class Chain:
    """One chain of changes on a desk of its own."""

    def __init__(self, dispatcher: Dispatcher, desk: Desk, keen: Array) -> None:
        self.dispatcher, self.desk = dispatcher, desk
        self.roster = roster_for(dispatcher.instance, dispatcher.problem, dispatcher.levels, keen)
        self.best = kept_copy(self.roster)
        self.given = roster_reference(tuple(self.roster))
        self.best_given = roster_reference(tuple(self.best))
        self.guide = dispatcher.first_guide()
        self.top = 0.0

    def load(self, plan: Plan) -> None:
        """Stand on a plan."""
        dispatcher = self.dispatcher
        for target, source in zip(self.desk.state, dispatcher.start, strict=True):
            target[...] = source
        held = np.array([len(pin.staff) for pin in dispatcher.pins], dtype=np.int64)
        kernel_roster.load(
            dispatcher.given,
            self.desk.state_given,
            self.given,
            plan.module,
            plan.first,
            plan.place,
            plan.trainer,
            plan.ptr,
            plan.people,
            len(dispatcher.pins),
            held,
            plan.guide.ladder,
        )
        self.guide = with_load(plan.guide, plan, dispatcher.problem)
        self.top = kernel_fill.z_of(dispatcher.given, self.desk.state_given, self.given)
        kernel_search.keep_best(self.given, self.best_given)

    def run(self, looks: int, heat: float, seed: int) -> None:
        """Changes until so many looks were taken."""
        self.top = kernel_search.improve(
            self.dispatcher.given,
            self.desk.state_given,
            self.given,
            self.best_given,
            self.guide,
            self.top,
            looks,
            heat,
            WIDEST,
            seed,
        )

    def plan(self, before: Plan) -> Plan:
        """The best plan of the chain; the plan it began with if that is no worse."""
        module, first, place, trainer, ptr, people = content(self.best)
        dispatcher = self.dispatcher
        found = Plan(
            module, first, place, trainer, ptr, people, before.haste, before.load, self.guide, 0.0
        )
        self.load(found)
        z = kernel_weeks.objective(
            dispatcher.given,
            dispatcher.levels.copy(),
            self.desk.state_given,
            module,
            first,
            ptr,
            people,
        )
        if z <= before.z:
            return before
        state = self.desk.state
        return Plan(
            module,
            first,
            place,
            trainer,
            ptr,
            people,
            before.haste,
            state.load.copy(),
            self.guide,
            float(z),
        )


def improved(
    dispatcher: Dispatcher, plan: Plan, *, random: np.random.Generator, passes: int, go_on: GoOn
) -> tuple[Plan, int]:
    """The best plan found from another until `go_on(passes, z)` says no, and the passes counted.

    Chains of changes cool side by side, start anew from the best of them, and cool twice as long.
    Their number is fixed and they meet at fixed steps: the same seed and number of passes give the
    same plan on any number of cores.
    """
    looks = LOOKS * dispatcher.problem.station.size * max(1, dispatcher.problem.mode.size)
    keen = keen_people(dispatcher.instance, dispatcher.problem, dispatcher.levels)
    if not keen.any():
        return plan, passes
    chains = [Chain(dispatcher, desk, keen) for desk in dispatcher.desks]
    cycle, warm = FIRST_CYCLE, WARM
    with ThreadPoolExecutor(TOGETHER) as pool:
        while True:
            for chain in chains:
                chain.load(plan)
            share = abs(plan.z) / max(FEW, plan.module.size)
            for step in range(cycle):
                heat = share * warm * (COLD / warm) ** (step / cycle)
                for at in range(0, looks, PIECE):
                    if not go_on(passes, max(chain.top for chain in chains)):
                        return _best(chains, plan), passes
                    seeds = random.integers(1 << 30, size=len(chains))
                    piece = min(PIECE, looks - at)
                    runs = [
                        pool.submit(chain.run, piece, heat, int(seed))
                        for chain, seed in zip(chains, seeds, strict=True)
                    ]
                    for run in runs:
                        run.result()
                passes += len(chains)
            plan = _best(chains, plan)
            cycle, warm = 2 * cycle, min(HOTTEST, GROWTH * warm)


def _best(chains: list[Chain], plan: Plan) -> Plan:
    for chain in chains:
        plan = chain.plan(plan)
    return plan


def search(
    dispatcher: Dispatcher, *, seed: int, go_on: GoOn, price: Array | None = None
) -> tuple[Plan, int]:
    """The best plan found until `go_on(passes, z)` says no: prices stepped, then local search.

    price : of money by quarter to begin with
    """
    plan, passes = priced(dispatcher, go_on=go_on, price=price)
    random = np.random.default_rng(seed)
    return improved(dispatcher, plan, random=random, passes=passes, go_on=go_on)
