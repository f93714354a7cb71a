"""A document kept as JSON: written, read back equal, and hashed by its content."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any

from hrplan.documents import nodes
from hrplan.documents.nodes import Document, TreeError

_CLASSES: dict[str, Callable[..., object]] = {
    node.__name__: node
    for node in (
        *(nodes.Text, nodes.Paragraph, nodes.Bullets, nodes.Callout, nodes.Reference),
        *(nodes.KeyFigure, nodes.KeyFigures, nodes.PageBreak, nodes.Picture, nodes.Group),
        *(nodes.Table, nodes.Series, nodes.BarChart, nodes.StackedBar, nodes.RadarChart),
        *(nodes.MaturityProfile, nodes.HeatMap, nodes.Pyramid, nodes.LineChart, nodes.Span),
        *(nodes.Closure, nodes.CalendarChart, nodes.Section, nodes.Document),
        *(nodes.ChangeChart, nodes.Point, nodes.ScatterChart, nodes.Source),
    )
}
# Fields that came later: left out where they are empty, so that what is kept keeps its hash.
_LATER = frozenset({"sources"})


def to_json(tree: object) -> str:
    """The tree (or any node) as canonical JSON: sorted keys, no spaces, ASCII only."""
    value = _encoded(tree)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_hash(tree: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal: equal trees have equal hashes."""
    return hashlib.sha256(to_json(tree).encode("ascii")).hexdigest()


def from_json(text: str) -> Document:
    """The document that `to_json` wrote.

    Raises
    ------
    TreeError
        The text is no JSON, or holds another thing than a document.
    """
    try:
        tree = _decoded(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise TreeError(f"This is not a stored document: {error}") from error
    if not isinstance(tree, Document):
        raise TreeError("This is not a stored document: its outermost node is another thing.")
    return tree


def _encoded(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int():
            return int(value)
        case float():
            return int(value) if value.is_integer() else float(value)
        case bytes():
            return {"bytes": base64.b64encode(value).decode("ascii")}
        case date():
            return {"date": value.isoformat()}
        case tuple():
            return [_encoded(item) for item in value]
        case _ if type(value).__name__ in _CLASSES:
            return _encoded_node(value)
    raise TreeError(f"{type(value).__name__} has no place in a document: {value!r:.80}.")


def _encoded_node(node: Any) -> dict[str, object]:
    inner = {field.name: getattr(node, field.name) for field in fields(node)}
    told = {name: _encoded(value) for name, value in inner.items() if value or name not in _LATER}
    return {"node": type(node).__name__, **told}


def _decoded(value: Any) -> object:
    match value:
        case list():
            return tuple(_decoded(item) for item in value)
        case {"bytes": str(data)}:
            return base64.b64decode(data, validate=True)
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case {"node": str(name)}:
            inner = {key: _decoded(item) for key, item in value.items() if key != "node"}
            return _CLASSES[name](**inner)
        case None | bool() | str() | int() | float():
            return value
    raise TreeError(f"an unknown mapping with {', '.join(sorted(value))}.")
