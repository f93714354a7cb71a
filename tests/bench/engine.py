"""`python -m tests.bench.engine FOLDER...`: plans of the engine beside the reference's figures.

Each FOLDER is a planning instance named by size and seed, such as small-1. Every plan is judged by
the product's own checker and, where `--checker` names it, by an independent one.
"""

import argparse
import json
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.gaps import machine

EXAMPLE = Path("tests/data/planning/tiny-1")
REPORT = Path("docs/methods/engine-figures.md")
CANCELLED = 5
"""Sessions cancelled one by one, to see what each moves."""
BY_HAND = ("tiny", "small", "medium")
"""Sizes at which the officer's plans are made here as well; at others they take minutes."""


@dataclass(frozen=True)
class Reference:
    """Table 3.2 of the reference measurements, November 2026: one core of two, 60 s of it.

    bound : upper bound of the reference's linear programme
    gap_only, cost_aware : the officer's plans
    first, at_10, at_60, best : z of the reference dispatcher; 0 where none was measured
    """

    bound: float
    gap_only: float
    cost_aware: float
    first: float
    at_10: float
    at_60: float
    best: float


TABLE = {
    "small-1": Reference(14_391, 4_928, 6_112, 9_367, 9_633, 9_643, 9_757),
    "small-2": Reference(12_466, 3_748, 4_686, 7_330, 7_577, 7_598, 7_694),
    "small-3": Reference(12_478, 3_821, 4_596, 7_621, 8_080, 8_114, 8_279),
    "medium-1": Reference(154_226, 47_382, 59_386, 93_381, 97_710, 98_911, 98_911),
    "medium-2": Reference(133_275, 28_523, 34_465, 80_485, 81_793, 83_240, 83_240),
    "medium-3": Reference(137_030, 40_027, 51_988, 88_227, 90_156, 94_475, 94_475),
    "large-1": Reference(1_037_328, 268_505, 493_595, 664_694, 666_958, 689_503, 689_503),
    "vlarge-1": Reference(2_737_677, 271_866, 1_255_049, 1_776_798, 0, 1_803_033, 1_864_653),
}
"""Denominators of all ratios; never a figure of our own."""


@dataclass(frozen=True)
class Found:
    """Figures of one instance; seconds are of the processor, but for `wall`."""

    name: str
    read: float
    first: float
    first_z: float
    one_pass: float
    seats_of_pass: int
    at_10: float
    at_60: float
    wall: float
    sessions: int
    seats: int
    violations: int
    outside: str
    by_hand: tuple[float, float]
    moved: float | None
    replan: float | None
    megabytes: int


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folders", type=Path, nargs="*", default=[])
    words.add_argument("--seconds", type=float, default=60.0, help="of the processor, each")
    words.add_argument("--checker", type=Path, help="an independent checker: check.py DIR SOLUTION")
    words.add_argument("--kept", type=Path, help="file that keeps figures from run to run")
    words.add_argument("--write", action="store_true")
    chosen = words.parse_args()
    kept = json.loads(chosen.kept.read_text()) if chosen.kept and chosen.kept.exists() else {}
    for folder in chosen.folders or ([] if kept else [EXAMPLE]):
        kept[folder.name] = alone(folder, chosen.seconds, chosen.checker)
        print(kept[folder.name], file=sys.stderr, flush=True)
        if chosen.kept:
            chosen.kept.write_text(json.dumps(kept, indent=1))
    text = report([found(row) for row in kept.values()], chosen.seconds)
    print(text)
    if chosen.write:
        REPORT.write_text(text, encoding="utf-8")


def found(row: dict) -> Found:
    return Found(**{"moved": None, "replan": None, **row, "by_hand": tuple(row["by_hand"])})


def told(share: float | None) -> str:
    return "-" if share is None else f"{share:.2f}"


