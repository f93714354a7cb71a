"""Faults of a questionnaire in the reader's words: what is wrong, where, and what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from diagnostics.library import messages
from hrplan.exchange import messages as of_files
from hrplan.exchange.content import Fault

REASONS = {**of_files.MESSAGES, **messages.MESSAGES}
ADVICE = {**of_files.ADVICE, **messages.ADVICE}
PATH = re.compile(r"(?P<path>[\w-]+(?:\.[\w-]+)*)(?: \([^)]*\))?(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in the reader's words; `part` is the code or the name of what it lies in."""

    part: str
    place: str
    reason: str
    advice: str

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"


def told(fault: Fault, data: Mapping[str, Any] | None = None) -> Told:
    """The fault in the reader's language; with the questionnaire's data its place in words."""
    part, place = _place(fault.place, data) if data else ("", fault.place)
    if fault.key not in REASONS:
        return Told(part, place, fault.reason, fault.advice)
    reason, advice = _(REASONS[fault.key]), _(ADVICE[fault.key])
    return Told(
        part,
        place,
        reason.format(**fault.params).rstrip("."),
        advice.format(**fault.params),
    )


def _place(place: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """`domains.0.questions.1 (D1.2), level 3` lies in D1.2, and is "D1.2, level 3"."""
    found = PATH.fullmatch(place)
    if found is None:
        return "", place
    steps: list[str] = found["path"].split(".")
    named: Any = data
    part, left = steps[0], steps[1:]
    for n, step in enumerate(steps, 1):
        named = _inner(named, step)
        if isinstance(named, Mapping) and isinstance(named.get("code"), str):
            part, left = named["code"], steps[n:]
    words = [step for step in (*left, *found["rest"].split(", ")) if step and not step.isdigit()]
    return part, ", ".join(map(_part, (part, *words)))


def _inner(value: Any, step: str) -> Any:
    if isinstance(value, list) and step.isdigit() and int(step) < len(value):
        return value[int(step)]
    return value.get(step) if isinstance(value, Mapping) else None


def _part(name: str) -> str:
    """What a part is called on the pages."""
    words = {
        "file": _("the questionnaire"),
        "scale": _("the scale"),
        "existence": _("existence"),
        "use": _("use"),
        "domains": _("domains"),
        "questions": _("questions"),
        "items": _("items"),
        "guides": _("interview guides"),
        "anchors": _("levels"),
        "relevant": _("condition"),
        "caps_at": _("cap"),
        "evidence": _("evidence"),
        "documents": _("documents"),
        "weight": _("weight"),
        "tags": _("reference points"),
        "text": _("question"),
        "subject": _("what is rated"),
        "title": _("title"),
        "provenance": _("where it comes from"),
        "provider": _("whose it is"),
        "licence": _("licence"),
        "version": _("version"),
        "id": _("short name"),
    }
    if level := re.fullmatch(r"level (\d+)", name):
        return _("level %(level)s") % {"level": level[1]}
    return words.get(name, name)
