"""Bench depth: who could do the work, competencies that hang on one person, successors."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import in_order, need, numbered, places, rows_of

SINGLE_POINT_BELOW = 2  # holders under which it is a single point; K13, own proposal
NEAR_GAP = 1.0  # levels a successor may lack and be ready in one to two years
READY, NEAR, FAR, UNKNOWN = "ready_now", "one_to_two_years", "over_two_years", "unknown"
KINDS = pd.Index(sorted([READY, NEAR, FAR, UNKNOWN]))
READINESS = KINDS.get_indexer(pd.Index([FAR, UNKNOWN, READY, NEAR]))
Floats = NDArray[np.float64]
ABOVE = "above"  # who would step down, and is no successor
COVERED, SINGLE = "covered", "single_point"
LADDER = ("recruits", "officers", "specialists", "supervisors", "managers", "executives")


def bench_depth(totals: pd.DataFrame) -> pd.DataFrame:
    """Say how many meet what is asked, in each competency, or unit and competency.

    Parameters
    ----------
    totals : DataFrame, as `gaps.gap_totals` gives it by competency, and perhaps something else

    Returns
    -------
    DataFrame, its rows, with
        able : int, assessed at or above the level asked
        depth : float, able / people, NaN if not all are assessed and nobody is able [0..1]

    Raises
    ------
    FrameError
        A column is missing.

    Source
    ------
    docs/methods/bench.md, "Depth".
    """
    need(totals, ["competency", "people", "n", "missing", "short"])
    able = totals["n"] - totals["short"]
    depth = (able / totals["people"]).mask((totals["missing"] > 0) & (able == 0))
    return totals.assign(able=able, depth=depth)


def single_points(carriers: pd.DataFrame, *, fewer_than: int = SINGLE_POINT_BELOW) -> pd.DataFrame:
    """Find the competencies that too few people hold at the level that carries them (K13).

    Parameters
    ----------
    carriers : DataFrame, one row per competency, also of those that nobody holds
        n : int, people assessed; holders : int, of them at the level that carries or above

    Returns
    -------
    DataFrame, its rows, with
        state : str, single_point | covered | unknown (nobody is assessed)

    Raises
    ------
    FrameError
        A column is missing or a competency given twice.

    Source
    ------
    docs/methods/bench.md, "Single points".
    """
    need(carriers, ["competency", "n", "holders"], key=["competency"])
    single = carriers["holders"] < fewer_than
    unknown = carriers["n"] == 0
    return carriers.assign(state=np.select([unknown, single], [UNKNOWN, SINGLE], COVERED))


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
    critical = requirements[requirements["critical"].astype(bool)]
    people, topics = in_order(candidates["staff"]), in_order(critical["competency"])
    levels = np.full((len(people) + 1, len(topics) + 1), np.nan)
    levels[places(people, held["staff"]), places(topics, held["competency"])] = held["level"]
    rows = candidates[pair]
    profiles, person = in_order(rows["profile"]), places(people, rows["staff"])
    profile = places(profiles, rows["profile"])
    sort = np.lexsort((person, profile))
    rows, person, profile = rows.iloc[sort].reset_index(drop=True), person[sort], profile[sort]
    wanted = dict(iter(critical.groupby("profile")))
    ends = np.searchsorted(profile, np.arange(len(profiles) + 1))
    parts = [
        _against(levels[person[begin:end]], topics, wanted.get(name, critical[:0]))
        for name, begin, end in zip(profiles, ends[:-1], ends[1:], strict=True)
    ]
    found = np.concatenate([np.zeros((4, 0)), *parts], axis=1)
    table = rows.assign(**dict(zip(("critical", "n", "short", "widest"), found, strict=True)))
    table = table.astype({"critical": int, "n": int, "short": int})
    table["missing"] = table["critical"] - table["n"]
    doubtful = (table["missing"] > 0) | (table["critical"] == 0)
    state = np.select([table["widest"] > NEAR_GAP, doubtful, table["short"] == 0], [0, 1, 2], 3)
    order = [*pair, "critical", "n", "missing", "short", "widest", "readiness"]
    return table.assign(readiness=numbered(READINESS[state], KINDS))[order]


def _against(levels: Floats, topics: pd.Index, asked: pd.DataFrame) -> Floats:
    """Cells asked, assessed and short, and the widest gap, of each row of levels."""
    gaps = asked["level"].to_numpy(np.float64) - levels[:, places(topics, asked["competency"])]
    gaps = np.maximum(gaps, 0.0)
    n = (~np.isnan(gaps)).sum(axis=1)
    widest = np.where(n > 0, np.nan_to_num(gaps, nan=-1.0).max(axis=1, initial=-1.0), np.nan)
    return np.stack([np.full(len(levels), len(asked)), n, (gaps > 0).sum(axis=1), widest])


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
    posts, people = posts.sort_values("post"), people.sort_values("staff")
    kind = people.groupby(place, dropna=False, sort=False).ngroup().to_numpy()
    kinds = people[place].drop_duplicates()
    pairs = posts[["post", *place]].merge(kinds, how="cross", suffixes=("_asked", ""))
    step = {level: number for number, level in enumerate(LADDER)}
    own, asked = (pairs[name].map(step) for name in ("staff_level", "staff_level_asked"))
    higher = (own > asked) | (~(own < asked) & (pairs["grade"] > pairs["grade_asked"]))
    post, staff = np.nonzero(higher.to_numpy(bool).reshape(len(posts), len(kinds))[:, kind])
    return pd.DataFrame(
        {
            "post": numbered(post, pd.Index(posts["post"], dtype="str")),
            "staff": numbered(staff, pd.Index(people["staff"], dtype="str")),
        }
    )


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
    counts = []
    for others, is_above in _others(posts, ready, above):
        found = others.loc[~is_above, "readiness"].value_counts()
        counts.append({**found.to_dict(), ABOVE: int(is_above.sum())})
    table = posts[["post", "profile"]].reset_index(drop=True)
    for kind in (READY, NEAR, FAR, UNKNOWN, ABOVE):
        table[kind] = np.array([found.get(kind, 0) for found in counts], np.int64)
    return table.assign(covered=table[READY] > 0)


def ready_people(posts: pd.DataFrame, ready: pd.DataFrame, above: pd.DataFrame) -> int:
    """Who is ready now for one key post or more, each counted once; the frames of `successors`."""
    found: set[str] = set()
    for others, is_above in _others(posts, ready, above):
        found.update(others.loc[~is_above & (others["readiness"] == READY), "staff"])
    return len(found)


def _others(
    posts: pd.DataFrame, ready: pd.DataFrame, above: pd.DataFrame
) -> Iterator[tuple[pd.DataFrame, pd.Series]]:
    """For each post the rows of `ready` but for its holder, and which of them stand above it."""
    blocks, higher = dict(iter(ready.groupby("profile"))), dict(iter(above.groupby("post")))
    for post in rows_of(posts[["post", "profile", "holder"]]):
        block = blocks.get(post.profile, ready[:0])
        others = block[block["staff"] != post.holder]
        yield others, others["staff"].isin(higher.get(post.post, above[:0])["staff"])
