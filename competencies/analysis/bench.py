"""Bench depth: who could do the work, competencies that hang on one person, successors."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from hrplan.core.frames import need

SINGLE_POINT_LEVEL = 3.0  # level from which a person carries a competency; K13, own proposal
SINGLE_POINT_BELOW = 2  # holders under which it is a single point; K13, own proposal
NEAR_GAP = 1.0  # levels a successor may lack and be ready in one to two years
READY, NEAR, FAR, UNKNOWN = "ready_now", "one_to_two_years", "over_two_years", "unknown"
ABOVE = "above"  # who would step down, and is no successor
COVERED, SINGLE = "covered", "single_point"
LADDER = ("recruits", "officers", "specialists", "supervisors", "managers", "executives")


def bench_depth(gaps: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count who meets what is asked, in any grouping: competency, or unit and competency.

    Parameters
    ----------
    gaps : DataFrame, one row per (staff, competency), as `person_gaps` gives it
    by : the columns to group by

    Returns
    -------
    DataFrame, one row per group, sorted by it
        people : int, of whom it is asked; n, missing : int, of them assessed and not
        able : int, assessed at or above the level asked
        depth : float, able / people, NaN if not all are assessed and nobody is able [0..1]

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/bench.md, "Depth".
    """
    need(gaps, ["staff", "competency", *by, "assessed", "gap"], key=["staff", "competency"])
    rows = gaps.assign(able=gaps["gap"] == 0)
    table = rows.groupby(list(by), as_index=False).agg(
        people=("staff", "nunique"), n=("assessed", "sum"), able=("able", "sum")
    )
    table["missing"] = table["people"] - table["n"]
    depth = table["able"] / table["people"]
    table["depth"] = depth.mask((table["missing"] > 0) & (table["able"] == 0))
    return table[[*by, "people", "n", "missing", "able", "depth"]]


def single_points(
    held: pd.DataFrame,
    competencies: Sequence[str],
    *,
    level: float = SINGLE_POINT_LEVEL,
    fewer_than: int = SINGLE_POINT_BELOW,
) -> pd.DataFrame:
    """Find the competencies that too few people hold at the level that carries them (K13).

    Parameters
    ----------
    held : DataFrame, one row per (staff, competency); level : float [level]
    competencies : those to be looked at, so that one that nobody holds is found too

    Returns
    -------
    DataFrame, one row per competency, in the order given
        n : int, people assessed; holders : int, of them at the level or above
        state : str, single_point | covered | unknown (nobody is assessed)

    Raises
    ------
    FrameError
        A column is missing or a pair given twice.

    Source
    ------
    docs/methods/bench.md, "Single points".
    """
    need(held, ["staff", "competency", "level"], key=["staff", "competency"])
    carried = held.assign(carries=held["level"] >= level).groupby("competency")["carries"]
    table = pd.DataFrame({"competency": pd.Series(list(competencies), dtype="str")})
    table["n"] = table["competency"].map(carried.size()).fillna(0).astype(int)
    table["holders"] = table["competency"].map(carried.sum()).fillna(0).astype(int)
    single = table["holders"] < fewer_than
    return table.assign(state=np.select([table["n"] == 0, single], [UNKNOWN, SINGLE], COVERED))


def readiness(
    candidates: pd.DataFrame, requirements: pd.DataFrame, held: pd.DataFrame
) -> pd.DataFrame:
    """Say how near each candidate is to a profile by its critical cells.

    Parameters
    ----------
    candidates : DataFrame, one row per (profile, staff) to be looked at
    requirements : DataFrame, one row per (profile, competency)
        level : int [level]; critical : bool
    held : DataFrame, one row per (staff, competency); level : float [level]

    Returns
    -------
    DataFrame, one row per (profile, staff), sorted by them
        critical, n, missing : int, critical cells, of them assessed and not
        short : int, assessed cells with a gap; widest : float, the widest gap, NaN if n is 0
        readiness : str, ready_now (every critical cell met) | one_to_two_years (no gap above
            one level) | over_two_years | unknown (a critical cell isn't assessed, and no
            other rules the person out, or the profile marks none)

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/bench.md, "Readiness".
    """
    pair = ["profile", "staff"]
    need(candidates, pair, key=pair)
    asked = ["profile", "competency"]
    need(requirements, [*asked, "level", "critical"], key=asked)
    need(held, ["staff", "competency", "level"], key=["staff", "competency"])
    critical = requirements.loc[requirements["critical"].astype(bool), [*asked, "level"]]
    cells = candidates[pair].merge(critical.rename(columns={"level": "asked"}), on="profile")
    cells = cells.merge(held[["staff", "competency", "level"]], on=["staff", "competency"],
                        how="left")  # fmt: skip
    cells["gap"] = (cells["asked"] - cells["level"]).clip(lower=0)
    cells["short"] = cells["gap"] > 0
    table = cells.groupby(pair, as_index=False).agg(
        critical=("asked", "size"),
        n=("gap", "count"),
        short=("short", "sum"),
        widest=("gap", "max"),
    )
    table = candidates[pair].merge(table, on=pair, how="left").sort_values(pair)
    table = table.fillna({"critical": 0, "n": 0, "short": 0})
    table = table.astype({"critical": int, "n": int, "short": int})
    table["missing"] = table["critical"] - table["n"]
    doubtful = (table["missing"] > 0) | (table["critical"] == 0)
    table["readiness"] = np.select(
        [table["widest"] > NEAR_GAP, doubtful, table["short"] == 0], [FAR, UNKNOWN, READY], NEAR
    )
    order = [*pair, "critical", "n", "missing", "short", "widest", "readiness"]
    return table[order].reset_index(drop=True)


