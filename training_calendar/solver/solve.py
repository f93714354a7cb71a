"""One planning problem solved: sessions and seats, the bound, the reasons; and written to files."""

import csv
import json
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np

from training_calendar.solver.bound import upper_bound
from training_calendar.solver.check import check
from training_calendar.solver.explain import (
    count_by_competency,
    count_by_key,
    count_by_module,
    reasons_for,
    unassessed,
)
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.solution import Bound, Progress, Solution

DEFAULT_EFFORT = 40
"""Passes when neither seconds nor effort are given."""
AFTERWARDS = 0.08
"""Share of the seconds kept for the check, the reasons and the files."""
MANY_GAPS = 40_000
"""Open required pairs from which a short run bounds by quarters instead of months."""
SHORT = 90.0
"""Seconds below which a run counts as short."""

Tell = Callable[[Progress], bool]


def solve(
    instance: Instance,
    *,
    seconds: float | None = None,
    effort: int | None = None,
    seed: int = 0,
    progress: Tell | None = None,
    with_bound: bool = True,
    price: Sequence[float] | None = None,
) -> Solution:
    """Choose sessions and seat people; the plan is judged by the solver-free checker.

    Parameters
    ----------
    seconds : stop by the clock, compilation and bound included [s]
    effort : stop after so many passes of the dispatcher; the result is the same on any number of
        cores. Neither given: effort DEFAULT_EFFORT. Both: whichever ends first.
    seed : of the random search
    progress : called every second or so; a False stops the run, and the best plan so far is kept
    with_bound : compute the upper bound beside the search
    price : of money by quarter to begin with, such as those of an earlier plan [points / money]

    Source
    ------
    docs/methods/planning.md, section 4; docs/methods/bound.md.
    """
    began = time.monotonic()
    if seconds is None and effort is None:
        effort = DEFAULT_EFFORT
    clock = _Clock(began, seconds, effort, progress)
    pool = ThreadPoolExecutor(1)
    try:
        bounding = pool.submit(_bound, instance, clock) if with_bound else None
        sessions, prices, passes = _search(instance, seed, clock, price)
        bound = _wait(bounding, clock) if bounding else None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    judged = check(instance, sessions)
    clock.tell("reasons", 1.0, passes, judged.objective.z)
    reasons = reasons_for(instance, sessions)
    took = time.monotonic() - began
    return Solution(sessions, judged, bound, reasons, prices, took, passes, seed, clock.stopped)


class _Clock:
    """Says when a run has to end, and reports how far it has come."""

    def __init__(
        self, began: float, seconds: float | None, effort: int | None, progress: Tell | None
    ) -> None:
        self.began, self.seconds, self.effort, self.progress = began, seconds, effort, progress
        self.stopped = False
        self.asked = began

    @property
    def left(self) -> float | None:
        """Seconds left for the search and the bound; None without a limit."""
        if self.seconds is None:
            return None
        return self.began + self.seconds * (1 - AFTERWARDS) - time.monotonic()

    def tell(self, stage: str, share: float, passes: int, z: float) -> None:
        """Report; a False from the other side stops the run."""
        if self.progress and not self.progress(Progress(stage, min(1.0, share), passes, z)):
            self.stopped = True

    def go_on(self, passes: int, z: float) -> bool:
        """May there be another pass? Not if it would end too late, as long as the last one was."""
        took = time.monotonic() - self.asked
        self.asked += took
        shares = [0.0]
        if self.effort is not None:
            shares.append(passes / self.effort)
        if self.seconds is not None and self.left is not None:
            shares.append(1 - (self.left - took) / (self.seconds * (1 - AFTERWARDS)))
        self.tell("search", max(shares), passes, z)
        return not self.stopped and max(shares) < 1


def _search(
    instance: Instance, seed: int, clock: _Clock, price: Sequence[float] | None = None
) -> tuple:
    from training_calendar.solver import dispatch, improve  # noqa: PLC0415 -- slow import (numba)

    dispatcher = dispatch.Dispatcher(instance)
    plan, passes = improve.search(
        dispatcher,
        seed=seed,
        go_on=clock.go_on,
        price=None if price is None else np.array(price, dtype=float),
    )
    return dispatcher.sessions(plan), tuple(float(x) for x in plan.guide.price), passes


def _bound(instance: Instance, clock: _Clock) -> Bound:
    many = int((instance.required > 0).sum()) > MANY_GAPS
    short = clock.seconds is not None and clock.seconds < SHORT
    return upper_bound(instance, clock.left, coarse=many and short, stopped=lambda: clock.stopped)


def _wait(bounding: "Future[Bound]", clock: _Clock) -> Bound | None:
    """The bound; none if the run was stopped before it was known."""
    while not bounding.done() and not clock.stopped:
        clock.tell("bound", 1.0, 0, 0.0)
        time.sleep(0.05)
    return bounding.result() if bounding.done() and not clock.stopped else None


def write_solution(instance: Instance, solution: Solution, out: Path) -> None:
    """Write sessions.csv and seats.csv as the planning tables have them, and report.json."""
    write_sessions(solution.sessions, out)
    report = json.dumps(report_of(instance, solution), indent=2, default=str)
    (out / "report.json").write_text(report + "\n", encoding="utf-8")


def write_sessions(sessions: Iterable[Session], out: Path) -> None:
    """Write sessions.csv and seats.csv as the planning tables have them."""
    out.mkdir(parents=True, exist_ok=True)
    given = tuple(sessions)
    heading = ["session_id", "module_id", "start_date", "end_date", "venue_id", "instructor_id"]
    rows: list[list[object]] = [[getattr(s, name) for name in heading] for s in given]
    _write(out / "sessions.csv", heading, rows)
    seats: list[list[object]] = [[s.session_id, who] for s in given for who in s.staff_ids]
    _write(out / "seats.csv", ["session_id", "staff_id"], seats)


def _write(path: Path, heading: list[str], rows: list[list[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)


def report_of(instance: Instance, solution: Solution) -> dict[str, object]:
    """The figures of a solution with every constant they rest on."""
    return {
        "instance": instance.name,
        "parameters": asdict(instance.parameters),
        "obeyed": sorted(instance.obeyed),
        "objective": asdict(solution.check.objective),
        "bound": asdict(solution.bound) if solution.bound else None,
        "better": solution.better,
        "violations": [asdict(v) for v in solution.check.violations],
        "sessions": len(solution.sessions),
        "seats": sum(len(s.staff_ids) for s in solution.sessions),
        "prices": dict(zip(instance.horizon.quarter_ids, solution.prices, strict=True)),
        "reasons": {
            "by_reason": count_by_key(solution.reasons),
            "by_module": _listed(count_by_module(solution.reasons), "module"),
            "by_competency": _listed(count_by_competency(solution.reasons), "competency"),
            "open_points": sum(r.weight for r in solution.reasons),
            "not_assessed": unassessed(instance),
        },
        "seconds": round(solution.seconds, 2),
        "effort": solution.effort,
        "seed": solution.seed,
        "stopped": solution.stopped,
    }


def _listed(counts: dict[tuple[str, str], int], name: str) -> list[dict[str, object]]:
    return [{name: key, "reason": reason, "gaps": n} for (key, reason), n in counts.items()]
