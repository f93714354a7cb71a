"""A plan worked out but not yet saved: sessions, courses outside them, who gains, the cost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from competencies.usecases.dense import gap_figures
from competencies.usecases.gaps import GapAnalysis, gap_analysis
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from training_calendar import frames
from training_calendar.analysis.closing import closings
from training_calendar.models import Module
from training_calendar.solver.facts import UNKNOWN, Instance, Session
from training_calendar.solver.remedy import Remedy
from training_calendar.solver.solution import Reason
from training_calendar.usecases import (
    accounts,
    causes,
    constants,
    costing,
    outside,
    ranking,
    remedies,
)
from training_calendar.usecases.outside import Catalogue
from training_calendar.usecases.ranking import Duty

PAIR = ["staff", "competency"]


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """Everything a plan consists of, as frames keyed by codes.

    asked : one row per (staff, competency) assessed and asked: level, required, weight, held,
        critical, profile
    gains : one row per (staff, module, competency) that narrows a gap: before, after, points
    ranked : one row per (competency, profile): priority, people, mean_gap
    barred : one row per (staff, competency) short for a cause that training doesn't answer
    reasons : (staff, competency) -> (reason, module) of the gaps that stay open
    remedies : (staff, competency) -> what would meet the gap, of those that stay open
    """

    instance: Instance
    sessions: tuple[Session, ...]
    outside: pd.DataFrame
    asked: pd.DataFrame
    gains: pd.DataFrame
    ranked: pd.DataFrame
    barred: pd.DataFrame
    costs: costing.Costs
    reasons: Mapping[tuple[str, str], tuple[str, str]]
    shelf: Catalogue
    analysis: GapAnalysis
    remedies: Mapping[tuple[str, str], Remedy]


def draft(
    administration: Administration,
    as_of: date,
    instance: Instance,
    sessions: tuple[Session, ...],
    reasons: Iterable[Reason],
    budgets: dict[str, float],
    duties: Sequence[Duty],
    *,
    given: pd.DataFrame | None = None,
    analysis: GapAnalysis | None = None,
    shelf: Catalogue | None = None,
    with_remedies: bool = True,
) -> Draft:
    """Work out a plan from the sessions chosen.

    budgets : kept for courses outside the sessions; given : those courses, where they stand;
    analysis, shelf : where they are known already; with_remedies : say what would meet each need
    """
    rule = constants.planning_constants(administration)
    analysis = analysis or gap_analysis(administration, as_of=as_of)
    figures = gap_figures(administration, as_of=analysis.as_of)
    ruled = frames.rulings(administration)
    shelf = shelf or outside.catalogue(administration)
    asked = _asked(instance, analysis)
    after = _levels(asked, closings(asked, _attended(sessions, None), shelf.lifts))
    short = asked.assign(level=after)
    short = short.loc[short["level"] < short["required"], outside.GAPS]
    beside = given
    if beside is None:
        beside = outside.chosen(administration, instance, sessions, shelf, short, budgets)
    lines = accounts.chart(administration).of_items
    modules = {row.code: row for row in Module.objects.filter(administration=administration)}
    gains = closings(asked, _attended(sessions, beside), shelf.lifts)
    still = _still_open(reasons, asked, gains)
    asked_for = still if with_remedies else ()
    return Draft(
        instance=instance,
        sessions=sessions,
        outside=beside,
        asked=asked,
        gains=gains,
        ranked=ranking.ranked_needs(figures, ruled, rule, duties),
        barred=causes.other_causes(analysis, ruled),
        costs=costing.plan_costs(instance, sessions, beside, modules, rule, lines),
        reasons=_reasons(still, asked, gains, shelf),
        shelf=shelf,
        analysis=analysis,
        remedies=remedies.worked_out(instance, sessions, asked_for, beside, shelf, rule.trouble),
    )


def _still_open(
    found: Iterable[Reason], asked: pd.DataFrame, gains: pd.DataFrame
) -> tuple[Reason, ...]:
    """The reasons of gaps that courses outside the sessions leave open too."""
    open_rows = asked.loc[_levels(asked, gains) < asked["required"], PAIR]
    pairs = set(open_rows.itertuples(index=False, name=None))
    return tuple(one for one in found if (one.staff_id, one.competency_id) in pairs)


def _asked(instance: Instance, analysis: GapAnalysis) -> pd.DataFrame:
    """The assessed pairs that are asked for, as the planning engine counts them."""
    staff = instance.staff
    known = (instance.required > 0) & (staff.level != UNKNOWN)
    people, topics = np.nonzero(known)
    weight = instance.roles.weight[staff.role]
    rows = pd.DataFrame(
        {
            "staff": np.array(staff.ids)[people],
            "competency": np.array(instance.competency_ids)[topics],
            "level": staff.level[people, topics],
            "required": instance.required[people, topics],
            "weight": weight[people, topics].astype(float),
        }
    )
    known_cells = analysis.cells[[*PAIR, "held", "critical", "profile", "unit"]]
    return rows.merge(known_cells, on=PAIR, how="left")


def _attended(sessions: tuple[Session, ...], beside: pd.DataFrame | None) -> pd.DataFrame:
    rows = [(who, s.module_id, s.end_date) for s in sessions for who in s.staff_ids]
    held = pd.DataFrame(rows, columns=["staff", "module", "ends_on"])
    if beside is None or beside.empty:
        return held
    return pd.concat([held, beside[["staff", "module", "ends_on"]]], ignore_index=True)


def _levels(asked: pd.DataFrame, gains: pd.DataFrame) -> pd.Series:
    """The level of each row of `asked` after the gains."""
    top = gains.groupby(PAIR, as_index=False).agg(after=("after", "max"))
    after = asked[PAIR].merge(top, on=PAIR, how="left")["after"]
    reached = after.fillna(asked["level"].reset_index(drop=True)).astype("int64")
    return reached.set_axis(asked.index)


def reached(plan: Draft) -> pd.Series:
    """The level of each row of `asked` after the whole plan."""
    return _levels(plan.asked, plan.gains)


def _reasons(
    found: Iterable[Reason], asked: pd.DataFrame, gains: pd.DataFrame, shelf: Catalogue
) -> dict[tuple[str, str], tuple[str, str]]:
    """The engine's reasons; where only a course outside the sessions leads there: later."""
    held = _levels(asked, gains).tolist()
    profiles = asked["profile"].tolist()
    levels = {
        pair: (level, profile)
        for pair, level, profile in zip(
            asked[PAIR].itertuples(index=False, name=None), held, profiles, strict=True
        )
    }
    beside = {
        row.module: set(row.audience_profiles)
        for row in rows_of(shelf.modules)
        if row.mode in {"self_paced", "on_the_job", "provider_run"}
    }
    reasons = {}
    for reason in found:
        pair = (reason.staff_id, reason.competency_id)
        key, module = reason.key, reason.module_id
        if key == "no-module" and pair in levels:
            level, profile = levels[pair]
            later = [
                code
                for code, audience in beside.items()
                if _leads(shelf.lifts.get(code, {}).get(pair[1]), level)
                and (not audience or profile in audience)
            ]
            if later:
                key, module = "later", later[0]
        reasons[pair] = key, module
    return reasons


def _leads(lift: tuple[int, int] | None, level: int) -> bool:
    return lift is not None and lift[0] <= level < lift[1]
