"""`make bench`: measures the chain and every page at demonstration size."""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

FIGURES = Path("docs/methods/figures.md")
RUNS = 3
SLUG = "belize"
HEAD = """# Figures

Written by `make bench WRITE=1` on {cores} cores, Python {python}, SQLite; medians of {runs},
seconds unless said.

"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HRPLAN_DATA=folder, DJANGO_SETTINGS_MODULE="hrplan.settings")
        import django  # noqa: PLC0415 -- the environment comes first

        django.setup()
        lines = [*chain(Path(folder)), "", *gap_times(), "", *pages()]
    text = HEAD.format(cores=os.cpu_count(), python=sys.version.split()[0], runs=RUNS) + "\n".join(
        lines
    )
    print(text)
    if "--write" in sys.argv:
        FIGURES.write_text(text + "\n", encoding="utf-8")


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def chain(folder: Path) -> list[str]:
    """Seconds of each command of `make demo`."""
    from django.core.management import call_command  # noqa: PLC0415 -- after the set-up

    def run(*words: str, **options: object) -> float:
        with redirect_stdout(StringIO()):
            return timed(lambda: call_command(*words, **options))

    steps = {
        "migrate": run("migrate", verbosity=0),
        "demo": run("demo", administration=SLUG),
        "plan --effort 40": run("plan", SLUG, effort=40),
        "deliverables, all formats": run("deliverables", SLUG, out=str(folder / "out")),
    }
    rows = [f"| {name} | {seconds:.1f} |" for name, seconds in steps.items()]
    whole = sum(steps.values()) - steps["migrate"]
    return ["## The chain", "", "| step | s |", "|---|---|", *rows, f"| **whole** | {whole:.1f} |"]


def gap_times() -> list[str]:
    """Seconds from database rows to all gap tables."""
    from competencies import usecases  # noqa: PLC0415 -- after the set-up
    from hrplan.core.models import Administration  # noqa: PLC0415 -- after the set-up

    administration = Administration.objects.get(slug=SLUG)
    usecases.gap_analysis(administration)
    seconds = statistics.median(
        timed(lambda: usecases.gap_analysis(administration)) for _ in range(RUNS)
    )
    return ["## Gaps", "", f"All gap tables of 200 staff, database included: {seconds:.3f} s."]


def pages() -> list[str]:
    """Milliseconds and queries of every page, first call, as the role that sees most."""
    from tests.bench.walk import walk  # noqa: PLC0415 -- after the set-up

    found = sorted(walk(SLUG), key=lambda page: -page.milliseconds)
    slow = [page for page in found if page.milliseconds > 300]
    many = [page for page in found if page.queries > 15]
    rows = [
        f"| {page.route} | {page.milliseconds:.0f} | {page.queries} | {page.status} |"
        for page in found
    ]
    return [
        "## Pages",
        "",
        f"{len(found)} routes; {len(slow)} above 300 ms, {len(many)} above 15 queries.",
        "",
        "| route | ms | queries | answer |",
        "|---|---|---|---|",
        *rows,
    ]


if __name__ == "__main__":
    main()
