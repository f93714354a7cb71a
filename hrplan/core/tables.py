"""How a plain interchange table stands in the database: its rows out, and additions and changes in.

A door is anything with `rows` and `save`; `ModelTable` is the door of a table whose columns
are fields of one model or codes of its relations. Tables of another shape bring their own.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, cast

from django.db import models

from hrplan.core.models import Administration

CHUNK = 500
Row = Mapping[str, Any]


class Door(Protocol):
    """What the roof needs of a table: what is there, and a way to write what an import adds."""

    @property
    def name(self) -> str:
        """The table's name in the workbook."""
        ...

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        """All rows, as column -> value."""
        ...

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        """Write complete new rows, and existing rows with the values they now have."""
        ...


@dataclass(frozen=True, slots=True)
class ModelTable:
    """A table whose columns are fields (`title`) or codes of relations (`unit__code`) of a model.

    columns : column name -> field path
    key : the columns that identify a row
    owner : path from the model to the administration
    lists : columns held as a JSON list, written as values joined by `;`
    numbers : those of `lists` whose items are whole numbers
    fixed : fields every row of this table has, used to find and to make rows
    within : relation -> filter that picks among rows of the same code
    """

    name: str
    model: type[models.Model]
    columns: Mapping[str, str]
    key: tuple[str, ...]
    owner: str = "administration"
    lists: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    fixed: Mapping[str, Any] = field(default_factory=dict)
    within: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def queryset(self, administration: Administration) -> models.QuerySet:
        """The table's rows of one administration."""
        return self.model._default_manager.filter(**{self.owner: administration}, **self.fixed)

    def rows(self, administration: Administration) -> list[dict[str, Any]]:
        order = [self.columns[name] for name in self.key]
        found = self.queryset(administration).order_by(*order).values_list(*self.columns.values())
        return [
            {name: self._out(name, value) for name, value in zip(self.columns, values, strict=True)}
            for values in found
        ]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        relations = _Relations(self, administration)
        later = {name for name, path in self.columns.items() if self._is_own(path)}
        made = [self._instance(administration, row, relations, later) for row in added]
        self.model._default_manager.bulk_create(made, batch_size=CHUNK)
        self._update(administration, changed, relations, list(self.columns))
        if later and added:
            relations = _Relations(self, administration)
            self._update(administration, added, relations, [*self.key, *sorted(later)])

    def remove(self, administration: Administration, keys: Sequence[tuple[Any, ...]]) -> str:
        """Take rows away by their keys; nothing, and what hangs on them, where something does."""
        paths = [self.columns[name] for name in self.key]
        known = {
            tuple(values[1:]): values[0]
            for values in self.queryset(administration).values_list("pk", *paths)
        }
        pks = {known[key] for key in keys}
        for some in _chunks(sorted(pks)):
            if hanging := self._hanging(some, pks):
                return hanging
        for some in _chunks(sorted(pks)):
            self.model._default_manager.filter(pk__in=some).delete()
        return ""

    def _hanging(self, some: Sequence[int], all_of_them: set[int]) -> str:
        """The name of a kind of row that points to some of these and isn't one of them."""
        for relation in self.model._meta.get_fields(include_hidden=True):
            if not (relation.auto_created and not relation.concrete and relation.is_relation):
                continue
            model = cast(type[models.Model], relation.related_model)
            if getattr(model, "is_derived", False):
                continue  # worked out from rows and gone with them
            name = cast(Any, relation).field.name
            if name not in {field.name for field in model._meta.concrete_fields}:
                continue  # the table between stands for it
            found = model._default_manager.filter(**{f"{name}__in": some})
            others = set(found.values_list("pk", flat=True))
            if others - (all_of_them if model is self.model else set()):
                return str(model._meta.verbose_name_plural)
        return ""

    def _instance(
        self, administration: Administration, row: Row, relations: "_Relations", later: set[str]
    ) -> models.Model:
        values: dict[str, Any] = dict(self.fixed)
        if "__" not in self.owner:
            values[self.owner] = administration
        for name, path in self.columns.items():
            if name not in later:
                attribute, value = self._in(name, path, row.get(name), relations)
                values[attribute] = value
        return self.model(**values)

    def _update(
        self,
        administration: Administration,
        rows: Sequence[Row],
        relations: "_Relations",
        names: list[str],
    ) -> None:
        if not rows:
            return
        paths = [self.columns[name] for name in self.key]
        known = {
            tuple(values[1:]): values[0]
            for values in self.queryset(administration).values_list("pk", *paths)
        }
        instances = self.model._default_manager.in_bulk(
            [known[tuple(row[name] for name in self.key)] for row in rows]
        )
        fields = set()
        for row in rows:
            instance = instances[known[tuple(row[name] for name in self.key)]]
            for name in names:
                if name in self.key:
                    continue
                attribute, value = self._in(name, self.columns[name], row.get(name), relations)
                setattr(instance, attribute, value)
                fields.add(attribute.removesuffix("_id"))
        if fields:
            self.model._default_manager.bulk_create(
                instances.values(),
                batch_size=CHUNK,
                update_conflicts=True,  # an update, and thirty times faster than bulk_update
                update_fields=sorted(fields),
                unique_fields=["pk"],
            )

    def _is_own(self, path: str) -> bool:
        relation, _, rest = path.partition("__")
        return bool(rest) and self.model._meta.get_field(relation).related_model is self.model

    def _out(self, name: str, value: Any) -> Any:
        if name in self.lists:
            return ";".join(str(item) for item in value) or None
        return None if value == "" else value

    def _in(self, name: str, path: str, value: Any, relations: "_Relations") -> tuple[str, Any]:
        relation, _, rest = path.partition("__")
        if rest:
            return f"{relation}_id", relations.pk(relation, rest, value)
        if name in self.lists:
            items = [item.strip() for item in str(value or "").split(";") if item.strip()]
            return path, [int(item) for item in items] if name in self.numbers else items
        target = cast(models.Field[Any, Any], self.model._meta.get_field(path))
        if (
            value is None
            and isinstance(target, models.CharField | models.TextField)
            and not target.null
        ):
            return path, ""
        if value is None and not target.null and target.has_default():
            return path, target.get_default()
        return path, value


def _chunks(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK))


class _Relations:
    """Looks up the rows that codes point to, each relation read once."""

    def __init__(self, table: ModelTable, administration: Administration) -> None:
        self.table = table
        self.administration = administration
        self.maps: dict[tuple[str, str], dict[Any, int]] = {}

    def pk(self, relation: str, rest: str, value: Any) -> int | None:
        if value is None:
            return None
        key = (relation, rest)
        if key not in self.maps:
            self.maps[key] = self._read(relation, rest)
        return self.maps[key][value]

    def _read(self, relation: str, rest: str) -> dict[Any, int]:
        found = self.table.model._meta.get_field(relation).related_model
        model = cast(type[models.Model], found)
        chosen = dict(self.table.within.get(relation, {}))
        if "administration" in {f.name for f in model._meta.get_fields()}:
            chosen["administration"] = self.administration
        return dict(model._default_manager.filter(**chosen).values_list(rest, "pk"))


def same(*names: str) -> dict[str, str]:
    """Columns that are named as the fields they stand for."""
    return {name: name for name in names}


def codes(rows: Iterable[Row], column: str) -> frozenset[Any]:
    """The values of a column, without the empty ones."""
    return frozenset(row[column] for row in rows if row[column] is not None)
