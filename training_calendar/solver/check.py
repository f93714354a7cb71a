"""The solver-free checker: each rule of a calendar once more, as one function with one sentence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, ONLINE, Instance, Session
from training_calendar.solver.further import EARMARKS, LAST_TWO, PEAK, WEEK_SHARE, further
from training_calendar.solver.measure import attended, objective
from training_calendar.solver.placed import Placed, placed_sessions, positions
from training_calendar.solver.solution import Check, Violation

CENT = 1e-6
"""Money may exceed a budget by this much, for the rounding of sums."""


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """What a rule looks at: the sessions as given, and those whose module and days are known."""

    instance: Instance
    sessions: tuple[Session, ...]
    placed: tuple[Placed, ...]
    attended: dict[int, list[Placed]]

    def date(self, day: int) -> date:
        """The date of a day number."""
        return self.instance.horizon.date_of(day)


Found = Iterator[Violation]
Rule = Callable[[Draft], Found]


def check(instance: Instance, sessions: Iterable[Session]) -> Check:
    """Every violation of a calendar, rule by rule, and its objective.

    Of the further rules those are looked at which the instance obeys.

    Source
    ------
    docs/methods/planning.md, section 2.
    """
    given = tuple(sessions)
    placed = placed_sessions(instance, given)
    draft = Draft(instance, given, placed, attended(placed))
    rules = [*RULES.values(), *(FURTHER[code] for code in FURTHER if code in instance.obeyed)]
    violations = tuple(found for rule in rules for found in rule(draft))
    return Check(violations, objective(instance, placed))


def unobeyed(instance: Instance, sessions: Iterable[Session]) -> tuple[Violation, ...]:
    """The violations of F3 and F4 where the instance doesn't obey them."""
    given = tuple(sessions)
    placed = placed_sessions(instance, given)
    draft = Draft(instance, given, placed, attended(placed))
    rules = [FURTHER[code] for code in (LAST_TWO, EARMARKS) if code not in instance.obeyed]
    return tuple(found for rule in rules for found in rule(draft))


def known_days(draft: Draft) -> Found:
    """A session has its own id, a known module and its full length of workdays in one week."""
    seen: set[str] = set()
    known = {id(s.session): s for s in draft.placed}
    horizon = draft.instance.horizon
    for session in draft.sessions:
        placed = known.get(id(session))
        if session.session_id in seen or placed is None:
            yield Violation("H01", session.session_id, day=session.start_date)
        seen.add(session.session_id)
        if placed is None:
            continue
        length = int(draft.instance.modules.duration[placed.module])
        days = slice(placed.first, placed.last + 1)
        one_week = horizon.week[placed.first] == horizon.week[placed.last]
        if len(placed.days) != length or not one_week or not horizon.workday[days].all():
            yield Violation(
                "H01",
                session.session_id,
                day=session.start_date,
                found=int(horizon.workday[days].sum()),
                allowed=length,
            )


def no_closure(draft: Draft) -> Found:
    """No session touches a day on which the whole administration is closed to training."""
    for s in draft.placed:
        if draft.instance.horizon.closed[s.first : s.last + 1].any():
            yield Violation("H02", s.session.session_id, day=s.session.start_date)


def venue_fits(draft: Draft) -> Found:
    """A classroom session has a venue of the module's kind that is open on all its days."""
    modules, venues = draft.instance.modules, draft.instance.venues
    for s in draft.placed:
        if modules.mode[s.module] != CLASSROOM:
            continue
        fits = s.venue >= 0 and venues.kind[s.venue] == modules.venue_kind[s.module]
        if not fits or not venues.available[s.venue, s.first : s.last + 1].all():
            yield Violation("H03", s.session.session_id, day=s.session.start_date)


def venue_once(draft: Draft) -> Found:
    """A venue holds at most one session a day."""
    yield from _once(draft, "H04", [(s.venue, s) for s in draft.placed if s.venue >= 0])


def _once(draft: Draft, rule: str, held: list[tuple[int, Placed]]) -> Found:
    taken: set[tuple[int, int]] = set()
    for key, s in held:
        for day in s.days:
            if (key, day) in taken:
                yield Violation(rule, s.session.session_id, day=draft.date(day))
            taken.add((key, day))


