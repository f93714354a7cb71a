"""`make bench`: measures the chain and every page at demonstration size."""

import logging
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

FIGURES = Path("docs/methods/figures.md")
RUNS = 3
MOST = 300  # milliseconds of a page
SLUG = "belize"
HEAD = """# Figures

Written by `make bench WRITE=1` on {cores} cores, Python {python}, SQLite. Wall time is what a
person waits; processor time is what the work itself used, much the same on a busy machine. The
chain was run once; all else are medians of {runs}.

"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HRPLAN_DATA=folder, DJANGO_SETTINGS_MODULE="tests.bench.settings")
        import django  # noqa: PLC0415 -- the environment comes first

        django.setup()
        logging.disable(logging.WARNING)  # routes that refuse a GET say so
        lines = [*chain(Path(folder)), "", *gap_times(), "", *pages()]
    text = HEAD.format(cores=os.cpu_count(), python=sys.version.split()[0], runs=RUNS) + "\n".join(
        lines
    )
    print(text)
    if "--write" in sys.argv:
        FIGURES.write_text(text + "\n", encoding="utf-8")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall time, and the processor's time of the process and of those it started [s]."""
    begun = os.times()
    work()
    ended = os.times()
    return ended.elapsed - begun.elapsed, sum(ended[:4]) - sum(begun[:4])


def chain(folder: Path) -> list[str]:
    """Seconds of each command of `make demo`, in one process."""
    from django.core.management import call_command  # noqa: PLC0415 -- after the set-up

    def run(*words: str, **options: object) -> tuple[float, float]:
        with redirect_stdout(StringIO()):
            return timed(lambda: call_command(*words, **options))

    steps = {
        "migrate": run("migrate", verbosity=0),
        "demo": run("demo", administration=SLUG),
        "plan --effort 40": run("plan", SLUG, effort=40),
        "deliverables, all formats": run("deliverables", SLUG, out=folder / "out"),
    }
    whole = [sum(times) for times in zip(*list(steps.values())[1:], strict=True)]
    rows = [
        f"| {name} | {wall:.1f} | {processor:.1f} |"
        for name, (wall, processor) in (*steps.items(), ("**whole, without migrate**", whole))
    ]
    head = ["## The chain", "", "| step | wall s | processor s |", "|---|---|---|"]
    return [*head, *rows]


def gap_times() -> list[str]:
    """Seconds from database rows to all gap tables."""
    from competencies.usecases.gaps import gap_analysis  # noqa: PLC0415 -- after the set-up
    from hrplan.core.models import Administration  # noqa: PLC0415 -- after the set-up

    administration = Administration.objects.get(slug=SLUG)
    gap_analysis(administration)
    times = [timed(lambda: gap_analysis(administration)) for _ in range(RUNS)]
    wall, processor = (statistics.median(part) for part in zip(*times, strict=True))
    staff = len(gap_analysis(administration).staff)
    told = f"All gap tables of {staff} people in service, database included: {wall:.3f} s,"
    return ["## Gaps", "", told, f"of which {processor:.3f} s of the processor."]


def pages() -> list[str]:
    """Milliseconds and queries of every page, nothing kept, as the role that sees most."""
    from tests.bench.walk import QUERIES, walk  # noqa: PLC0415 -- after the set-up

    found = sorted(walk(SLUG, runs=RUNS), key=lambda page: -page.processor)
    slow = sum(page.processor > MOST for page in found)
    many = sum(page.many for page in found)
    rows = [
        f"| {page.route} | {page.wall:.0f} | {page.processor:.0f} | {page.queries} |"
        f" {page.status} |"
        for page in found
    ]
    return [
        "## Pages",
        "",
        f"{len(found)} routes, each opened by the HR officer with an empty cache: {slow} above",
        f"{MOST} ms of the processor, {many} above {QUERIES} queries.",
        "",
        "| route | wall ms | processor ms | queries | answer |",
        "|---|---|---|---|---|",
        *rows,
    ]


if __name__ == "__main__":
    main()
