"""Training between two days, pair by pair: who completed what, who did not, who did neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from competencies.analysis.cycles import change_sums, pair_sums
from competencies.analysis.demand import Floats
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.summing import heads
from hrplan.core.frames import need

TRAINED, BEGUN, OTHER = "trained", "begun", "other"
TAKEN = ["person", "module", "topic", "ended", "completed"]
CELL = ["person", "topic"]


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The pairs asked today, told by the training their person had in the competency.

    attended : DataFrame, one row per pair with attendance
        person, topic : int, row and column of the tables
        training : trained (completed a module that lifts the competency) or begun (completed none)
        ended : float, last day of the first module completed, NaN if none [days after 1970]
        required, before, now : as below
    completed : DataFrame, one row per (module, pair) trained by it, the same columns and module
    required : (people, competencies), level asked of pairs without attendance; 0 = none [level]
    before, now : (people, competencies), NaN = not known then, or not rated since [level]
    """

    attended: pd.DataFrame
    completed: pd.DataFrame
    required: Singles
    before: Singles
    now: Singles


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Some pairs of one kind.

    people : persons in them; known : those with a pair known both times
    sums : (SUMS,), as `competencies.analysis.cycles.measured` tells [pairs, level]
    """

    people: int
    known: int
    sums: Floats


def pairs_by_training(
    required: Singles,
    before: Singles,
    now: Singles,
    rated: NDArray[np.uint16],
    taken: pd.DataFrame,
    *,
    since: int,
) -> Pairs:
    """Tell pairs by training; a level now counts where somebody looked again, else it is unknown.

    Parameters
    ----------
    required, before, now : (people, competencies), as `competencies.analysis.cycles.measured`
        takes them
    rated : the same shape, day of the latest rating, 0 = none [days after 1970]
    taken : DataFrame, one row per (person, module, topic) attended between the two days
        person, topic : int, row and column of the tables
        module : str, its code; ended : int, last day [days after 1970]; completed : bool
    since : the day from which a rating counts where nothing was completed [days after 1970];
        where something was it counts from the last day of the first module completed

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/cycles.md, "Training effect".
    """
    need(taken, TAKEN, key=["person", "module", "topic"])
    inside = taken[required[taken["person"], taken["topic"]] > 0]
    ended = inside["ended"].astype(float).where(inside["completed"])
    cells = inside.assign(ended=ended).groupby(CELL, as_index=False)["ended"].min()
    place = cells["person"].to_numpy(), cells["topic"].to_numpy()
    again = rated[place] >= cells["ended"].fillna(since).to_numpy()
    cells = cells.assign(
        training=np.where(cells["ended"].notna(), TRAINED, BEGUN),
        required=required[place],
        before=before[place],
        now=np.where(again, now[place], np.nan),
    )
    others = required.copy()
    others[place] = 0
    done = inside.loc[inside["completed"], ["module", *CELL]]
    return Pairs(
        attended=cells,
        completed=done.merge(cells, on=CELL),
        required=others,
        before=before,
        now=np.where(rated >= since, now, np.float32(np.nan)),
    )


def listed(pairs: pd.DataFrame, by: str) -> dict[object, Group]:
    """The groups of pairs that are given one by one, by a column of theirs."""
    group, names = pd.factorize(pairs[by])
    sums = pair_sums(pairs, group, len(names))
    known = (pairs["before"].notna() & pairs["now"].notna()).to_numpy()
    people, twice = (
        heads(group[some], pairs["person"][some], len(names))
        for some in (np.ones(len(pairs), bool), known)
    )
    return {
        name: Group(int(people[place]), int(twice[place]), sums[:, place])
        for place, name in enumerate(names)
    }


class Others:
    """The pairs without attendance, summed competency by competency."""

    def __init__(self, pairs: Pairs) -> None:
        everybody = np.zeros(len(pairs.required), np.int64)
        tables = pairs.required, pairs.before, pairs.now
        self.sums = change_sums(*tables, everybody, 1)[:, 0]
        self.asked = np.ascontiguousarray((pairs.required > 0).T)
        self.known = self.asked & np.ascontiguousarray(~np.isnan(pairs.before + pairs.now).T)

    def of(self, topics: Sequence[int]) -> Group | None:
        """The group of some competencies together; none where nothing of them is asked."""
        chosen = list(topics)
        people, known = (int(one[chosen].any(axis=0).sum()) for one in (self.asked, self.known))
        return Group(people, known, self.sums[:, chosen].sum(axis=1)) if people else None

    def by(self, topics_of: Mapping[object, Sequence[int]]) -> dict[object, Group]:
        """The groups of several, by name; those of which nothing is asked are left out."""
        found = {name: self.of(topics) for name, topics in topics_of.items()}
        return {name: group for name, group in found.items() if group}
