"""Solve a folder of planning tables without the database: sessions, seats and a report."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from training_calendar.solver import solution as answers
from training_calendar.solver.explain import count_by_key
from training_calendar.solver.instance import read_instance
from training_calendar.solver.solve import solve, write_solution
from training_calendar.solver.tables import Fault, InstanceError

REASONS: dict[str, Promise] = {
    "missing-file": gettext_lazy("the file is missing: add it to the folder"),
    "unreadable-file": gettext_lazy("the file cannot be read: save it as UTF-8 text"),
    "missing-column": gettext_lazy("the column is missing: add it to the heading"),
    "empty": gettext_lazy("the cell is empty: fill it in"),
    "not-whole": gettext_lazy("this is not a whole number"),
    "not-amount": gettext_lazy("this is not a number"),
    "not-date": gettext_lazy("this is not a date: write it as 2027-01-31"),
    "out-of-range": gettext_lazy("this number is outside the range allowed"),
    "not-choice": gettext_lazy("this word is not one of those allowed"),
    "unknown-reference": gettext_lazy("no other table has this id: correct it or add the row"),
    "given-twice": gettext_lazy("this row is given twice: remove one"),
    "ends-before-start": gettext_lazy("the last day is before the first"),
    "not-next-day": gettext_lazy("the calendar needs every day from horizon_start on, in order"),
    "no-rows": gettext_lazy("the table has too few rows"),
    "missing-parameter": gettext_lazy("the parameter is missing"),
    "bad-parameter": gettext_lazy("the parameter is of the wrong kind"),
    "no-trip": gettext_lazy("no trip between these two regions: add the row"),
    "circle": gettext_lazy("this module comes before itself: break the circle"),
}
GAPS: dict[str, Promise] = {
    "no-module": gettext_lazy("no module leads there"),
    "prerequisite": gettext_lazy("an earlier module is missing"),
    "no-trainer": gettext_lazy("nobody is qualified to lead it"),
    "no-venue": gettext_lazy("no venue of the kind"),
    "no-offer": gettext_lazy("no provider offers it in these dates"),
    "no-date": gettext_lazy("no free date for trainer and venue"),
    "small-group": gettext_lazy("the group would be too small"),
    "money": gettext_lazy("no money left in the quarter"),
    "days": gettext_lazy("the person's training days are used up"),
    "leave": gettext_lazy("on leave on all dates left"),
    "clash": gettext_lazy("in another session on all dates left"),
    "cover": gettext_lazy("the station would be uncovered"),
    "worth": gettext_lazy("worth less than it costs at this budget"),
}


class Command(BaseCommand):
    help = "Solve a folder of planning tables: sessions.csv, seats.csv and report.json."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        limit = parser.add_mutually_exclusive_group()
        limit.add_argument("--seconds", type=_positive(float), help="stop by the clock")
        limit.add_argument("--effort", type=_positive(int), help="stop after so many passes")
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(_("%(folder)s: no such folder.") % {"folder": folder})
        try:
            instance = read_instance(folder)
        except InstanceError as error:
            raise CommandError(_told(error.faults)) from None
        console = Console(file=cast(IO[str], self.stderr))
        bar = Progress(
            TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=console
        )
        seconds: float | None = options["seconds"]
        if seconds is not None:
            seconds = max(1.0, seconds - (time.monotonic() - began))
        ended: list[int] = []
        with bar, _stopped_by_signals(ended):
            task = bar.add_task(_("Searching"), total=1.0)

            def tell(progress: answers.Progress) -> bool:
                bar.update(task, completed=progress.share)
                return not ended

            solution = solve(
                instance,
                seconds=seconds,
                effort=options["effort"],
                seed=options["seed"],
                progress=tell,
            )
        write_solution(instance, solution, options["out"])
        Console(file=cast(IO[str], self.stdout)).print(_table(solution))
        self.stdout.write(_summary(solution))
        if solution.check.violations:
            raise CommandError(_violations(solution.check.violations))


@contextmanager
def _stopped_by_signals(ended: list[int]) -> Iterator[None]:
    """Ctrl-C and an end asked for by the system stop the search; its best plan is still written."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    asked = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(one, lambda number, _frame: ended.append(number)) for one in asked]
    try:
        yield
    finally:
        for one, handler in zip(asked, before, strict=True):
            signal.signal(one, handler)


def _positive(kind: type[int] | type[float]) -> Any:
    def positive(text: str) -> float:
        value = kind(text)
        if value <= 0:
            raise ValueError
        return value

    positive.__name__ = kind.__name__
    return positive


def _told(faults: tuple[Fault, ...]) -> str:
    """One message with a line for each fault."""
    lines = [_("The tables cannot be used:")]
    for fault in faults:
        place = fault.table
        if fault.row:
            place += _(", line %(row)d") % {"row": fault.row}
        if fault.column:
            place += f", {fault.column}"
        shown = f" {fault.value!r}" if fault.value else ""
        lines.append(f"- {place}:{shown} {REASONS[fault.reason]}")
    return "\n".join(lines)


def _table(solution: answers.Solution) -> Table:
    table = Table(_("Figure"), _("Value"))
    found = solution.check.objective
    share = found.closed / found.total if found.total else 0.0
    seats = sum(len(s.staff_ids) for s in solution.sessions)
    rows = [
        (_("Sessions and seats"), f"{len(solution.sessions):,} / {seats:,}"),
        (_("Gap points closed"), f"{found.closed:,} / {found.total:,} ({share:.0%})"),
        (_("Cost and budget"), f"{found.cost:,.0f} / {found.budget:,.0f}"),
        (_("Passes"), f"{solution.effort:,}"),
    ]
    rows += [
        (str(GAPS[key]), f"{count:,}") for key, count in count_by_key(solution.reasons).items()
    ]
    for name, value in rows:
        table.add_row(name, value)
    return table


def _summary(solution: answers.Solution) -> str:
    figures = {
        "z": f"{solution.check.objective.z:,.1f}",
        "bound": f"{solution.bound.value:,.1f}" if solution.bound else "-",
        "better": f"{solution.better:.1%}" if solution.better is not None else "-",
        "violations": len(solution.check.violations),
        "seconds": f"{solution.seconds:.1f}",
    }
    return (
        _(
            "Objective %(z)s, bound %(bound)s, at most %(better)s better is possible, "
            "violations %(violations)d, %(seconds)s s."
        )
        % figures
    )


def _violations(violations: tuple[answers.Violation, ...]) -> str:
    rules = sorted({v.rule for v in violations})
    return _("The plan breaks these rules: %(rules)s") % {"rules": ", ".join(rules)}
