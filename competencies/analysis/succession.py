"""Succession: how near people are to a profile, who stands above a post, who could take it over."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from hrplan.core.frames import need, places

NEAR_GAP = 1.0  # levels a successor may lack and be ready in one to two years
READY, NEAR, FAR, UNKNOWN = "ready_now", "one_to_two_years", "over_two_years", "unknown"
KINDS = (READY, NEAR, FAR, UNKNOWN)
ABOVE = "above"  # who would step down, and is no successor
LADDER = ("recruits", "officers", "specialists", "supervisors", "managers", "executives")
Numbers = NDArray[np.int64]
Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Readiness:
    """How near people are to some profiles, by what is critical there.

    profiles : codes
    lacking : (profiles, people), critical cells not met or not assessed
    kind : (profiles, people), place in KINDS
    """

    profiles: pd.Index
    lacking: Numbers
    kind: Numbers


def readiness(
    levels: NDArray[np.floating], topics: pd.Index, requirements: pd.DataFrame, profiles: pd.Index
) -> Readiness:
    """Say how near each person is to each of some profiles by its critical cells.

    A person is ready now with every critical cell met; ready in one to two years with no gap
    above one level, else later; unknown where a critical cell isn't assessed and no other rules
    the person out, or where the profile marks none.

    Parameters
    ----------
    levels : (people, topics), level held; NaN = not assessed [level]
    topics : codes of the competencies
    requirements : DataFrame, one row per (profile, competency)
        level : int [level]; critical : bool
    profiles : codes of those to be looked at

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/bench.md, "Readiness".
    """
    asked = ["profile", "competency"]
    need(requirements, [*asked, "level", "critical"], key=asked)
    critical = requirements[requirements["critical"].astype(bool)]
    shape = len(profiles), len(levels)
    lacking, kind = np.zeros(shape, np.int64), np.full(shape, KINDS.index(UNKNOWN))
    for number, profile in enumerate(profiles):
        cells = critical[critical["profile"] == profile]
        if len(cells):
            held = levels[:, places(topics, cells["competency"])]
            gaps = cells["level"].to_numpy(held.dtype) - held
            short, known = gaps > 0, ~np.isnan(gaps)
            far = (gaps > NEAR_GAP).any(axis=1)
            doubtful, some = ~known.all(axis=1), short.any(axis=1)
            places_of = [KINDS.index(one) for one in (FAR, UNKNOWN, NEAR)]
            kind[number] = np.select([far, doubtful, some], places_of, KINDS.index(READY))
            lacking[number] = (short | ~known).sum(axis=1)
    return Readiness(profiles, lacking, kind)


def standing_above(posts: pd.DataFrame, people: pd.DataFrame) -> Marks:
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
    (posts, people), in the order given

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
    step = {level: float(number) for number, level in enumerate(LADDER)}
    asked, own = (one["staff_level"].map(step).to_numpy(np.float64) for one in (posts, people))
    least, grade = (one["grade"].to_numpy(np.float64) for one in (posts, people))
    asked, least = asked[:, None], least[:, None]
    return (own > asked) | (~(own < asked) & (grade > least))


def may_follow(posts: pd.DataFrame, staff: pd.Series, above: Marks) -> Marks:
    """Who may take each post over: (posts, people), neither its holder nor who stands above it.

    posts, staff, above : as in `successors`
    """
    free = ~above
    holder = places(pd.Index(staff), posts["holder"])
    filled = np.flatnonzero(holder >= 0)
    free[filled, holder[filled]] = False
    return free


def successors(
    posts: pd.DataFrame, staff: pd.Series, ready: Readiness, above: Marks
) -> pd.DataFrame:
    """Count the successors of each key post by how ready they are.

    Its holder isn't one, nor is who stands above it; these are counted apart.

    Parameters
    ----------
    posts : DataFrame, one row per key post
        post, profile : str; holder : str or none, the staff member who fills it
    staff : codes of the people, in the order of `ready` and `above`
    ready : of the profiles of the posts; of another profile, nobody is a successor
    above : as `standing_above` gives it

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
    free, holder = may_follow(posts, staff, above), places(pd.Index(staff), posts["holder"])
    counts = np.zeros((len(posts), len(KINDS) + 1), np.int64)
    for number, profile in enumerate(places(ready.profiles, posts["profile"])):
        if profile >= 0:
            kinds = ready.kind[profile][free[number]]
            counts[number, :-1] = np.bincount(kinds, minlength=len(KINDS))
            stands_above = holder[number] >= 0 and above[number, holder[number]]
            counts[number, -1] = above[number].sum() - stands_above
    table = posts[["post", "profile"]].reset_index(drop=True)
    table[[*KINDS, ABOVE]] = counts
    return table.assign(covered=table[READY] > 0)


def ready_people(posts: pd.DataFrame, staff: pd.Series, ready: Readiness, above: Marks) -> int:
    """Who is ready now for one key post or more, each counted once; as in `successors`."""
    free, found = may_follow(posts, staff, above), np.zeros(len(staff), bool)
    for number, profile in enumerate(places(ready.profiles, posts["profile"])):
        if profile >= 0:
            found |= free[number] & (ready.kind[profile] == KINDS.index(READY))
    return int(found.sum())
