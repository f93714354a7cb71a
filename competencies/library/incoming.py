"""A framework on its way in from another system: what is common to all formats.

Pure. A reader collects `Node`s; here they become groups and competencies with codes, names and
texts that fit, and each thing left out, cut or made is noted.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from competencies.library.messages import fault
from competencies.library.read import (
    BehaviourContent,
    CompetencyContent,
    FrameworkContent,
    GroupContent,
    HeadContent,
    LevelContent,
)
from competencies.library.tables import TOP
from hrplan.exchange.clean import clean_text
from hrplan.exchange.content import ContentError, Fault

MOST_COMPETENCIES = 1_000
MOST_GROUPS = 200
MOST_FAULTS = 200  # of one kind that are listed
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
SHORT_NAME = re.compile(r"[a-z0-9-]{1,60}")
NAMED = re.compile(r"(?P<id>[a-z0-9-]{1,60})-(?P<version>\d{1,4}\.\d{1,4})")
TITLE, GROUP_TITLE, TEXT, SHORT, NAME = 200, 120, 4_000, 200, 60
OTHERS = "OTHERS"


@dataclass(frozen=True, slots=True)
class Unsaid:
    """What a format doesn't carry, as it is taken instead."""

    language: str = "en"
    provider: str = ""
    licence: str = ""
    provenance: str = ""
    scale: tuple[LevelContent, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A framework as it was read, and notes on what was left out, cut or made."""

    content: FrameworkContent
    notes: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An item of the tree; `kind` is group or competency where the file says so."""

    key: str
    parent: str  # empty at the top
    place: str
    code: str
    title: str
    text: str = ""
    kind: str = ""
    basis: str = ""
    weight: int = 2
    in_gap_totals: bool = True
    levels: tuple[BehaviourContent, ...] = ()


@dataclass(slots=True)
class Notes:
    """Collects notes."""

    found: list[Fault] = field(default_factory=list)

    def add(self, place: str, key: str, **params: str | int) -> None:
        self.found.append(fault(place, key, **params))

    def count(self, count: int, key: str, **params: str | int) -> None:
        """A note on the whole file, where there is something to count."""
        if count:
            self.add("file", key, count=count, **params)


def refuse(name: str, faults: Iterable[Fault]) -> None:
    """Raise a ContentError with the faults, if there are any."""
    found = listed(faults)
    if found:
        raise ContentError(name, found)


def listed(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The faults, of each kind the first MOST_FAULTS, and how many more there are."""
    seen: Counter[str] = Counter()
    kept = []
    for one in faults:
        seen[one.key] += 1
        if seen[one.key] <= MOST_FAULTS:
            kept.append(one)
    more = [count - MOST_FAULTS for count in seen.values() if count > MOST_FAULTS]
    return (*kept, *(fault("file", "and_others", count=count) for count in more))


def clean(text: str) -> str:
    """The text in its normal form, without what can't be seen."""
    return clean_text(text, lambda key: None)


def plain(text: str) -> str:
    """The text on one line, each run of blanks as one."""
    return " ".join(clean(text).split())


def named(key: str, version: str = "") -> tuple[str, str]:
    """(short name, version) of a framework that calls itself so: customs-1.0 is customs, 1.0."""
    found = NAMED.fullmatch(key)
    if found and not version:
        return found["id"], found["version"]
    short = re.sub(r"[^a-z0-9]+", "-", key.casefold()).strip("-")[:60].strip("-")
    number = re.match(r"\D{0,3}(\d{1,4})(?:\.(\d{1,4}))?", version)
    return short or "framework", f"{number[1]}.{number[2] or 0}" if number else "1.0"


def scale_of(
    names: Mapping[int, str], unsaid: Unsaid, notes: Notes
) -> tuple[tuple[LevelContent, ...], dict[int, int]]:
    """The scale from 0 upwards, and (number in the file -> level).

    names : what each level of the file is called; a level 0 is added where they begin above it
    """
    if not names:
        notes.add("file", "scale_unsaid")
        return unsaid.scale, {step.level: step.level for step in unsaid.scale}
    numbers = sorted(names)
    first = int(numbers[0] > 0)
    levels = {number: level for level, number in enumerate(numbers, first)}
    if first:
        notes.add("file", "zero_added")
    if any(number != level for number, level in levels.items()):
        was, now = (", ".join(map(str, part)) for part in (levels, levels.values()))
        notes.add("file", "scale_renumbered", was=was, now=now)
    zero = [LevelContent(0, "0", "", "", "", "")] if first else []
    steps = [
        LevelContent(level, plain(names[number])[:NAME] or str(level), "", "", "", "")
        for number, level in levels.items()
    ]
    return (*zero, *steps), levels


def scale_faults(scale: Sequence[LevelContent]) -> Iterator[Fault]:
    """What makes a scale unfit here."""
    if len(scale) > TOP + 1:
        yield fault("file", "scale_long", count=len(scale), limit=TOP + 1)
    if len(scale) < 2:
        yield fault("file", "scale_short")


def tree_faults(nodes: Sequence[Node]) -> Iterator[Fault]:
    """Parents that are nowhere, and items that lie below themselves; each ring once."""
    parents = {node.key: node.parent for node in nodes}
    walked: set[str] = {""}
    for node in nodes:
        if node.parent and node.parent not in parents:
            yield fault(node.place, "parent_unknown", id=_shown(node), parent=node.parent[:60])
        chain: dict[str, None] = {}
        key = node.key
        while key in parents and key not in walked and key not in chain:
            chain[key] = None
            key = parents[key]
        if key in chain:
            ring = list(chain)[list(chain).index(key) :]
            shown = " < ".join(name[:40] for name in (*ring[:6], key))
            yield fault(node.place, "tree_ring", id=_shown(node), chain=shown)
        walked.update(chain)


def _shown(node: Node) -> str:
    return (node.code or node.title or node.key)[:60]


def built(
    name: str,
    head: HeadContent,
    scale: tuple[LevelContent, ...],
    nodes: Sequence[Node],
    notes: Notes,
) -> Incoming:
    """The framework of the nodes, which are in the order of the tree's siblings.

    Raises
    ------
    ContentError
        The tree has rings or loose ends, or there is nothing or too much in it.
    """
    refuse(name, (*scale_faults(scale), *tree_faults(nodes)))
    groups, members = _flat(nodes, notes)
    counts = (("groups", len(groups), MOST_GROUPS),
              ("competencies", len(members), MOST_COMPETENCIES))  # fmt: skip
    faults = [
        fault("file", "too_many_parts", count=count, limit=limit, what=what)
        for what, count, limit in counts
        if count > limit
    ]
    refuse(name, faults if members else [*faults, fault("file", "nothing_in")])
    codes = dict(zip((g.key for g in groups), coded(groups, "G", notes), strict=True))
    own = coded([node for node, _group in members], "C", notes)
    content = FrameworkContent(
        head=_head(head),
        scale=scale,
        groups=tuple(_group_of(group, codes[group.key], notes) for group in groups),
        competencies=tuple(
            _competency(node, code, codes[group], len(scale) - 1, notes)
            for code, (node, group) in zip(own, members, strict=True)
        ),
    )
    return Incoming(content, listed(notes.found))


def _flat(nodes: Sequence[Node], notes: Notes) -> tuple[list[Node], list[tuple[Node, str]]]:
    """The groups, and each competency with the key of its group, group by group."""
    below: dict[str, list[Node]] = {}
    for node in nodes:
        below.setdefault(node.parent, []).append(node)
    top = below.get("", [])
    groups = [one for one in top if one.kind != "competency" and (below.get(one.key) or one.kind)]
    known = {one.key for one in groups}
    loose = [one for one in top if one.key not in known]
    members: list[tuple[Node, str]] = []
    for group in groups:
        members += [(one, group.key) for one in _below(group, below, notes, group.title)]
    if loose:
        other = Node(key="\0others", parent="", place="file", code=OTHERS, title="Others")
        notes.count(len(loose), "group_made", group=other.title)
        groups.append(other)
        for one in loose:
            deep = _below(one, below, notes, other.title, depth=3)
            members += [(found, other.key) for found in (one, *deep)]
    return groups, members


def _below(
    node: Node, below: Mapping[str, list[Node]], notes: Notes, group: str, depth: int = 2
) -> Iterator[Node]:
    """All below a node, each before what is below it; what lies deeper than a child is noted."""
    waiting = [(one, depth) for one in reversed(below.get(node.key, []))]
    while waiting:
        one, at = waiting.pop()
        if at > 2:
            notes.add(one.place, "flattened", title=one.title[:60], depth=at, group=group[:60])
        yield one
        waiting += [(child, at + 1) for child in reversed(below.get(one.key, []))]


def coded(nodes: Sequence[Node], prefix: str, notes: Notes) -> list[str]:
    """A code for each, kept where it fits and nobody before has it."""
    taken: set[str] = set()
    kept = [_kept(node.code, taken) for node in nodes]
    tries: Counter[str] = Counter()
    codes = []
    for number, (node, code) in enumerate(zip(nodes, kept, strict=True), 1):
        if not code:
            code = _free(node.code or f"{prefix}{number}", prefix, taken, tries)
            if node.code:
                notes.add(node.place, "code_made", was=node.code[:60], now=code)
        codes.append(code)
    return codes


def _kept(code: str, taken: set[str]) -> str:
    if not CODE.fullmatch(code) or code in taken:
        return ""
    taken.add(code)
    return code


def _free(wanted: str, prefix: str, taken: set[str], tries: Counter[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9._-]+", "-", wanted).strip("-._")[:20] or prefix
    code = base
    while code in taken:
        tries[base] += 1
        end = f"-{tries[base] + 1}"
        code = base[: 20 - len(end)] + end
    taken.add(code)
    return code


def _head(head: HeadContent) -> HeadContent:
    return replace(
        head,
        title=plain(head.title)[:TITLE] or head.id,
        language=head.language[:10] or "en",
        provider=plain(head.provider)[:120],
        licence=plain(head.licence)[:60],
        provenance=clean(head.provenance)[:TEXT],
    )


def _group_of(node: Node, code: str, notes: Notes) -> GroupContent:
    title, text = _titled(node, GROUP_TITLE, notes)
    return GroupContent(code, title, plain(text)[:300], node.in_gap_totals)


def _competency(node: Node, code: str, group: str, top: int, notes: Notes) -> CompetencyContent:
    title, text = _titled(node, TITLE, notes)
    levels = []
    for one in sorted(node.levels, key=lambda one: one.level):
        said, *more = (
            _cut(clean(part), TEXT, node.place, "text_cut", notes)
            for part in (one.text, one.knowledge, one.skill)
        )
        if said and 1 <= one.level <= top:
            levels.append(BehaviourContent(one.level, said, *more))
        elif said:
            notes.add(node.place, "level_off", id=code, level=one.level)
    basis = plain(node.basis)[:SHORT]
    definition = _cut(text, TEXT, node.place, "text_cut", notes)
    return CompetencyContent(code, group, title, definition, basis, node.weight, tuple(levels))


def _titled(node: Node, limit: int, notes: Notes) -> tuple[str, str]:
    """The name, cut if it must be, and the text, with the whole name before it then."""
    title, text = plain(node.title), clean(node.text)
    if len(title) > limit:
        notes.add(node.place, "title_cut", limit=limit)
        text = text if text.startswith(title) else f"{title}\n{text}".strip()
        title = title[: limit - 1].rsplit(" ", 1)[0] + "…"
    return title or node.code or "–", text


def _cut(text: str, limit: int, place: str, key: str, notes: Notes) -> str:
    if len(text) <= limit:
        return text
    notes.add(place, key, limit=limit)
    return text[: limit - 1].rstrip() + "…"
