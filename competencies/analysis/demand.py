"""What is asked of people: the demand of each profile, and of each combination that is held."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import in_order, need, numbered, places

PAIR = ["staff", "competency"]
Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What each role asks for; one row a role, one column a competency.

    required : float, [level]; 0 = not asked
    weight : float, importance [1..3]; 0 where not asked
    critical : bool, the work cannot be done below it
    """

    required: Floats
    weight: Floats
    critical: NDArray[np.bool_]

    def of(self, role: Whole) -> "Demand":
        """What is asked of people, one row a person; role : row of each, -1 = nothing is asked."""
        nothing = np.zeros((1, self.required.shape[1]))
        tables = self.required, self.weight
        required, weight = (np.concatenate([table, nothing])[role] for table in tables)
        critical = np.concatenate([self.critical, nothing > 0])[role]
        return Demand(required, weight, critical)

    def of_topics(self, topics: NDArray[np.bool_]) -> "Demand":
        """The same with nothing asked but in some of the competencies."""
        return Demand(self.required * topics, self.weight, self.critical & topics)

    def of_critical(self) -> "Demand":
        """The same with nothing asked but what is critical."""
        return Demand(self.required * self.critical, self.weight, self.critical)


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What is asked of each of some people.

    people : DataFrame, one row per person: staff, unit, profile (the main one)
    topics : codes of the competencies, in the order of the columns of `demand`
    profiles : codes, sorted
    role : (people,), row of `demand`; -1 = holds no profile
    origin : (roles, competencies), place in `profiles` of the one that asks for the highest level
    """

    people: pd.DataFrame
    topics: pd.Index
    profiles: pd.Index
    demand: Demand
    role: Whole
    origin: Whole

    def within(
        self,
        people: NDArray[np.bool_] | None = None,
        topics: NDArray[np.bool_] | None = None,
    ) -> "Asked":
        """The same of some of the people and in some of the topics; of None: of all."""
        asked, role = self.demand, self.role
        if topics is not None:
            asked = asked.of_topics(topics)
        if people is not None:
            role = np.where(people, role, -1)
        return replace(self, demand=asked, role=role)

    def counts(self) -> Whole:
        """How many levels are asked of each person."""
        many = (self.demand.required > 0).sum(axis=1)
        return np.where(self.role >= 0, np.append(many, 0)[self.role], 0)

    def required(self) -> pd.DataFrame:
        """Say what each person is asked to hold, cell by cell.

        Returns
        -------
        DataFrame, one row per (staff, competency), sorted by them
            unit : str; profile : str, the person's main profile
            origin : str, the profile that asks for the highest level; the main one on a tie
            required : int [level]; weight : float; critical : bool

        Source
        ------
        docs/methods/gaps.md, "What is required".
        """
        known, names = in_order(self.people["staff"]), in_order(pd.Series(self.topics))
        own = places(known, self.people["staff"])
        rows = _order(own, self.role >= 0)
        columns = _order(places(names, pd.Series(self.topics)))
        role = self.role[rows]
        person, (kind, thing) = _spread(self.demand.required[:, columns] > 0, role)
        cell, people = (kind, columns[thing]), rows[person]
        return pd.DataFrame({
            "staff": numbered(own[people], known),
            "competency": numbered(thing, names),
            "unit": _written(self.people["unit"], people),
            "profile": _written(self.people["profile"], people),
            "origin": numbered(self.origin[cell], self.profiles),
            "required": self.demand.required[cell].astype(np.int64),
            "weight": self.demand.weight[cell],
            "critical": self.demand.critical[cell],
        })  # fmt: skip


def asked_of(
    people: pd.DataFrame,
    requirements: pd.DataFrame,
    topics: pd.Index,
    second: Iterable[tuple[Any, str]] = (),
    exempt: Iterable[tuple[Any, str]] = (),
    *,
    by: str = "staff",
) -> Asked:
    """Say what is asked of each person, over the main and any secondary profile.

    Where two profiles ask for the same competency the higher level counts, marked with the
    profile it comes from; the weight is the greater one, and critical is what either marks so.

    Parameters
    ----------
    people : DataFrame, one row per staff member
        profile : str, code of the main one, empty if there is none
        staff, unit : str, codes, where `Asked.required` is wanted
    requirements : DataFrame, one row per (profile, competency)
        level : int, level asked for [level, 1..top level]
        weight : float, importance in the profile [1..3]
        critical : bool, the work cannot be done below it
    topics : codes of the competencies, among them all of `requirements`
    second : pairs (person, profile) of further profiles; they count beside a main one alone
    exempt : pairs (person, competency) of which nothing is asked
    by : the column of `people` by which the pairs name a person

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/gaps.md, "What is required".
    """
    need(people, ["profile"], key=[by])
    asked = ["profile", "competency"]
    need(requirements, [*asked, "level", "weight", "critical"], key=asked)
    profiles = in_order(people["profile"]).union(in_order(requirements["profile"]))
    tables = np.zeros((3, len(profiles), len(topics)))
    cells = places(profiles, requirements["profile"]), places(topics, requirements["competency"])
    for table, name in zip(tables, ("level", "weight", "critical"), strict=True):
        table[cells] = requirements[name].to_numpy(np.float64)
    main = places(profiles, people["profile"])
    staff = pd.Index(people[by])
    pairs = _pairs(second, staff, profiles), _pairs(exempt, staff, topics)
    demand, role, origin = roles(Demand(tables[0], tables[1], tables[2] > 0), main, *pairs)
    return Asked(people, topics, profiles, demand, role, origin)


def roles(
    profiles: Demand,
    main: Whole,
    second: Iterable[tuple[int, int]],
    exempt: Iterable[tuple[int, int]],
) -> tuple[Demand, Whole, Whole]:
    """What is asked of each person: a role for each profile, and for each other combination held.

    As `asked_of`, by places instead of codes.

    Parameters
    ----------
    profiles : what the profiles ask for, one row a profile
    main : (people,), row of `profiles`; -1 = holds none
    second : pairs (person, profile); exempt : pairs (person, competency)

    Returns
    -------
    Demand, one row a role; (people,), the role of each person, -1 = none;
    (roles, competencies), the profile that asks for the highest level
    """
    own: dict[int, tuple[set[int], set[int]]] = {}
    for place, pairs in enumerate((second, exempt)):
        for person, what in pairs:
            own.setdefault(person, (set(), set()))[place].add(what)
    role = main.copy()
    tables = [profiles]
    origin = [np.arange(len(profiles.required))[:, None] + np.zeros_like(profiles.required)]
    seen: dict[tuple[tuple[int, ...], frozenset[int]], int] = {}
    for person, (more, none) in own.items():
        if (first := int(main[person])) >= 0:
            key = (first, *sorted(more - {first})), frozenset(none)
            if key not in seen:
                seen[key] = len(profiles.required) + len(seen)
                tables.append(_together(profiles, *key))
                origin.append(
                    np.array(key[0])[profiles.required[list(key[0])].argmax(axis=0)][None]
                )
            role[person] = seen[key]
    asked, weight, critical = (
        np.concatenate([getattr(table, name) for table in tables])
        for name in ("required", "weight", "critical")
    )
    return Demand(asked, weight, critical), role, np.concatenate(origin).astype(np.int64)


def _together(profiles: Demand, held: Collection[int], none: Collection[int]) -> Demand:
    """One role of several profiles, but for competencies of which nothing is asked."""
    rows = list(held)
    asked = np.ones(profiles.required.shape[1], bool)
    asked[list(none)] = False
    return Demand(
        profiles.required[rows].max(axis=0, keepdims=True) * asked,
        profiles.weight[rows].max(axis=0, keepdims=True),
        profiles.critical[rows].any(axis=0, keepdims=True) & asked,
    )


def _pairs(
    pairs: Iterable[tuple[Any, str]], first: pd.Index, second: pd.Index
) -> list[tuple[int, int]]:
    """Pairs of codes as pairs of places; those with a code that stands nowhere are left out."""
    codes = list(pairs)
    if not codes:
        return []
    rows = first.get_indexer(pd.Index([one for one, _other in codes]))
    columns = second.get_indexer(pd.Index([other for _one, other in codes]))
    return [(int(a), int(b)) for a, b in zip(rows, columns, strict=True) if a >= 0 and b >= 0]


def _order(place: Whole, kept: NDArray[np.bool_] | None = None) -> Whole:
    """The rows in the order of their places; of those that are kept."""
    rows = np.arange(len(place)) if kept is None else np.flatnonzero(kept)
    return rows if (np.diff(place[rows]) > 0).all() else rows[place[rows].argsort()]


def _spread(asked: NDArray[np.bool_], role: Whole) -> tuple[Whole, tuple[Whole, Whole]]:
    """One place a person and thing asked of them: the person, and the (role, thing) it is."""
    kind, thing = np.nonzero(asked)
    size = asked.sum(axis=1)
    many = size[role]
    person = np.repeat(np.arange(len(role)), many)
    begin = np.cumsum(size) - size
    place = np.arange(len(person)) + np.repeat(begin[role] - np.cumsum(many) + many, many)
    return person, (kind[place], thing[place])


def _written(column: pd.Series, rows: Whole) -> pd.Categorical:
    """What a column of codes holds in some rows, by their places in the sorted list."""
    known, names = pd.factorize(column, sort=True)
    return numbered(known[rows], pd.Index(names))
