"""What would meet each need that stays open: worked out, stored with the plan, and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.models import Unit
from hrplan.core.figures import day, listed, money
from hrplan.core.frames import rows_of
from hrplan.core.models import Administration
from training_calendar import wording
from training_calendar.analysis.outside import is_block
from training_calendar.models import SESSION_MODES, Module, Need, Remedy
from training_calendar.solver import remedies as search
from training_calendar.solver import remedy as found_by
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.remedy_sites import Site
from training_calendar.solver.solution import Reason
from training_calendar.usecases.outside import Catalogue

Pair = tuple[str, str]
LATER, MEASURE = "later", "measure"
MOST = 20_000
"""Open needs that are looked at, the heaviest first."""
KINDS = (*found_by.KINDS, LATER, MEASURE)


def worked_out(
    instance: Instance,
    sessions: tuple[Session, ...],
    reasons: Iterable[Reason],
    beside: pd.DataFrame,
    shelf: Catalogue,
    trouble: found_by.Trouble,
) -> dict[Pair, found_by.Remedy]:
    """(staff, competency) -> the cheapest change that would meet the gap.

    beside : courses outside the sessions; their blocks keep people busy
    """
    busy = _busy(instance, beside, shelf)
    asked = sorted(reasons, key=lambda reason: -reason.weight)[:MOST]
    found = search.remedies(instance, sessions, asked, trouble, busy=busy)
    return {(one.staff_id, one.competency_id): one for one in found}


def _busy(instance: Instance, beside: pd.DataFrame, shelf: Catalogue) -> np.ndarray:
    """N x H: days that people spend in blocks outside the sessions."""
    busy = np.zeros((len(instance.staff.ids), instance.horizon.length), dtype=bool)
    blocks = {
        row.module
        for row in rows_of(shelf.modules)
        if row.mode not in SESSION_MODES
        and is_block(row.mode, row.days, row.hours, row.self_study_hours)
    }
    row_of = {key: at for at, key in enumerate(instance.staff.ids)}
    for course in rows_of(beside[["staff", "module", "starts_on", "ends_on"]]):
        if course.module in blocks and course.staff in row_of:
            first = max(0, instance.horizon.day_of(course.starts_on))
            busy[row_of[course.staff], first : instance.horizon.day_of(course.ends_on) + 1] = True
    return busy


def rows(
    needs: Iterable[tuple[Need, Pair]],
    found: Mapping[Pair, found_by.Remedy],
    instance: Instance,
    names: Mapping[str, str],
    fees: Mapping[str, float],
) -> list[Remedy]:
    """The remedies of needs just saved, ready to be saved themselves.

    names : the reference of each session by the engine's id; fees : of a course outside the
    sessions for one person, by module [money]
    """
    made = []
    for need, pair in needs:
        if need.is_met:
            continue
        if need.reason == LATER and need.module:
            fee = fees.get(need.module.code)
            part = {"kind": LATER, "module": need.module.code, "amount": fee}
            cost = None if fee is None else _decimal(fee)
            made.append(Remedy(need=need, kind=LATER, parts=[part], cost=cost))
        elif pair in found:
            made.append(_row(need, found[pair], instance, names))
        elif need.reason.startswith("cause-"):
            part = {"kind": MEASURE, "cause": need.reason.removeprefix("cause-")}
            made.append(Remedy(need=need, kind=MEASURE, parts=[part]))
    return made


def _row(
    need: Need, remedy: found_by.Remedy, instance: Instance, names: Mapping[str, str]
) -> Remedy:
    return Remedy(
        need=need,
        kind=remedy.kind,
        parts=[_part(change, instance, names, remedy) for change in remedy.changes],
        places=[
            _place(site, session, instance, names)
            for site, session in zip(remedy.steps, remedy.sessions, strict=True)
        ],
        cost=None if remedy.cost is None else _decimal(remedy.cost),
    )


def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _part(
    change: found_by.Change, instance: Instance, names: Mapping[str, str], remedy: found_by.Remedy
) -> dict[str, Any]:
    """One change with codes and dates instead of positions."""
    part: dict[str, Any] = {"kind": change.kind, "amount": change.amount}
    site = change.site
    if site is not None:
        session = remedy.sessions[remedy.steps.index(site)]
        part |= _place(site, session, instance, names)
    match change.kind:
        case "money":
            part["quarter"] = instance.horizon.quarter_ids[change.at]
        case "cover" | "peak" | "week":
            part["station"] = instance.stations.ids[change.at]
        case "days":
            part["year"] = instance.horizon.years[change.at]
            part["limit"] = instance.parameters.max_days_staff_year
        case "audience" | "level":
            part["module"] = instance.modules.ids[change.at]
        case "venue":
            part["venue_kind"] = instance.modules.venue_kind[change.at]
    return part


def _place(
    site: Site, session: Session, instance: Instance, names: Mapping[str, str]
) -> dict[str, Any]:
    """Where and when the person would attend; `session` is empty for one that is added."""
    joined = site.joined >= 0
    return {
        "module": instance.modules.ids[site.module] if site.module >= 0 else "",
        "session": names.get(session.session_id, session.session_id) if joined else "",
        "first": session.start_date.isoformat(),
        "last": session.end_date.isoformat(),
        "region": instance.regions.ids[site.region] if site.region >= 0 else "",
        "people": len(site.others),
    }


# -- in words


@dataclass(frozen=True, slots=True)
class RemedyShown:
    """A remedy in words: what has to change, then the places it gives; its cash [money]."""

    kind: str
    change: str
    place: str
    cost: float | None
    is_single: bool


class Words:
    """Words for remedies of one administration; modules and stations by their titles."""

    def __init__(
        self, administration: Administration, units: Mapping[str, str] | None = None
    ) -> None:
        """units : code -> title, where they are at hand."""
        self.currency = administration.currency
        rows = Module.objects.filter(administration=administration).order_by()
        self.modules = dict(rows.values_list("code", "title"))
        stations = Unit.objects.filter(administration=administration).order_by()
        self.units = units if units is not None else dict(stations.values_list("code", "title"))

    def shown(self, remedy: Remedy) -> RemedyShown:
        """A stored remedy for a reader."""
        changes = [self._change(part) for part in remedy.parts]
        if not changes:
            changes = [self._decision(remedy)]
        return RemedyShown(
            kind=remedy.kind,
            change=listed(changes),
            place="; ".join(self._place(place) for place in remedy.places if place["module"]),
            cost=None if remedy.cost is None else float(remedy.cost),
            is_single=len(changes) <= 1,
        )

    def _module(self, code: str) -> str:
        return f"{code} {self.modules.get(code, '')}".strip()

    def _decision(self, remedy: Remedy) -> str:
        if remedy.kind == "seat":
            return _("nothing is lacking: give the free place")
        return _("nothing is lacking: decide one more session")

    def _change(self, part: Mapping[str, Any]) -> str:
        n = int(part.get("amount") or 0)
        facts = {
            "n": n,
            "module": self._module(part.get("module", "")),
            "days": _span(part),
            "session": part.get("session", ""),
            "quarter": part.get("quarter", ""),
            "station": self.units.get(part.get("station", ""), part.get("station", "")),
            "year": part.get("year", ""),
            "limit": part.get("limit", ""),
            "room": wording.venue_kind(part.get("venue_kind", "")),
            "region": part.get("region", ""),
            "level": n,
        }
        match part["kind"]:
            case "money":
                return _("a further %(amount)s in %(quarter)s") % {
                    "amount": money(part["amount"], self.currency),
                    "quarter": facts["quarter"],
                }
            case "place":
                return _("one more place in session %(session)s, %(n)d in all") % facts
            case "group":
                words = ngettext(
                    "a group of %(n)d person for %(module)s, below the smallest group",
                    "a group of %(n)d people for %(module)s, below the smallest group",
                    n,
                )
                return words % facts
            case "trainer":
                return _("a trainer for %(module)s, %(days)s") % facts
            case "venue":
                return _("a room (%(room)s) in %(region)s, %(days)s") % facts
            case "offer":
                return _("one more run of %(module)s by its provider, %(days)s") % facts
            case "days":
                words = _("%(n)d training days in %(year)s for this person instead of %(limit)s")
                return words % facts
            case "leave":
                return _("the leave of this person moved away from %(days)s") % facts
            case "cover":
                words = ngettext(
                    "%(n)d person of relief at %(station)s, %(days)s",
                    "%(n)d people of relief at %(station)s, %(days)s",
                    n,
                )
                return words % facts
            case "peak":
                return _("%(station)s lets one go in a busy month, %(days)s") % facts
            case "week":
                words = ngettext(
                    "%(n)d more of %(station)s in one week than its share, %(days)s",
                    "%(n)d more of %(station)s in one week than its share, %(days)s",
                    n,
                )
                return words % facts
            case "pair":
                words = _("somebody who stands in for what only two at the station hold, %(days)s")
                return words % facts
            case "audience":
                return _("%(module)s opened to this job profile") % facts
            case "level":
                return _("%(module)s taught up to level %(level)d") % facts
            case "course":
                return _("a course elsewhere that leads to level %(level)d, %(days)s") % facts
            case "later":
                return self._later(part)
        return wording.response(part.get("cause", ""))

    def _later(self, part: Mapping[str, Any]) -> str:
        module = self._module(part["module"])
        if not part.get("amount"):
            return _("a place in %(module)s, outside the sessions") % {"module": module}
        return _("a further %(amount)s for a place in %(module)s, outside the sessions") % {
            "amount": money(part["amount"], self.currency),
            "module": module,
        }

    def _place(self, place: Mapping[str, Any]) -> str:
        facts = {
            "session": place["session"],
            "module": self._module(place["module"]),
            "days": _span(place),
            "n": place["people"],
        }
        if place["session"]:
            return _("a place in session %(session)s, %(module)s, %(days)s") % facts
        if not place["people"]:
            return _("one more session of %(module)s, %(days)s") % facts
        words = ngettext(
            "one more session of %(module)s, %(days)s, with %(n)d more person",
            "one more session of %(module)s, %(days)s, with %(n)d more people",
            place["people"],
        )
        return words % facts


def _span(part: Mapping[str, Any]) -> str:
    """The days of a place; nothing where there is none."""
    if not part.get("first"):
        return ""
    first, last = date.fromisoformat(part["first"]), date.fromisoformat(part["last"])
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)d to %(last)s") % {"first": first.day, "last": day(last)}
    return _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}
