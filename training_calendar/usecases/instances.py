"""The administration as a planning problem: its tables, and the extra ones of the solver."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from training_calendar import frames
from training_calendar.analysis import duty
from training_calendar.models import Calendar, Module, Offer
from training_calendar.solver import facts
from training_calendar.solver.further import week_most
from training_calendar.solver.instance import instance_from_tables
from training_calendar.solver.tables import InstanceError
from training_calendar.tables import planning
from training_calendar.usecases import (
    causes,
    constants,
    funding_sources,
    outside,
    rule_weights,
    stored,
)

Tables = dict[str, pd.DataFrame]
SHOWN = 8


def planning_tables(administration: Administration, as_of: date) -> tuple[Tables, dict[str, Any]]:
    """The tables of a planning instance and its parameters, with the solver's extra tables.

    Values stay out of `role_profiles`, and so does what is short for a cause that training doesn't
    answer: neither asks for training. Held levels are rounded down. Beside the exchange format:
    `duty`, `audience`, `peaks`, and `from_level` of effects; the further rules that block are
    obeyed. Refused without planning parameters or without money.
    """
    tables = planning.tables_of(administration, as_of)
    ruled = frames.rulings(administration)
    tables["role_profiles"] = causes.trainable(tables["role_profiles"], ruled)
    rule = constants.planning_constants(administration)
    params = planning.parameters(administration, tables, cost_gap_share=rule.cost_gap_share)
    tables["module_effects"] = planning.effects(administration, with_from_level=True)
    tables["external_offers"] = _open_offers(administration, tables["external_offers"], as_of)
    tables |= _by_service(administration, tables, as_of)
    tables["blackouts"] = _prepared(tables, as_of + timedelta(days=rule.preparation_days))
    stations = duty.station_duty(frames.stations(administration, as_of), rule.duty)
    stations = stations[stations["station"].isin(tables["stations"]["station_id"])]
    days = pd.DatetimeIndex(pd.to_datetime(tables["calendar"]["date"]))
    tables["duty"] = duty.duty_spans(stations, days)
    tables |= _further(tables, stations)
    tables |= funding_sources.earmarks(administration)
    return tables, {**params, "obeyed": rule_weights.obeyed(administration)}


def _further(tables: Tables, stations: pd.DataFrame) -> Tables:
    """What the further rules look at: the share of a week, and the busy months."""
    most = dict(zip(stations["station"], week_most(stations["headcount"]), strict=True))
    months = stations[["station", "peak_months"]].explode("peak_months").dropna()
    return {
        "stations": tables["stations"].assign(max_week=tables["stations"]["station_id"].map(most)),
        "peaks": months.set_axis(["station_id", "month"], axis=1).drop_duplicates(),
    }


def planning_instance(
    administration: Administration,
    as_of: date,
    *,
    budget_share: float = 1.0,
) -> facts.Instance:
    """The planning problem of the sessions; the reserve for courses outside them is kept back.

    budget_share : of each quarter's money. Refused with the faults of the tables named.
    """
    return next(planning_instances(administration, as_of, [budget_share]))


def planning_instances(
    administration: Administration, as_of: date, budget_shares: Iterable[float]
) -> Iterator[facts.Instance]:
    """The same for several shares of the money, from one reading of the rows."""
    tables, params = planning_tables(administration, as_of)
    for_sessions = 1 - outside.reserve_share(administration)
    for share in budget_shares:
        kept = share * for_sessions
        amounts = (tables["budget"]["amount"].astype(float) * kept).round(2)
        money = {"budget": tables["budget"].assign(amount=amounts)}
        yield built({**tables, **money, **_bound(tables, share)}, params)


def calendar_instance(calendar: Calendar, *, pinned: bool = False) -> facts.Instance:
    """The planning problem that a calendar answers, with its money.

    Blocks outside the sessions, and days on which a station keeps somebody, are absences.

    Each quarter has its money times the plan's share, less what courses outside the sessions
    take. pinned : with what is pinned in it kept.
    """
    plan = calendar.plan
    tables, params = planning_tables(calendar.administration, plan.as_of)
    named = dict(rows_of(tables["calendar"][["date", "quarter"]]))
    spent: dict[str, float] = {}
    for day, cost in frames.outside_costs(calendar):
        spent[named[day]] = spent.get(named[day], 0.0) + cost
    left = [
        max(0.0, float(amount) * plan.budget_share - spent.get(quarter, 0.0))
        for quarter, amount in tables["budget"][["quarter", "amount"]].itertuples(index=False)
    ]
    tables["budget"] = tables["budget"].assign(amount=left)
    tables |= _bound(tables, plan.budget_share)
    blocks = frames.blocks(calendar)[["staff", "starts_on", "ends_on"]]
    blocks = blocks.set_axis(tables["leave"].columns, axis=1)
    kept = frames.refusals(calendar.administration).set_axis(tables["leave"].columns, axis=1)
    absent = [one for one in (tables["leave"], blocks, kept) if len(one)]
    tables["leave"] = pd.concat(absent) if absent else tables["leave"]
    tables["courses"] = blocks
    if pinned:
        sessions = stored.sessions_of(calendar, as_of=calendar.administration.as_of)
        tables |= stored.pinned_tables(sessions)
    return built(tables, params)


def _bound(tables: Tables, share: float) -> Tables:
    """The same share of the money that sources bind; of a whole quarter, reserve and all."""
    bound = tables["earmarks"]
    bound = bound[bound["quarter"].isin(tables["budget"]["quarter"])]
    return {"earmarks": bound.assign(amount=bound["amount"].astype(float) * share)}


def built(tables: Mapping[str, pd.DataFrame], params: Mapping[str, Any]) -> facts.Instance:
    """The frozen planning problem. Refused with the faults of the tables named."""
    try:
        return instance_from_tables(tables, params)
    except InstanceError as error:
        raise ValidationError(_faults(error)) from error


def _prepared(tables: Tables, ready_on: date) -> pd.DataFrame:
    """The black-outs, and the days before anything can be ready."""
    first, known = tables["calendar"]["date"].min(), tables["blackouts"]
    if ready_on <= first:
        return known
    early = (first, ready_on - timedelta(days=1), "ALL", "")
    row = pd.DataFrame([early], columns=known.columns)
    return pd.concat([known, row], ignore_index=True) if len(known) else row


def _faults(error: InstanceError) -> list[str]:
    head = _("The data do not make a planning problem yet.")
    lines = [
        _("Table %(table)s, %(column)s: %(value)s (%(reason)s)")
        % {"table": f.table, "column": f.column, "value": f.value, "reason": f.reason}
        for f in error.faults[:SHOWN]
    ]
    if len(error.faults) > SHOWN:
        lines.append(_("and %(count)d more") % {"count": len(error.faults) - SHOWN})
    return [head, *lines]


def _open_offers(administration: Administration, offers: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The offers for which people can still be nominated, with the lead time of their module."""
    rows = Offer.objects.filter(administration=administration)
    closed = [
        code
        for code, nominate_by, starts_on in rows.values_list("code", "nominate_by", "starts_on")
        if (nominate_by or starts_on) < as_of
    ]
    return offers[~offers["offer_id"].isin(closed)].reset_index(drop=True)


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a module asks of those who attend it: one of these profiles, years of service."""

    profiles: frozenset[str]
    years: int


def _by_service(administration: Administration, tables: Tables, as_of: date) -> Tables:
    """Roles told apart by service where a module asks for years, and who may attend what."""
    known = set(tables["modules"]["module_id"])
    asked = Module.objects.filter(administration=administration, code__in=known)
    entries = {
        code: _Entry(frozenset(profiles), years)
        for code, profiles, years in asked.values_list(
            "code", "audience_profiles", "min_service_years"
        )
    }
    steps = sorted({entry.years for entry in entries.values() if entry.years})
    staff = tables["staff"]
    years = frames.service(administration, as_of)
    bands = [sum(years[code] >= step for step in steps) for code in staff["staff_id"]]
    names = [
        role if band == len(steps) else f"{role}<{steps[band]}"
        for role, band in zip(staff["role_id"], bands, strict=True)
    ]
    variants = pd.DataFrame({"base": staff["role_id"], "role_id": names, "band": bands})
    variants = variants.drop_duplicates("role_id")
    profiles = tables["role_profiles"].rename(columns={"role_id": "base"})
    return {
        "staff": staff.assign(role_id=names),
        "role_profiles": variants[["base", "role_id"]]
        .merge(profiles, on="base")
        .drop(columns="base"),
        "audience": _audience(entries, variants, steps),
    }


def _audience(
    entries: Mapping[str, _Entry], variants: pd.DataFrame, steps: list[int]
) -> pd.DataFrame:
    rows = []
    for module, entry in entries.items():
        if not entry.profiles and not entry.years:
            continue
        need = sum(step <= entry.years for step in steps)
        may = [
            (module, role)
            for base, role, band in variants[["base", "role_id", "band"]].itertuples(index=False)
            if band >= need and (not entry.profiles or entry.profiles & set(base.split("+")))
        ]
        rows += may or [(module, planning.NOBODY)]
    return pd.DataFrame(rows, columns=["module_id", "role_id"])
