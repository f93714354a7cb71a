"""Questionnaires as data: what a content file holds, its shape, and everything wrong with it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hrplan.exchange.content import HEAD, ContentError, Fault, read_content, with_head

SHELF = Path(__file__).parent / "questionnaires"
BASELINE = SHELF / "strategic-management-baseline.yaml"
HR_DIAGNOSTIC = SHELF / "hr-diagnostic.yaml"

# Words of degree: two anchors that differ in nothing else are one anchor said twice.
DEGREES = frozenset(
    (
        "all",
        "always",
        "every",
        "few",
        "most",
        "much",
        "never",
        "often",
        "seldom",
        "some",
        "sometimes",
        "very",
    )
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Head:
    id: str
    version: str
    language: str
    provider: str
    licence: str
    provenance: str
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    level: int
    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of existence or of use, and the highest level it allows (None: no cap)."""

    code: str
    label: str
    meaning: str
    caps_at: int | None


@dataclass(frozen=True, slots=True)
class ReferencePoint:
    code: str
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class FrameworkSection:
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class ArushaPractice:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """What can be observed when a question stands at a level."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its own anchors; existence and use are rated of its `subject`."""

    code: str
    text: str
    probe: str
    subject: str
    tags: tuple[str, ...]
    anchors: tuple[Anchor, ...]
    evidence: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Domain:
    code: str
    title: str
    cross_cutting: bool
    purpose: str
    framework_sections: tuple[int, ...]
    arusha_8: tuple[str, ...]
    documents: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class GuideQuestion:
    code: str
    text: str
    domains: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InterviewGuide:
    code: str
    title: str
    audience: str
    minutes: int
    opening: str
    questions: tuple[GuideQuestion, ...]


