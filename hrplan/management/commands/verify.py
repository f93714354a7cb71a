"""Say of a file whether it is the version it says it is, unchanged."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from hrplan.deliverables.usecases.versions import Verdict, verify

LARGEST = 200_000_000  # bytes


class Command(BaseCommand):
    help = "Is this document the version it says it is, unchanged?"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("%(file)s: no such file.") % {"file": path})
        if path.stat().st_size > LARGEST:
            raise CommandError(_("%(file)s is too large to be one of these.") % {"file": path})
        verdict = verify(path.read_bytes())
        if verdict.state != "unchanged":
            raise CommandError(_told(path, verdict))
        self.stdout.write(_told(path, verdict))


def _told(path: Path, verdict: Verdict) -> str:
    if verdict.version is None:
        return _("%(file)s: unknown. It carries the hash of no version kept here.") % {"file": path}
    version = verdict.version
    words = {
        "unchanged": _("%(file)s: unchanged. It is %(version)s of %(owner)s, as of %(day)s."),
        "changed": _(
            "%(file)s: changed. It says it is %(version)s of %(owner)s, as of %(day)s, and is not."
        ),
    }
    values = {"file": path, "version": version, "owner": version.administration}
    return words[verdict.state] % {**values, "day": version.as_of.isoformat()}
