"""The cheapest single change that would meet a need which a calendar leaves open."""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from training_calendar.solver.explain import Rest, rest_of, window
from training_calendar.solver.facts import UNKNOWN, Instance, Session
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.remedy import Change, Remedy, Trouble
from training_calendar.solver.remedy_sites import (
    NEW,
    Site,
    SiteTable,
    seat_cost,
    site_table,
)
from training_calendar.solver.solution import Reason

TRIED = 5
"""Places and times judged exactly for one need, the most promising first."""
TOGETHER = 2
"""Changes asked for together at most; where it takes more, a course elsewhere is thought of."""
DEEPEST = 4
"""Modules one after the other, at most."""
BAD = 1e9


def remedies(
    instance: Instance,
    sessions: Iterable[Session],
    reasons: Iterable[Reason],
    trouble: Trouble | None = None,
    *,
    busy: np.ndarray | None = None,
) -> tuple[Remedy, ...]:
    """For each reason the change that meets the need with the least cash and trouble.

    Every place and time of each module that leads to the level required is looked at: sessions
    that are held, and sessions that could be held in addition; what each of them lacks is a
    change. One change is better than two, whatever it costs. The calendar itself stays as it is.
    busy : N x H, days on which people can come to no session though they have no leave

    Source
    ------
    docs/methods/remedies.md.
    """
    desk = _Desk(instance, sessions, trouble or Trouble())
    if busy is not None:
        np.logical_or(desk.rest.taken, busy, out=desk.rest.taken)
        for person in np.flatnonzero(busy.any(axis=1)):
            desk.rest.weeks.enter(np.flatnonzero(busy[person]), np.array([person]))
    return tuple(desk.remedy(reason) for reason in desk.ranked(tuple(reasons)))


