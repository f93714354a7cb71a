"""Training needs: which modules each person's gaps ask for, and which gaps no module closes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrplan.core.frames import need
from training_calendar.analysis.ladders import (
    NO_MODULE,
    NOT_FOR_PROFILE,
    PREREQUISITE_NOT_OFFERED,
    Rung,
    climb,
)

GAP, PREREQUISITE = "gap", "prerequisite"
PAIR = ["staff", "competency"]
CASE = ["profile", "competency", "start", "required"]
NEEDS = [
    "staff", "module", "competency", "purpose", "step", "for_module",
    "level_from", "level_to", "weight", "gain", "critical",
]  # fmt: skip
UNMET = [*PAIR, "held", "required", "reached", "left", "weight", "critical", "reason"]


@dataclass(frozen=True, slots=True)
class Supply:
    """What can be attended.

    modules : DataFrame, one row per module offered
        module : str; effort : float, what choosing avoids, such as hours or money a person
    outcomes : DataFrame, one row per (module, competency)
        level_from, level_to : int [level]
    prerequisites : DataFrame, one row per (module, requires)
    audience : DataFrame, one row per (module, profile) that may attend; a module without a
        row is for all
    """

    modules: pd.DataFrame
    outcomes: pd.DataFrame
    prerequisites: pd.DataFrame
    audience: pd.DataFrame

    def __post_init__(self) -> None:
        need(self.modules, ["module", "effort"], key=["module"])
        outcome = ["module", "competency"]
        need(self.outcomes, [*outcome, "level_from", "level_to"], key=outcome)
        need(self.prerequisites, ["module", "requires"], key=["module", "requires"])
        need(self.audience, ["module", "profile"], key=["module", "profile"])


@dataclass(frozen=True, slots=True)
class Needs:
    """What the gaps ask for, and what they ask for in vain."""

    needs: pd.DataFrame
    unmet: pd.DataFrame


def training_needs(
    gaps: pd.DataFrame, held: pd.DataFrame, done: pd.DataFrame, supply: Supply
) -> Needs:
    """Turn gaps into modules: the ladder from the held to the required level, and what it needs.

    A module lifts only who holds at least its `level_from`; whole levels count, so 2.3 stands
    on level 2. Its prerequisites are added for those who have neither attended them nor hold
    (or have unassessed) all that they teach.

    Parameters
    ----------
    gaps : DataFrame, one row per (staff, competency), as `person_gaps` gives it
        staff, competency, profile : str; required : int; held, gap : float; weight : float;
        critical : bool. Rows without a gap, or not assessed, ask for nothing.
    held : DataFrame, one row per (staff, competency) assessed; level : float [level]
    done : DataFrame, one row per (staff, module) attended before
    supply : Supply

    Returns
    -------
    Needs
        needs : one row per (staff, module, competency), sorted by them
            purpose : str, gap | prerequisite (then competency is "" and levels are NaN)
            step : int, place on the ladder from 1; 0 for a prerequisite
            for_module : str, the module that asks for a prerequisite, "" for a gap
            level_from, level_to : float, held before and after, at most as required [level]
            weight : float; gain : float, weight x (level_to - level_from) [weighted levels]
            critical : bool
        unmet : one row per gap not closed, sorted by staff and competency
            held, reached, left : float, level held, level the ladder leads to, levels short
            reason : str, one of `ladders.REASONS`

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/needs.md.
    """
    need(gaps, [*PAIR, "profile", "required", "held", "gap", "weight", "critical"], key=PAIR)
    need(held, [*PAIR, "level"], key=PAIR)
    need(done, ["staff", "module"], key=["staff", "module"])
    asked = gaps.loc[gaps["gap"] > 0, [*PAIR, "profile", "required", "held", "weight", "critical"]]
    asked = asked.assign(start=np.floor(asked["held"]).astype(int))
    steps, ends = _climbs(asked[CASE].drop_duplicates(), supply)
    wanted = asked.merge(steps, on=CASE)
    added, lost = _prerequisites(wanted[["staff", "module"]].drop_duplicates(), held, done, supply)
    kept, blocked = _without(wanted, lost)
    ended = asked.merge(ends, on=CASE)
    return Needs(_needs(kept, added), _unmet(ended, blocked))


def module_demand(needs: pd.DataFrame) -> pd.DataFrame:
    """How many people need each module, and what it would close.

    Returns
    -------
    DataFrame, one row per module, sorted
        people : int, who need it at all; as_prerequisite : int, of them only for another module
        gaps, critical_gaps : int, cells it lifts; gain : float [weighted levels]
    """
    need(needs, NEEDS, key=["staff", "module", "competency"])
    ahead = needs["purpose"] == PREREQUISITE
    rows = needs.assign(ahead=ahead, cell=~ahead, miss=needs["critical"] & ~ahead)
    return rows.groupby("module", as_index=False).agg(
        people=("staff", "nunique"),
        as_prerequisite=("ahead", "sum"),
        gaps=("cell", "sum"),
        critical_gaps=("miss", "sum"),
        gain=("gain", "sum"),
    )


def _climbs(cases: pd.DataFrame, supply: Supply) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rungs of each case, and where each ends and why."""
    rungs = _rungs(supply)
    closed = supply.audience.groupby("module")["profile"].agg(set).to_dict()
    steps: list[tuple[object, ...]] = []
    ends: list[tuple[object, ...]] = []
    for case in zip(*(cases[name].tolist() for name in CASE), strict=True):
        profile, competency, start, required = case
        known = rungs.get(competency, [])
        open_to = [rung for rung in known if profile in closed.get(rung.module, {profile})]
        way = climb(open_to, start, required)
        reason = NOT_FOR_PROFILE if way.reason == NO_MODULE and known else way.reason
        ends.append((*case, way.reached, reason))
        before = start
        for number, rung in enumerate(way.rungs, start=1):
            steps.append((*case, number, rung.module, before, rung.level_to))
            before = rung.level_to
    return (
        _typed(steps, [*CASE, "step", "module", "before", "after"]),
        _typed(ends, [*CASE, "reached", "reason"]),
    )


