"""Questionnaires read: from a content file, from what somebody sends, from plain data."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from diagnostics.library.content import (
    FORM,
    MATURITY,
    Anchor,
    ArushaPractice,
    BaselineContent,
    BaselineItem,
    Choice,
    Condition,
    Content,
    Domain,
    Field,
    FrameworkSection,
    GuideQuestion,
    Head,
    InterviewGuide,
    Level,
    Question,
    QuestionnaireContent,
    ReferencePoint,
    Stage,
)
from diagnostics.library.faults import baseline_faults, questionnaire_faults
from hrplan.exchange.content import HEAD, ContentError, Fault, parsed, with_head
from hrplan.exchange.shapes import sent_yaml, shape_faults, tidied

SHELF = Path(__file__).parent.parent / "questionnaires"
BASELINE = SHELF / "strategic-management-baseline.yaml"
HR_DIAGNOSTIC = SHELF / "hr-diagnostic.yaml"
HARMLESS = {"shape_short", "shape_long", "shape_few", "shape_many", "shape_pattern", "shape_above"}
LISTS = ("reference_points", "framework_sections", "arusha_practices", "guides")

Row = Mapping[str, Any]


def shipped() -> tuple[Path, ...]:
    """The files that come with the product: the baseline form and the HR diagnostic."""
    return (BASELINE, HR_DIAGNOSTIC)


def questionnaire(path: Path) -> QuestionnaireContent:
    """The maturity questionnaire in a file.

    Raises
    ------
    ContentError
        The file has another shape, or contradicts itself; with every fault of that kind.
    """
    return _maturity(checked(parsed(path.read_bytes(), path.name), path.name, MATURITY))


def baseline_form(path: Path) -> BaselineContent:
    """The baseline form in a file.

    Raises
    ------
    ContentError
        The file has another shape, or contradicts itself; with every fault of that kind.
    """
    return _baseline(checked(parsed(path.read_bytes(), path.name), path.name, FORM))


def from_yaml(data: bytes, name: str) -> Content:
    """The questionnaire in a YAML file that somebody sends, of either kind.

    Raises
    ------
    ContentError
        It is no YAML of ours; with every fault of the first kind that was found.
    """
    return from_data(sent_yaml(data, name), name)


def from_data(data: Any, name: str) -> Content:
    """The questionnaire that plain data hold, in the shape of a content file.

    Raises
    ------
    ContentError
        The data have another shape, or contradict themselves; with every fault of that kind.
    """
    kind = data.get("kind") if isinstance(data, Mapping) else None
    found = checked(data, name, FORM if kind == FORM else MATURITY)
    return _baseline(found) if kind == FORM else _maturity(found)


def built(data: Row) -> Content:
    """The questionnaire that plain data hold, though it may be unfinished or contradict itself.

    The parts have the kinds that a content file asks for.
    """
    found = {**{part: [] for part in LISTS}, **tidied(data)}
    return _baseline(found) if found["kind"] == FORM else _maturity(found)


def faults_of(data: Row) -> tuple[Fault, ...]:
    """Everything that plain data lack or contradict themselves in, in the order of a file."""
    data, kind = tidied(data), str(data["kind"])
    shape = tuple(shape_faults(data, _shape(kind)))
    if any(fault.key not in HARMLESS for fault in shape) or (
        kind == MATURITY and not data["scale"]
    ):
        return shape
    data = {**{part: [] for part in LISTS}, **data}
    return (*shape, *(questionnaire_faults if kind == MATURITY else baseline_faults)(data))


def checked(data: Any, name: str, kind: str) -> dict[str, Any]:
    """The data in their normal form, complete with what may be left out.

    Raises
    ------
    ContentError
        The data have another shape, or contradict themselves; with every fault of that kind.
    """
    data = tidied(data)
    _refuse(name, shape_faults(data, _shape(kind)))
    data = {**{part: [] for part in LISTS}, **data}
    _refuse(name, (questionnaire_faults if kind == MATURITY else baseline_faults)(data))
    return dict(data)


@cache
def _shape(kind: str) -> dict[str, Any]:
    shapes = json.loads((SHELF / "shapes.json").read_text(encoding="utf-8"))
    head = {**shapes["head"], **shapes[kind]}
    optional = ("translations", *LISTS)
    return {**with_head(head, optional), "$defs": shapes["$defs"]}


def _refuse(name: str, faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise ContentError(name, found)


def _maturity(data: Row) -> QuestionnaireContent:
    return QuestionnaireContent(
        head=_head(data),
        scale=tuple(Level(**_worded(row, "name", "meaning")) for row in data["scale"]),
        existence=tuple(Stage(**_worded(row, "label", "meaning")) for row in data["existence"]),
        use=tuple(Stage(**_worded(row, "label", "meaning")) for row in data["use"]),
        reference_points=tuple(ReferencePoint(**row) for row in data["reference_points"]),
        framework_sections=tuple(FrameworkSection(**row) for row in data["framework_sections"]),
        arusha_practices=tuple(ArushaPractice(**row) for row in data["arusha_practices"]),
        domains=tuple(_domain(row) for row in data["domains"]),
        guides=tuple(_guide(row) for row in data["guides"]),
    )


def _baseline(data: Row) -> BaselineContent:
    items = tuple(
        BaselineItem(
            **{
                **_worded(row, "title", "prompt", "help"),
                "fields": _fields(row["fields"]),
                "documents": _lines(row.get("documents", ())),
            }
        )
        for row in data["items"]
    )
    return BaselineContent(_head(data), items)


def _head(data: Row) -> Head:
    row = _worded(data, "title", "provenance")
    return Head(**{name: row[name] for name in HEAD}, translations=row["translations"])


def _domain(row: Row) -> Domain:
    lists = {name: (*row.get(name, ()),) for name in ("framework_sections", "arusha_8")}
    return Domain(
        **{
            **_worded(row, "title", "purpose", "documents"),
            **lists,
            "documents": _lines(row.get("documents", ())),
            "questions": tuple(_question(question) for question in row["questions"]),
        }
    )


def _question(row: Row) -> Question:
    anchors = sorted((Anchor(**anchor) for anchor in row["anchors"]), key=lambda a: a.level)
    said = {**row, "anchors": {str(anchor.level): anchor.text for anchor in anchors}}
    condition = row.get("relevant")
    return Question(
        **{
            **_worded(said, "text", "subject", "help", "evidence", "anchors"),
            "anchors": tuple(anchors),
            "tags": (*row.get("tags", ()),),
            "evidence": _lines(row.get("evidence", ())),
            "weight": float(row.get("weight", 1)),
            "relevant": Condition(**condition) if condition else None,
        }
    )


def _guide(row: Row) -> InterviewGuide:
    questions = tuple(GuideQuestion(**{**q, "domains": (*q["domains"],)}) for q in row["questions"])
    return InterviewGuide(**{**row, "questions": questions})


def _fields(rows: Sequence[Row]) -> tuple[Field, ...]:
    return tuple(
        Field(
            **{
                **_worded(row, "label"),
                "choices": tuple(
                    Choice(**_worded(choice, "label")) for choice in row.get("choices", ())
                ),
                "columns": _fields(row.get("columns", ())),
            }
        )
        for row in rows
    )


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts of a list, each on one line, as cells and pages hold them."""
    return tuple(" ".join(text.split()) for text in texts)


def _worded(row: Row, *names: str) -> dict[str, Any]:
    """The row with its translations in normal form: nothing that is empty or says the same."""
    said = {
        language: dict(_differing(row, words, names))
        for language, words in row.get("translations", {}).items()
    }
    kept = {language: words for language, words in sorted(said.items()) if words}
    return {**row, "translations": kept}


def _differing(row: Row, words: Row, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    for name in names:
        own, other = row.get(name, ""), words.get(name)
        if isinstance(other, Mapping):
            other = {key: text for key, text in sorted(other.items()) if text != own.get(key)}
        elif isinstance(other, list):
            other, own = list(_lines(other)), list(_lines(own))
        if other and other != own:
            yield name, other
