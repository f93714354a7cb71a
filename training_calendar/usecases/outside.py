"""Courses outside the sessions, chosen for what the sessions leave open."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from django.db.models import Q

from hrplan.core.models import Administration
from training_calendar import frames
from training_calendar.analysis.outside import (
    COURSES,
    Courses,
    Days,
    Person,
    is_block,
    outside_enrolments,
)
from training_calendar.models import SESSION_MODES, Module
from training_calendar.solver.explain import rest_of
from training_calendar.solver.facts import UNKNOWN, Instance, Session
from training_calendar.solver.placed import placed_sessions
from training_calendar.tables.planning import JOIN
from training_calendar.usecases import constants

FAR = ("regional", "long_haul")
GAPS = ["staff", "competency", "level", "required", "weight"]


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Modules offered, as frames, and what each lifts: module -> competency -> (from, to)."""

    modules: pd.DataFrame
    outcomes: pd.DataFrame
    prerequisites: pd.DataFrame
    lifts: dict[str, dict[str, tuple[int, int]]]


def catalogue(administration: Administration) -> Catalogue:
    """The modules that are planned as a whole, those of programmes and beside sessions too."""
    modules = frames.modules(administration)
    outcomes = frames.outcomes(administration)
    outcomes = outcomes[outcomes["module"].isin(modules["module"])]
    lifts: dict[str, dict[str, tuple[int, int]]] = {}
    for module, topic, low, high in outcomes.itertuples(index=False):
        lifts.setdefault(module, {})[topic] = (low, high)
    return Catalogue(modules, outcomes, frames.prerequisites(administration), lifts)


def reserve_share(administration: Administration) -> float:
    """The share of each quarter's money that is kept for these courses [0..1].

    None where no course on offer costs anything: what nobody can spend is for the sessions.
    """
    beside = Module.objects.filter(administration=administration, is_offered=True)
    paid = beside.exclude(mode__in=SESSION_MODES).filter(Q(cost_person__gt=0) | Q(travel__in=FAR))
    return constants.planning_constants(administration).reserve_share if paid.exists() else 0.0


def person_cost(course: pd.DataFrame, per_diem: float) -> pd.Series:
    """What one person's place costs: the fee, and subsistence where the course is abroad."""
    away = course["travel"].isin(FAR) * course["days"].astype(float)
    return course["cost_person"].astype(float) + away * per_diem


def chosen(
    administration: Administration,
    instance: Instance,
    sessions: tuple[Session, ...],
    shelf: Catalogue,
    gaps: pd.DataFrame,
    budgets: dict[str, float],
) -> pd.DataFrame:
    """Enrolments outside the sessions: the rows of `analysis.outside.outside_enrolments`.

    gaps : what is still short after the sessions; the columns of GAPS
    budgets : money kept for these courses by quarter
    """
    rule = constants.planning_constants(administration)
    beside = shelf.modules[~shelf.modules["mode"].isin(SESSION_MODES)]
    money = pd.DataFrame(
        {
            "quarter": instance.horizon.quarter_ids,
            "amount": [budgets.get(name, 0.0) for name in instance.horizon.quarter_ids],
        }
    )
    return outside_enrolments(
        gaps,
        _people(instance, sessions, frames.service(administration, administration.as_of)),
        _courses(beside, shelf, instance.parameters.per_diem),
        _quarters(instance, money),
        _days(instance, sessions),
        rule.outside,
        price=instance.parameters.lambda_cost,
        must=_before_sessions(instance, sessions, shelf, set(beside["module"])),
    )


def _courses(beside: pd.DataFrame, shelf: Catalogue, per_diem: float) -> Courses:
    named = beside.assign(
        cost=person_cost(beside, per_diem),
        hours=beside["hours"] + beside["self_study_hours"],
        places=beside["max_group"],
        min_years=beside["min_service_years"],
        is_block=[
            is_block(mode, days, hours, own)
            for mode, days, hours, own in beside[
                ["mode", "days", "hours", "self_study_hours"]
            ].itertuples(index=False)
        ],
    )
    audience = named[["module", "audience_profiles"]].explode("audience_profiles").dropna()
    return Courses(
        modules=named[COURSES],
        outcomes=shelf.outcomes,
        prerequisites=shelf.prerequisites,
        audience=audience.set_axis(["module", "profile"], axis=1),
    )


def _people(
    instance: Instance, sessions: tuple[Session, ...], service: dict[str, float]
) -> dict[str, Person]:
    """What each person holds, and the modules of the sessions with their last days."""
    names, topics = instance.staff.ids, instance.competency_ids
    done: dict[str, dict[str, date]] = {name: {} for name in names}
    for session in sessions:
        for name in session.staff_ids:
            done[name][session.module_id] = session.end_date
    made = {}
    for at, name in enumerate(names):
        role = instance.roles.ids[instance.staff.role[at]].split("<")[0]
        known = np.flatnonzero(instance.staff.level[at] != UNKNOWN)
        held = {topics[c]: int(instance.staff.level[at, c]) for c in known}
        profiles = frozenset(role.split(JOIN))
        made[name] = Person(profiles, held, done[name], service.get(name, 0.0))
    return made


def _quarters(instance: Instance, money: pd.DataFrame) -> pd.DataFrame:
    """The quarters of the horizon with their days and the money kept for courses outside."""
    horizon = instance.horizon
    spans = []
    for at in range(len(horizon.quarter_ids)):
        days = np.flatnonzero(horizon.quarter == at)
        spans.append((horizon.date_of(int(days[0])), horizon.date_of(int(days[-1]))))
    rows = money.assign(
        starts_on=[first for first, _last in spans], ends_on=[last for _first, last in spans]
    )
    return rows.sort_values("starts_on").reset_index(drop=True)


def _days(instance: Instance, sessions: tuple[Session, ...]) -> Days:
    rest = rest_of(instance, placed_sessions(instance, sessions))
    return Days(
        start=instance.horizon.start,
        workday=instance.horizon.workday,
        staff=instance.staff.ids,
        station=instance.staff.station,
        free=~(rest.taken | rest.leave | rest.watched | instance.horizon.closed),
        room=rest.room.copy(),
        week=instance.horizon.week,
        week_room=rest.weeks.room,
        in_week=rest.weeks.count,
        partners=instance.partners,
    )


def _before_sessions(
    instance: Instance, sessions: tuple[Session, ...], shelf: Catalogue, beside: set[str]
) -> pd.DataFrame:
    """Prerequisites outside the sessions that people in sessions do not hold yet."""
    asked = shelf.prerequisites[shelf.prerequisites["requires"].isin(beside)]
    needed = asked.groupby("module")["requires"].agg(list).to_dict()
    held = {name: at for at, name in enumerate(instance.staff.ids)}
    column = {name: at for at, name in enumerate(instance.competency_ids)}
    rows = []
    for session in sessions:
        for module in needed.get(session.module_id, ()):
            for name in session.staff_ids:
                levels = instance.staff.level[held[name]]
                missing = any(
                    levels[column[topic]] not in (UNKNOWN, *range(high, 6))
                    for topic, (_low, high) in shelf.lifts.get(module, {}).items()
                )
                if missing:
                    rows.append((name, module, session.start_date))
    return pd.DataFrame(rows, columns=["staff", "module", "before"])
