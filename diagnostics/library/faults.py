"""Everything in which a questionnaire of the right shape contradicts itself."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from diagnostics.library.content import EXISTENCE, LEVEL, TESTS, USE
from diagnostics.library.messages import fault
from hrplan.exchange.content import Fault

Row = Mapping[str, Any]

# Words of degree: two anchors that differ in nothing else are one anchor said twice.
DEGREES = frozenset(
    (
        *("all", "always", "every", "few", "most", "much"),
        *("never", "often", "seldom", "some", "sometimes", "very"),
    )
)


def questionnaire_faults(data: Row) -> Iterator[Fault]:
    """The contradictions of a maturity questionnaire."""
    levels = [row["level"] for row in data["scale"]]
    if levels != list(range(levels[0], levels[0] + len(levels))) or levels[0] > 1:
        yield fault("scale", "scale_gap", levels=", ".join(map(str, levels)))
    for name in ("existence", "use", "reference_points", "arusha_practices"):
        yield from _doubles(name, [row["code"] for row in data[name]])
    yield from _doubles("framework_sections", [r["number"] for r in data["framework_sections"]])
    for name in ("existence", "use"):
        caps = [row["caps_at"] for row in data[name] if row["caps_at"] is not None]
        yield from _unknown(f"{name}, caps_at", caps, levels, "level")
    yield from _domain_faults(data)
    placed = list(_placed_questions(data))
    yield from _doubles("questions", [question["code"] for _, question in placed])
    earlier: list[str] = []
    for place, question in placed:
        yield from _question_faults(place, question, levels, data)
        yield from _condition_faults(place, question, earlier, levels)
        earlier.append(question["code"])
    yield from _guide_faults(data)
    yield from _language_faults(data, data["language"], ())


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
        named = domain.get("framework_sections", ())
        yield from _unknown(place, named, sections, "framework section")
        yield from _unknown(place, domain.get("arusha_8", ()), practices, "Arusha practice")
        for question in domain["questions"]:
            if not question["code"].startswith(f"{domain['code']}."):
                yield fault(place, "foreign_code", code=question["code"])


def _question_faults(
    place: str, question: Row, levels: Sequence[int], data: Row
) -> Iterator[Fault]:
    given = [anchor["level"] for anchor in question["anchors"]]
    for level in sorted(set(levels) - set(given)):
        yield fault(place, "anchor_missing", level=level)
    yield from _unknown(place, given, levels, "level")
    yield from _doubles(f"{place}, anchors", given)
    points = [row["code"] for row in data["reference_points"]]
    yield from _unknown(place, question.get("tags", ()), points, "reference point")
    yield from _repeated_anchors(place, question)
    weight = question.get("weight", 1)
    if round(weight, 2) != weight:
        yield fault(place, "weight_fine", weight=str(weight))
    for language, words in question.get("translations", {}).items():
        for level in words.get("anchors", {}):
            if int(level) not in levels:
                yield fault(place, "translated_level", language=language, level=level)


def _repeated_anchors(place: str, question: Row) -> Iterator[Fault]:
    """Anchors that say what an earlier one of the question says, but for words of degree."""
    first: dict[tuple[str, ...], int] = {}
    for anchor in question["anchors"]:
        level = first.setdefault(_substance(anchor["text"]), anchor["level"])
        if level != anchor["level"]:
            yield fault(f"{place}, level {anchor['level']}", "anchor_again", level=level)


def _substance(text: str) -> tuple[str, ...]:
    """The words of a text without adverbs and words of degree; all of them where none is left."""
    words = re.findall(r"\w+", text.casefold())
    kept = tuple(word for word in words if word not in DEGREES and not word.endswith("ly"))
    return kept or (text.casefold(),)


def _condition_faults(
    place: str, question: Row, earlier: Sequence[str], levels: Sequence[int]
) -> Iterator[Fault]:
    condition = question.get("relevant")
    if not condition:
        return
    of, test, value = condition["of"], condition["test"], condition["value"]
    if condition["question"] not in earlier:
        yield fault(f"{place}, relevant", "condition_later", code=condition["question"])
    if of != LEVEL and test not in TESTS[:2]:
        yield fault(f"{place}, relevant", "condition_test", test=test, of=of)
    known: Sequence[str | int] = {"existence": EXISTENCE, "use": USE}.get(of, levels)
    if value not in known:
        names = ", ".join(map(str, known))
        yield fault(f"{place}, relevant", "condition_value", value=value, of=of, known=names)


def _guide_faults(data: Row) -> Iterator[Fault]:
    domains = [domain["code"] for domain in data["domains"]]
    questions = [question for guide in data["guides"] for question in guide["questions"]]
    yield from _doubles("guides", [guide["code"] for guide in data["guides"]])
    yield from _doubles("guides, questions", [question["code"] for question in questions])
    for i, guide in enumerate(data["guides"]):
        for j, question in enumerate(guide["questions"]):
            place = f"guides.{i}.questions.{j} ({question['code']})"
            yield from _unknown(place, question["domains"], domains, "domain")


def baseline_faults(data: Row) -> Iterator[Fault]:
    """The contradictions of a baseline form."""
    yield from _doubles("items", [item["code"] for item in data["items"]])
    for i, item in enumerate(data["items"]):
        yield from _field_faults(f"items.{i} ({item['code']})", item["fields"])
    yield from _language_faults(data, data["language"], ())


def _field_faults(place: str, fields: Sequence[Row]) -> Iterator[Fault]:
    yield from _doubles(place, [field["code"] for field in fields])
    for field in fields:
        here = f"{place}, {field['code']}"
        choices, columns = field.get("choices", []), field.get("columns", [])
        if (field["kind"] == "choice") != bool(choices):
            yield fault(here, "choices_misplaced")
        if (field["kind"] == "table") != bool(columns):
            yield fault(here, "columns_misplaced")
        if field["kind"] != "table" and "row_count" in field:
            yield fault(here, "row_count_misplaced")
        low, high = field.get("minimum"), field.get("maximum")
        if low is not None and high is not None and low > high:
            yield fault(here, "limits_crossed", minimum=str(low), maximum=str(high))
        yield from _doubles(f"{here}, choices", [choice["code"] for choice in choices])
        yield from _field_faults(here, columns)


def _language_faults(value: Any, language: str, path: tuple[str, ...]) -> Iterator[Fault]:
    """Translations into the language in which the questionnaire is written anyway."""
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, Mapping):
        if language in value.get("translations", {}):
            yield fault(".".join(path) or "translations", "own_language", language=language)
        for name, inner in value.items():
            if name != "translations":
                yield from _language_faults(inner, language, (*path, str(name)))


def _doubles(place: str, codes: Sequence[str | int]) -> Iterator[Fault]:
    for code in dict.fromkeys(codes):
        if (times := codes.count(code)) > 1:
            yield fault(place, "given_twice", code=code, times=times)


def _unknown(
    place: str, codes: Iterable[str | int], known: Sequence[str | int], what: str
) -> Iterator[Fault]:
    for code in codes:
        if code not in known:
            names = ", ".join(map(str, dict.fromkeys(known)))
            yield fault(place, "unknown_code", what=what, code=code, known=names)
