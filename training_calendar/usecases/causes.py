"""Gaps that training does not answer: kept out of what is planned, and listed with their cause."""

import pandas as pd

from competencies.usecases.gaps import GapAnalysis
from training_calendar.analysis.rulings import TRAINED, answered_by_training, rulings_of
from training_calendar.models import NeedRuling
from training_calendar.tables.planning import JOIN

OTHER = tuple(key for key in NeedRuling.Cause.values if key not in TRAINED)


def reason_key(cause: str) -> str:
    """The reason for which a need of this cause stays out of a plan."""
    return f"cause-{cause}"


REASONS = tuple(reason_key(cause) for cause in OTHER)


def trainable(role_profiles: pd.DataFrame, rulings: pd.DataFrame) -> pd.DataFrame:
    """The planning table without what roles lack for another cause; a role is its main profile."""
    main = role_profiles["role_id"].str.split(JOIN, regex=False).str[0]
    needs = pd.DataFrame({"competency": role_profiles["competency_id"], "group": main})
    each = needs.drop_duplicates()
    kept = each[answered_by_training(each, rulings)]
    pairs = set(kept.itertuples(index=False, name=None))
    chosen = [pair in pairs for pair in needs.itertuples(index=False, name=None)]
    return role_profiles[chosen].reset_index(drop=True)


def other_causes(analysis: GapAnalysis, rulings: pd.DataFrame) -> pd.DataFrame:
    """One row per (staff, competency) short, in whole levels, for a cause training doesn't answer.

    staff, competency, held, level (held, rounded down), required, weight, critical, cause
    """
    cells = analysis.cells[~analysis.cells["competency"].isin(list(analysis.left_out))]
    cells = cells[cells["assessed"].astype(bool)].rename(columns={"profile": "group"})
    each = cells[["competency", "group"]].drop_duplicates()
    said = rulings_of(each, rulings)
    cells = cells.merge(said[["competency", "group", "cause"]], on=["competency", "group"])
    cells = cells[cells["cause"].isin(OTHER)]
    own = analysis.competencies.set_index("competency")["weight"].astype(float)
    level = (cells["held"].astype(float) + 1e-9) // 1
    weight = cells["weight"].astype(float) * cells["competency"].map(own).astype(float)
    rows = cells.assign(level=level, weight=weight, held=cells["held"].astype(float))
    rows = rows[rows["level"] < rows["required"].astype(float)]
    columns = ["staff", "competency", "held", "level", "required", "weight", "critical", "cause"]
    return rows[columns].reset_index(drop=True)
