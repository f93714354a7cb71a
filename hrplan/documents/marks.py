"""Marks in text: what was added and what was removed between two wordings of it.

Private characters stand for the ends of a stretch, so that a marked document is a document as any
other; `html_marked` and `tracked.tracked` turn them into what a reader sees.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

from hrplan.documents.nodes import Rich, Text, plain

ADDED, ADDED_END, REMOVED, REMOVED_END = "\ue000", "\ue001", "\ue002", "\ue003"
ALL_ADDED, ALL_REMOVED = "\ue004", "\ue005"  # at the head of a paragraph or row: the whole of it
STRETCH = re.compile("[\ue000-\ue005]")

_TOKEN = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?|\w+|\s+|[^\w\s]")
_NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f ]*\d)?")
_GONE = re.compile("\ue002[^\ue003]*\ue003")
_NEW = re.compile("\ue000[^\ue001]*\ue001")
_TAGS = {ADDED: "<ins>", ADDED_END: "</ins>", REMOVED: "<del>", REMOVED_END: "</del>"}
_ENDS = {ADDED: ADDED_END, REMOVED: REMOVED_END}
_PART = re.compile("(<[^>]*>)")
NEAR = 45  # letters told on either side of a number
_ALIKE = 0.4  # below it two wordings are told one after the other

Step = Literal["equal", "replace", "delete", "insert"]


def bare(text: str) -> str:
    """The text without any mark a writer may have put in."""
    return STRETCH.sub("", text)


def accepted(text: str) -> str:
    """A marked text as it reads afterwards."""
    return STRETCH.sub("", _GONE.sub("", text))


def rejected(text: str) -> str:
    """A marked text as it read before."""
    return STRETCH.sub("", _NEW.sub("", text))


def added(text: str) -> str:
    return f"{ADDED}{text}{ADDED_END}" if text else ""


def removed(text: str) -> str:
    return f"{REMOVED}{text}{REMOVED_END}" if text else ""


def likeness(old: str, new: str) -> float:
    """How much two texts share, word for word [0..1]."""
    return _matcher(_TOKEN.findall(old), _TOKEN.findall(new)).ratio()


def marked(old: str, new: str) -> str:
    """The new wording with what was added marked, and what was removed in its old place."""
    return "".join(
        (removed(before) if step != "equal" else "") + (added(after) if step != "equal" else after)
        for step, before, after in _steps(old, new)
    )


def marked_rich(old: Rich, new: Rich) -> Rich:
    """The same of a text with emphasis: what stays and what is added keeps that of the new one."""
    if isinstance(new, str):
        return marked(plain(old), new)
    found: list[Text] = []
    at = 0
    for step, before, after in _steps(plain(old), plain(new)):
        if step != "equal" and before:
            found.append(Text(removed(before)))
        for run in _cut(new, at, at + len(after)):
            found.append(run if step == "equal" else _with(run, added(run.text)))
        at += len(after)
    found += [run for run in new if not run.text]
    return tuple(found)


def numbers_changed(old: str, new: str) -> Iterator[tuple[str, str, str]]:
    """The numbers that took the place of others: before, after, and the words around it."""
    at = 0
    for step, before, after in _steps(old, new):
        if step == "replace" and _NUMBER.fullmatch(before) and _NUMBER.fullmatch(after):
            yield before, after, _around(new, at, at + len(after))
        at += len(after)


def _around(text: str, begin: int, end: int) -> str:
    """Some words before and after a place of a text."""
    first, last = max(0, begin - NEAR), end + NEAR
    before, after = text[first:begin], text[end:last]
    if first:
        before = f"… {before.partition(' ')[2]}"
    if last < len(text):
        after = f"{after.rpartition(' ')[0]} …"
    return f"{before}{text[begin:end]}{after}".strip()


def cut(text: str, longest: int) -> str:
    """A marked text of so many letters at most; a stretch that is cut ends with the text."""
    if len(text) <= longest:
        return text
    head = text[:longest].rstrip()
    last = next((mark for mark in reversed(head) if STRETCH.match(mark)), "")
    return head + "…" + _ENDS.get(last, "")


def html_marked(html: str) -> str:
    """Marks as `<ins>` and `<del>` in what is read, and as accepted within tags."""
    parts = _PART.split(html)
    parts[1::2] = [accepted(tag) if STRETCH.search(tag) else tag for tag in parts[1::2]]
    return STRETCH.sub(lambda mark: _TAGS.get(mark[0], ""), "".join(parts))


def _steps(old: str, new: str) -> Iterator[tuple[Step, str, str]]:
    """From one wording to the other: each step with the words before and after it."""
    words = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = _matcher(*words)
    if old and new and matcher.ratio() < _ALIKE:
        yield "replace", old, new
        return
    for step, i, j, k, m in matcher.get_opcodes():
        yield step, "".join(words[0][i:j]), "".join(words[1][k:m])


def _matcher(old: list[str], new: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, old, new, autojunk=False)


def _cut(runs: tuple[Text, ...], begin: int, end: int) -> Iterator[Text]:
    """The parts of runs between two places of their plain text."""
    at = 0
    for run in runs:
        first, last = max(begin, at), min(end, at + len(run.text))
        if first < last:
            yield _with(run, run.text[first - at : last - at])
        at += len(run.text)


def _with(run: Text, text: str) -> Text:
    return Text(text, run.bold, run.italic, run.to)