def instructor_fits(draft: Draft) -> Found:
    """An instructor is qualified, available, in one place, and within the days of the quarter."""
    instance = draft.instance
    trainers = instance.instructors
    led = []
    for s in draft.placed:
        if instance.modules.mode[s.module] == EXTERNAL:
            continue
        free = s.trainer >= 0 and trainers.available[s.trainer, s.first : s.last + 1].all()
        if not free or not trainers.qualified[s.trainer, s.module]:
            yield Violation("H05", s.session.session_id, day=s.session.start_date)
        else:
            led.append((s.trainer, s))
    yield from _once(draft, "H05", led)
    days: Counter[tuple[int, int]] = Counter()
    for trainer, s in led:
        length = int(instance.modules.duration[s.module])
        days[trainer, int(instance.horizon.quarter[s.first])] += length
    for (trainer, quarter), n in days.items():
        if n > trainers.max_days_quarter[trainer]:
            name = instance.horizon.quarter_ids[quarter]
            allowed = int(trainers.max_days_quarter[trainer])
            yield Violation("H05", quarter_id=name, found=n, allowed=allowed)


def online_without_venue(draft: Draft) -> Found:
    """An online session has no venue."""
    for s in draft.placed:
        if draft.instance.modules.mode[s.module] == ONLINE and s.session.venue_id:
            yield Violation("H06", s.session.session_id, day=s.session.start_date)


def offer_fits(draft: Draft) -> Found:
    """An external session takes an unused offer of its module, on its dates and with no lead."""
    offers = draft.instance.offers
    used: set[int] = set()
    for s in draft.placed:
        if draft.instance.modules.mode[s.module] != EXTERNAL:
            continue
        o = s.offer
        fits = o >= 0 and not s.session.instructor_id and offers.module[o] == s.module
        if fits:
            fits = (offers.first_day[o], offers.last_day[o]) == (s.first, s.last) and o not in used
            used.add(o)
        if not fits:
            yield Violation("H07", s.session.session_id, day=s.session.start_date)


def seats_in_bounds(draft: Draft) -> Found:
    """A session has as many people as its module asks for, and no more than its places."""
    for s in draft.placed:
        least = int(draft.instance.modules.min_seats[s.module])
        n = len(s.staff)
        if n < least or n > s.capacity:
            allowed = least if n < least else s.capacity
            yield Violation("H08", s.session.session_id, found=n, allowed=allowed)


def module_once(draft: Draft) -> Found:
    """A seat is of a known person, who attends a module at most once."""
    known = positions(draft.instance.staff.ids)
    seen: set[tuple[str, str]] = set()
    for session in draft.sessions:
        for who in session.staff_ids:
            if who not in known or (who, session.module_id) in seen:
                yield Violation("H09", session.session_id, who)
            seen.add((who, session.module_id))


def one_session_a_day(draft: Draft) -> Found:
    """A person is in at most one session a day."""
    busy = np.zeros(draft.instance.staff.leave.shape, dtype=bool)
    for s in sorted(draft.placed, key=lambda s: s.last):
        staff, seats = np.unique(np.array(s.staff, dtype=np.int64), return_counts=True)
        for person in staff[busy[staff, s.first : s.last + 1].any(axis=1) | (seats > 1)]:
            yield _of_person(draft, "H10", s, int(person))
        busy[staff, s.first : s.last + 1] = True


def _of_person(draft: Draft, rule: str, s: Placed, person: int) -> Violation:
    who = draft.instance.staff.ids[person]
    return Violation(rule, s.session.session_id, who, day=s.session.start_date)


def not_on_leave(draft: Draft) -> Found:
    """Nobody on leave is in a session."""
    leave = draft.instance.staff.leave
    for s in draft.placed:
        staff = np.array(s.staff, dtype=np.int64)
        for person in staff[leave[staff, s.first : s.last + 1].any(axis=1)]:
            yield _of_person(draft, "H11", s, int(person))


def station_not_black(draft: Draft) -> Found:
    """Nobody of a station is in a session while the station may let nobody go."""
    black, home = draft.instance.stations.black, draft.instance.staff.station
    for s in draft.placed:
        staff = np.array(s.staff, dtype=np.int64)
        shut = np.asarray(black[:, s.first : s.last + 1].any(axis=1))
        for person in staff[shut[home[staff]]]:
            yield _of_person(draft, "H12", s, int(person))


