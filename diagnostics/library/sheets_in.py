"""Questionnaires read from workbooks of their own: rows as plain data, each with its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from diagnostics.library import specs
from diagnostics.library.content import FORM
from diagnostics.library.places import Place, Places, place_of
from diagnostics.library.sheets_out import KINDS
from hrplan.exchange.check import Rows, row_fault
from hrplan.exchange.faults import Fault
from hrplan.exchange.rows import Row

Plain = dict[str, Any]
Kept = dict[tuple[str, ...], Place]
LISTS = {"documents", "evidence", "tags", "arusha_8", "framework_sections", "domains"}
HEAD = ("kind", "id", "language", "title", "provider", "licence", "provenance")


def data_of(rows: Rows) -> tuple[Plain, Places]:
    """The plain data that the sheets hold, and where each part of it stands.

    The sheet `questionnaire` has a row.
    """
    [head, *_others] = rows["questionnaire"]
    version = str(head.values.get("version") or "")
    data = _said(head, *HEAD)
    data["version"] = f"{version}.0" if version.isdecimal() else version
    places: Kept = {(): place_of(head)}
    if data.get("kind") == FORM:
        return data | {"items": _items(rows, places)}, places
    return data | _maturity(rows, places), places


def one_head(rows: Rows) -> Iterator[Fault]:
    """The sheet `questionnaire` has one row, for a file holds one questionnaire."""
    heads = rows.get("questionnaire", ())
    if not heads:
        yield Fault(key="sheet_empty", sheet="questionnaire")
    for row in heads[1:]:
        yield row_fault(row, "questionnaire", "id", "row_too_many")


def known_tables(rows: Rows) -> Iterator[Fault]:
    """A column of a table names a table of the same item."""
    fields = rows.get("fields", ())
    tables = {(r.values.get("item"), r.values.get("code")) for r in fields}
    for row in fields:
        table = row.values.get("table")
        if table and (row.values.get("item"), table) not in tables:
            yield row_fault(row, "fields", "table", "reference_unknown", table="fields")


CHECKS = (one_head, known_tables)


def _where(rows: Rows, table: str, **wanted: Any) -> list[Row]:
    found = rows.get(table, ())
    return [row for row in found if all((row.values.get(n) or "") == v for n, v in wanted.items())]


def _listed(rows: Iterable[Row], part: str, places: Kept, make: Callable[[Row], Plain]) -> list:
    """The rows as a part of the data, each with its place."""
    found = []
    for number, row in enumerate(rows):
        places[*part.split("."), str(number)] = place_of(row)
        found.append(make(row))
    return found


def _maturity(rows: Rows, places: Kept) -> Plain:
    data = extras_of(rows, places)
    data["domains"] = _listed(_where(rows, "domains"), "domains", places, _domain)
    for number, domain in enumerate(data["domains"]):
        own = _where(rows, "questions", domain=domain.get("code"))
        domain["questions"] = _listed(own, f"domains.{number}.questions", places, _question)
    return data


def translations_of(rows: Rows) -> Plain:
    """The translations of the head; none where the sheet isn't there."""
    heads = rows.get("questionnaire", ())
    words = _said(heads[0], "title", "provenance").get("translations") if heads else None
    return {"translations": words} if words else {}


def extras_of(rows: Rows, places: Kept) -> Plain:
    """All of a maturity questionnaire but its domains: scale, references, interview guides."""
    data = {
        "scale": _listed(_where(rows, "scale", of="level"), "scale", places, _level),
        "existence": _listed(_where(rows, "scale", of="existence"), "existence", places, _stage),
        "use": _listed(_where(rows, "scale", of="use"), "use", places, _stage),
    }
    data |= {
        part: _listed(_where(rows, "references", kind=kind), part, places, _reference)
        for part, kind in KINDS.items()
    }
    data["guides"] = _listed(_where(rows, "guides"), "guides", places, _guide)
    for number, guide in enumerate(data["guides"]):
        own = _where(rows, "guide_questions", guide=guide.get("code"))
        guide["questions"] = _listed(own, f"guides.{number}.questions", places, _guide_question)
    return data


def _level(row: Row) -> Plain:
    code = str(row.values.get("code") or "")
    return {"level": whole(code), "meaning": "", **_said(row, "name", "meaning")}


def _stage(row: Row) -> Plain:
    said = _said(row, "code", "name", "meaning", rename={"name": "label"})
    return {"meaning": "", **said, "caps_at": row.values.get("caps_at")}


def _reference(row: Row) -> Plain:
    said = _said(row, "title")
    code, kind = str(row.values.get("code") or ""), row.values.get("kind")
    if kind == "framework_section":
        return {"number": whole(code), **said}
    meaning = {"meaning": row.values.get("meaning") or ""} if kind == "reference_point" else {}
    return {"code": code, **said, **meaning}


