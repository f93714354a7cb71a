"""Gaps person by person out of dense tables: the cells of some people, and the sums of each."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from competencies.analysis.demand import Demand, Floats, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.gaps import CRITICAL_AT
from competencies.analysis.held_levels import PLACES


@dataclass(frozen=True, slots=True, eq=False)
class PeopleGaps:
    """The cells of some people; (people, competencies) each.

    required : level asked, 0 = not asked [level]; weight : importance [1..3]
    critical : asked, and the work cannot be done below it
    known : asked and assessed
    gap : levels missing, 0 where not known [level]
    """

    required: Floats
    weight: Floats
    critical: NDArray[np.bool_]
    known: NDArray[np.bool_]
    gap: Floats

    def totals(self) -> pd.DataFrame:
        """Sum the cells of each person.

        Returns
        -------
        DataFrame, one row per person, in order, of the columns of `gaps.gap_totals`
            pairs, n, missing, short, gap, index, mean_gap, critical_n, critical_misses

        Source
        ------
        docs/methods/gaps.md, "Sums and the gap index".
        """
        pairs, n = (self.required > 0).sum(axis=1), self.known.sum(axis=1)
        gap = self.gap.sum(axis=1)
        assessed = np.where(n > 0, n, np.nan)
        weighted = (self.weight * self.required * self.known).sum(axis=1)
        return pd.DataFrame(
            {
                "pairs": pairs,
                "n": n,
                "missing": pairs - n,
                "short": (self.gap > 0).sum(axis=1),
                "gap": gap,
                "index": (self.weight * self.gap).sum(axis=1) / np.where(n > 0, weighted, np.nan),
                "mean_gap": gap / assessed,
                "critical_n": (self.critical & self.known).sum(axis=1),
                "critical_misses": (self.critical & (self.gap >= CRITICAL_AT)).sum(axis=1),
            }
        )


def people_gaps(levels: Singles, demand: Demand, role: Whole) -> PeopleGaps:
    """Set what people hold against what is asked of them.

    Parameters
    ----------
    levels : (people, competencies), level held; NaN = not assessed, which is never a zero [level]
    demand : what the roles ask for
    role : (people,), row of `demand` of each person; -1 = nothing is asked

    Source
    ------
    docs/methods/gaps.md.
    """
    asked = demand.of(role)
    held = np.round(levels.astype(np.float64), PLACES)
    known = (asked.required > 0) & ~np.isnan(held)
    gap = np.where(known, np.maximum(asked.required - held, 0.0), 0.0)
    critical = asked.critical & (asked.required > 0)
    return PeopleGaps(asked.required, asked.weight, critical, known, gap)
