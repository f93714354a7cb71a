"""Questionnaires written: as plain data in the shape of a content file, and as its YAML."""

from collections.abc import Mapping
from typing import Any

import yaml

from diagnostics.library.content import Content, Field, Question, QuestionnaireContent

OWN_NAMES = ("id", "version", "language", "provider", "licence", "title", "provenance")
EMPTY: tuple[Any, ...] = ("", (), [], {}, None)
ALWAYS = {"caps_at", "meaning", "tags", "anchors", "questions", "fields"}  # shown though empty


def plain(content: Content) -> dict[str, Any]:
    """The questionnaire as plain data; what may be left out and says nothing is left out."""
    head = {name: getattr(content.head, name) for name in OWN_NAMES}
    translations = _bare(content.head.translations)
    head |= {"translations": translations} if translations else {}
    if isinstance(content, QuestionnaireContent):
        parts = ("scale", "existence", "use", "reference_points", "framework_sections")
        more = ("arusha_practices", "domains", "guides")
        body = {name: _rows(getattr(content, name)) for name in (*parts, *more)}
    else:
        body = {"items": _rows(content.items)}
    return {**head, "kind": content.kind, **body}


def yaml_text(content: Content) -> str:
    """The questionnaire as a content file."""
    return yaml.safe_dump(
        plain(content), allow_unicode=True, sort_keys=False, width=100, default_flow_style=False
    )


def _rows(values: tuple[Any, ...]) -> list[dict[str, Any]]:
    return [_row(value) for value in values]


def _row(value: Any) -> dict[str, Any]:
    found = {name: _bare(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, Question) and value.weight == 1:
        del found["weight"]
    if isinstance(value, Field) and value.required:
        del found["required"]
    return {name: inner for name, inner in found.items() if name in ALWAYS or inner not in EMPTY}


def _bare(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_bare(inner) for inner in value]
    if isinstance(value, Mapping):
        return {name: _bare(inner) for name, inner in value.items()}
    if hasattr(value, "__dataclass_fields__"):
        return _row(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