def _rungs(supply: Supply) -> dict[str, list[Rung]]:
    """The modules on offer that lift each competency."""
    ladder = supply.outcomes.merge(supply.modules, on="module")
    names = ["competency", "module", "level_from", "level_to", "effort"]
    rungs: dict[str, list[Rung]] = {}
    for competency, *facts in zip(*(ladder[name].tolist() for name in names), strict=True):
        rungs.setdefault(competency, []).append(Rung(*facts))
    return rungs


def _typed(rows: list[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    words = {"profile", "competency", "module", "reason"}
    types = {name: "str" if name in words else "int64" for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


def _prerequisites(
    wanted: pd.DataFrame, held: pd.DataFrame, done: pd.DataFrame, supply: Supply
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows (staff, module, for_module) to add, and rows (staff, module) that cannot be had."""
    offered = set(supply.modules["module"])
    known = pd.concat([wanted, done[["staff", "module"]]])
    links = wanted.iloc[:0].assign(for_module=pd.Series(dtype="str"))
    frontier = wanted
    while len(frontier):
        asked = frontier.merge(supply.prerequisites, on="module")
        asked = asked.rename(columns={"module": "for_module", "requires": "module"})
        asked = _not_waived(asked, held, supply.outcomes)
        links = pd.concat([links, asked[["staff", "module", "for_module"]]])
        frontier = _minus(asked[["staff", "module"]].drop_duplicates(), known)
        known = pd.concat([known, frontier])
    links = _minus(links.drop_duplicates(), done)
    lost = links.loc[~links["module"].isin(offered), ["staff", "module"]].drop_duplicates()
    size = -1
    while len(lost) != size:
        size = len(lost)
        above = links.merge(lost, on=["staff", "module"])[["staff", "for_module"]]
        above = above.rename(columns={"for_module": "module"})
        lost = pd.concat([lost, above]).drop_duplicates()
    return _minus(_minus(links, wanted), lost), lost


def _not_waived(asked: pd.DataFrame, held: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """The rows whose module still teaches the person something known to be missing."""
    taught = asked[["staff", "module"]].drop_duplicates().merge(outcomes, on="module")
    taught = taught.merge(held[[*PAIR, "level"]], on=PAIR, how="left")
    teaches = taught.loc[taught["level"] < taught["level_to"], ["staff", "module"]]
    return asked.merge(teaches.drop_duplicates(), on=["staff", "module"])


def _minus(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The rows whose (staff, module) isn't among the others."""
    pair = ["staff", "module"]
    marked = rows.merge(others[pair].drop_duplicates(), on=pair, how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge")


def _without(wanted: pd.DataFrame, lost: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The steps that can be climbed, and for each ladder cut short the first that cannot."""
    marked = wanted.merge(lost, on=["staff", "module"], how="left", indicator=True)
    cut = marked["step"].where(marked["_merge"] == "both")
    first = cut.groupby([marked[name] for name in PAIR]).transform("min")
    kept = marked[~(marked["step"] >= first)].drop(columns="_merge")
    return kept, marked[marked["step"] == first].drop(columns="_merge")


def _needs(kept: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    before = kept["before"].where(kept["step"] > 1, kept["held"])
    after = kept[["after", "required"]].min(axis=1).astype(float)
    rows = kept.assign(
        purpose=GAP,
        for_module="",
        level_from=before,
        level_to=after,
        gain=kept["weight"] * (after - before),
    )[NEEDS]
    first = added.sort_values(["staff", "module", "for_module"])
    first = first.drop_duplicates(["staff", "module"]).assign(
        competency="",
        purpose=PREREQUISITE,
        step=0,
        level_from=np.nan,
        level_to=np.nan,
        weight=0.0,
        gain=0.0,
        critical=False,
    )[NEEDS]
    both = pd.concat([rows, first]) if len(first) else rows
    order = ["staff", "module", "competency"]
    return both.sort_values(order).astype({"critical": bool}).reset_index(drop=True)


def _unmet(ended: pd.DataFrame, blocked: pd.DataFrame) -> pd.DataFrame:
    cut = blocked[[*PAIR, "step", "before"]]
    rows = ended.merge(cut, on=PAIR, how="left")
    stopped = rows["before"].notna()
    rows["reason"] = rows["reason"].mask(stopped, PREREQUISITE_NOT_OFFERED)
    reached = rows["reached"].astype(float).mask(stopped, rows["before"])
    rows["reached"] = np.maximum(reached, rows["held"])
    rows["left"] = rows["required"] - rows["reached"]
    short = rows[rows["reason"] != ""]
    return short.sort_values(PAIR)[UNMET].reset_index(drop=True)