def _in_training(draft: Draft) -> np.ndarray:
    """K x H: people of each station in training on each day [persons]."""
    instance = draft.instance
    away = np.zeros((len(instance.stations.ids), instance.horizon.length), dtype=np.int64)
    for s in draft.placed:
        sent = np.bincount(instance.staff.station[list(s.staff)], minlength=len(away))
        away[:, s.first : s.last + 1] += sent[:, None]
    return away


def cover_by_policy(draft: Draft) -> Found:
    """No station has more people in training on a day than its policy lets away."""
    away = _in_training(draft)
    stations = draft.instance.stations
    for k, day in np.argwhere(away > stations.max_away[:, None]):
        yield Violation(
            "H13",
            station_id=stations.ids[k],
            day=draft.date(day),
            found=int(away[k, day]),
            allowed=int(stations.max_away[k]),
        )


def cover_by_duty(draft: Draft) -> Found:
    """Rostered less on leave less in training is never below the station's minimum."""
    instance, stations = draft.instance, draft.instance.stations
    away = _in_training(draft)
    on_duty = stations.rostered - instance.on_leave - away
    short = (away > 0) & (stations.minimum > 0) & (on_duty < stations.minimum)
    for k, day in np.argwhere(short):
        yield Violation(
            "C1",
            station_id=stations.ids[k],
            day=draft.date(day),
            found=int(on_duty[k, day]),
            allowed=int(stations.minimum[k, day]),
        )


def prerequisites_first(draft: Draft) -> Found:
    """Whoever attends a module has ended, or need not take, each module it requires."""
    waived = draft.instance.waived
    needs = [np.flatnonzero(row).tolist() for row in draft.instance.modules.requires]
    for person, sessions in draft.attended.items():
        for s in sessions:
            for before in needs[s.module]:
                done = any(o.module == before and o.last < s.first for o in sessions)
                if not done and not waived[person, before]:
                    yield _of_person(draft, "H14", s, person)


def within_budget(draft: Draft) -> Found:
    """The sessions that start in a quarter cost no more than its budget."""
    horizon = draft.instance.horizon
    cost = np.zeros(len(horizon.quarter_ids))
    for s in draft.placed:
        cost[horizon.quarter[s.first]] += s.cost
    for q in np.flatnonzero(cost > horizon.budget + CENT):
        name = horizon.quarter_ids[q]
        found, allowed = float(cost[q]), float(horizon.budget[q])
        yield Violation("H15", quarter_id=name, found=found, allowed=allowed)


def days_a_year(draft: Draft) -> Found:
    """Nobody is in training for more days of a calendar year than allowed."""
    instance = draft.instance
    limit = instance.parameters.max_days_staff_year
    days = np.zeros((len(instance.staff.ids), len(instance.horizon.years)), dtype=np.int64)
    for s in draft.placed:
        length = int(instance.modules.duration[s.module])
        np.add.at(days[:, instance.horizon.year[s.first]], list(s.staff), length)
    for person, year in np.argwhere(days > limit):
        n = int(days[person, year])
        yield Violation("H16", staff_id=instance.staff.ids[person], found=n, allowed=limit)


def right_audience(draft: Draft) -> Found:
    """A module that is meant for certain roles is attended by those only."""
    modules, role = draft.instance.modules, draft.instance.staff.role
    for s in draft.placed:
        for person in s.staff:
            if not modules.audience[s.module, role[person]]:
                yield _of_person(draft, "C2", s, person)


def pins_kept(draft: Draft) -> Found:
    """A pinned session stands as it was decided, with all its people."""
    now = {s.session_id: s for s in draft.sessions}
    for pin in draft.instance.pins:
        s = now.get(pin.session_id)
        if s is None or _where(s) != _where(pin):
            yield Violation("C3", pin.session_id, day=pin.start_date)
            continue
        for who in sorted(set(pin.staff_ids).difference(s.staff_ids)):
            yield Violation("C3", pin.session_id, who, day=pin.start_date)


def _where(s: Session) -> tuple[str, date, date, str, str]:
    return s.module_id, s.start_date, s.end_date, s.venue_id, s.instructor_id


