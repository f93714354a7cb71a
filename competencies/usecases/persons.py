"""Gaps of people one by one: of a page of them, or of all, some at a time."""

from collections.abc import Callable
from functools import cached_property

import numpy as np
import pandas as pd

from competencies.analysis.demand import Demand, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.people_gaps import PeopleGaps, people_gaps

EVERYBODY = slice(None)
CHUNK = 1_000  # people whose cells are worked out at a time


class People:
    """The people of whom something is asked, in the order of their codes.

    levels : (people, competencies), what is held; demand : what the roles ask for
    role : row of `demand` of each person; -1 = nothing is asked
    named : gives the columns of `frames.STAFF`, one row a person
    """

    def __init__(
        self, levels: Singles, demand: Demand, role: Whole, named: Callable[[], pd.DataFrame]
    ) -> None:
        self.levels, self.demand, self.role, self.named = levels, demand, role, named
        self._asked = np.append((demand.required > 0).any(axis=1), False)[role]

    def __len__(self) -> int:
        return int(self._asked.sum())

    @cached_property
    def place(self) -> Whole:
        """Their rows in the tables."""
        order = self.named()["staff"].argsort(kind="stable").to_numpy()
        return order[self._asked[order]]

    def staff(self, at: slice = EVERYBODY) -> pd.DataFrame:
        """The columns of `frames.STAFF` of some of them."""
        return self.named().iloc[self.place[at]]

    def gaps(self, at: slice = EVERYBODY) -> PeopleGaps:
        """The cells of some of them."""
        rows = self.place[at]
        return people_gaps(self.levels[rows], self.demand, self.role[rows])

    def totals(self) -> pd.DataFrame:
        """One row per person: staff, and the columns of `PeopleGaps.totals`."""
        parts = [
            self.gaps(slice(begin, begin + CHUNK)).totals()
            for begin in range(0, max(len(self.place), 1), CHUNK)
        ]
        return pd.concat(parts, ignore_index=True).assign(staff=self.staff()["staff"].to_numpy())
