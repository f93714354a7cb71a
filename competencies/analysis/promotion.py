"""Promotion by competency: two gates, a merit score, and its list beside that of seniority."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hrplan.core.frames import need, one_of

YES, NO, UNKNOWN = "yes", "no", "unknown"
RANKED, EXCLUDED, INCOMPLETE = "ranked", "excluded", "incomplete"
SERVICE, SANCTION, COURSES, THRESHOLD = "service", "sanction", "courses", "threshold"
PERFORMANCE, PANEL = "performance", "panel"
CHECKS = (SERVICE, SANCTION, COURSES, THRESHOLD)
PARTS = ("competency", PERFORMANCE, PANEL)
FOUR_FIFTHS = 0.8


@dataclass(frozen=True, slots=True)
class PromotionRule:
    """What a round asks for; the weights add up to 1."""

    minimum_service: float = 3.0  # years
    threshold: float = 0.75  # share of the competency asked for [0..1]
    competency: float = 0.5
    performance: float = 0.3
    panel: float = 0.2
    protection_holds: bool = False  # the vacancy lies before the end of the protection


def competency_shares(
    people: pd.DataFrame, requirements: pd.DataFrame, validated: pd.DataFrame
) -> pd.DataFrame:
    """How much of what the next role asks for critically each candidate holds, validated.

    share = sum(weight x min(held / asked, 1)) / sum(weight), over the critical requirements.

    Parameters
    ----------
    people : DataFrame, one row per candidate; staff : str
    requirements : DataFrame, one row per critical competency of the role
        level : int [level]; weight : float
    validated : DataFrame, one row per (staff, competency); level : float, validated [level]

    Returns
    -------
    DataFrame, one row per candidate, in the order given
        asked, missing : int, critical requirements, and of them those without a validated level
        least : float, share if what is missing were not held at all [0..1]
        most : float, share if it were held in full [0..1]
        share : float, NaN where something is missing or nothing is asked [0..1]

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/promotion.md, "Competency".
    """
    need(people, ["staff"], key=["staff"])
    need(requirements, ["competency", "level", "weight"], key=["competency"])
    need(validated, ["staff", "competency", "level"], key=["staff", "competency"])
    cells = people[["staff"]].merge(requirements.rename(columns={"level": "asked"}), how="cross")
    cells = cells.merge(
        validated[["staff", "competency", "level"]], on=["staff", "competency"], how="left"
    )
    part = (cells["level"] / cells["asked"]).clip(upper=1)
    cells["least"] = cells["weight"] * part.fillna(0.0)
    cells["most"] = cells["weight"] * part.fillna(1.0)
    cells["unknown"] = part.isna()
    sums = cells.groupby("staff").agg(
        asked=("asked", "size"),
        missing=("unknown", "sum"),
        least=("least", "sum"),
        most=("most", "sum"),
        weight=("weight", "sum"),
    )
    table = people[["staff"]].merge(sums, left_on="staff", right_index=True, how="left")
    table = table.fillna({"asked": 0, "missing": 0}).astype({"asked": int, "missing": int})
    table["least"], table["most"] = (table[name] / table["weight"] for name in ("least", "most"))
    table["share"] = table["least"].where((table["missing"] == 0) & (table["asked"] > 0))
    return table[["staff", "asked", "missing", "least", "most", "share"]].reset_index(drop=True)


def judged(candidates: pd.DataFrame, rule: PromotionRule) -> pd.DataFrame:
    """Put each candidate through both gates and score who passes; unknown is never zero.

    Gate 1: service, no live sanction, mandatory courses. Gate 2: the share of competency.
    merit = 100 x share x weight + performance x weight + panel x weight [0..100].
    Protection holds off the courses, the one demand that is new, and nothing else.

    Parameters
    ----------
    candidates : DataFrame, one row per candidate
        staff : str; service : float [years]; sanction, courses : yes | no | unknown
        least, most, share : float, as `competency_shares` gives them
        performance, panel : float, NaN if unknown [0..100]; protected : bool

    Returns
    -------
    DataFrame, the rows given, in their order
        failed, unknown : tuple of str, what is not met and what is not known, of CHECKS and PARTS
        state : str, ranked | excluded (something is not met) | incomplete (something not known)
        merit : float, NaN unless ranked [0..100]

    Raises
    ------
    FrameError
        A column is missing, a candidate given twice or an answer unheard of.

    Source
    ------
    docs/methods/promotion.md, "Gates and merit".
    """
    marks = ["service", "least", "most", "share", "performance", "panel"]
    need(candidates, ["staff", "sanction", "courses", "protected", *marks], key=["staff"])
    for column in ("sanction", "courses"):
        one_of(candidates, column, (YES, NO, UNKNOWN))
    rows = candidates.reset_index(drop=True)
    spared = rows["protected"].astype(bool) & rule.protection_holds
    failed = pd.DataFrame(
        {
            SERVICE: rows["service"] < rule.minimum_service,
            SANCTION: rows["sanction"] == YES,
            COURSES: (rows["courses"] == NO) & ~spared,
            THRESHOLD: rows["most"] < rule.threshold - 1e-9,
        }
    )
    open_ = pd.DataFrame(
        {
            SERVICE: rows["service"].isna(),
            SANCTION: rows["sanction"] == UNKNOWN,
            COURSES: (rows["courses"] == UNKNOWN) & ~spared,
            "competency": rows["share"].isna(),
            PERFORMANCE: rows["performance"].isna(),
            PANEL: rows["panel"].isna(),
        }
    )
    out, unsure = failed.any(axis=1), open_.any(axis=1)
    state = np.select([out, unsure], [EXCLUDED, INCOMPLETE], RANKED)
    merit = (
        100 * rows["share"] * rule.competency
        + rows["performance"] * rule.performance
        + rows["panel"] * rule.panel
    )
    rows = rows.assign(state=state, merit=merit.where(~out & ~unsure))
    rows["failed"], rows["unknown"] = _named(failed), _named(open_)
    return rows


def _named(flags: pd.DataFrame) -> pd.Series:
    """By row, the names of the columns that hold."""
    names = [
        tuple(name for name, flag in zip(flags.columns, line, strict=True) if flag)
        for line in flags.to_numpy(bool)
    ]
    return pd.Series(names, flags.index, dtype=object)


def both_lists(judgements: pd.DataFrame) -> pd.DataFrame:
    """Rank by seniority and by merit, and say why each place differs.

    Parameters
    ----------
    judgements : DataFrame, as `judged` gives it, with joined_on : date or none

    Returns
    -------
    DataFrame, one row per candidate: the ranked by place, then the others by seniority
        seniority : int, place among all by day of joining, the unknown last
        place : float, place by merit among the ranked, seniority breaking ties; NaN for others
        moved : float, seniority - place, above 0 = up; NaN without a place
        fell_out : float, of these, places freed by people ahead who are not ranked
        driver : str, for the ranked: the part of the merit that sets the person apart most in
            the way the place moved, against the mean of the ranked; "" where none does

    Raises
    ------
    FrameError
        A column is missing or a candidate given twice.

    Source
    ------
    docs/methods/promotion.md, "Shadow run".
    """
    need(judgements, ["staff", "joined_on", "state", "merit", "share", *PARTS[1:]], key=["staff"])
    rows = judgements.assign(joined=pd.to_datetime(judgements["joined_on"]))
    rows = rows.sort_values(["joined", "staff"], na_position="last").reset_index(drop=True)
    rows["seniority"] = np.arange(1, len(rows) + 1)
    ranked = rows["state"] == RANKED
    order = rows[ranked].sort_values("merit", ascending=False, kind="stable").index
    rows["place"] = pd.Series(np.arange(1, len(order) + 1), order, dtype=float)
    rows["moved"] = rows["seniority"] - rows["place"]
    rows["fell_out"] = (~ranked).cumsum().where(ranked).astype(float)
    rows["driver"] = _drivers(rows)
    return rows.drop(columns="joined").sort_values(["place", "seniority"]).reset_index(drop=True)


def _drivers(rows: pd.DataFrame) -> list[str]:
    parts = pd.DataFrame({"competency": 100 * rows["share"]} | {p: rows[p] for p in PARTS[1:]})
    apart = parts.astype(float) - parts[rows["state"] == RANKED].astype(float).mean()
    by_merit = rows["moved"] - rows["fell_out"]
    found = []
    for moved, line in zip(by_merit, apart.to_dict("records"), strict=True):
        pulled = {name: value * np.sign(moved) for name, value in line.items()}
        best = str(max(pulled, key=lambda name: pulled[name])) if moved and moved == moved else ""
        found.append(best if best and pulled[best] > 0 else "")
    return found


def selection_rates(lists: pd.DataFrame, by: str, *, posts: int, least: int) -> pd.DataFrame:
    """Compare the groups among those selected by seniority and by merit.

    Parameters
    ----------
    lists : DataFrame, as `both_lists` gives it, with the column `by` : str
    posts : int, people selected; least : int, people under whom a rate says nothing

    Returns
    -------
    DataFrame, one row per group, sorted by it
        n : int, candidates; old, new : int, of them selected by seniority and by merit
        old_rate, new_rate : float, selected / n, NaN in groups of fewer than `least` [0..1]
        old_ratio, new_ratio : float, rate / highest rate of the groups told, NaN where there is
            no other group to compare with; under 0.8 the four-fifths rule is not met

    Raises
    ------
    FrameError
        A column is missing or a candidate given twice.

    Source
    ------
    docs/methods/promotion.md, "Equity of each list".
    """
    need(lists, ["staff", "seniority", "place", by], key=["staff"])
    rows = lists.assign(old=lists["seniority"] <= posts, new=lists["place"] <= posts)
    table = rows.groupby(by).agg(n=("staff", "size"), old=("old", "sum"), new=("new", "sum"))
    enough = table["n"] >= least
    for name in ("old", "new"):
        rate = (table[name] / table["n"]).where(enough)
        highest = rate.max()
        comparable = enough & (enough.sum() > 1) & (highest > 0)
        table[f"{name}_rate"] = rate
        table[f"{name}_ratio"] = (rate / highest).where(comparable)
    return table.reset_index()
