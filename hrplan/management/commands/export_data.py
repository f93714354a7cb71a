"""Write an administration out: a workbook, or a folder that is also a planning instance."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hrplan import workbook
from hrplan.core.models import Administration


class Command(BaseCommand):
    help = "Export to a workbook (.xlsx) or a folder of .csv files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("path", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        administration = Administration.objects.filter(slug=options["slug"]).first()
        if administration is None:
            raise CommandError(f"There is no administration {options['slug']}.")
        path: Path = options["path"]
        try:
            written = workbook.write_out(administration, path)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(f"Written: {written} tables to {path}.")