RULES: dict[str, Rule] = {
    "H01": known_days,
    "H02": no_closure,
    "H03": venue_fits,
    "H04": venue_once,
    "H05": instructor_fits,
    "H06": online_without_venue,
    "H07": offer_fits,
    "H08": seats_in_bounds,
    "H09": module_once,
    "H10": one_session_a_day,
    "H11": not_on_leave,
    "H12": station_not_black,
    "H13": cover_by_policy,
    "H14": prerequisites_first,
    "H15": within_budget,
    "H16": days_a_year,
    "C1": cover_by_duty,
    "C2": right_audience,
    "C3": pins_kept,
}
"""Each rule under its code; the sentence of a rule is the docstring of its function."""


def share_of_a_week(draft: Draft) -> Found:
    """No station has more people in training in a week than its share."""
    yield from _further(draft, WEEK_SHARE)


def no_busy_month(draft: Draft) -> Found:
    """Nobody of a station is in training in one of its busy months."""
    yield from _further(draft, PEAK)


def _further(draft: Draft, rule: str) -> Found:
    stations = draft.instance.stations
    limits = pd.DataFrame(
        {
            "station": stations.ids,
            "week_most": stations.week_most,
            "peak_months": [(np.flatnonzero(row) + 1).tolist() for row in stations.peak],
        }
    )
    for one in further(limits, _places(draft)):
        if one.rule == rule:
            yield Violation(
                rule,
                station_id=one.station,
                day=one.week,
                found=one.found,
                allowed=one.allowed,
            )


def _places(draft: Draft) -> pd.DataFrame:
    """One row per place in a session or a block outside: staff, station, starts_on, ends_on."""
    spans = [(person, s.first, s.last) for s in draft.placed for person in s.staff]
    rows = np.array([*spans, *draft.instance.courses.tolist()], dtype=np.int64).reshape(-1, 3)
    start, ids = np.datetime64(draft.instance.horizon.start, "D"), draft.instance.stations.ids
    return pd.DataFrame(
        {
            "staff": rows[:, 0],
            "station": np.array(ids, dtype=object)[draft.instance.staff.station[rows[:, 0]]],
            "starts_on": start + rows[:, 1],
            "ends_on": start + rows[:, 2],
        }
    )


def last_two_apart(draft: Draft) -> Found:
    """Nobody is in a session while the only other holder of a competency is away."""
    instance = draft.instance
    away = instance.staff.leave.copy()
    for s in draft.placed:
        away[list(s.staff), s.first : s.last + 1] = True
    for one, other in np.unique(instance.holders, axis=0).tolist():
        for person, partner in ((one, other), (other, one)):
            for s in draft.attended.get(person, ()):
                if away[partner, s.first : s.last + 1].any():
                    found = _of_person(draft, LAST_TWO, s, person)
                    yield replace(found, station_id=_home(draft, person))


def _home(draft: Draft, person: int) -> str:
    return draft.instance.stations.ids[int(draft.instance.staff.station[person])]


def earmarks_kept(draft: Draft) -> Found:
    """Money of a source with conditions pays only for what meets them."""
    horizon, earmarks = draft.instance.horizon, draft.instance.earmarks
    whole = np.zeros(len(horizon.quarter_ids))
    bound = np.zeros((len(horizon.quarter_ids), len(earmarks.ids)))
    for s in draft.placed:
        whole[horizon.quarter[s.first]] += s.cost
        source = earmarks.of[s.module, s.first] if earmarks.ids else -1
        if source >= 0:
            bound[horizon.quarter[s.first], source] += s.cost
    free = horizon.budget - earmarks.amount.sum(axis=1) if earmarks.ids else horizon.budget
    paid = whole - np.minimum(bound, earmarks.amount).sum(axis=1) if earmarks.ids else whole
    for q in np.flatnonzero(paid > free + CENT):
        found, allowed = float(paid[q]), float(free[q])
        name = horizon.quarter_ids[q]
        yield Violation(EARMARKS, quarter_id=name, found=found, allowed=allowed)


FURTHER: dict[str, Rule] = {
    WEEK_SHARE: share_of_a_week,
    PEAK: no_busy_month,
    LAST_TWO: last_two_apart,
    EARMARKS: earmarks_kept,
}
"""The rules that only bind where a planner lets them block, under their codes."""