class _Desk:
    """Holds what the calendar leaves over, and the sites of each module once they are known."""

    def __init__(self, instance: Instance, sessions: Iterable[Session], trouble: Trouble) -> None:
        self.instance, self.trouble = instance, trouble
        self.rest: Rest = rest_of(instance, placed_sessions(instance, sessions))
        level, required = self.rest.level, instance.required
        self.left = np.where(level == UNKNOWN, 0, np.maximum(0, required - level))
        self.tables: dict[int, SiteTable] = {}
        self.lacks: dict[int, np.ndarray] = {}
        self.best: dict[tuple[int, int], list[tuple[float, int, Site]]] = defaultdict(list)
        self.row = {key: at for at, key in enumerate(instance.staff.ids)}
        self.column = {key: at for at, key in enumerate(instance.competency_ids)}
        self.unit = max(1.0, instance.parameters.per_diem)
        lengths = instance.modules.duration
        self.length = max(1, int(np.median(lengths))) if lengths.size else 1
        self.waived, self.partners = instance.waived, instance.partners

    def of(self, module: int) -> SiteTable:
        """The sites of a module."""
        if module not in self.tables:
            self.tables[module] = site_table(self.instance, self.rest, module, self.left)
        return self.tables[module]

    def ranked(self, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
        """Rank the sites of all needs, module by module; the reasons unchanged."""
        wanted: dict[int, set[int]] = defaultdict(set)
        for reason in reasons:
            i, c = self.row[reason.staff_id], self.column[reason.competency_id]
            for module in self._leading(i, c):
                if not self._before(i, c, module):
                    wanted[module].add(i)
        topics: dict[int, list[int]] = defaultdict(list)
        for reason in reasons:
            topics[self.row[reason.staff_id]].append(self.column[reason.competency_id])
        for module, people in sorted(wanted.items()):
            ordered = np.array(sorted(people))
            for i, near in zip(ordered.tolist(), self._nearest(module, ordered), strict=True):
                for c in topics[i]:
                    if module in self._leading(i, c) and not self._before(i, c, module):
                        for score, site in near:
                            held = self.best[i, c]
                            held.append((score, len(held), site))
        return reasons

    def remedy(self, reason: Reason) -> Remedy:
        """The best of the ways to meet one need."""
        i, c = self.row[reason.staff_id], self.column[reason.competency_id]
        ways = [
            found
            for _score, _n, site in heapq.nsmallest(TRIED, self.best.get((i, c), []))
            if (found := self._judged(i, c, (site,)))
        ]
        if not ways:
            ways = [found for found in self._ladders(i, c) if found]
        if not ways:
            ways = [found for found in self._widened(i, c) if found]
        if all(len(way.changes) > TOGETHER for way in ways):
            ways.append(self._elsewhere(i, c))
        return min(ways, key=self._reckoned)

    # -- which modules, and what must come before them

    def _leading(self, i: int, c: int) -> list[int]:
        """Modules for the role, not attended, that lead to the level required."""
        modules, rest = self.instance.modules, self.rest
        fits = modules.to_level[:, c] >= self.instance.required[i, c]
        fits &= modules.audience[:, self.instance.staff.role[i]]
        fits &= rest.done[i] >= self.instance.horizon.length
        return [int(m) for m in np.flatnonzero(fits)]

    def _before(self, i: int, c: int, module: int) -> list[int]:
        """What the person must attend first: prerequisites not attended, and lower rungs."""
        modules, never = self.instance.modules, self.instance.horizon.length
        missing = [
            int(m)
            for m in np.flatnonzero(modules.requires[module])
            if not self.waived[i, m] and self.rest.done[i, m] >= never
        ]
        start = int(modules.from_level[module, c])
        if start > self.rest.level[i, c]:
            rung = self._rung(i, c, start)
            missing += [m for m in rung if m not in missing]
        return missing

    def _rung(self, i: int, c: int, level: int) -> list[int]:
        """The cheapest module that lifts the person at least to a level; -1 if there is none."""
        modules = self.instance.modules
        fits = (modules.to_level[:, c] >= level) & (modules.from_level[:, c] < level)
        fits &= modules.audience[:, self.instance.staff.role[i]]
        fits &= self.rest.done[i] >= self.instance.horizon.length
        found = np.flatnonzero(fits)
        if not found.size:
            return [-1]
        return [int(min(found, key=lambda m: (modules.from_level[m, c], modules.cost_seat[m], m)))]

    def _ladder(self, i: int, c: int, module: int, deep: int = 1) -> list[int] | None:
        """The modules up to this one, each after what it needs; None where they lead nowhere."""
        if module < 0 or deep > DEEPEST:
            return None
        out: list[int] = []
        for before in self._before(i, c, module):
            way = self._ladder(i, c, before, deep + 1)
            if way is None:
                return None
            out += [m for m in way if m not in out]
        may = self.instance.modules.audience[module, self.instance.staff.role[i]]
        return [*out, module] if may else None

    # -- places and times

    def _nearest(self, module: int, people: np.ndarray) -> Iterator[list[tuple[float, Site]]]:
        """For each person the most promising sites of a module, with their scores."""
        table = self.of(module)
        late = table.ready[people][:, None] > table.first[None, :]
        for score in np.where(late, np.inf, self._scores(module, people)):
            order = np.argsort(score, kind="stable")[:TRIED]
            yield [(float(score[k]), table.sites[k]) for k in order if np.isfinite(score[k])]

    def _scores(self, module: int, people: np.ndarray) -> np.ndarray:
        """P x S: BAD for each change needed, plus cash and trouble; infinite: no change helps.

        What must come before the module is not looked at.
        """
        instance, rest, table = self.instance, self.rest, self.of(module)
        length = int(instance.modules.duration[module])
        station = instance.staff.station[people]
        cost = table.cost[None, :] + table.trips[instance.stations.region[station]]
        over = rest.days[people][:, table.year] + length > instance.parameters.max_days_staff_year
        busy = ~window(~rest.taken[people], length)[:, table.first]
        pair = ~window(~rest.watched[people], length)[:, table.first]
        leave = ~window(~instance.staff.leave[people], length)[:, table.first]
        shut, peak = table.shut[station], table.peak[station]
        full = ~rest.weeks.lets(people)[:, instance.horizon.week[table.first]]
        trouble = (
            over * self.trouble.training_day
            + leave * self.trouble.leave_day * length
            + shut * self.trouble.relief_day * length
            + peak * self.trouble.peak_day * length
            + full * self.trouble.week_place
            + pair * self.trouble.stand_in_day * length
            + self._lacks(module)[None, :]
        )
        bad = table.lacking[None, :] + (cost > table.money[None, :] + 1e-6)
        bad = bad + over + leave + shut + peak + full + pair
        impossible = busy | table.black[station]
        return np.asarray(np.where(impossible, np.inf, cost + self.unit * trouble + BAD * bad))

    def _lacks(self, module: int) -> np.ndarray:
        """S: the trouble of what each site lacks [days of subsistence]."""
        if module not in self.lacks:
            self.lacks[module] = np.array([self._lack(site) for site in self.of(module).sites])
        return self.lacks[module]

    def _lack(self, site: Site) -> float:
        length = len(site.days)
        return {
            "": 0.0,
            "place": self.trouble.place,
            "trainer": self.trouble.trainer_day * length,
            "venue": self.trouble.venue_day * length,
            "offer": self.trouble.offer,
        }[site.lacks]

    # -- ways of more than one step, and ways where no module leads there

    def _ladders(self, i: int, c: int) -> Iterator[Remedy | None]:
        for module in self._leading(i, c):
            way = self._ladder(i, c, module)
            if way and len(way) > 1:
                for hurry in (0.0, BAD):
                    yield self._climbed(i, c, way, hurry)

    def _climbed(self, i: int, c: int, way: list[int], hurry: float) -> Remedy | None:
        """The steps one after the other; with hurry the earliest day counts before the price."""
        steps: list[Site] = []
        after = -1
        for number, module in enumerate(way):
            table = self.of(module)
            latest = min((self.of(m).latest for m in way[number + 1 :]), default=10**6)
            score = self._scores(module, np.array([i]))[0] + hurry * table.last
            early = (table.first <= max(after, self._ready(i, module) - 1)) | (table.last >= latest)
            score = np.where(early, np.inf, score)
            if not score.size or not np.isfinite(score.min()):
                return None
            steps.append(table.sites[int(np.argmin(score))])
            after = steps[-1].last
        return self._judged(i, c, tuple(steps))

    def _ready(self, i: int, module: int) -> int:
        """The first day after what the person attends before the module; what is missing apart."""
        done, never = self.rest.done[i], self.instance.horizon.length
        before = np.flatnonzero(self.instance.modules.requires[module])
        days = [int(done[m]) + 1 for m in before if not self.waived[i, m] and done[m] < never]
        return max(days, default=0)

    def _widened(self, i: int, c: int) -> Iterator[Remedy | None]:
        """A module opened to the role, or one that is taught further."""
        modules, role = self.instance.modules, self.instance.staff.role[i]
        required, never = int(self.instance.required[i, c]), self.instance.horizon.length
        free = self.rest.done[i] >= never
        level = int(self.rest.level[i, c])
        for m in np.flatnonzero((modules.to_level[:, c] >= required) & free):
            if not modules.audience[m, role] and modules.from_level[m, c] <= level:
                opened = Change("audience", at=int(m))
                yield from self._with(i, c, int(m), opened)
        short = (modules.to_level[:, c] > 0) & (modules.to_level[:, c] < required)
        for m in np.flatnonzero(short & modules.audience[:, role]):
            taught = Change("level", float(required), at=int(m))
            if not free[m]:
                yield self._made(i, c, (taught,), ())
            elif modules.from_level[m, c] <= level:
                yield from self._with(i, c, int(m), taught)

    def _with(self, i: int, c: int, module: int, change: Change) -> Iterator[Remedy | None]:
        if self._before(i, c, module):
            return
        for _score, site in next(self._nearest(module, np.array([i]))):
            yield self._judged(i, c, (site,), (change,))

    def _elsewhere(self, i: int, c: int) -> Remedy:
        """A course elsewhere on days on which the person can go; its price is unknown."""
        instance, rest = self.instance, self.rest
        horizon, station = instance.horizon, instance.staff.station[i]
        going = horizon.open & ~rest.taken[i] & ~instance.stations.black[station]
        easy = going & ~rest.leave[i] & (rest.room[station] > 0)
        for free in (easy, going):
            for length in range(self.length, 0, -1):
                whole = window(free[None, :], length)[0]
                last = np.arange(whole.size) + length - 1
                whole &= horizon.week[: whole.size] == horizon.week[last]
                starts = np.flatnonzero(whole)
                if starts.size:
                    home = int(instance.stations.region[station])
                    first = int(starts[0])
                    site = Site(-1, first, first + length - 1, home, offer=NEW)
                    course = Change("course", float(instance.required[i, c]), c, site=site)
                    found = self._judged(i, c, (site,), (course,))
                    if found:
                        return found
        return self._made(i, c, (Change("course", float(instance.required[i, c]), c),), ())

    # -- judging exactly

    def _judged(
        self, i: int, c: int, steps: tuple[Site, ...], given: tuple[Change, ...] = ()
    ) -> Remedy | None:
        """The remedy with every change it needs; None where the person cannot go."""
        chosen = tuple(self._with_others(site, i) for site in steps)
        for at, site in enumerate(chosen):
            if at and site.first <= chosen[at - 1].last:
                return None
        changes = [*given]
        for site in chosen:
            found = self._of_site(site, i)
            if found is None:
                return None
            changes += found
        changes += [*self._days(chosen, i), *self._relief(chosen, i), *self._weekly(chosen, i)]
        changes += self._money(chosen, i)
        if not given and not self._arrives(i, c, chosen):
            return None
        return self._made(i, c, tuple(changes), chosen)

    def _with_others(self, site: Site, i: int) -> Site:
        """The group without the person, and so that the person's station can spare them too."""
        if site.joined >= 0 or site.module < 0:
            return site
        instance = self.instance
        least = max(0, int(instance.modules.min_seats[site.module]) - 1)
        own = instance.staff.station[i]
        room = int(self.rest.room[own, site.first : site.last + 1].min()) - 1
        room = min(room, int(self.rest.weeks.room[own, instance.horizon.week[site.first]]) - 1)
        others: list[int] = []
        for other in site.others:
            at_home = instance.staff.station[other] == own
            paired = other in self.partners.get(i, ())
            if other == i or paired or len(others) == least or (at_home and room <= 0):
                continue
            room -= at_home
            others.append(other)
        cost = site.cost - sum(seat_cost(instance, site, who) for who in site.others[:least])
        cost += sum(seat_cost(instance, site, who) for who in others)
        return replace(site, others=tuple(others), cost=cost)

    def _of_site(self, site: Site, i: int) -> list[Change] | None:
        """What the place and time lack, and the person's leave; None where the person is busy."""
        instance, rest = self.instance, self.rest
        span = slice(site.first, site.last + 1)
        station = instance.staff.station[i]
        if rest.taken[i, span].any() or instance.stations.black[station, span].any():
            return None
        out = []
        if instance.staff.leave[i, span].any():
            out.append(Change("leave", float(len(site.days)), i, site.first, site.last, site))
        if instance.busy[station, span].any():
            days = float(len(site.days))
            out.append(Change("peak", days, int(station), site.first, site.last, site))
        if rest.watched[i, span].any():
            out.append(Change("pair", float(len(site.days)), i, site.first, site.last, site))
        if site.module < 0:
            return out
        people = 1 + len(site.others)
        if site.lacks == "place":
            people = len(rest.placed[site.joined].staff) + 1
            out.append(Change("place", float(people), site.module, site=site))
        elif site.lacks:
            out.append(Change(site.lacks, float(len(site.days)), site.module, site=site))
        if site.joined < 0 and people < int(instance.modules.min_seats[site.module]):
            out.append(Change("group", float(people), site.module, site=site))
        return out

    def _days(self, steps: tuple[Site, ...], i: int) -> list[Change]:
        years: dict[int, int] = defaultdict(int)
        for site in steps:
            years[int(self.instance.horizon.year[site.first])] += len(site.days)
        limit = self.instance.parameters.max_days_staff_year
        return [
            Change("days", float(self.rest.days[i, year] + more), year)
            for year, more in sorted(years.items())
            if self.rest.days[i, year] + more > limit
        ]

    def _relief(self, steps: tuple[Site, ...], i: int) -> list[Change]:
        instance, out = self.instance, []
        for site in steps:
            away: dict[int, int] = defaultdict(int)
            for person in (i, *site.others):
                away[int(instance.staff.station[person])] += 1
            for station, people in sorted(away.items()):
                spare = int(self.rest.room[station, site.first : site.last + 1].min())
                if people > spare:
                    lack = float(people - max(0, spare))
                    out.append(Change("cover", lack, station, site.first, site.last, site))
        return out

    def _weekly(self, steps: tuple[Site, ...], i: int) -> list[Change]:
        """Stations that would have more in training in a week than their share."""
        weeks, out = self.rest.weeks, []
        away: dict[tuple[int, int], set[int]] = defaultdict(set)
        where: dict[tuple[int, int], Site] = {}
        for site in steps:
            week = int(self.instance.horizon.week[site.first])
            for person in (i, *site.others):
                if not weeks.count[person, week]:
                    key = int(weeks.station[person]), week
                    away[key].add(person)
                    where.setdefault(key, site)
        for (station, week), people in sorted(away.items()):
            lack = len(people) - max(0, int(weeks.room[station, week]))
            site = where[station, week]
            if lack > 0:
                out.append(Change("week", float(lack), station, site.first, site.last, site))
        return out

    def _money(self, steps: tuple[Site, ...], i: int) -> list[Change]:
        quarters: dict[int, float] = defaultdict(float)
        left: dict[int, float] = {}
        for site in steps:
            if site.module >= 0:
                cost = site.cost + seat_cost(self.instance, site, i)
                quarter = int(self.instance.horizon.quarter[site.first])
                quarters[quarter] += cost
                mine = float(self.rest.till.left(site.module, site.first))
                left[quarter] = min(mine, left.get(quarter, mine))
        return [
            Change("money", float(math.ceil(cost - max(0.0, left[q]) - 1e-6)), q)
            for q, cost in sorted(quarters.items())
            if cost > left[q] + 1e-6
        ]

    def _arrives(self, i: int, c: int, steps: tuple[Site, ...]) -> bool:
        """Whether the person reaches the level required, everything attended in order."""
        instance, modules = self.instance, self.instance.modules
        held = [(s.last, s.module) for s in self.rest.placed if i in s.staff]
        done = {module: last for last, module in held}
        for site in steps:
            for before in np.flatnonzero(modules.requires[site.module]):
                if not self.waived[i, before] and done.get(int(before), 10**6) >= site.first:
                    return False
            done[site.module] = site.last
        level = int(instance.staff.level[i, c])
        for _last, module in sorted([*held, *((site.last, site.module) for site in steps)]):
            if level >= modules.from_level[module, c]:
                level = max(level, int(modules.to_level[module, c]))
        return level >= int(instance.required[i, c])

    def _made(
        self,
        i: int,
        c: int,
        changes: tuple[Change, ...],
        steps: tuple[Site, ...],
    ) -> Remedy:
        fresh = [site for site in steps if site.joined < 0]
        kind = changes[0].kind if changes else ("session" if fresh else "seat")
        known = all(site.module >= 0 for site in steps) and bool(steps)
        cost = (
            sum(site.cost + seat_cost(self.instance, site, i) for site in steps) if known else None
        )
        return Remedy(
            self.instance.staff.ids[i],
            self.instance.competency_ids[c],
            kind,
            changes,
            tuple(self._session(n, site, i) for n, site in enumerate(steps, start=1)),
            steps,
            len(steps[-1].others) if steps else 0,
            cost if known else None,
        )

    def _session(self, number: int, site: Site, i: int) -> Session:
        instance = self.instance
        who = instance.staff.ids[i]
        if site.joined >= 0:
            was = self.rest.placed[site.joined].session
            return replace(was, staff_ids=(*was.staff_ids, who), pinned=True)
        place = _name(instance.venues.ids, site.venue, f"+venue{number}")
        offer = _name(instance.offers.ids, site.offer, f"+offer{number}")
        return Session(
            f"+{number}",
            instance.modules.ids[site.module] if site.module >= 0 else "+course",
            instance.horizon.date_of(site.first),
            instance.horizon.date_of(site.last),
            place or offer,
            _name(instance.instructors.ids, site.trainer, f"+trainer{number}"),
            (who, *(instance.staff.ids[other] for other in site.others)),
            pinned=True,
        )

    def _reckoned(self, remedy: Remedy) -> tuple[int, float]:
        """One change before two; then cash and trouble [money]."""
        trouble = sum(self._troubled(change, remedy.steps) for change in remedy.changes)
        return len(remedy.changes), (remedy.cost or 0.0) + self.unit * trouble

    def _troubled(self, change: Change, steps: tuple[Site, ...]) -> float:
        """The trouble of one change [days of subsistence]."""
        costs, site = self.trouble, change.site
        days = len(site.days) if site else sum(len(step.days) for step in steps)
        least = (
            int(self.instance.modules.min_seats[site.module]) if site and site.module >= 0 else 0
        )
        return {
            "place": costs.place,
            "group": costs.group * max(0.0, least - change.amount),
            "trainer": costs.trainer_day * days,
            "venue": costs.venue_day * days,
            "offer": costs.offer,
            "days": costs.training_day * days,
            "leave": costs.leave_day * days,
            "cover": costs.relief_day * days * change.amount,
            "peak": costs.peak_day * days,
            "week": costs.week_place * change.amount,
            "pair": costs.stand_in_day * days,
            "audience": costs.audience,
            "level": costs.level,
            "course": costs.course,
        }.get(change.kind, 0.0)


def _name(ids: tuple[str, ...], at: int, new: str) -> str:
    if at == NEW:
        return new
    return ids[at] if at >= 0 else ""