@dataclass(frozen=True, slots=True)
class QuestionnaireContent:
    head: Head
    scale: tuple[Level, ...]
    existence: tuple[Stage, ...]
    use: tuple[Stage, ...]
    reference_points: tuple[ReferencePoint, ...]
    framework_sections: tuple[FrameworkSection, ...]
    arusha_practices: tuple[ArushaPractice, ...]
    domains: tuple[Domain, ...]
    guides: tuple[InterviewGuide, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for domain in self.domains for question in domain.questions)


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; a table has columns, and row_count where its rows are fixed."""

    code: str
    label: str
    kind: str
    required: bool
    unit: str | None
    minimum: float | None
    maximum: float | None
    choices: tuple[Choice, ...]
    columns: tuple["Field", ...]
    row_count: int | None


@dataclass(frozen=True, slots=True)
class BaselineItem:
    code: str
    title: str
    prompt: str
    help: str
    fields: tuple[Field, ...]
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BaselineContent:
    head: Head
    items: tuple[BaselineItem, ...]


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
    data = read_content(path, _shape("maturity"))
    _refuse(path, _questionnaire_faults(data))
    return QuestionnaireContent(
        head=_head(data),
        scale=tuple(Level(**row) for row in data["scale"]),
        existence=tuple(Stage(**row) for row in data["existence"]),
        use=tuple(Stage(**row) for row in data["use"]),
        reference_points=tuple(ReferencePoint(**row) for row in data["reference_points"]),
        framework_sections=tuple(FrameworkSection(**row) for row in data["framework_sections"]),
        arusha_practices=tuple(ArushaPractice(**row) for row in data["arusha_practices"]),
        domains=tuple(_domain(row) for row in data["domains"]),
        guides=tuple(_guide(row) for row in data["guides"]),
    )


def baseline_form(path: Path) -> BaselineContent:
    """The baseline form in a file.

    Raises
    ------
    ContentError
        The file has another shape, or contradicts itself; with every fault of that kind.
    """
    data = read_content(path, _shape("baseline"))
    _refuse(path, _baseline_faults(data))
    items = tuple(
        BaselineItem(**{**row, "fields": _fields(row["fields"]), "documents": (*row["documents"],)})
        for row in data["items"]
    )
    return BaselineContent(_head(data), items)


def _shape(name: str) -> dict[str, Any]:
    shapes = json.loads((SHELF / "shapes.json").read_text(encoding="utf-8"))
    return {**with_head(shapes[name]), "$defs": shapes["$defs"]}


def _refuse(path: Path, faults: Iterable[Fault]) -> None:
    if found := tuple(faults):
        raise ContentError(path.name, found)


def _head(data: Row) -> Head:
    return Head(**{name: data[name].strip() for name in HEAD})


def _domain(row: Row) -> Domain:
    lists = {name: (*row[name],) for name in ("framework_sections", "arusha_8", "documents")}
    questions = tuple(_question(question) for question in row["questions"])
    return Domain(**{**row, **lists, "questions": questions})


def _question(row: Row) -> Question:
    anchors = tuple(Anchor(**anchor) for anchor in row["anchors"])
    lists = {"tags": (*row["tags"],), "evidence": (*row["evidence"],), "anchors": anchors}
    return Question(**{"weight": 1.0, **row, **lists})


def _guide(row: Row) -> InterviewGuide:
    questions = tuple(GuideQuestion(**{**q, "domains": (*q["domains"],)}) for q in row["questions"])
    return InterviewGuide(**{**row, "opening": row["opening"].strip(), "questions": questions})


def _fields(rows: Sequence[Row]) -> tuple[Field, ...]:
    absent = dict.fromkeys(("unit", "minimum", "maximum", "row_count"))
    return tuple(
        Field(
            **{
                "required": True,
                **absent,
                **row,
                "choices": tuple(Choice(**choice) for choice in row.get("choices", ())),
                "columns": _fields(row.get("columns", ())),
            }
        )
        for row in rows
    )


def _questionnaire_faults(data: Row) -> Iterator[Fault]:
    levels = [row["level"] for row in data["scale"]]
    if levels != list(range(1, len(levels) + 1)):
        yield Fault("scale", f"levels are {levels}; they must run 1, 2, 3 … without a gap")
    for name in ("existence", "use", "reference_points", "arusha_practices"):
        yield from _doubles(name, [row["code"] for row in data[name]])
    yield from _doubles("framework_sections", [r["number"] for r in data["framework_sections"]])
    for name in ("existence", "use"):
        caps = [row["caps_at"] for row in data[name] if row["caps_at"] is not None]
        yield from _unknown(f"{name}, caps_at", caps, levels, "level")
    yield from _domain_faults(data)
    placed = list(_placed_questions(data))
    yield from _doubles("questions", [question["code"] for _, question in placed])
    for place, question in placed:
        yield from _question_faults(place, question, levels, data)
    yield from _repeated_anchors(placed)
    yield from _guide_faults(data)


def _placed_questions(data: Row) -> Iterator[tuple[str, Row]]:
    for i, domain in enumerate(data["domains"]):
        for j, question in enumerate(domain["questions"]):
            yield f"domains.{i}.questions.{j} ({question['code']})", question


def _domain_faults(data: Row) -> Iterator[Fault]:
    sections = [row["number"] for row in data["framework_sections"]]
    practices = [row["code"] for row in data["arusha_practices"]]
    yield from _doubles("domains", [domain["code"] for domain in data["domains"]])
    for i, domain in enumerate(data["domains"]):
        place = f"domains.{i} ({domain['code']})"
        yield from _unknown(place, domain["framework_sections"], sections, "framework section")
        yield from _unknown(place, domain["arusha_8"], practices, "Arusha practice")
        for question in domain["questions"]:
            if not question["code"].startswith(f"{domain['code']}."):
                yield Fault(place, f"question {question['code']} bears another domain's code")


def _question_faults(
    place: str, question: Row, levels: Sequence[int], data: Row
) -> Iterator[Fault]:
    given = [anchor["level"] for anchor in question["anchors"]]
    for level in sorted(set(levels) - set(given)):
        yield Fault(place, f"no anchor for level {level}")
    yield from _unknown(place, given, levels, "level")
    yield from _doubles(f"{place}, anchors", given)
    points = [row["code"] for row in data["reference_points"]]
    yield from _unknown(place, question["tags"], points, "reference point")


def _repeated_anchors(placed: Iterable[tuple[str, Row]]) -> Iterator[Fault]:
    """Anchors that say what an earlier one of the file says, but for words of degree."""
    first: dict[tuple[str, ...], str] = {}
    for place, question in placed:
        for anchor in question["anchors"]:
            here = f"{place}, level {anchor['level']}"
            earlier = first.setdefault(_substance(anchor["text"]), here)
            if earlier != here:
                yield Fault(here, f"the anchor says the same as {earlier}")


def _substance(text: str) -> tuple[str, ...]:
    """The words of a text without adverbs and words of degree."""
    words = re.findall(r"\w+", text.casefold())
    return tuple(word for word in words if word not in DEGREES and not word.endswith("ly"))


def _guide_faults(data: Row) -> Iterator[Fault]:
    domains = [domain["code"] for domain in data["domains"]]
    questions = [question for guide in data["guides"] for question in guide["questions"]]
    yield from _doubles("guides", [guide["code"] for guide in data["guides"]])
    yield from _doubles("guides, questions", [question["code"] for question in questions])
    for i, guide in enumerate(data["guides"]):
        for j, question in enumerate(guide["questions"]):
            place = f"guides.{i}.questions.{j} ({question['code']})"
            yield from _unknown(place, question["domains"], domains, "domain")


def _baseline_faults(data: Row) -> Iterator[Fault]:
    yield from _doubles("items", [item["code"] for item in data["items"]])
    for i, item in enumerate(data["items"]):
        yield from _field_faults(f"items.{i} ({item['code']})", item["fields"])


def _field_faults(place: str, fields: Sequence[Row]) -> Iterator[Fault]:
    yield from _doubles(place, [field["code"] for field in fields])
    for field in fields:
        here = f"{place}, {field['code']}"
        choices, columns = field.get("choices", []), field.get("columns", [])
        if (field["kind"] == "choice") != bool(choices):
            yield Fault(here, "a field of kind choice has choices, and no other has")
        if (field["kind"] == "table") != bool(columns):
            yield Fault(here, "a field of kind table has columns, and no other has")
        if field["kind"] != "table" and "row_count" in field:
            yield Fault(here, "row_count belongs to tables")
        if "minimum" in field and "maximum" in field and field["minimum"] > field["maximum"]:
            yield Fault(here, f"minimum {field['minimum']} is above maximum {field['maximum']}")
        yield from _doubles(f"{here}, choices", [choice["code"] for choice in choices])
        yield from _field_faults(here, columns)


def _doubles(place: str, codes: Sequence[str | int]) -> Iterator[Fault]:
    for code in dict.fromkeys(codes):
        if (times := codes.count(code)) > 1:
            yield Fault(place, f"{code} is given {times} times")


def _unknown(
    place: str, codes: Iterable[str | int], known: Sequence[str | int], what: str
) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            yield Fault(
                place, f"unknown {what} {code}; known: {', '.join(map(str, dict.fromkeys(known)))}"
            )
