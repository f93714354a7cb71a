"""Gaps of people one by one: of a page of them, or of all, some at a time."""

import numpy as np
import pandas as pd

from competencies.analysis.demand import Demand, Whole
from competencies.analysis.people_gaps import PeopleGaps, people_gaps
from competencies.usecases.derived import Levels

EVERYBODY = slice(None)
CHUNK = 1_000  # people whose cells are worked out at a time


class People:
    """The people of whom something is asked, in the order of their codes.

    levels : what is held; demand : what the roles ask for
    role : row of `demand` of each person of `levels`; -1 = nothing is asked
    """

    def __init__(self, levels: Levels, demand: Demand, role: Whole) -> None:
        self.levels, self.demand, self.role = levels, demand, role
        asked = np.append((demand.required > 0).any(axis=1), False)
        self.place = np.flatnonzero(asked[role])

    def staff(self, at: slice = EVERYBODY) -> pd.DataFrame:
        """The columns of `frames.STAFF` of some of them."""
        return self.levels.staff.iloc[self.place[at]]

    def gaps(self, at: slice = EVERYBODY) -> PeopleGaps:
        """The cells of some of them."""
        rows = self.place[at]
        return people_gaps(self.levels.level[rows], self.demand, self.role[rows])

    def totals(self) -> pd.DataFrame:
        """One row per person: staff, and the columns of `PeopleGaps.totals`."""
        parts = [
            self.gaps(slice(begin, begin + CHUNK)).totals()
            for begin in range(0, max(len(self.place), 1), CHUNK)
        ]
        return pd.concat(parts, ignore_index=True).assign(staff=self.staff()["staff"].to_numpy())
