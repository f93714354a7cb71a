"""Freeze the three documents of an administration and write them in every format."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from hrplan.core.models import Administration
from hrplan.deliverables.models import DocumentVersion
from hrplan.deliverables.usecases import documents, files, versions

MANIFEST = "manifest.json"


class Command(BaseCommand):
    help = "Write the HR Strategy, the HR Development Plan and the Training Calendar."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the administration")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--language", default="", metavar="CODE")
        parser.add_argument("--internal", action="store_true", help="with the lists of nominees")

    def handle(self, *args: Any, **options: Any) -> None:
        administration = Administration.objects.filter(slug=options["slug"]).first()
        if administration is None:
            known = ", ".join(Administration.objects.values_list("slug", flat=True)) or "-"
            words = _("There is no administration “%(slug)s”; there are: %(known)s")
            raise CommandError(words % {"slug": options["slug"], "known": known})
        out: Path = options["out"]
        console = Console(file=cast(IO[str], self.stderr))
        columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task(_("Drawing up the documents"), total=None)
            try:
                made = versions.freeze(
                    administration,
                    by=None,
                    language=options["language"],
                    internal=options["internal"],
                )
            except ValidationError as refusal:
                raise CommandError(" ".join(refusal.messages)) from None
            wanted = [(one, format) for one in made for format in files.formats_of(one.kind)]
            bar.update(task, total=len(wanted))
            hashes: dict[str, str] = {}
            for name, done in _written(wanted, out):
                hashes[name] = done
                bar.update(task, advance=1, description=name)
        _write_manifest(out, administration, made, hashes)
        Console(file=cast(IO[str], self.stdout)).print(_table(made))
        broken = documents.broken(made[0])
        words = _("%(n)d files written to %(out)s; %(broken)d of %(rules)d rules do not hold.")
        values = {"n": len(hashes) + 1, "out": out, "broken": broken}
        self.stdout.write(words % {**values, "rules": len(made[0].snapshot["checks"])})


def _written(wanted: Sequence[tuple[DocumentVersion, str]], out: Path) -> Iterator[tuple[str, str]]:
    """Write the files one by one: name and SHA-256 of each."""
    out.mkdir(parents=True, exist_ok=True)
    for version in {one.pk: one for one, _format in wanted}.values():
        files.file_of(version, files.FRAGMENT)  # so that its page only reads
    for version, format in wanted:
        name = f"{version.kind}.{format}"
        data = files.file_of(version, format)
        (out / name).write_bytes(data)
        yield name, hashlib.sha256(data).hexdigest()


def _write_manifest(
    out: Path,
    administration: Administration,
    made: Sequence[DocumentVersion],
    hashes: dict[str, str],
) -> None:
    """What was written from what: versions, hashes of the files, the data behind them."""
    first = made[0]
    manifest = {
        "administration": administration.slug,
        "is_demonstration": administration.is_demonstration,
        "language": first.language,
        "edition": "internal" if first.is_internal else "ministry",
        "versions": {
            one.kind: {"version": one.number, "digest": one.digest, "as_of": str(one.as_of)}
            for one in made
        },
        "data": {name: first.snapshot[name] for name in ("as_of", "headcount", "seed", "counts")},
        "files": {name: {"sha256": digest} for name, digest in sorted(hashes.items())},
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False, sort_keys=True)
    (out / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _table(made: Sequence[DocumentVersion]) -> Table:
    table = Table(_("Document"), _("Version"), _("As of"), _("SHA-256"))
    for one in made:
        table.add_row(one.title, str(one.number), str(one.as_of), f"{one.digest[:16]}…")
    return table
