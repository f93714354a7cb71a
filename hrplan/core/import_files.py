"""The files of imports: what was brought, what taking it in would do, what it did.

They hold names. They lie outside anything the server gives out, each under a name that cannot be
guessed, and go with the import: when it is dropped or refused for good, when it can no longer be
taken back, and when a person is to be forgotten.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from hrplan.core.models import Administration, Import
from hrplan.core.storing import whole_file

KEPT = timedelta(days=30)  # from when it was brought or taken in
PREVIEW, DONE = ".preview.json", ".done.json"


def stored_path(row: Import) -> Path:
    """Where the file that was brought lies."""
    return Path(settings.MEDIA_ROOT) / "imports" / Path(row.stored).name


def beside(row: Import, kind: str) -> Path:
    """Where a file of ours about the import lies."""
    return stored_path(row).with_suffix(kind)


def keep(row: Import, kind: str, found: Any) -> None:
    """Write what is known of an import beside its file."""
    with whole_file(beside(row, kind)) as part:
        part.write_text(json.dumps(found, default=str), encoding="utf-8")


def kept(row: Import, kind: str) -> Any:
    """What was kept of an import; None where it is gone."""
    path = beside(row, kind)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None


def remove(row: Import, kinds: Iterable[str] = (PREVIEW, DONE)) -> None:
    """Remove the file that was brought, and what was kept beside it."""
    for path in (stored_path(row), *(beside(row, kind) for kind in kinds)):
        path.unlink(missing_ok=True)


def forget_files(administration: Administration) -> None:
    """Remove all files of an administration's imports, and the values that their faults show."""
    for row in Import.objects.of(administration):
        remove(row)
        row.faults = [{**fault, "value": ""} for fault in row.faults]
        row.mapping = _without_people(row.mapping)
        row.save(update_fields=["faults", "mapping"])


def forget_old(administration: Administration) -> None:
    """Remove the files of imports that were kept long enough."""
    for row in Import.objects.of(administration).filter(at__lt=timezone.now() - KEPT):
        if (row.applied_at or row.at) < timezone.now() - KEPT:
            remove(row)


def _without_people(mapping: dict[str, Any]) -> dict[str, Any]:
    """How a list is read, without the names of people in it."""
    values = {name: words for name, words in mapping.get("values", {}).items()
              if name != "supervisor"}  # fmt: skip
    return {**mapping, "values": values} if mapping else mapping
