"""Take a workbook or a folder of tables in: checked whole, then written whole or not at all."""

import json
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from hrplan import workbook
from hrplan.core.models import Administration
from hrplan.exchange.faults import Fault
from hrplan.exchange.preview import Existing, Preview
from hrplan.imports.wording import counts, worded
from training_calendar.usecases import imports

SHOWN = 20


class Command(BaseCommand):
    help = "Import a workbook (.xlsx), a folder of .csv files or one .csv file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--existing", type=Existing, choices=list(Existing), default=Existing.STOP
        )
        parser.add_argument("--report", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        administration = _administration(options["slug"])
        if not options["path"].exists():
            raise CommandError(f"{options['path']} does not exist.")
        seen = workbook.import_preview(administration, options["path"], options["existing"])
        self._tell(seen, options["report"])
        if seen.refused:
            raise CommandError("Refused; nothing was written.", returncode=1)
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was written.")
            return
        try:
            with transaction.atomic():
                written = workbook.take_in(administration, seen, by=None)
                imports.take_parameters(administration, options["path"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages), returncode=1) from refusal
        self.stdout.write(f"Taken in: {sum(written.values())} rows in {len(written)} tables.")

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
