"""Edits of a questionnaire as plain data: each gives the data anew, with all that refers in step.

What is edited need not be finished: faults are found when it is checked.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from diagnostics.library.content import LEVEL
from diagnostics.library.messages import fault
from hrplan.exchange.content import ContentError

Plain = dict[str, Any]
STAGES = ("existence", "use")


@dataclass(frozen=True, slots=True)
class LevelEdit:
    """A level as it is to be; `was` is the level it was before, None for a new one."""

    was: int | None
    name: str
    meaning: str = ""


def put_texts(data: Plain, values: Mapping[str, Any]) -> Plain:
    """Change texts of the head, such as title and version."""
    return {**data, **values}


def put_scale(data: Plain, lowest: int, levels: Sequence[LevelEdit]) -> Plain:
    """Name, add and take out levels; anchors, caps and conditions move with their levels.

    A cap or condition at a level that is taken out moves to the next one below, else to the lowest.
    """
    old = {row["level"]: row for row in _part(data, "scale")}
    became = {one.was: lowest + n for n, one in enumerate(levels) if one.was is not None}
    scale = [
        {**old.get(one.was, {}), "level": lowest + n, "name": one.name, "meaning": one.meaning}
        for n, one in enumerate(levels)
    ]

    def moved(level: int) -> int:
        kept = [new for was, new in became.items() if was <= level]
        return max(kept, default=lowest)

    domains = [
        {**domain, "questions": [_rescaled(q, became, moved) for q in domain["questions"]]}
        for domain in data["domains"]
    ]
    stages = {
        of: [
            {**row, "caps_at": row["caps_at"] if row["caps_at"] is None else moved(row["caps_at"])}
            for row in data[of]
        ]
        for of in STAGES
    }
    return {**data, "scale": scale, "domains": domains, **stages}


def _rescaled(question: Plain, became: Mapping[int, int], moved: Any) -> Plain:
    anchors = sorted((became[a["level"]], a["text"]) for a in question["anchors"]
                     if a["level"] in became)  # fmt: skip
    found = {**question, "anchors": [{"level": level, "text": text} for level, text in anchors]}
    if translations := question.get("translations"):
        found["translations"] = {
            language: _rescaled_words(words, became) for language, words in translations.items()
        }
    condition = question.get("relevant")
    if condition and condition["of"] == LEVEL:
        found["relevant"] = {**condition, "value": moved(condition["value"])}
    return found


def _rescaled_words(words: Plain, became: Mapping[int, int]) -> Plain:
    kept = {str(became[int(level)]): text for level, text in words.get("anchors", {}).items()
            if int(level) in became}  # fmt: skip
    others = {name: text for name, text in words.items() if name != "anchors"}
    return {**others, "anchors": kept} if kept else others


def put_stage(data: Plain, of: str, code: str, values: Mapping[str, Any]) -> Plain:
    """Change label, meaning or cap of a step of existence or use."""
    _refuse_unknown(code, [row["code"] for row in _part(data, of)])
    return {**data, of: [{**row, **values} if row["code"] == code else row for row in data[of]]}


def put_domain(data: Plain, code: str, values: Mapping[str, Any]) -> Plain:
    """Change a domain, or add one at the end where no code is given."""
    domains = _part(data, "domains")
    if not code:
        return {
            **data,
            "domains": [*domains, {"code": new_domain(data), "questions": [], **values}],
        }
    _refuse_unknown(code, [domain["code"] for domain in domains])
    changed = [_with(domain, values) if domain["code"] == code else domain for domain in domains]
    return {**data, "domains": changed}


def put_question(data: Plain, domain: str, code: str, values: Mapping[str, Any]) -> Plain:
    """Change a question, or add one at the end of a domain where no code is given.

    `values` may hold another code: conditions that look at the question follow it, and with the
    code of another domain before its point it moves to the end of that domain.
    """
    domains = [one["code"] for one in _part(data, "domains")]
    _refuse_unknown(domain, domains)
    held = {question["code"]: question for question in _questions(data)}
    if code:
        _refuse_unknown(code, [code for code in held if code.startswith(f"{domain}.")])
    wanted = values.get("code") or code or new_question(data, domain)
    target, _point, number = wanted.rpartition(".")
    if target not in domains or not re.fullmatch(r"\d{1,4}", number):
        raise _refusal(wanted, "edit_code", domain=domain)
    if wanted != code and wanted in held:
        raise _refusal(wanted, "edit_taken")
    put = _with(held.get(code, {"anchors": []}), {**values, "code": wanted})
    stays = code if target == domain else ""
    left = data if stays else _without_question(data, code)
    changed = [
        {**one, "questions": _put(one["questions"], stays, put)} if one["code"] == target else one
        for one in left["domains"]
    ]
    return _referring({**data, "domains": changed}, code, wanted)


def _put(questions: Sequence[Plain], code: str, put: Plain) -> list[Plain]:
    if not code:
        return [*questions, put]
    return [put if question["code"] == code else question for question in questions]


def _without_question(data: Plain, code: str) -> Plain:
    domains = [
        {**one, "questions": [q for q in one["questions"] if q["code"] != code]}
        for one in data["domains"]
    ]
    return {**data, "domains": domains}


def _referring(data: Plain, code: str, wanted: str) -> Plain:
    """The data with every condition on one code looking at another."""

    def follow(question: Plain) -> Plain:
        condition = question.get("relevant")
        if not condition or condition["question"] != code:
            return question
        return {**question, "relevant": {**condition, "question": wanted}}

    domains = [{**one, "questions": list(map(follow, one["questions"]))} for one in data["domains"]]
    return {**data, "domains": domains}


def move(data: Plain, code: str, steps: int) -> Plain:
    """Move a domain, or a question within its domain, up (-1) or down (1); codes stay."""

    def moved(rows: Sequence[Plain]) -> list[Plain]:
        order, place = list(rows), [row["code"] for row in rows].index(code)
        row = order.pop(place)
        order.insert(max(0, place + steps), row)
        return order

    if code in [domain["code"] for domain in _part(data, "domains")]:
        return {**data, "domains": moved(data["domains"])}
    _refuse_unknown(code, [question["code"] for question in _questions(data)])
    domains = [
        {**one, "questions": moved(one["questions"])}
        if code in [question["code"] for question in one["questions"]]
        else one
        for one in data["domains"]
    ]
    return {**data, "domains": domains}


def remove(data: Plain, code: str) -> Plain:
    """Take out a question, or a domain with its questions.

    Questions of interview guides that look at no other domain go with it.
    """
    known = [one["code"] for one in (*_part(data, "domains"), *_questions(data))]
    _refuse_unknown(code, known)
    left = [one for one in _without_question(data, code)["domains"] if one["code"] != code]
    return {**data, "domains": left, "guides": _guides_without(data["guides"], code)}


def _guides_without(guides: Sequence[Plain], domain: str) -> list[Plain]:
    found = [
        {
            **guide,
            "questions": [
                {**question, "domains": left}
                for question in guide["questions"]
                if (left := [code for code in question["domains"] if code != domain])
            ],
        }
        for guide in guides
    ]
    return [guide for guide in found if guide["questions"]]


def put_item(data: Plain, code: str, values: Mapping[str, Any]) -> Plain:
    """Change the texts of an item of a baseline form."""
    _refuse_unknown(code, [item["code"] for item in _part(data, "items")])
    items = [_with(item, values) if item["code"] == code else item for item in data["items"]]
    return {**data, "items": items}


def new_domain(data: Plain) -> str:
    """The code that a domain added would get: that of the highest number, and one more."""
    numbers = [int(found[1]) for one in data["domains"]
               if (found := re.fullmatch(r"D(\d+)", one["code"]))]  # fmt: skip
    return f"D{max(numbers, default=0) + 1}"


def new_question(data: Plain, domain: str) -> str:
    """The code that a question added to a domain would get."""
    numbers = [int(question["code"].rpartition(".")[2]) for question in _questions(data)
               if question["code"].startswith(f"{domain}.")]  # fmt: skip
    return f"{domain}.{max(numbers, default=0) + 1}"


def _with(row: Plain, values: Mapping[str, Any]) -> Plain:
    """The row with these values; what is emptied is left out."""
    found = {**row, **values}
    return {
        name: value for name, value in found.items() if value or name in {"anchors", "questions"}
    }


def _questions(data: Plain) -> list[Plain]:
    return [question for domain in data["domains"] for question in domain["questions"]]


def _part(data: Plain, name: str) -> list[Plain]:
    """A part of the data; refused where the kind of questionnaire has none such."""
    if name not in data:
        raise _refusal(name, "edit_unknown")
    return list(data[name])


def _refuse_unknown(code: str, known: Sequence[str]) -> None:
    if code not in known:
        raise _refusal(code, "edit_unknown")


def _refusal(place: str, key: str, **params: str) -> ContentError:
    return ContentError("edit", (fault(place, key, **params),))
