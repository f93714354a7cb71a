"""The diagnostic of the demonstration: exercise, workshop, votes, agreements, what was found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from hrplan.demonstration import votes
from hrplan.demonstration.texts import text

Row = dict[str, Any]
Tables = dict[str, list[Row]]
FORM = "hr-diagnostic 1.0"
FORMS = f"{FORM}; strategic-management-baseline 1.0"


def diagnosis(staff: Sequence[Row], random: np.random.Generator) -> Tables:
    """The tables of the diagnostic, by name."""
    content = text("exercise")
    exercise = content["exercise"]["code"]
    workshop = content["workshop"]["code"]
    later = content["later"]
    people = [f"P{number:02d}" for number, _p in enumerate(content["participants"], start=1)]
    questions = text("questions")
    return {
        "exercises": [
            {**content["exercise"], "questionnaires": FORMS},
            {**later["exercise"], "questionnaires": FORM},
        ],
        "exercise_steps": [
            {"exercise": exercise, "position": place, **_step(line)}
            for place, line in enumerate(content["steps"], start=1)
        ],
        "workshops": [
            {**content["workshop"], "exercise": exercise},
            {**later["workshop"], "exercise": later["exercise"]["code"]},
        ],
        "participants": [
            row
            for sitting in (content["workshop"], later["workshop"])
            for row in _participants(sitting["code"], people, staff)
        ],
        "agenda": list(_agenda(workshop)),
        "votes": votes.votes(workshop, people, questions, random),
        "agreements": [_agreement(workshop, code, said) for code, said in questions.items()],
        "finding_causes": list(_causes(exercise, questions)),
        "finding_recommendations": list(_recommendations(exercise, questions)),
        **_register(exercise),
    }


def _step(line: Sequence[Any]) -> Row:
    return dict(zip(("state", "planned_on", "done_on", "owner"), line, strict=True))


def _participants(workshop: str, people: Sequence[str], staff: Sequence[Row]) -> Iterator[Row]:
    """The twelve senior managers; their names are those of the staff list."""
    for code, (unit, rank, place, function) in zip(
        people, text("exercise")["participants"], strict=True
    ):
        holders = [row for row in staff if row["unit"] == unit and row["rank"] == rank]
        name = holders[place]["name"]
        yield {"workshop": workshop, "code": code, "name": name, "function": function}


def _agenda(workshop: str) -> Iterator[Row]:
    columns = ("day", "half", "title", "captures", "page_name")
    for place, line in enumerate(text("exercise")["agenda"], start=1):
        item = dict(zip(columns, line, strict=True))
        yield {"workshop": workshop, "position": place, **item, "is_done": True}


def _agreement(workshop: str, code: str, said: Mapping[str, Any]) -> Row:
    return {
        "workshop": workshop,
        "question": code,
        "level": said["level"],
        "existence": said["existence"],
        "use": said["use"],
        "rationale": said.get("because"),
        "evidence": said.get("seen"),
        "cited": "; ".join(said.get("cites", ())) or None,
        "dissent": said.get("dissent"),
        "follow_up": said.get("open"),
    }


def _causes(exercise: str, questions: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    for code, said in questions.items():
        for place, (kind, words) in enumerate(said.get("causes", ()), start=1):
            key = {"exercise": exercise, "finding": code, "position": place}
            yield {**key, "kind": kind, "text": words}


def _recommendations(exercise: str, questions: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    columns = ("text", "owner", "due_on", "is_training")
    for code, said in questions.items():
        for place, line in enumerate(said.get("do", ()), start=1):
            key = {"exercise": exercise, "finding": code, "position": place}
            yield {**key, **dict(zip(columns, line, strict=True))}


def _register(exercise: str) -> Tables:
    """Documents, reviews, corporate objectives, SWOT, interviews and the baseline form."""
    content = text("register")
    return {
        "reference_documents": [
            {"exercise": exercise, **_document(line)} for line in content["documents"]
        ],
        "document_reviews": [{"exercise": exercise, **row} for row in content["reviews"]],
        "corporate_objectives": content["corporate_objectives"],
        "swot": [
            {"exercise": exercise, "kind": kind, "position": place, "text": words}
            for kind, lines in content["swot"].items()
            for place, words in enumerate(lines, start=1)
        ],
        "interviews": [{"exercise": exercise, **row} for row in content["interviews"]],
        "baseline_answers": list(_baseline(exercise)),
    }


def _document(line: Sequence[Any]) -> Row:
    return dict(zip(("code", "title", "status", "dated_on", "domain", "link"), line, strict=True))


def _baseline(exercise: str) -> Iterator[Row]:
    """A plain value is a field; a list of lines is a table, a value a column."""
    for item, answers in text("baseline").items():
        source = answers.get("source")
        key = {"exercise": exercise, "item": item, "source": source}
        for field, value in answers.items():
            if isinstance(value, list):
                for line, columns in enumerate(value, start=1):
                    for column, cell in columns.items():
                        yield {**key, "field": f"{field}.{column}", "line": line, **_value(cell)}
            elif field != "source":
                yield {**key, "field": field, "line": 1, **_value(value)}


def _value(cell: Any) -> Row:
    return {"value": str(cell).lower() if isinstance(cell, bool) else str(cell)}
