"""The shape of a workshop's file, as JSON Schema; see docs/formats.md."""

from typing import Any

FORMAT = "hrplan workshop"
VERSION = 1
KEY = {
    "type": "string",
    "pattern": "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
}
LEVEL = {"type": "integer", "minimum": 0, "maximum": 20}
DAY = {"type": "string", "minLength": 10, "maxLength": 40}


def _text(most: int) -> dict[str, Any]:
    return {"type": "string", "maxLength": most, "pattern": "^[^\\u0000]*$"}


def _row(**fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": sorted(fields),
        "additionalProperties": False,
    }


def _rows(row: dict[str, Any], most: int) -> dict[str, Any]:
    return {"type": "array", "items": row, "maxItems": most}


EXISTENCE = {"enum": ["", "none", "draft", "approved"]}
USE = {"enum": ["", "never", "sometimes", "routine"]}
VOTE = _row(
    person=KEY,
    level=LEVEL | {"type": ["integer", "null"]},
    does_not_apply={"type": "boolean"},
    existence=EXISTENCE,
    use=USE,
    note=_text(500),
    is_paper={"type": "boolean"},
)
SCHEMA: dict[str, Any] = _row(
    format={"const": FORMAT},
    version={"const": VERSION},
    workshop=_row(code=_text(60), exercise=_text(60), questionnaires=_rows(_text(80), most=20)),
    people=_rows(_row(key=KEY, code=_text(20), name=_text(200), function=_text(120)), most=2_000),
    rounds=_rows(
        _row(
            key=KEY,
            question=_text(20),
            number={"type": "integer", "minimum": 1, "maximum": 1_000},
            opened_at=DAY,
            revealed_at=DAY,
            votes=_rows(VOTE, most=2_000),
        ),
        most=10_000,
    ),
    agreements=_rows(
        _row(
            question=_text(20),
            level=LEVEL,
            existence=EXISTENCE,
            use=USE,
            rationale=_text(4_000),
            evidence=_text(4_000),
            dissent=_text(4_000),
            follow_up=_text(4_000),
        ),
        most=1_000,
    ),
)
CITED = _rows(_text(60), most=200)  # files of earlier versions have none
SCHEMA["properties"]["agreements"]["items"]["properties"]["cited"] = CITED
