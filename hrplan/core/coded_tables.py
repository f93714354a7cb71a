"""Doors of tables whose rows point to others by several codes, such as a question of a workshop.

A `ModelTable` looks one code up in one table; here a row is found by all codes that lead to it,
within the administration, and a code that leads nowhere is refused by name.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from hrplan.core.models import Administration
from hrplan.core.tables import CHUNK, Row

SHOWN = 5  # how many unknown codes a refusal names
Codes = tuple[Any, ...]
Found = Callable[[Administration], Mapping[Codes, int]]


def by_codes(model: type[models.Model], owner: str, *paths: str) -> Found:
    """A function of an administration: the values at `paths` -> the key of the row."""

    def found(administration: Administration) -> Mapping[Codes, int]:
        rows = model._default_manager.filter(**{owner: administration})
        return {tuple(codes): pk for pk, *codes in rows.values_list("pk", *paths)}

    return found


@dataclass(frozen=True, slots=True)
class Lookup:
    """How several codes of a row together find the row they point to."""

    attribute: str  # such as question_id
    columns: tuple[str, ...]
    found: Callable[[Administration], Mapping[Codes, int]]

    def pk(self, row: Row, known: Mapping[Codes, int], unknown: list[str]) -> int | None:
        """The row's key; a code that isn't known is added to `unknown`."""
        codes = tuple(row[name] for name in self.columns)
        if codes not in known:
            unknown.append(" / ".join(str(code) for code in codes))
        return known.get(codes)


@dataclass(frozen=True, slots=True)
class CodedTable:
    """The door of a table that points to rows by several codes; refuses the codes it can't find.

    columns : column -> path read
    plain : column -> own field written
    lookups : how the rows pointed to are found; they are set when a row is added, never changed
    """

    name: str
    model: type[models.Model]
    columns: Mapping[str, str]
    plain: Mapping[str, str]
    key: tuple[str, ...]
    lookups: tuple[Lookup, ...]
    owner: str  # path from the model to the administration
    only: Q = Q()  # the rows that are read out

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        found = self.model._default_manager.filter(self.only, **{self.owner: administration})
        values = found.order_by(*(self.columns[name] for name in self.key))
        read = values.values_list(*self.columns.values())
        return [dict(zip(self.columns, (_out(v) for v in row), strict=True)) for row in read]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        targets = self._targets(administration, [*added, *changed])
        owner = {} if "__" in self.owner else {self.owner: administration}
        made = [
            self.model(**owner, **self._values(row), **keys)
            for row, keys in zip(added, targets, strict=False)
        ]
        self.model._default_manager.bulk_create(made, batch_size=CHUNK)
        if changed:
            self._change(administration, changed)

    def _targets(self, administration: Administration, rows: Sequence[Row]) -> list[dict[str, Any]]:
        known = [(lookup, lookup.found(administration)) for lookup in self.lookups]
        unknown: list[str] = []
        found = [{one.attribute: one.pk(row, at, unknown) for one, at in known} for row in rows]
        refuse_unknown(self.name, unknown)
        return found

    def _change(self, administration: Administration, changed: Sequence[Row]) -> None:
        paths = [self.columns[name] for name in self.key]
        found = self.model._default_manager.filter(**{self.owner: administration})
        pks = {tuple(keys): pk for pk, *keys in found.values_list("pk", *paths)}
        rows = {pks[tuple(row[name] for name in self.key)]: row for row in changed}
        instances = self.model._default_manager.in_bulk(list(rows))
        for pk, instance in instances.items():
            for name, value in self._values(rows[pk]).items():
                setattr(instance, name, value)
        self.model._default_manager.bulk_update(
            instances.values(), list(self.plain.values()), batch_size=CHUNK
        )

    def _values(self, row: Row) -> dict[str, Any]:
        return {path: self._in(path, row.get(name)) for name, path in self.plain.items()}

    def _in(self, path: str, value: Any) -> Any:
        target = self.model._meta.get_field(path)
        if value is None and not target.null:  # type: ignore[union-attr]
            return target.get_default() if target.has_default() else ""  # type: ignore[union-attr]
        return value


def refuse_unknown(table: str, unknown: Iterable[str]) -> None:
    """Refuse codes that point nowhere, naming the first of them."""
    names = list(dict.fromkeys(unknown))
    if names:
        words = _("Table %(table)s names what is not there: %(names)s. Nothing was taken in.")
        shown = ", ".join(names[:SHOWN]) + (" …" if len(names) > SHOWN else "")
        raise ValidationError(words, params={"table": table, "names": shown})


def _out(value: Any) -> Any:
    return None if value == "" else value
