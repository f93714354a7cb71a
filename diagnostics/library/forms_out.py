"""Questionnaires as XLSForm, to be filled in with ODK or KoboToolbox: what each part becomes.

A domain is a group, a question three rows (level, existence, use) and one for a remark; an item
of a baseline form is a group, its tables repeats. Columns that begin with x_ carry what ODK has no
place for, so that the form read again is the questionnaire it was.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from diagnostics.library import specs
from diagnostics.library.content import (
    BaselineContent,
    BaselineItem,
    Condition,
    Content,
    Domain,
    Field,
    Level,
    Question,
    QuestionnaireContent,
)
from diagnostics.library.plain import plain
from diagnostics.library.sheets_out import head_row, languages_of, maturity_rows
from hrplan.exchange.formats.xlsform import GROUP, REPEAT, Choice, Element, Form, write_form
from hrplan.exchange.spec import Values

EXTRA_SHEETS = ("questionnaire", "scale", "references", "guides", "guide_questions")
UNKNOWN, NOT_APPLICABLE = "unknown", "not_applicable"
TYPES = {
    "text": "text",
    "long_text": "text",
    "date": "date",
    "integer": "integer",
    "number": "decimal",
    "money": "decimal",
    "boolean": "select_one",
    "choice": "select_one",
    "table": REPEAT,
}


@dataclass(frozen=True, slots=True)
class FormWords:
    """What a form says beside the questionnaire's own texts."""

    unknown: str = "I don't know"
    not_applicable: str = "It does not apply to us"
    existence: str = "Does it exist?"
    use: str = "Is it used?"
    remark: str = "Remark"
    yes: str = "yes"
    no: str = "no"


def write_content(content: Content, path: Path, words: FormWords | None = None) -> None:
    """One .xlsx file that is an XLSForm and holds all of the questionnaire."""
    words = words or FormWords()
    data = plain(content)
    rows: dict[str, list[Values]] = {}
    if isinstance(content, BaselineContent):
        form = _baseline(content, words)
    else:
        form, rows = _maturity(content, words), dict(maturity_rows(data))
    rows["questionnaire"] = [head_row(data)] if content.head.translations else []
    spec = specs.workbook((), languages_of(data))
    more = [(spec.table(name), rows[name]) for name in EXTRA_SHEETS if rows.get(name)]
    write_form(form, path, more)


def name_of(code: str, of: str = "level") -> str:
    """What a question is called in the form: D1.2 is D1_2, its existence D1_2_existence."""
    name = code.replace(".", "_")
    return name if of == "level" else f"{name}_{of}"


def _form(content: Content, survey: Iterable[Element], choices: Iterable[Choice]) -> Form:
    head = content.head
    own = {"x_provider": head.provider, "x_licence": head.licence}
    return Form(
        title=head.title,
        form_id=head.id,
        version=head.version,
        language=head.language,
        survey=tuple(survey),
        choices=tuple(choices),
        values={"x_kind": content.kind, "x_provenance": head.provenance, **own},
    )


def _texts(node: Any, name: str) -> dict[str, str]:
    """A text of a node by language; "" is the form's own. Lists have a line for each entry."""
    said = {code: words[name] for code, words in node.translations.items() if name in words}
    return {code: _line(text) for code, text in ({"": getattr(node, name)} | said).items()}


def _line(text: Any) -> str:
    return text if isinstance(text, str) else "\n".join(map(str, text))


def _filled(**texts: Mapping[str, str]) -> dict[str, Mapping[str, str]]:
    return {name: said for name, said in texts.items() if any(said.values())}


def _given(**values: str) -> dict[str, str]:
    return {name: text for name, text in values.items() if text}


# Maturity questionnaires


def _maturity(content: QuestionnaireContent, words: FormWords) -> Form:
    survey = (_group(domain, words) for domain in content.domains)
    return _form(content, survey, _lists(content, words))


def _group(domain: Domain, words: FormWords) -> Element:
    texts = {
        "label": _texts(domain, "title"),
        "x_purpose": _texts(domain, "purpose"),
        "x_documents": _texts(domain, "documents"),
    }
    values = {
        "x_domain": domain.code,
        "x_cross_cutting": "yes" if domain.cross_cutting else "no",
        "x_framework_sections": _line(domain.framework_sections),
        "x_arusha_8": _line(domain.arusha_8),
    }
    rows = (row for question in domain.questions for row in _rows(domain, question, words))
    return Element(GROUP, domain.code, _filled(**texts), _given(**values), children=tuple(rows))


def _rows(domain: Domain, question: Question, words: FormWords) -> Iterator[Element]:
    anchors = {
        f"x_level_text_{anchor.level}": {"": anchor.text, **_anchor(question, anchor.level)}
        for anchor in question.anchors
    }
    relevant = {"relevant": expression(question.relevant)} if question.relevant else {}
    texts = {
        "label": _texts(question, "text"),
        "hint": _texts(question, "help"),
        "x_subject": _texts(question, "subject"),
        "x_evidence": _texts(question, "evidence"),
        **anchors,
    }
    values = {
        **relevant,
        "required": "yes",
        "x_domain": domain.code,
        "x_dimension": "level",
        "x_weight": _number(question.weight),
        "x_tags": _line(question.tags),
        "x_probe": question.probe,
    }
    name = name_of(question.code)
    yield Element("select_one", name, _filled(**texts), _given(**values), name)
    for of, said in (("existence", words.existence), ("use", words.use)):
        label = {"": f"{said} {question.subject}"}
        values = {**relevant, "x_domain": domain.code, "x_dimension": of}
        yield Element("select_one", name_of(question.code, of), {"label": label}, values, of)
    values = {**relevant, "x_dimension": "note"}
    yield Element("text", name_of(question.code, "note"), {"label": {"": words.remark}}, values)


