"""Questionnaires as values: what a content file, a workbook, a form and the tables hold alike.

`translations` hold the texts of a node in further languages, by language and name of the text;
what is missing there is shown in English, else in the questionnaire's own language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Words = Mapping[str, Any]  # name of a text -> the text, a list of texts, or texts by level
Translations = Mapping[str, Words]  # language -> words

MATURITY, FORM = "maturity", "baseline"
EXISTENCE = ("none", "draft", "approved")
USE = ("never", "sometimes", "routine")
LEVEL = "level"
TESTS = ("is", "is_not", "at_least", "at_most")  # of a level; existence and use take the first two


@dataclass(frozen=True, slots=True)
class Head:
    id: str
    version: str
    language: str
    provider: str
    licence: str
    provenance: str
    title: str
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Level:
    level: int
    name: str
    meaning: str
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of existence or of use, and the highest level it allows (None: no cap)."""

    code: str
    label: str
    meaning: str
    caps_at: int | None
    translations: Translations = field(default_factory=dict)


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
class Condition:
    """When a question is asked: what an earlier question is rated.

    `of` is existence, use or level; `test` one of TESTS; `value` a stage's code or a level.
    """

    question: str
    of: str
    test: str
    value: str | int


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its own anchors; existence and use are rated of its `subject`."""

    code: str
    text: str
    subject: str
    anchors: tuple[Anchor, ...]
    probe: str = ""
    help: str = ""
    tags: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    weight: float = 1.0
    relevant: Condition | None = None
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Domain:
    code: str
    title: str
    questions: tuple[Question, ...]
    cross_cutting: bool = False
    purpose: str = ""
    framework_sections: tuple[int, ...] = ()
    arusha_8: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    translations: Translations = field(default_factory=dict)


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
    domains: tuple[Domain, ...]
    reference_points: tuple[ReferencePoint, ...] = ()
    framework_sections: tuple[FrameworkSection, ...] = ()
    arusha_practices: tuple[ArushaPractice, ...] = ()
    guides: tuple[InterviewGuide, ...] = ()

    @property
    def kind(self) -> str:
        return MATURITY

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for domain in self.domains for question in domain.questions)

    @property
    def levels(self) -> tuple[int, ...]:
        return tuple(level.level for level in self.scale)


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in; a table has columns, and row_count where its rows are fixed."""

    code: str
    label: str
    kind: str
    required: bool = True
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[Choice, ...] = ()
    columns: tuple["Field", ...] = ()
    row_count: int | None = None
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BaselineItem:
    code: str
    title: str
    prompt: str
    fields: tuple[Field, ...]
    help: str = ""
    documents: tuple[str, ...] = ()
    translations: Translations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BaselineContent:
    head: Head
    items: tuple[BaselineItem, ...]

    @property
    def kind(self) -> str:
        return FORM


Content = QuestionnaireContent | BaselineContent