def alone(folder: Path, seconds: float, checker: Path | None) -> dict:
    """The figures of one instance, measured in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(measured, (folder, seconds, checker))


def measured(folder: Path, seconds: float, checker: Path | None) -> dict:
    """Read, plan and judge one instance."""
    from tests.bench.officer import officers_plan  # noqa: PLC0415 -- slow import (numba)
    from training_calendar.solver import dispatch, improve  # noqa: PLC0415 -- slow import (numba)
    from training_calendar.solver.check import check  # noqa: PLC0415
    from training_calendar.solver.instance import read_instance  # noqa: PLC0415

    clock = time.process_time
    warm(dispatch, improve, read_instance)
    begun = clock()
    instance = read_instance(folder)
    read = clock() - begun
    dispatcher = dispatch.Dispatcher(instance)
    before = clock()
    plan = dispatcher.run(dispatcher.first_guide())
    one_pass = clock() - before
    check(instance, dispatcher.sessions(plan))
    first = clock() - begun
    marks: dict[int, float] = {}
    begun, wall = clock(), time.monotonic()

    def go_on(passes: int, z: float) -> bool:
        took = clock() - begun
        for mark in (10, 60):
            if took <= mark or mark not in marks:
                marks[mark] = z
        return took < seconds

    best, _ = improve.search(dispatcher, seed=0, go_on=go_on)
    wall = time.monotonic() - wall
    marks = {mark: z for mark, z in marks.items() if mark < seconds}
    sessions = dispatcher.sessions(best)
    judged = check(instance, sessions)
    hand = (0.0, 0.0)
    if folder.name.split("-")[0] in BY_HAND:
        hand = tuple(officers_plan(dispatcher, cost_aware=aware) for aware in (False, True))
    return {
        "name": folder.name,
        "read": read,
        "first": first,
        "first_z": plan.z,
        "one_pass": one_pass,
        "seats_of_pass": int(plan.people.size),
        "at_10": marks.get(10, judged.objective.z),
        "at_60": judged.objective.z,
        "wall": wall,
        "sessions": len(sessions),
        "seats": sum(len(s.staff_ids) for s in sessions),
        "violations": len(judged.violations),
        "outside": outside(folder, sessions, checker) if checker else "not asked",
        "by_hand": hand,
        **replanning(dispatcher, sessions, first),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def replanning(dispatcher, sessions, first: float) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """People moved for each person of a cancelled session, and its time to that of a first plan."""
    from training_calendar.solver.replan import replanned  # noqa: PLC0415 -- slow import (numba)

    chosen = sessions[:: max(1, len(sessions) // CANCELLED)][:CANCELLED]
    moved, took = [], []
    for gone in chosen[:1] + chosen:  # the first once more: kernels are loaded by then
        begun = time.process_time()
        after = replanned(dispatcher, sessions, gone.session_id)
        took.append(time.process_time() - begun)
        old = {(s.session_id, who) for s in sessions for who in s.staff_ids}
        new = {(s.session_id, who) for s in after for who in s.staff_ids}
        moved.append(len({who for _, who in old ^ new}) / max(1, len(gone.staff_ids)))
    if not chosen:
        return {"moved": 0.0, "replan": 0.0}
    return {"moved": statistics.fmean(moved[1:]), "replan": statistics.median(took[1:]) / first}


def warm(dispatch, improve, read_instance) -> None:  # type: ignore[no-untyped-def]
    """Kernels are compiled when the product is set up; here too nobody's time counts them."""
    instance = read_instance(Path("tests/data/planning/mini-1"))
    improve.search(dispatch.Dispatcher(instance), seed=0, go_on=lambda passes, _z: passes < 20)


def outside(folder: Path, sessions, checker: Path) -> str:  # type: ignore[no-untyped-def]
    """Violations by the independent checker."""
    from training_calendar.solver.solve import write_sessions  # noqa: PLC0415 -- slow import

    with tempfile.TemporaryDirectory() as out:
        write_sessions(sessions, Path(out))
        done = subprocess.run(
            [sys.executable, checker, folder, out, "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
    judged = json.loads(done.stdout)
    return f"{judged['violations']}, z {judged['Z']:,.0f}"


def report(rows: list[Found], seconds: float) -> str:
    """The page of figures."""
    lines = [
        "# Figures of the planning engine",
        "",
        f"Written by `python -m tests.bench.engine FOLDER... --write` on {machine()}, memory and",
        f"{seconds:.0f} s of the processor each. Seconds are the processor's, both chains of the",
        "search together, as other work shares the machine. The denominators are the reference",
        "dispatcher's figures, its bound and its officer's plans, measured in November 2026 on one",
        "core; none is a figure of our own. `-`: the reference has none for that instance.",
        "",
        "| instance | z | / cost-aware officer | / reference, 60 s | / bound |"
        " z at 10 s / at the end | violations | independent checker | sessions | seats |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(quality(row) for row in rows),
        *medians(rows),
        "",
        "| instance | reading s | first checked plan s | its z | one pass s | microseconds a seat |"
        " wall s of the search | MB | officer, gap only | officer, cost-aware |"
        " re-plan: people moved / touched | its time / first plan's |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
        *(speed(row) for row in rows),
        "",
        "The officer's plans of the last columns are made by `tests/bench/officer.py`, our own",
        "simulation of a hand method; the ratios use the reference's.",
        "",
    ]
    return "\n".join(lines)


def ratio(z: float, base: float) -> str:
    return f"{z / base:.3f}" if base else "-"


def quality(row: Found) -> str:
    known = TABLE.get(row.name, Reference(0, 0, 0, 0, 0, 0, 0))
    return (
        f"| {row.name} | {row.at_60:,.0f} | {ratio(row.at_60, known.cost_aware)} |"
        f" {ratio(row.at_60, known.at_60)} | {ratio(row.at_60, known.bound)} |"
        f" {ratio(row.at_10, row.at_60)} | {row.violations} | {row.outside} |"
        f" {row.sessions:,} | {row.seats:,} |"
    )


def medians(rows: list[Found]) -> list[str]:
    """One line for each size with three instances."""
    told = []
    for size in ("small", "medium"):
        same = [r for r in rows if r.name.startswith(f"{size}-") and r.name in TABLE]
        if len(same) < 3:
            continue
        known = [TABLE[r.name] for r in same]
        pairs = list(zip(same, known, strict=True))
        middle = [
            statistics.median(r.at_60 / k.cost_aware for r, k in pairs),
            statistics.median(r.at_60 / k.at_60 for r, k in pairs),
            statistics.median(r.at_60 / k.bound for r, k in pairs),
            statistics.median(r.at_10 / r.at_60 for r in same),
        ]
        told.append(f"| median {size} | | {' | '.join(f'{x:.3f}' for x in middle)} | | | | |")
    return told


def speed(row: Found) -> str:
    hand = [f"{z:,.0f}" if z else "-" for z in row.by_hand]
    return (
        f"| {row.name} | {row.read:.2f} | {row.first:.2f} | {row.first_z:,.0f} |"
        f" {row.one_pass:.3f} | {1e6 * row.one_pass / max(1, row.seats_of_pass):.0f} |"
        f" {row.wall:.0f} | {row.megabytes:,} | {hand[0]} | {hand[1]} |"
        f" {told(row.moved)} | {told(row.replan)} |"
    )


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
