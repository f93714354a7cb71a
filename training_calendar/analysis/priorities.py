"""Priorities: which needs come first, why, and what falls below a ceiling of money."""

from dataclasses import dataclass, fields
from datetime import date

import numpy as np
import pandas as pd

from competencies.analysis.demand import Demand, Floats, Whole
from competencies.analysis.dense_gaps import Singles
from competencies.analysis.summing import sums
from hrplan.core.frames import need

TERMS = ("severity", "criticality", "reach", "link", "urgency", "certainty")
DAYS_A_MONTH = 365.25 / 12
KEY = ["competency", "group"]
TOP_BAND = 1


@dataclass(frozen=True, slots=True)
class PriorityConstants:
    """Weights of the terms, which sum to 1, and what they are measured against; own proposal."""

    severity: float = 0.30
    criticality: float = 0.25
    reach: float = 0.15
    link: float = 0.15
    urgency: float = 0.10
    certainty: float = 0.05
    top_level: int = 4
    top_weight: float = 3.0
    urgent_months: float = 12.0
    soon_months: float = 24.0
    soon_worth: float = 0.5  # urgency of a deadline between the two [0..1]
    first_band_from: float = 60.0  # priority from which a need is in the top band [0..100]
    second_band_from: float = 40.0

    def __post_init__(self) -> None:
        if abs(sum(self.weights) - 1) > 1e-9:
            raise ValueError("the weights of the priority's terms must sum to 1")

    @property
    def weights(self) -> tuple[float, ...]:
        return tuple(float(getattr(self, term)) for term in TERMS)


def priority_constants_in_print(constants: PriorityConstants) -> tuple[tuple[str, float], ...]:
    """Every constant as (key, value), in the order in which the annex prints them."""
    return tuple((item.name, float(getattr(constants, item.name))) for item in fields(constants))


def group_needs(
    levels: Singles,
    confidence: Singles,
    demand: Demand,
    role: Whole,
    group: Whole,
    names: tuple[pd.Index, pd.Index],
) -> pd.DataFrame:
    """Pool the gaps of people into needs of a group, such as a job profile or a unit.

    Parameters
    ----------
    levels : (people, competencies), level held; NaN = not assessed [level]
    confidence : the same shape, of the level [0..1]
    demand : what the roles ask for; role : (people,), row of it, -1 = nothing is asked
    group : (people,), number of the group of each
    names : codes of the competencies and of the groups, in the order of their numbers

    Returns
    -------
    DataFrame, one row per (competency, group) in which somebody has a gap, sorted
        people : int, those with a gap; mean_gap : float, their mean gap [level]
        mean_weight : float, mean weight of their cells [1..3]
        confidence : float, mean [0..1]; weighted_gap : float, sum [weighted levels]
        adjusted_gap : float, sum of weighted gap x confidence [weighted levels]

    Source
    ------
    docs/methods/priorities.md, "What is ranked".
    """
    asked = demand.of(role)
    cell = who, what = np.nonzero(levels < asked.required)
    told: dict[str, Floats] = {
        "gap": asked.required[cell] - levels[cell],
        "weight": asked.weight[cell],
        "sure": confidence[cell].astype(np.float64),
    }
    told["weighted_gap"] = told["gap"] * told["weight"]
    told["adjusted_gap"] = told["weighted_gap"] * told["sure"]
    topics, groups = names
    number, size = what * len(groups) + group[who], len(topics) * len(groups)
    found = sums(number, size, told)
    people = np.bincount(number, minlength=size)
    table = pd.DataFrame(
        {
            "competency": np.repeat(topics, len(groups)),
            "group": np.tile(groups, len(topics)),
            "people": people,
            **found,
        }
    )[people > 0]
    means = {"mean_gap": "gap", "mean_weight": "weight", "confidence": "sure"}
    table = table.assign(**{name: table[of] / table["people"] for name, of in means.items()})
    columns = [*KEY, "people", *means, "weighted_gap", "adjusted_gap"]
    return table.sort_values(KEY)[columns].reset_index(drop=True)


