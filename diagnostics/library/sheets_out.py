"""Questionnaires written as workbooks: sheets with a column for each level and language."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from diagnostics.library import specs
from diagnostics.library.content import FORM, Content
from diagnostics.library.plain import plain
from hrplan.exchange import write
from hrplan.exchange.spec import Values

Plain = dict[str, Any]
KINDS = {
    "reference_points": "reference_point",
    "framework_sections": "framework_section",
    "arusha_practices": "arusha_practice",
}
HEAD = ("id", "version", "language", "title", "provider", "licence", "provenance")


def write_content(content: Content, path: Path, words: Callable[[str], str] = str) -> None:
    """One .xlsx file that holds all of a questionnaire; `words` translates the explanations."""
    data = plain(content)
    spec = specs.workbook(
        [row["level"] for row in data.get("scale", [])], languages_of(data), content.head.title
    )
    is_form = content.kind == FORM
    sheets = specs.BASELINE_SHEETS if is_form else specs.MATURITY_SHEETS
    rows = dict(_baseline_rows(data) if is_form else maturity_rows(data))
    write.write_workbook({name: rows[name] for name in sheets}, spec, path, words)


def languages_of(data: Any) -> tuple[str, ...]:
    """The languages into which any text of the questionnaire is translated."""
    return tuple(sorted(set(_languages(data))))


def _languages(data: Any) -> Iterator[str]:
    if isinstance(data, list):
        for inner in data:
            yield from _languages(inner)
    elif isinstance(data, Mapping):
        yield from data.get("translations", {})
        for name, inner in data.items():
            if name != "translations":
                yield from _languages(inner)


def head_row(data: Plain) -> Plain:
    """The row that says what the questionnaire is."""
    return _cells(data, "kind", *HEAD)


def maturity_rows(data: Plain) -> Iterator[tuple[str, list[Values]]]:
    """The sheets of a maturity questionnaire by name."""
    yield "questionnaire", [head_row(data)]
    yield "scale", list(_scale(data))
    yield (
        "references",
        [
            {"kind": kind, **row, "code": str(row.get("code", row.get("number")))}
            for part, kind in KINDS.items()
            for row in data[part]
        ],
    )
    domains = data["domains"]
    names = ("code", "title", "purpose", "documents", "framework_sections", "arusha_8")
    yield "domains", [{**_cells(d, *names), "cross_cutting": d["cross_cutting"]} for d in domains]
    yield (
        "questions",
        [
            {"domain": domain["code"], **_question(question)}
            for domain in domains
            for question in domain["questions"]
        ],
    )
    guides = data["guides"]
    yield "guides", [_cells(g, "code", "title", "audience", "minutes", "opening") for g in guides]
    yield (
        "guide_questions",
        [
            {"guide": guide["code"], **_cells(question, "code", "text", "domains")}
            for guide in guides
            for question in guide["questions"]
        ],
    )


def _scale(data: Plain) -> Iterator[Values]:
    for row in data["scale"]:
        yield {"of": "level", "code": str(row["level"]), **_cells(row, "name", "meaning")}
    for part in ("existence", "use"):
        for row in data[part]:
            said = {**row, "name": row["label"]}
            said["translations"] = {
                language: {
                    "name" if name == "label" else name: text for name, text in words.items()
                }
                for language, words in row.get("translations", {}).items()
            }
            yield {"of": part, **_cells(said, "code", "name", "meaning", "caps_at")}


def _question(row: Plain) -> Plain:
    levels = {f"level_{anchor['level']}": anchor["text"] for anchor in row["anchors"]}
    translations = {
        language: {
            **{name: text for name, text in words.items() if name != "anchors"},
            **{f"level_{level}": text for level, text in words.get("anchors", {}).items()},
        }
        for language, words in row.get("translations", {}).items()
    }
    condition = row.get("relevant")
    told = " ".join(str(condition[name]) for name in condition) if condition else None
    names = ("code", "text", "subject", "help", "evidence", "tags", "probe", *levels)
    flat = {**row, **levels, "translations": translations}
    return {**_cells(flat, *names), "weight": row.get("weight"), "relevant": told}


def _baseline_rows(data: Plain) -> Iterator[tuple[str, list[Values]]]:
    yield "questionnaire", [head_row(data)]
    names = ("code", "title", "prompt", "help", "documents")
    yield "items", [_cells(item, *names) for item in data["items"]]
    yield (
        "fields",
        [
            {"item": item["code"], **row}
            for item in data["items"]
            for field in item["fields"]
            for row in (
                _field(field, ""),
                *(_field(c, field["code"]) for c in field_columns(field)),
            )
        ],
    )


def field_columns(field: Plain) -> list[Plain]:
    """The columns of a table; none of another field."""
    return list(field.get("columns", []))


def _field(row: Plain, table: str) -> Plain:
    choices = row.get("choices", [])
    said: dict[str, dict[str, Any]] = {
        language: dict(words) for language, words in row.get("translations", {}).items()
    }
    for language in languages_of(choices):
        told = [(c["code"], c.get("translations", {}).get(language)) for c in choices]
        lines = [f"{code}: {words['label']}" for code, words in told if words]
        said.setdefault(language, {})["choices"] = "\n".join(lines)
    lines = [f"{choice['code']}: {choice['label']}" for choice in choices]
    flat = {**row, "choices": "\n".join(lines), "translations": said}
    numbers = ("minimum", "maximum", "row_count", "unit")
    return {
        "table": table,
        **_cells(flat, "code", "label", "kind", "choices", *numbers),
        "required": row.get("required", True),
    }


def _cells(row: Plain, *names: str) -> Plain:
    """The cells of these columns with their translations; lists have a line for each entry."""
    cells = {name: _cell(row.get(name)) for name in names}
    for language, words in row.get("translations", {}).items():
        cells |= {f"{name}::{language}": _cell(words[name]) for name in names if name in words}
    return cells


def _cell(value: Any) -> Any:
    return "\n".join(map(str, value)) if isinstance(value, list) else value
