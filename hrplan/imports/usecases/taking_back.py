"""An import taken back: what it added goes, what it changed is as before, while nothing moved."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.usecases import levels_ahead
from hrplan import workbook
from hrplan.core import audit, import_files, rules
from hrplan.core.access import require
from hrplan.core.models import Administration, Import, Member
from hrplan.core.tables import ModelTable
from hrplan.exchange.preview import Key, Preview, canonical
from hrplan.exchange.spec import Kind, Table, Value, Values

SHOWN = 5  # rows that a refusal names
Done = dict[str, dict[str, list[Any]]]


def recorded(administration: Administration, seen: Preview) -> Done:
    """What an import did: rows added as they stand, and of rows changed each field's old and new.

    Call it in the transaction that wrote them.
    """
    done: Done = {}
    for shown in seen.tables:
        if not (shown.added or shown.changed):
            continue
        table = workbook.WORKBOOK.table(shown.table)
        here = _here(administration, table)
        done[table.name] = {
            "added": [here[one.key] for one in shown.added if one.key in here],
            "changed": [
                [list(one.key), {f.column: [f.old, here[one.key][f.column]] for f in one.fields}]
                for one in shown.changed
            ],
        }
    return done


def can_be_taken_back(row: Import) -> bool:
    """It was taken in, and what it did is still kept."""
    return (
        row.state == Import.State.APPLIED and import_files.beside(row, import_files.DONE).exists()
    )


def take_back(row: Import, *, by: Member) -> int:
    """Undo an import whole. [rows]

    Refused where a row that it wrote has changed since, or where something hangs on one that it
    added; those are named.
    """
    require(rules.can_import(by))
    with transaction.atomic():
        row = Import.objects.select_for_update().get(pk=row.pk)
        done = import_files.kept(row, import_files.DONE)
        if row.state != Import.State.APPLIED or done is None:
            raise ValidationError(_("This import can no longer be taken back."))
        moves = [_Move(row.administration, name, did) for name, did in done.items()]
        _refuse([words for move in moves for words in move.conflicts()])
        for move in moves:
            move.restore()
        for move in reversed(moves):
            move.remove()
        row.state = Import.State.WITHDRAWN
        row.save(update_fields=["state"])
        fields = [move.table.name for move in moves]
        audit.record("take back import", row, by=by, fields=fields)
    import_files.remove(row)
    levels_ahead.work_out(row.administration)
    return sum(move.count for move in moves)


class _Move:
    """One table on its way back."""

    def __init__(self, administration: Administration, name: str, did: dict[str, list]) -> None:
        self.administration = administration
        self.table = workbook.WORKBOOK.table(name)
        self.door = workbook.DOORS[name]
        self.here = _here(administration, self.table)
        self.added = [_typed(values, self.table) for values in did["added"]]
        self.changed: dict[Key, dict[str, tuple[Value, Value]]] = {
            _key(dict(zip(self.table.key, key, strict=True)), self.table): {
                name: (_of(old, self.table, name), _of(new, self.table, name))
                for name, (old, new) in fields.items()
            }
            for key, fields in did["changed"]
        }

    @property
    def count(self) -> int:
        return len(self.added) + len(self.changed)

    def conflicts(self) -> Iterator[str]:
        """The rows that aren't as they were left, by table and key."""
        if not isinstance(self.door, ModelTable):
            yield self.table.title or self.table.name
            return
        for values in self.added:
            key = _key(values, self.table)
            if self.here.get(key) != values:
                yield self._shown(key)
        for key, fields in self.changed.items():
            now = self.here.get(key, {})
            if any(now.get(name) != new for name, (_old, new) in fields.items()):
                yield self._shown(key)

    def restore(self) -> None:
        """Give the rows that were changed what they held before."""
        rows = [
            {**self.here[key], **{name: old for name, (old, _new) in fields.items()}}
            for key, fields in self.changed.items()
        ]
        if rows:
            self.door.save(self.administration, [], rows)

    def remove(self) -> None:
        """Take away the rows that were added."""
        if not isinstance(self.door, ModelTable):
            return
        keys = [_key(values, self.table) for values in self.added]
        hanging = self.door.remove(self.administration, keys)
        if hanging:
            _refuse([f"{self.table.title or self.table.name}: {hanging}"])

    def _shown(self, key: Key) -> str:
        words = " / ".join(str(value) for value in key if value is not None)
        return f"{self.table.title or self.table.name} {words}"


def _here(administration: Administration, table: Table) -> dict[Key, dict[str, Value]]:
    rows = workbook.DOORS[table.name].rows(administration)
    found = (canonical(row, table) for row in rows)
    return {_key(values, table): values for values in found}


def _key(values: Values, table: Table) -> Key:
    return tuple(values[name] for name in table.key)


def _typed(values: Mapping[str, Any], table: Table) -> dict[str, Value]:
    return {name: _of(value, table, name) for name, value in values.items()}


def _of(value: Any, table: Table, name: str) -> Value:
    """A value as it was before it was kept as JSON."""
    kind = table.column(name).kind
    if value is None or not isinstance(value, str):
        return Decimal(str(value)) if kind is Kind.DECIMAL and value is not None else value
    if kind is Kind.DATE:
        return date.fromisoformat(value)
    return Decimal(value) if kind is Kind.DECIMAL else value


def _refuse(conflicts: Sequence[str]) -> None:
    if conflicts:
        shown = ", ".join(conflicts[:SHOWN]) + (" …" if len(conflicts) > SHOWN else "")
        words = _("This import can't be taken back, as it isn't all as it was left: %(rows)s.")
        raise ValidationError(words % {"rows": shown})
