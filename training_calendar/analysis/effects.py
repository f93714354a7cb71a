"""Training between two days, pair by pair: who completed what, who did not, who did neither."""

import numpy as np
import pandas as pd

from competencies.analysis.demand import PAIR
from competencies.analysis.summing import beside
from hrplan.core.frames import need, numbered

TRAINED, BEGUN, OTHER = "trained", "begun", "other"
KINDS = pd.Index([BEGUN, OTHER, TRAINED])
EPOCH = pd.Timestamp(1970, 1, 1)
TAKEN = ["staff", "module", "competency", "ended_on", "completed"]


def pairs_by_training(table: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Tell each pair asked today by the training its person had in the competency.

    Parameters
    ----------
    table : DataFrame, as `competencies.analysis.cycles.changes` gives it
    taken : DataFrame, one row per (staff, module, competency) attended between the two days
        ended_on : datetime, last day; completed : bool

    Returns
    -------
    DataFrame, the rows of `table`, and
        training : trained (completed a module that lifts the competency), begun (attended one,
            completed none), other (attended none)
        ended_on : datetime, last day of the first module completed, else NaT

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/cycles.md, "Training effect".
    """
    need(table, PAIR, key=PAIR)
    need(taken, TAKEN, key=["staff", "module", "competency"])
    done = taken[taken["completed"]].groupby(PAIR, as_index=False)["ended_on"].min()
    days = (done["ended_on"] - EPOCH).dt.days
    (ended,) = beside(table, done.assign(day=days), "day")
    (attended,) = beside(table, taken[PAIR].drop_duplicates().assign(there=1), "there")
    begun, other, trained = range(len(KINDS))
    kind = np.select([~np.isnan(ended), attended == 1], [trained, begun], other)
    return table.assign(
        ended_on=EPOCH + pd.to_timedelta(pd.Series(ended, index=table.index), unit="D"),
        training=numbered(kind, KINDS),
    )


def pairs_by_module(pairs: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    """Set those who completed a module beside those trained by no module in what it lifts.

    Who was trained in a competency by another module stands in neither group of this one.

    Parameters
    ----------
    pairs : DataFrame, as `pairs_by_training` gives it
    taken : as there

    Returns
    -------
    DataFrame, one row per (module, staff, competency), the columns of `pairs`

    Source
    ------
    docs/methods/cycles.md, "Training effect".
    """
    need(pairs, [*PAIR, "training"], key=PAIR)
    need(taken, TAKEN, key=["staff", "module", "competency"])
    done = taken.loc[taken["completed"], ["staff", "module", "competency"]]
    lifted = done[["module", "competency"]].drop_duplicates()
    trained = pairs[pairs["training"] == TRAINED].merge(done, on=PAIR)
    others = pairs[pairs["training"] == OTHER].merge(lifted, on="competency")
    return pd.concat([trained, others], ignore_index=True)