def _anchor(question: Question, level: int) -> dict[str, str]:
    said = {code: words.get("anchors", {}) for code, words in question.translations.items()}
    return {code: anchors[str(level)] for code, anchors in said.items() if str(level) in anchors}


def expression(condition: Condition) -> str:
    """A condition in the language of XLSForm; an answer that isn't there never meets it."""
    name = "${" + name_of(condition.question, condition.of) + "}"
    if condition.of != "level":
        if condition.test == "is":
            return f"{name} = '{condition.value}'"
        return f"{name} != '' and {name} != '{condition.value}'"
    level = condition.value
    signs = {"is": "=", "at_least": ">=", "at_most": "<="}
    if condition.test in signs:
        return f"{name} {signs[condition.test]} {level}"
    return f"({name} < {level} or {name} > {level})"


def _lists(content: QuestionnaireContent, words: FormWords) -> Iterator[Choice]:
    for of, stages in (("existence", content.existence), ("use", content.use)):
        for stage in stages:
            yield Choice(of, stage.code, {"label": _texts(stage, "label")})
    for question in content.questions:
        name = name_of(question.code)
        names = {level.level: level for level in content.scale}
        for anchor in question.anchors:
            label = _told(question, anchor.level, anchor.text, names.get(anchor.level))
            yield Choice(name, str(anchor.level), {"label": label})
        yield Choice(name, UNKNOWN, {"label": {"": words.unknown}})
        yield Choice(name, NOT_APPLICABLE, {"label": {"": words.not_applicable}})


def _told(question: Question, level: int, text: str, named: Level | None) -> dict[str, str]:
    """What a voter chooses: the level with its name and the question's own text, by language."""
    names = _texts(named, "name") if named else {"": ""}
    texts = {"": text, **_anchor(question, level)}
    return {
        code: f"{level} {names.get(code, names[''])}: {texts.get(code, text)}"
        for code in {**names, **texts}
    }


# Baseline forms


def _baseline(content: BaselineContent, words: FormWords) -> Form:
    survey = (_item(item) for item in content.items)
    choices = [
        choice
        for item in content.items
        for field, name in _all_fields(item)
        for choice in _field_choices(field, name, words)
    ]
    unique = {(choice.list_name, choice.name): choice for choice in choices}
    return _form(content, survey, unique.values())


def _item(item: BaselineItem) -> Element:
    prompt = _filled(label=_texts(item, "prompt"), hint=_texts(item, "help"))
    note = Element("note", f"{item.code}_prompt", prompt, {"x_dimension": "prompt"})
    fields = (_field(field, f"{item.code}_{field.code}") for field in item.fields)
    values = _given(x_documents=_line(item.documents), x_domain=item.code)
    texts = {"label": _texts(item, "title")}
    return Element(GROUP, item.code, texts, values, children=(note, *fields))


def _field(field: Field, name: str) -> Element:
    values = _given(
        required="yes" if field.required and field.kind != "table" else "",
        constraint=constraint(field),
        appearance="multiline" if field.kind == "long_text" else "",
        repeat_count="" if field.row_count is None else str(field.row_count),
        x_code=field.code,
        x_kind=field.kind,
        x_unit=field.unit or "",
        x_required="yes" if field.required else "no",
    )
    columns = tuple(_field(column, f"{name}_{column.code}") for column in field.columns)
    texts = _filled(label=_texts(field, "label"), hint={"": field.unit or ""})
    lists = {"boolean": "yes_no", "choice": name}
    return Element(TYPES[field.kind], name, texts, values, lists.get(field.kind, ""), columns)


def constraint(field: Field) -> str:
    """The limits of a number in the language of XLSForm."""
    low = "" if field.minimum is None else f". >= {_number(field.minimum)}"
    high = "" if field.maximum is None else f". <= {_number(field.maximum)}"
    return " and ".join(filter(None, (low, high)))


def _all_fields(item: BaselineItem) -> Iterator[tuple[Field, str]]:
    for field in item.fields:
        name = f"{item.code}_{field.code}"
        yield field, name
        yield from ((column, f"{name}_{column.code}") for column in field.columns)


def _field_choices(field: Field, name: str, words: FormWords) -> Iterator[Choice]:
    if field.kind == "boolean":
        yield Choice("yes_no", "yes", {"label": {"": words.yes}})
        yield Choice("yes_no", "no", {"label": {"": words.no}})
    for choice in field.choices:
        yield Choice(name, choice.code, {"label": _texts(choice, "label")})


def _number(value: float) -> str:
    text = f"{Decimal(repr(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