def _domain(row: Row) -> Plain:
    numbers = str(row.values.get("framework_sections") or "").split()
    return {
        **_said(row, "code", "title", "purpose", "documents", "arusha_8"),
        "cross_cutting": bool(row.values.get("cross_cutting")),
        "framework_sections": [whole(number) for number in numbers],
    }


def _question(row: Row) -> Plain:
    levels = [name for level in specs.LEVELS if row.values.get(name := f"level_{level}")]
    said = _said(row, "code", "text", "subject", "help", "evidence", "tags", "probe", *levels)
    anchors = [{"level": int(name.split("_")[1]), "text": said.pop(name)} for name in levels]
    translations = {
        language: {
            **{name: text for name, text in words.items() if name not in levels},
            **_anchors(words, levels),
        }
        for language, words in said.pop("translations", {}).items()
    }
    found = {**said, "anchors": anchors}
    found |= {"translations": translations} if translations else {}
    if (weight := row.values.get("weight")) is not None:
        found["weight"] = number(weight)
    if told := str(row.values.get("relevant") or "").split():
        found["relevant"] = condition(told)
    return found


def _anchors(words: Mapping[str, Any], levels: Iterable[str]) -> Plain:
    said = {name.split("_")[1]: words[name] for name in levels if name in words}
    return {"anchors": said} if said else {}


def condition(told: list[str]) -> Plain:
    """The parts of a condition; a number where it looks at a level."""
    found: Plain = dict(zip(("question", "of", "test", "value"), told, strict=False))
    if found.get("of") == "level" and "value" in found:
        found["value"] = whole(found["value"])
    return found


def number(value: Any) -> int | float:
    """A number of a cell as content holds it."""
    plain_value = float(value) if isinstance(value, Decimal) else value
    return int(plain_value) if float(plain_value).is_integer() else float(plain_value)


def whole(text: str) -> int | str:
    """A whole number where the text is one."""
    return int(text) if text.isdecimal() and text.isascii() else text


def _guide(row: Row) -> Plain:
    said = _said(row, "code", "title", "audience", "opening")
    return {**said, "minutes": row.values.get("minutes")}


def _guide_question(row: Row) -> Plain:
    return _said(row, "code", "text", "domains")


def _items(rows: Rows, places: Kept) -> list[Plain]:
    items = _listed(_where(rows, "items"), "items", places, _item)
    for number, item in enumerate(items):
        part = f"items.{number}.fields"
        item["fields"] = _fields(_where(rows, "fields", item=item.get("code")), part, places)
    return items


def _item(row: Row) -> Plain:
    return _said(row, "code", "title", "prompt", "help", "documents")


def _fields(rows: list[Row], part: str, places: Kept) -> list[Plain]:
    """The fields of an item, tables with their columns."""
    own = [row for row in rows if not row.values.get("table")]
    fields = _listed(own, part, places, _field)
    for number, field in enumerate(fields):
        below = [row for row in rows if row.values.get("table") == field.get("code")]
        if below:
            field["columns"] = _listed(below, f"{part}.{number}.columns", places, _field)
    return fields


def _field(row: Row) -> Plain:
    found = _said(row, "code", "label", "kind", "unit", "choices")
    for name in ("minimum", "maximum", "row_count"):
        if (value := row.values.get(name)) is not None:
            found[name] = number(value)
    if row.values.get("required") is False:
        found["required"] = False
    translations = found.get("translations", {})
    labels = {
        language: _pairs(words.pop("choices", "")) for language, words in translations.items()
    }
    if told := found.pop("choices", ""):
        found["choices"] = [
            {
                "code": code,
                "label": label,
                "translations": {
                    language: {"label": said[code]}
                    for language, said in labels.items()
                    if code in said
                },
            }
            for code, label in _pairs(told).items()
        ]
    return found


def _pairs(text: str) -> dict[str, str]:
    """The lines `code: label` of a cell."""
    parts = (line.partition(":") for line in text.split("\n") if line.strip())
    return {code.strip(): label.strip() for code, _colon, label in parts}


def _said(row: Row, *names: str, rename: Mapping[str, str] | None = None) -> Plain:
    """The texts of a row under the names of content, with translations; empty ones left out."""
    called = {name: (rename or {}).get(name, name) for name in names}
    found = {called[n]: _split(n, row.values[n]) for n in names if row.values.get(n)}
    translations: dict[str, Plain] = {}
    for column, text in row.values.items():
        name, mark, language = column.partition("::")
        if mark and text and name in called:
            translations.setdefault(language, {})[called[name]] = _split(name, text)
    return {**found, "translations": translations} if translations else found


def _split(name: str, value: Any) -> Any:
    return str(value).split("\n") if name in LISTS else value
