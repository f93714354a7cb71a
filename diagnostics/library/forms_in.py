"""Questionnaires read from XLSForm: one that was written here, or one made with other tools.

Of a form made elsewhere groups become domains, and questions that choose one of several numbers
become questions with these levels; what has no place in a diagnostic is left out with a warning.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from diagnostics.library.content import EXISTENCE, FORM, MATURITY, USE
from diagnostics.library.forms_out import NOT_APPLICABLE, TYPES, UNKNOWN
from diagnostics.library.places import Path, Place
from diagnostics.library.sheets_in import number, whole
from hrplan.exchange.faults import Fault
from hrplan.exchange.formats.xlsform import (
    GROUP,
    REPEAT,
    Choice,
    Element,
    Form,
    Note,
    left_out,
)

Plain = dict[str, Any]
SURVEY = "survey"
DOMAIN_CODE = re.compile(r"[A-Z]+\d+")
ID = re.compile(r"[a-z0-9-]{1,60}")
VERSION = re.compile(r"\d+\.\d+")
NUMBER = r"-?\d+(?:\.\d+)?"
NAME = r"\$\{\s*(?P<name>[\w.-]+)\s*\}"
AGAIN = r"\$\{\s*(?P=name)\s*\}"
TESTS = (  # an expression of XLSForm, and the test that it is
    ("is", rf"selected\(\s*{NAME}\s*,\s*'(?P<value>\w+)'\s*\)"),
    ("is", rf"{NAME}\s*=\s*'?(?P<value>\w+)'?"),
    ("is_not", rf"(?:{NAME}\s*!=\s*''\s*and\s*){AGAIN}\s*!=\s*'(?P<value>\w+)'"),
    ("is_not", rf"\(?{NAME}\s*<\s*(?P<value>\d+)\s*or\s*{AGAIN}\s*>\s*(?P=value)\)?"),
    ("is_not", rf"{NAME}\s*!=\s*'?(?P<value>\w+)'?"),
    ("at_least", rf"{NAME}\s*>=\s*(?P<value>\d+)"),
    ("at_most", rf"{NAME}\s*<=\s*(?P<value>\d+)"),
)
DIMENSIONS = {"efficiency": "use", "use": "use", "existence": "existence"}
PLAIN_TYPES = {kind: name for name, kind in TYPES.items() if name not in {"boolean", "long_text"}}
PLAIN_TYPES |= {"decimal": "number", "select_one": "choice"}


@dataclass(slots=True)
class _Reader:
    """What is found on the way through a form."""

    form: Form
    note: Note
    places: dict[Path, Place] = field(default_factory=dict)
    called: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> code, dimension

    def put(self, path: str, one: Element) -> None:
        self.places[tuple(path.split("."))] = Place(SURVEY, one.row, {})


def data_of(form: Form, unsaid: Mapping[str, str], note: Note) -> tuple[Plain, dict[Path, Place]]:
    """The plain data that a form holds, and where each part stands.

    Parameters
    ----------
    unsaid
        provider, licence and provenance of a form that doesn't say them.
    note
        Called with every fault and warning.
    """
    reader = _Reader(form, note)
    reader.places[()] = Place("settings", 2, {})
    kind = form.values.get("x_kind", MATURITY)
    data = {**_head(form, unsaid), "kind": kind}
    if kind == FORM:
        return data | {"items": list(_items(reader))}, reader.places
    return data | _maturity(reader), reader.places


def _head(form: Form, unsaid: Mapping[str, str]) -> Plain:
    slug = re.sub(r"[^a-z0-9]+", "-", (form.form_id or form.title).casefold()).strip("-")
    return {
        "id": form.form_id if ID.fullmatch(form.form_id) else slug[:60] or "form",
        "version": form.version if VERSION.fullmatch(form.version) else "1.0",
        "language": form.language,
        "title": form.title,
        **{name: form.values.get(f"x_{name}") or text for name, text in unsaid.items()},
    }


def _said(texts: Mapping[str, Mapping[str, str]], own: str, **names: str) -> Plain:
    """Texts under the names of content, from the columns given, with their translations."""
    found: Plain = {}
    translations: dict[str, Plain] = {}
    for name, column in names.items():
        for code, text in texts.get(column, {}).items():
            value = text.split("\n") if name in {"documents", "evidence"} else text
            if code == own:
                found[name] = value
            else:
                translations.setdefault(code, {})[name] = value
    return {**found, "translations": translations} if translations else found


def _lines(one: Element, column: str) -> list[str]:
    return [line for line in one.values.get(column, "").split("\n") if line]


# Maturity questionnaires


def _maturity(reader: _Reader) -> Plain:
    domains = list(_domains(reader))
    shared = {question.pop("list") for domain in domains for question in domain["questions"]}
    named = _levels(reader.form.list_of(shared.pop())) if len(shared) == 1 else ()
    levels = {a["level"] for domain in domains for q in domain["questions"] for a in q["anchors"]}
    known = [_level(choice, reader.form.language) for choice in named]
    unnamed = [{"level": n, "name": f"level {n}", "meaning": ""} for n in sorted(levels)]
    return {
        "scale": known or unnamed,
        "existence": _stages(reader.form, "existence", EXISTENCE),
        "use": _stages(reader.form, "use", USE),
        "domains": domains,
    }


def _levels(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    """The choices that are levels; none where one of them is neither a level nor no answer."""
    rated = [choice for choice in choices if choice.name not in {UNKNOWN, NOT_APPLICABLE}]
    return tuple(rated) if all(isinstance(whole(choice.name), int) for choice in rated) else ()


def _level(choice: Choice, own: str) -> Plain:
    said = _said(choice.texts, own, name="label")
    return {"level": whole(choice.name), "meaning": "", **said}


def _stages(form: Form, of: str, codes: Iterable[str]) -> list[Plain]:
    choices = form.list_of(of) or [
        Choice(of, code, {"label": {form.language: code}}) for code in codes
    ]
    return [
        {
            "code": choice.name,
            "meaning": "",
            "caps_at": None,
            **_said(choice.texts, form.language, label="label"),
        }
        for choice in choices
    ]


def _domains(reader: _Reader) -> Iterator[Plain]:
    own = reader.form.language
    loose = [one for one in reader.form.survey if one.type not in (GROUP, REPEAT)]
    groups = [one for one in reader.form.survey if one.type in (GROUP, REPEAT)]
    if any(_is_rating(reader, one) for one in loose):
        label = {"label": {own: reader.form.title}}
        groups.insert(0, Element(GROUP, "", label, children=tuple(loose)))
    else:
        _leave_out(reader, loose)
    place = 0
    for group in groups:
        inside = list(_flat(group))
        if not any(_is_rating(reader, one) for one in inside):
            _leave_out(reader, [group])
            continue
        said = group.values.get("x_domain", group.name)
        code = said if DOMAIN_CODE.fullmatch(said) else f"D{place + 1}"
        reader.put(f"domains.{place}", group)
        yield {
            "code": code,
            **_said(group.texts, own, title="label", purpose="x_purpose", documents="x_documents"),
            "cross_cutting": group.values.get("x_cross_cutting") == "yes",
            "framework_sections": [whole(line) for line in _lines(group, "x_framework_sections")],
            "arusha_8": _lines(group, "x_arusha_8"),
            "questions": list(_questions(reader, inside, code, f"domains.{place}.questions")),
        }
        place += 1


def _flat(group: Element) -> Iterator[Element]:
    for one in group.children:
        if one.type in (GROUP, REPEAT):
            yield from _flat(one)
        else:
            yield one


def _leave_out(reader: _Reader, elements: Iterable[Element]) -> None:
    for one in elements:
        reader.note(left_out(SURVEY, one))


def _is_rating(reader: _Reader, one: Element) -> bool:
    """Whether a row asks for a level: it chooses one of several numbers."""
    if one.type != "select_one" or one.values.get("x_dimension", "level") != "level":
        return False
    return len(_levels(reader.form.list_of(one.list_name))) > 1


def _questions(
    reader: _Reader, inside: Iterable[Element], domain: str, part: str
) -> Iterator[Plain]:
    place, code = 0, ""
    for one in inside:
        of = DIMENSIONS.get(one.values.get("x_dimension", ""))
        if _is_rating(reader, one):
            dotted = one.name.replace("_", ".")
            fits = re.fullmatch(rf"{domain}\.\d+", dotted)
            code = dotted if fits else f"{domain}.{place + 1}"
            reader.called[one.name] = (code, "level")
            reader.put(f"{part}.{place}", one)
            yield _question(reader, one, code)
            place += 1
        elif of and code:
            reader.called[one.name] = (code, of)
        elif one.values.get("x_dimension") != "note":
            _leave_out(reader, [one])


def _question(reader: _Reader, one: Element, code: str) -> Plain:
    own = reader.form.language
    found = {
        "code": code,
        "subject": one.texts.get("label", {}).get(own, "")[:200],
        **_said(
            one.texts, own, text="label", help="hint", subject="x_subject", evidence="x_evidence"
        ),
        "tags": _lines(one, "x_tags"),
        "probe": one.values.get("x_probe", ""),
        "list": one.list_name,
    }
    if weight := one.values.get("x_weight"):
        found["weight"] = number(float(weight)) if re.fullmatch(NUMBER, weight) else weight
    if told := one.values.get("relevant"):
        found["relevant"] = _condition(reader, one, told)
    anchors: list[Plain] = []
    for choice in _levels(reader.form.list_of(one.list_name)):
        texts = one.texts.get(f"x_level_text_{choice.name}") or choice.texts.get("label", {})
        anchors.append({"level": whole(choice.name), "text": texts.get(own, "")})
        for language, text in texts.items():
            if language != own:
                words = found.setdefault("translations", {}).setdefault(language, {})
                words.setdefault("anchors", {})[choice.name] = text
    return {**found, "anchors": anchors}


def _condition(reader: _Reader, one: Element, told: str) -> Plain:
    """The condition of a row; one that is more than a single comparison is a fault."""
    for test, pattern in TESTS:
        match = re.fullmatch(pattern, told.strip())
        if match and match["name"] in reader.called:
            code, of = reader.called[match["name"]]
            value = whole(match["value"]) if of == "level" else match["value"]
            return {"question": code, "of": of, "test": test, "value": value}
    reader.note(Fault(key="form_condition", sheet=SURVEY, row=one.row, value=told[:80]))
    return {}


# Baseline forms


def _items(reader: _Reader) -> Iterator[Plain]:
    own = reader.form.language
    groups = [one for one in reader.form.survey if one.type == GROUP]
    _leave_out(reader, (one for one in reader.form.survey if one.type != GROUP))
    for place, group in enumerate(groups):
        said = group.values.get("x_domain", group.name)
        prompts = [one for one in group.children if one.type == "note"]
        prompt = prompts[0].texts if prompts else {"label": group.texts.get("label", {})}
        texts = {"title": group.texts.get("label", {}), **prompt}
        reader.put(f"items.{place}", group)
        yield {
            "code": said if DOMAIN_CODE.fullmatch(said) else f"B{place + 1:02}",
            **_said(texts, own, title="title", prompt="label", help="hint"),
            "documents": _lines(group, "x_documents"),
            "fields": list(_fields(reader, group, f"items.{place}.fields")),
        }


def _fields(reader: _Reader, group: Element, part: str) -> Iterator[Plain]:
    place = 0
    for one in group.children:
        kind = one.values.get("x_kind") or PLAIN_TYPES.get(one.type, "")
        if kind:
            reader.put(f"{part}.{place}", one)
            yield _field(reader, one, kind, f"{part}.{place}")
            place += 1
        elif one.type != "note":
            _leave_out(reader, [one])


def _field(reader: _Reader, one: Element, kind: str, part: str) -> Plain:
    own = reader.form.language
    required = one.values.get("x_required") or one.values.get("required", "no")
    slug = re.sub(r"[^a-z0-9]+", "_", one.name.casefold()).strip("_")
    found: Plain = {
        "code": one.values.get("x_code") or slug[:39],
        "kind": kind,
        **_said(one.texts, own, label="label"),
        "required": required.casefold() in {"yes", "true", "true()"},
    }
    if unit := one.values.get("x_unit"):
        found["unit"] = unit
    for name, sign in (("minimum", ">="), ("maximum", "<=")):
        match = re.search(rf"\.\s*{sign}\s*({NUMBER})", one.values.get("constraint", ""))
        if match:
            found[name] = number(float(match[1]))
    if kind == "choice":
        choices = reader.form.list_of(one.list_name)
        found["choices"] = [{"code": c.name, **_said(c.texts, own, label="label")} for c in choices]
    if kind == "table":
        found["columns"] = list(_fields(reader, one, f"{part}.columns"))
        if rows := one.values.get("repeat_count"):
            found["row_count"] = whole(rows)
    return found