def priorities(
    needs: pd.DataFrame,
    overrides: pd.DataFrame,
    constants: PriorityConstants,
    *,
    strength: int,
    as_of: date,
) -> pd.DataFrame:
    """Rank needs from 0 to 100 by six terms; an override lifts one into the top band.

    Parameters
    ----------
    needs : DataFrame, one row per (competency, group)
        people : int; mean_gap : float [level]; mean_weight : float [1..3]
        link : float, 1 tied to a corporate objective or a duty in law, 0.5 indirectly, 0 not
        deadline : date or none, of law, system or retirement; a past one is urgent
        confidence : float, of the ratings behind it [0..1]
    overrides : DataFrame, one row per (competency, group); reason, approver : str, such as
        safety, legal duty, integrity, single point of failure
    constants : PriorityConstants
    strength : int, staff members of the administration [persons]
    as_of : date

    Returns
    -------
    DataFrame, the rows of `needs`, first band first, then highest priority first
        rank : int, from 1; band : int, 1 top to 3; priority : float [0..100]
        severity, criticality, reach, link, urgency, certainty : float, the terms [0..1]
        reason, approver : str, of the override, "" without one

    Raises
    ------
    FrameError
        A column is missing or a key given twice.
    ValueError
        The strength isn't above zero.

    Source
    ------
    docs/methods/priorities.md.
    """
    need(needs, [*KEY, "people", "mean_gap", "mean_weight", "link", "deadline", "confidence"],
         key=KEY)  # fmt: skip
    need(overrides, [*KEY, "reason", "approver"], key=KEY)
    if strength <= 0:
        raise ValueError("the strength of the administration must be above zero")
    rows = needs.assign(
        severity=(needs["mean_gap"] / constants.top_level).clip(0, 1),
        criticality=(needs["mean_weight"] / constants.top_weight).clip(0, 1),
        reach=(needs["people"] / strength).clip(0, 1),
        urgency=_urgency(needs["deadline"], as_of, constants),
        certainty=needs["confidence"].clip(0, 1),
    )
    rows["priority"] = 100 * rows[list(TERMS)].to_numpy(float) @ np.array(constants.weights)
    rows = rows.merge(overrides[[*KEY, "reason", "approver"]], on=KEY, how="left")
    limits = [rows["priority"] >= constants.first_band_from,
              rows["priority"] >= constants.second_band_from]  # fmt: skip
    band = pd.Series(np.select(limits, [TOP_BAND, TOP_BAND + 1], TOP_BAND + 2), rows.index)
    rows["band"] = band.mask(rows["reason"].notna(), TOP_BAND)
    rows = rows.fillna({"reason": "", "approver": ""})
    rows = rows.sort_values(["band", "priority", *KEY], ascending=[True, False, True, True])
    rows["rank"] = np.arange(1, len(rows) + 1)
    return rows.reset_index(drop=True)


def _urgency(deadlines: pd.Series, as_of: date, constants: PriorityConstants) -> Floats:
    days = (pd.to_datetime(deadlines) - pd.Timestamp(as_of)).dt.days
    months = days.to_numpy(float, na_value=np.inf) / DAYS_A_MONTH
    worth = [1.0, constants.soon_worth]
    return np.select([months <= constants.urgent_months, months <= constants.soon_months], worth)


def funding_line(ranked: pd.DataFrame, ceiling: float) -> pd.DataFrame:
    """Draw the line: what the money reaches, band by band, by priority per unit of cost.

    A need too dear for what is left is passed over, and cheaper ones behind it are still taken.

    Parameters
    ----------
    ranked : DataFrame, one row per need, as `priorities` gives it, and
        cost : float, of closing it [money]; 0 is always taken
    ceiling : float [money]

    Returns
    -------
    DataFrame, the rows in the order in which they are taken
        funded : bool; spent : float, money spent up to and with this row [money]

    Raises
    ------
    FrameError
        A column is missing or a key given twice.

    Source
    ------
    docs/methods/priorities.md, "The line".
    """
    need(ranked, [*KEY, "band", "priority", "cost"], key=KEY)
    worth = ranked["priority"] / ranked["cost"].where(ranked["cost"] > 0, 1e-9)
    rows = ranked.assign(worth=worth)
    rows = rows.sort_values(["band", "worth", *KEY], ascending=[True, False, True, True])
    left, funded = ceiling, []
    for cost in rows["cost"].tolist():
        funded.append(cost <= left + 1e-9)
        left -= cost if funded[-1] else 0.0
    rows["funded"] = np.array(funded, bool)
    rows["spent"] = rows["cost"].where(rows["funded"], 0.0).cumsum()
    return rows.drop(columns="worth").reset_index(drop=True)
