"""Take a backup in: into an empty, migrated installation, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hrplan.backup import restoring, wording
from hrplan.management import running


class Command(BaseCommand):
    help = "Restore a backup into an empty installation that `migrate` has prepared."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with running.watched(self.stderr, _("Restoring")) as watch:
                says = restoring.restore(options["file"], watch)
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(wording.told(says))
        self.stdout.write(_("Restored. Everybody signs in again."))
