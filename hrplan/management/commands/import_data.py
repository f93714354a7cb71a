"""Take a workbook or a folder of tables in: checked whole, then written whole or not at all."""

import json
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from competencies.usecases import levels_ahead
from hrplan import workbook
from hrplan.core.models import Administration, Batch
from hrplan.exchange.faults import Fault
from hrplan.exchange.preview import Existing, Preview
from hrplan.imports.wording import counts, worded
from training_calendar.usecases import bulk, imports

SHOWN = 20


class Command(BaseCommand):
    told = -5.0  # percent of a batch last told
    help = "Import a workbook (.xlsx), a folder of .csv files or one .csv file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--existing", type=Existing, choices=list(Existing), default=Existing.STOP
        )
        parser.add_argument("--report", type=Path)
        parser.add_argument(
            "--bulk",
            action="store_true",
            help="A very large planning instance: people, ratings and leave by short steps, seen "
            "once all are there. Run again, it goes on where it stopped.",
        )
        parser.add_argument(
            "--take-back", action="store_true", help="Take the last batch of --bulk back instead."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        administration = _administration(options["slug"])
        if options["take_back"]:
            self._take_back(administration)
            return
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist.")
        if options["bulk"]:
            self._bulk(administration, options)
            return
        self._whole(administration, options["path"], options)

    def _whole(self, administration: Administration, path: Path, options: dict[str, Any]) -> None:
        seen = workbook.import_preview(administration, path, options["existing"])
        self._tell(seen, options["report"])
        if seen.refused:
            raise CommandError("Refused; nothing was written.", returncode=1)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
            return
        try:
            with transaction.atomic():
                written = workbook.take_in(administration, seen, by=None)
                imports.take_parameters(administration, path)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=1) from refusal
        self.stdout.write(f"Taken in: {sum(written.values())} rows in {len(written)} tables.")
        if not options["bulk"]:
            self._work_out(administration)

    def _bulk(self, administration: Administration, options: dict[str, Any]) -> None:
        """The small tables at once, then the large ones as a batch."""
        path: Path = options["path"]
        try:
            bulk.refuse_above_scale(administration, path)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages), returncode=1) from refusal
        small = [one for one in path.glob("*.csv") if one.stem not in bulk.TABLES]
        with tempfile.TemporaryDirectory() as folder:
            for one in small:
                (Path(folder) / one.name).symlink_to(one.resolve())
            if small:
                self._whole(administration, Path(folder), options)
        if options["dry_run"]:
            return
        try:
            batch = bulk.load(administration, path, self._watch)
            imports.take_parameters(administration, path)
        except ValidationError as refusal:
            raise CommandError("\n".join(refusal.messages), returncode=1) from refusal
        self.stdout.write(f"Batch {batch.pk} is live: {batch.done}")
        self._work_out(administration)

    def _take_back(self, administration: Administration) -> None:
        open_states = (Batch.State.LOADING, Batch.State.LIVE)
        batch = Batch.objects.of(administration).filter(state__in=open_states).first()
        if batch is None:
            raise CommandError("There is no batch to take back.", returncode=1)
        removed = bulk.withdraw(batch)
        self.stdout.write(f"Batch {batch.pk} is taken back: {removed} rows.")
        self._work_out(administration)

    def _work_out(self, administration: Administration) -> None:
        """Levels of those whose ratings moved, so that the first page of gaps need not."""
        self.told = -5.0
        if people := levels_ahead.work_out(administration, self._watch):
            self.stdout.write(f"Levels of {people:,} people are worked out.")

    def _watch(self, percent: float, message: str) -> None:
        if self.told + 5 <= percent or percent >= 100:
            self.told = percent
            self.stdout.write(f"{percent:3.0f} %  {message}")

    def _tell(self, seen: Preview, report: Path | None) -> None:
        for table in counts(seen):
            self.stdout.write(
                f"{table['table']:24} added {table['added']:6}  changed {table['changed']:6}  "
                f"unchanged {table['unchanged']:6}  skipped {table['skipped']:6}  "
                f"refused {table['refused']:6}"
            )
        for fault in seen.faults[:SHOWN]:
            self.stderr.write(_line(fault))
        if len(seen.faults) > SHOWN:
            self.stderr.write(f"and {len(seen.faults) - SHOWN} more")
        if report:
            told = {"tables": counts(seen), "faults": [worded(fault) for fault in seen.faults]}
            report.write_text(json.dumps(told, indent=2, default=str), encoding="utf-8")


def _line(fault: Fault) -> str:
    return f"{fault.severity.value}: {fault}"


def _administration(slug: str) -> Administration:
    found = Administration.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no administration {slug}.")
    return found
