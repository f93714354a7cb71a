"""`python -m tests.bench.bound FOLDERS...`: the bound by prices beside the one by classes.

Each bound is computed in a process of its own: processor seconds include those of the solver's
child, memory is what the process and its child hold at most. Without folders: the instances of
`tests/data/planning`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

REPORT = Path("docs/methods/bound.md")
MARK = "\n## Measured\n"
DATA = Path("tests/data/planning")
WAYS = ("classes", "prices")
HEAD = (
    "| instance | people | by classes | CPU s | MB | by prices | CPU s | MB | ratio |",
    "|---|---|---|---|---|---|---|---|---|",
)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folders", type=Path, nargs="*", default=sorted(DATA.iterdir()))
    words.add_argument("--write", action="store_true")
    words.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    chosen = words.parse_args()
    if chosen.one:
        print(json.dumps(measured(chosen.folders[0], chosen.one)))
        return
    lines = [told(folder, *(apart(folder, way) for way in WAYS)) for folder in chosen.folders]
    text = "\n".join((*HEAD, *lines))
    print(text)
    if chosen.write:
        write(text)


def apart(folder: Path, way: str) -> dict[str, float]:
    """What `measured` finds in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.bound", str(folder), "--one", way]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def measured(folder: Path, way: str) -> dict[str, float]:
    """Value, processor seconds and megabytes of one bound; compilation comes before."""
    from training_calendar.solver.class_bound import class_bound  # noqa: PLC0415 -- one a process
    from training_calendar.solver.instance import read_instance  # noqa: PLC0415
    from training_calendar.solver.lagrange import priced_bound  # noqa: PLC0415

    bound = {"classes": class_bound, "prices": priced_bound}[way]
    instance = read_instance(folder)
    if way == "prices":
        priced_bound(read_instance(DATA / "mini-1"))
    begun = os.times()
    found = bound(instance)
    seconds = sum(os.times()[:4]) - sum(begun[:4])
    held = sum(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    value = found.value if found else float("nan")
    people = len(instance.staff.ids)
    return {"value": value, "seconds": seconds, "held": held / 1024, "people": people}


def told(folder: Path, classes: dict[str, float], prices: dict[str, float]) -> str:
    """One row of the table; no priced bound is a dash."""
    old = f"{classes['value']:,.1f} | {classes['seconds']:.1f} | {classes['held']:.0f}"
    new, ratio = "-", "-"
    if prices["value"] == prices["value"]:
        new, ratio = f"{prices['value']:,.1f}", f"{prices['value'] / classes['value']:.3f}"
    new += f" | {prices['seconds']:.1f} | {prices['held']:.0f}"
    return f"| {folder.name} | {prices['people']:,.0f} | {old} | {new} | {ratio} |"


def write(text: str) -> None:
    """Put the table into its section of the page, in place of the one of an earlier run."""
    before, _, after = REPORT.read_text(encoding="utf-8").partition(MARK)
    rest = after[after.index("\n## ") :] if "\n## " in after else ""
    note = f"Written by `python -m tests.bench.bound --write` on {os.cpu_count()} shared cores."
    part = f"{MARK}\n{note}\n\n{text}\n"
    REPORT.write_text(before.rstrip("\n") + "\n" + part + rest, encoding="utf-8")


if __name__ == "__main__":
    main()
