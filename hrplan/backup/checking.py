"""Is a backup whole, and can this version take it in: all of it read, nothing written."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hrplan.backup import archive, contents, rows
from hrplan.backup.archive import Archive
from hrplan.backup.manifest import Manifest, TablePart
from hrplan.core.watching import Watch, quiet, steps

ALL = (0.0, 100.0)


@dataclass(frozen=True, slots=True)
class Verified:
    """A whole backup; `unfit` says why this version can't take it in, empty where it can."""

    manifest: Manifest
    unfit: str


def verified(path: Path, watch: Watch = quiet, *, within: tuple[float, float] = ALL) -> Verified:
    """What a backup is, every part read and held to its sum. Refused where it is not whole.

    Where it has the tables of this version, every row is held to them too.
    """
    with archive.opened(path) as opened:
        says = opened.manifest
        unfit = _unfit(says)
        for part in steps(list(says.parts), watch, _("Reading every part"), within=within):
            if isinstance(part, TablePart) and not unfit:
                for _values in table_rows(opened, part, models_by_label()[part.model]):
                    pass
            elif isinstance(part, TablePart):
                for _line in opened.lines(part):
                    pass
            else:
                for _piece in opened.pieces(part):
                    pass
    return Verified(says, unfit)


def models_by_label() -> dict[str, type[models.Model]]:
    """The models whose rows a backup of this version holds."""
    return {model._meta.label: model for model in contents.kept_models()}


def table_rows(
    opened: Archive, part: TablePart, model: type[models.Model]
) -> Iterator[tuple[bytes, list[Any]]]:
    """The rows of a table: each line with its values. Refused where one is no row of the model."""
    shape = rows.Shape(contents.fields_of(model))
    for number, line in enumerate(opened.lines(part), start=1):
        try:
            yield line, shape.values(line)
        except rows.BadRow as error:
            words = _("%(part)s, row %(row)d: %(error)s.")
            given = {"part": part.name, "row": number, "error": error}
            raise ValidationError(words % given) from error


def _unfit(says: Manifest) -> str:
    """Why this version can't take the backup in, with what to do; empty where it can."""
    here = contents.migration_state()
    shapes = {
        label: tuple(field.attname for field in contents.fields_of(model))
        for label, model in models_by_label().items()
    }
    if says.migrations == here and {t.model: t.columns for t in says.tables} == shapes:
        return ""
    other = {name for name, _app in says.migrations.items() ^ here.items()}
    words = _(
        "It was made by version %(version)s, whose tables differ from those of version %(here)s "
        "(%(apps)s). Install version %(version)s, restore it there, then bring that "
        "installation up to date with `manage.py migrate`."
    )
    return words % {
        "version": says.version,
        "here": contents.product_version(),
        "apps": ", ".join(sorted(other)) or _("columns"),
    }
