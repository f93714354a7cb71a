"""Closing: which module closes how much of whose gap, in the order in which people finish them."""

from collections.abc import Mapping

import pandas as pd

from hrplan.core.frames import need

ASKED = ["staff", "competency", "level", "required", "weight"]
COLUMNS = ["staff", "module", "competency", "before", "after", "points"]
Lifts = Mapping[str, Mapping[str, tuple[int, int]]]


def closings(asked: pd.DataFrame, attended: pd.DataFrame, lifts: Lifts) -> pd.DataFrame:
    """Credit every closed level to the module that closes it.

    A module lifts who holds at least the level it starts from, to the level it leads to and not
    beyond what is required; a level reached before earns nothing again.

    Parameters
    ----------
    asked : DataFrame, one row per (staff, competency) asked and assessed
        level : int, held, rounded down; required : int [level]; weight : float
    attended : DataFrame, one row per (staff, module); ends_on : date
    lifts : module -> competency -> (level from, level to)

    Returns
    -------
    DataFrame, one row per (staff, module, competency) that narrows a gap, in order of time
        before, after : int [level]; points : float, weight x levels

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/planning.md, section 3.
    """
    need(asked, ASKED, key=["staff", "competency"])
    need(attended, ["staff", "module", "ends_on"], key=["staff", "module"])
    level: dict[tuple[str, str], int] = {}
    wanted: dict[tuple[str, str], tuple[int, float]] = {}
    for staff, topic, held, required, weight in asked[ASKED].itertuples(index=False):
        level[staff, topic] = int(held)
        wanted[staff, topic] = int(required), float(weight)
    rows: list[tuple[str, str, str, int, int, float]] = []
    order = attended.sort_values(["ends_on", "staff", "module"])
    for staff, module in order[["staff", "module"]].itertuples(index=False):
        for topic, (low, high) in lifts.get(module, {}).items():
            if (staff, topic) not in wanted:
                continue
            held, (required, weight) = level[staff, topic], wanted[staff, topic]
            up = min(high, required)
            if low <= held < up:
                rows.append((staff, module, topic, held, up, weight * (up - held)))
                level[staff, topic] = up
    frame = pd.DataFrame(rows, columns=COLUMNS)
    return frame.astype({"before": int, "after": int, "points": float})
