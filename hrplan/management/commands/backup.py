"""Write everything into one file, or look whether such a file is whole."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hrplan.backup import checking, making, wording
from hrplan.management import running


class Command(BaseCommand):
    help = "Write all rows and files into one file, consistent while others work, and verify it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--verify", action="store_true", help="only read the file; write nothing anywhere"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if options["verify"]:
                self._verify(path)
            else:
                self._make(path)
        except OSError as error:
            raise CommandError(str(error)) from error

    def _make(self, path: Path) -> None:
        with running.watched(self.stderr, _("Backing up")) as watch:
            says = making.make_backup(path, watch)
        self.stdout.write(wording.told(says))
        words = _("%(path)s: written and verified, %(size)s MB. Whoever has it has everything.")
        self.stdout.write(words % {"path": path, "size": f"{path.stat().st_size / 1e6:,.1f}"})

    def _verify(self, path: Path) -> None:
        with running.watched(self.stderr, _("Verifying")) as watch:
            found = checking.verified(path, watch)
        self.stdout.write(wording.told(found.manifest))
        self.stdout.write(_("%(path)s: whole and unchanged.") % {"path": path})
        self.stdout.write(found.unfit or _("This version can restore it."))
