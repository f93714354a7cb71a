"""`python -m tests.bench.gaps`: gaps of everybody, from rows to tables, beside plain ways.

Every figure stands beside its reference, measured in turn in the same run. With `DATABASE_URL`
the rows are read from that database.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from competencies.analysis.demand import Demand
from competencies.analysis.dense_gaps import DenseSums, dense_sums
from competencies.analysis.dense_totals import dense_totals
from tests.bench import gap_rows

REPORT = Path("docs/methods/gap-engine.md")
MARK = "\n## Measured"
RUNS = 3
SIZES = (3_000, 30_000, 100_000)
MEMORY = (3_000, 30_000, 100_000, 1_000_000)  # people of the arrays
Work = Callable[[], object]
WAYS = ((), ("unit",), ("competency",), ("unit", "competency"),
        ("profile",), ("profile", "competency"))  # fmt: skip


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--staff", type=int, nargs="+", default=list(SIZES))
    words.add_argument("--memory", type=int, nargs="*", default=list(MEMORY))
    words.add_argument("--write", action="store_true")
    chosen = words.parse_args()
    parts = {}
    if chosen.memory:
        parts[f"Measured: the engine alone, {machine()}"] = engine(chosen.memory)
    with tempfile.TemporaryDirectory() as folder:
        database = set_up(folder)
        parts[f"Measured: from rows to tables, {database}, {machine()}"] = pages(chosen.staff)
    text = "".join(f"\n## {title}\n\n{part}\n" for title, part in parts.items())
    print(text)
    if chosen.write:
        write(parts)


def machine() -> str:
    return f"{os.cpu_count()} cores"


def write(parts: dict[str, str]) -> None:
    """Put the parts into the page, each in place of its own of an earlier run."""
    before, *earlier = REPORT.read_text(encoding="utf-8").split(MARK)
    pieces = (one.partition("\n") for one in earlier)
    known = {f"Measured{title}": told for title, _line, told in pieces}
    known.update(parts)
    told = "".join(f"\n## {title}\n\n{part.strip()}\n" for title, part in known.items())
    REPORT.write_text(before.rstrip("\n") + "\n" + told, encoding="utf-8")


def times(*works: Work) -> list[tuple[float, float]]:
    """Median wall time and processor time of each [s], all run in turn."""
    found: list[list[tuple[float, float]]] = [[] for _ in works]
    for _ in range(RUNS):
        for place, work in enumerate(works):
            begun = time.perf_counter(), time.process_time()
            work()
            found[place].append((time.perf_counter() - begun[0], time.process_time() - begun[1]))
    return [tuple(map(statistics.median, zip(*one, strict=True))) for one in found]  # type: ignore[misc]


def peak(work: Work) -> float:
    """How far memory rises above what the process holds already, in a process of its own [MB]."""
    read, written = os.pipe()
    if child := os.fork():
        os.close(written)
        with os.fdopen(read) as said:
            megabytes = float(said.read())
        os.waitpid(child, 0)
        return megabytes
    held = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    work()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    os.write(written, f"{(most - held) / 1e6:.0f}".encode())
    os._exit(0)


def engine(sizes: Sequence[int]) -> str:
    """The engine against a plain pass over whole levels, on arrays in memory."""
    rows, before = [], None
    for people in sizes:
        made = gap_rows.arrays(people)
        ways = [lambda made=made: sums(made), lambda made=made: tables(made), plain_pass(made)]
        memory = [peak(way) for way in ways]
        (_own, own), (_all, whole), (_plain, plain) = times(*ways)
        grown = f"{own / before[1]:.1f} of {people / before[0]:.1f}" if before else ""
        before = people, own
        rows.append(
            f"| {people:,} | {1000 * own:.1f} | {1000 * whole:.1f} | {1000 * plain:.1f} |"
            f" {own / plain:.2f} | {whole / plain:.2f} | {grown} | {memory[1]:.0f} |"
            f" {memory[2]:.0f} |"
        )
    head = (
        "| people | all sums, ms of the processor | sums and six tables, ms | plain pass, ms |"
        " sums / plain | tables / plain | sums: times as long, of times the people |"
        " engine, MB | plain, MB |",
        "|---|---|---|---|---|---|---|---|---|",
    )
    return "\n".join([*head, *rows])


def sums(made: dict[str, Any]) -> DenseSums:
    """All sums, by unit and profile and competency."""
    asked = made["asked"]
    demand = Demand(asked[0], asked[1], asked[2] > 0)
    groups = np.column_stack([made["unit"], made["role"]])
    return dense_sums(made["level"], made["confidence"], demand, made["role"], groups)


def tables(made: dict[str, Any]) -> list[pd.DataFrame]:
    """All sums and all tables of totals."""
    names = {"unit": list(range(gap_rows.UNITS)), "profile": list(range(gap_rows.PROFILES))}
    columns = np.ones(gap_rows.TOPICS, bool)
    topics = [f"C{n:02}" for n in range(gap_rows.TOPICS)]
    found = sums(made)
    return [dense_totals(found, names, topics, by, columns=columns) for by in WAYS]


def plain_pass(made: dict[str, Any]) -> Work:
    """Whole levels in bytes; sums and counts of gaps of unit and profile by competency, no more."""
    level = np.where(np.isnan(made["level"]), 9, np.nan_to_num(made["level"])).astype(np.int8)
    asked, weight = made["asked"][0].astype(np.int8), made["asked"][1].astype(np.int8)
    sorts = []
    for group in (made["unit"], made["role"]):
        order = np.argsort(group, kind="stable")
        sorts.append((order, np.flatnonzero(np.diff(group[order], prepend=-1))))

    def work() -> list[Any]:
        gap = np.maximum(0, asked[made["role"]] - level) * weight[made["role"]]
        found = []
        for order, starts in sorts:
            rows = gap[order]
            found += [
                np.add.reduceat(rows, starts, axis=0, dtype=np.int32),
                np.add.reduceat(rows > 0, starts, axis=0, dtype=np.int32),
            ]
        return found

    return work


def set_up(folder: str) -> str:
    """An empty database; says which kind."""
    os.environ.update(HRPLAN_DATA=folder, DJANGO_SETTINGS_MODULE="hrplan.settings")
    os.environ["HRPLAN_DEBUG"] = "1"
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from django.conf import settings  # noqa: PLC0415 -- after the set-up
    from django.core.management import call_command  # noqa: PLC0415 -- after the set-up
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]


def pages(sizes: Sequence[int]) -> str:
    """The map of units from rows of the database, three ways."""
    from django.db import connections  # noqa: PLC0415 -- after the set-up

    from competencies.usecases import dense  # noqa: PLC0415 -- after the set-up

    rows, before = [], None
    for people in sizes:
        owner = gap_rows.furnish(f"bench-{people}", people)
        begun = time.perf_counter()
        dense.gap_figures(owner)
        first = time.perf_counter() - begun
        ways = [lambda way=way, to=owner: way(to) for way in (by_profiles, by_strings, by_ratings)]
        begun = time.perf_counter()
        expected = ways.pop()()
        frames = time.perf_counter() - begun
        same(expected, *(way() for way in ways))
        connections.close_all()
        memory = [peak(way) for way in (*ways, lambda to=owner: by_ratings(to))]
        (own, own_cpu), (text, text_cpu) = times(*ways)
        grown = f"{own / before[1]:.1f} of {people / before[0]:.1f}" if before else ""
        before = people, own
        rows.append(
            f"| {people:,} | {own:.3f} / {own_cpu:.3f} | {text:.2f} / {text_cpu:.2f} |"
            f" {own / text:.3f} / {own_cpu / text_cpu:.3f} | {frames:.2f} | {first:.1f} | {grown} |"
            f" {memory[0]:.0f} | {memory[1]:.0f} | {memory[2]:.0f} |"
        )
        print(rows[-1], file=sys.stderr)
    head = (
        "| people | kept levels, s wall / processor | values_list and merge, s | ratio |"
        " from the ratings, s | first time, s | times as long, of times the people |"
        " kept, MB | merge, MB | ratings, MB |",
        "|---|---|---|---|---|---|---|---|---|---|",
    )
    return "\n".join([*head, *rows])


def by_profiles(owner: Any) -> tuple[int, float]:
    """The map of units and its totals, as the page shows them."""
    from competencies.usecases import dense, heat_maps  # noqa: PLC0415 -- after the set-up

    figures = dense.gap_figures(owner)
    heat = heat_maps.heat_map(figures, "unit")
    return heat.overall.short, figures.overall.weighted_gap


def by_ratings(owner: Any) -> tuple[int, float]:
    """The same from the frames of all cells."""
    from competencies.usecases import gaps  # noqa: PLC0415 -- after the set-up

    analysis = gaps.gap_analysis(owner)
    for by in (("unit", "competency"), ("unit",), ("competency",)):
        analysis.totals(*by)
    return analysis.overall.short, analysis.overall.weighted_gap


def by_strings(owner: Any) -> tuple[int, float]:
    """Rows by `values_list`, merged by their codes: what one would write first.

    It takes each rating as the level, without sources, dates or confidence.
    """
    from competencies import models  # noqa: PLC0415 -- after the set-up

    def frame(model: Any, **columns: str) -> pd.DataFrame:
        rows = model.objects.order_by().filter(**{columns.pop("of"): owner})
        return pd.DataFrame(list(rows.values_list(*columns.values())), columns=list(columns))

    staff = frame(models.StaffMember, of="administration", staff="code", unit="unit__code",
                  profile="profile__code")  # fmt: skip
    asked = frame(models.Requirement, of="profile__administration", profile="profile__code",
                  competency="competency__code", required="level", weight="weight")  # fmt: skip
    held = frame(models.Assessment, of="administration", staff="staff_member__code",
                 competency="competency__code", level="level")  # fmt: skip
    held["level"] = held["level"].astype(float)
    cells = staff.merge(asked, on="profile").merge(held, on=["staff", "competency"], how="left")
    cells["gap"] = (cells["required"] - cells["level"]).clip(lower=0)
    cells["weighted"] = cells["gap"] * cells["weight"]
    cells["short"] = cells["gap"] > 0
    for by in (["unit", "competency"], ["unit"], ["competency"]):
        cells.groupby(by)[["gap", "weighted", "short"]].sum()
    return int(cells["short"].sum()), float(cells["weighted"].sum())


def same(*found: tuple[int, float]) -> None:
    """Refuse to time ways that do not agree."""
    if not np.allclose(found, found[0], rtol=1e-6):
        sys.exit(f"the ways do not agree: {found}")


if __name__ == "__main__":
    main()
