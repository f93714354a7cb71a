"""Words of a staff list that stand for rows of ours: units, profiles, posts, people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from competencies.library.staff_lists.matching import MAPPED, Known, ListMapping
from competencies.library.staff_lists.words import plain
from hrplan.exchange.faults import Fault
from hrplan.exchange.grids import Raw

ALIKE = 0.72
NOBODY = {"", "na", "n a", "none", "nil", "vacant", "unknown", "tba", "tbd"}


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A word that stands for no row of ours: how often, and what it may mean."""

    field: str
    word: str
    count: int
    near: str  # code of the nearest, or nothing


class Resolver:
    """Finds the code that a word of a field stands for: chosen, code, title, or one name."""

    def __init__(self, known: Known, chosen: Mapping[str, Mapping[str, str]]) -> None:
        self.known = known
        self.chosen = chosen
        self.codes = {name: {c.casefold(): c for c in titles} for name, titles in known.items()}
        self.titles = {name: _by_title(titles) for name, titles in known.items()}
        self.twice = {name: _repeated(titles) for name, titles in known.items()}
        self.code = lru_cache(maxsize=100_000)(self._code)

    def _code(self, name: str, word: str) -> str | None:
        """The code; "" for nothing, where that was chosen; None where it isn't known."""
        of, key = _table(name), plain(word)
        chosen = self.chosen.get(name, {})
        if key in chosen:
            return chosen[key]
        found = self.codes.get(of, {}).get(word.casefold())
        return found or self.titles.get(of, {}).get(key)

    def is_twice(self, name: str, word: str) -> bool:
        """Whether several rows bear the word as their title."""
        return plain(word) in self.twice.get(_table(name), set())

    def near(self, name: str, word: str) -> str:
        """The code whose title, or which itself, is written most like the word; or nothing."""
        of = _table(name)
        words = {plain(code): code for code in self.known.get(of, {})} | self.titles.get(of, {})
        close = get_close_matches(plain(word), words, n=1, cutoff=ALIKE)
        return words[close[0]] if close else ""


def with_people(known: Known, people: Iterable[tuple[str, str]]) -> Known:
    """What is known, and the people whom the list itself names, by number."""
    return {**known, "staff": {**known.get("staff", {}), **{c: n for c, n in people if c}}}


def unresolved(
    cells: Mapping[str, Iterable[Raw]], known: Known, mapping: ListMapping
) -> list[Unresolved]:
    """The words of the mapped columns that stand for nothing here, the most frequent first.

    `known` includes the people of the list itself, who may be supervisors in it.
    """
    resolver = Resolver(known, {})
    found = []
    for name in MAPPED:
        if name not in cells:
            continue
        counted = Counter(text for cell in cells[name] if (text := text_of(cell)))
        for word, count in counted.most_common():
            if plain(word) not in NOBODY and resolver.code(name, word) is None:
                found.append(Unresolved(name, word, count, resolver.near(name, word)))
    return found


def nearer(fault: Fault, columns: Iterable[str], resolver: Resolver) -> Fault:
    """A fault of an unknown word with the row of ours whose title is written most like it."""
    if fault.column not in columns or not fault.key.startswith("reference_"):
        return fault
    near = resolver.near(fault.column, fault.value)
    if not near:
        return fault
    title = resolver.known[_table(fault.column)][near]
    shown = f"{near} ({title})" if title else near
    return replace(fault, key="reference_near", params={**fault.params, "near": shown})


def text_of(cell: Raw) -> str:
    """A cell as a word: whole numbers without their point."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return " ".join(str(cell).split()) if isinstance(cell, str | float) else ""


def _table(name: str) -> str:
    return "staff" if name == "supervisor" else name


def _by_title(titles: Mapping[str, str]) -> dict[str, str]:
    """Code by title, for the titles that only one row bears; also with the names turned."""
    found: dict[str, str] = {}
    for code, title in titles.items():
        for form in _forms(title):
            found[form] = code
    repeated = _repeated(titles)
    return {form: code for form, code in found.items() if form not in repeated}


def _repeated(titles: Mapping[str, str]) -> set[str]:
    counted = Counter(form for title in titles.values() for form in set(_forms(title)))
    return {form for form, count in counted.items() if count > 1}


def _forms(title: str) -> tuple[str, ...]:
    if not plain(title):
        return ()
    surname, comma, first = title.partition(",")
    return (plain(title), plain(f"{first} {surname}")) if comma else (plain(title),)