def standing_above(posts: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Find, for each post, those who hold a higher one already, for whom it would be a step down.

    The staff level of the job decides, and the grade where it is the same or not known; what is
    not known puts nobody above.

    Parameters
    ----------
    posts : DataFrame, one row per post
        post : str; staff_level : str or none, of its job; grade : float, of its holder
    people : DataFrame, one row per staff
        staff : str; staff_level : str or none; support staff stand on no ladder; grade : int

    Returns
    -------
    DataFrame, one row per (post, staff) that stands above it, sorted by them

    Raises
    ------
    FrameError
        A column is missing, a post or a person given twice.

    Source
    ------
    docs/methods/bench.md, "Successors".
    """
    place = ["staff_level", "grade"]
    need(posts, ["post", *place], key=["post"])
    need(people, ["staff", *place], key=["staff"])
    kinds = people[place].drop_duplicates()
    pairs = posts[["post", *place]].merge(kinds, how="cross", suffixes=("_asked", ""))
    step = {level: number for number, level in enumerate(LADDER)}
    own, asked = (pairs[name].map(step) for name in ("staff_level", "staff_level_asked"))
    higher = (own > asked) | (~(own < asked) & (pairs["grade"] > pairs["grade_asked"]))
    found = pairs.loc[higher, ["post", *place]].merge(people[["staff", *place]], on=place)
    return found[["post", "staff"]].sort_values(["post", "staff"]).reset_index(drop=True)


def successors(posts: pd.DataFrame, ready: pd.DataFrame, above: pd.DataFrame) -> pd.DataFrame:
    """Count the successors of each key post by how ready they are.

    Its holder isn't one, nor is who stands above it; these are counted apart.

    Parameters
    ----------
    posts : DataFrame, one row per key post
        post, profile : str; holder : str or none, the staff member who fills it
    ready : DataFrame, one row per (profile, staff), as `readiness` gives it
    above : DataFrame, one row per (post, staff), as `standing_above` gives it

    Returns
    -------
    DataFrame, one row per post, in the order given
        profile : str; ready_now, one_to_two_years, over_two_years, unknown : int [persons]
        above : int, left out as they hold a higher post or grade [persons]
        covered : bool, somebody is ready now; the mean of this column is K34

    Raises
    ------
    FrameError
        A column is missing or a post given twice.

    Source
    ------
    docs/methods/bench.md, "Successors".
    """
    need(posts, ["post", "profile", "holder"], key=["post"])
    need(ready, ["profile", "staff", "readiness"], key=["profile", "staff"])
    need(above, ["post", "staff"], key=["post", "staff"])
    pairs = posts[["post", "profile", "holder"]].merge(ready, on="profile")
    pairs = pairs[~(pairs["staff"] == pairs["holder"])]
    pairs = pairs.merge(above.assign(is_above=True), on=["post", "staff"], how="left")
    kind_of = pairs["readiness"].mask(pairs["is_above"].notna(), ABOVE)
    table = posts[["post", "profile"]]
    for kind in (READY, NEAR, FAR, UNKNOWN, ABOVE):
        counted = pairs[kind_of == kind].groupby("post").size()
        table = table.assign(**{kind: table["post"].map(counted).fillna(0).astype(int)})
    return table.assign(covered=table[READY] > 0).reset_index(drop=True)
