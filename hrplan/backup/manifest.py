"""The first page of a backup: what made it, from what, and every part with its sum."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import jsonschema

FORMAT = "hrplan backup 1"
NAME = "manifest.json"
LARGEST = 64_000_000  # bytes of a manifest


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the file, and what it must be."""

    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart(Part):
    """The rows of one model, one a line, each a list of values in the order of `columns`."""

    model: str
    columns: tuple[str, ...]
    rows: int
    last_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself."""

    version: str
    database: str
    made_at: str
    migrations: Mapping[str, str]
    left_out: Mapping[str, str]
    tables: tuple[TablePart, ...]
    files: tuple[Part, ...]

    @property
    def parts(self) -> Iterator[Part]:
        """All parts but the manifest itself."""
        yield from self.tables
        yield from self.files

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)


def written(manifest: Manifest) -> bytes:
    """The manifest as text."""
    text = json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"


def read(text: bytes) -> Manifest:
    """The manifest that a text is.

    Raises
    ------
    ValueError
        It is none.
    """
    try:
        given = json.loads(text, parse_float=_refused, parse_constant=_refused)
        jsonschema.validate(given, SCHEMA)
    except (RecursionError, jsonschema.ValidationError) as error:
        raise ValueError from error
    tables = (TablePart(**{**part, "columns": tuple(part["columns"])}) for part in given["tables"])
    return Manifest(
        version=given["version"],
        database=given["database"],
        made_at=given["made_at"],
        migrations=given["migrations"],
        left_out=given["left_out"],
        tables=tuple(tables),
        files=tuple(Part(**part) for part in given["files"]),
    )


def _refused(text: str) -> float:
    raise ValueError(f"a manifest holds whole numbers, not {text}")


def _shape(**fields: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "maxLength": 1000}
COUNT = {"type": "integer", "minimum": 0, "maximum": 2**53}
SUM = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
WORDS = {"type": "object", "additionalProperties": TEXT}
PART = {"name": TEXT, "size": COUNT, "sha256": SUM}
TABLE = {"model": TEXT, "columns": {"type": "array", "items": TEXT}, "rows": COUNT}
SCHEMA = _shape(
    format={"const": FORMAT},
    version=TEXT,
    database=TEXT,
    made_at=TEXT,
    migrations=WORDS,
    left_out=WORDS,
    tables={"type": "array", "items": _shape(**PART, **TABLE, last_id=COUNT)},
    files={"type": "array", "items": _shape(**PART)},
)
