"""Why no session at all, or none of one module, can be held: known before a plan is made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from training_calendar.solver.chances import useful_to
from training_calendar.solver.explain import least_cost, window
from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Flags, Instance, Whole
from training_calendar.solver.further import EARMARKS, WEEK_SHARE
from training_calendar.solver.till import till_of

LIFTED = (
    "H01", "H02", "H03", "H05", "H07", "H08", "H11", "H12", "H13", "H14", "H15", "H16",
    "C1", "C2", "F1", "F2", "F4",
)  # fmt: skip
"""Rules that may keep every session of a module from being held, in the order they are told."""
AT_ONCE = 500
"""People looked at together; the first few are enough nearly always."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One module, or everything, that can't be held whatever the calendar looks like.

    module_id : empty where no module that somebody needs can be held
    people : who need it; 0: nobody needs anything [persons]
    rules : any one of these would do if it alone were relaxed; none: several are in the way at once
    """

    module_id: str
    people: int
    rules: tuple[str, ...]


def obstacles(instance: Instance) -> tuple[Obstacle, ...]:
    """What can't be held: everything first, where it is everything; then module by module.

    A session of the smallest group is looked for in an empty calendar, each day by itself. What is
    named can't be held; what is not named may still find no place beside others.

    Source
    ------
    docs/methods/obstacles.md.
    """
    desk = _Desk(instance)
    needed = [m for m in range(len(instance.modules.ids)) if desk.useful[:, m].any()]
    stuck = [m for m in needed if not desk.can(m)]
    told = [
        Obstacle(instance.modules.ids[m], int(desk.useful[:, m].sum()), desk.rules([m]))
        for m in stuck
    ]
    if len(stuck) == len(needed):
        people = int(desk.useful.any(axis=1).sum())
        told.insert(0, Obstacle("", people, desk.rules(stuck)))
    return tuple(told)


class _Desk:
    """Holds who needs what, and which modules can be held with a rule lifted."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.useful = useful_to(instance)
        self.waived = instance.waived
        self.on_leave = instance.on_leave
        self.till = till_of(instance)
        self.known: dict[tuple[int, str], bool] = {}

    def rules(self, modules: Iterable[int]) -> tuple[str, ...]:
        """The rules that lifted alone let one of the modules be held."""
        return tuple(code for code in LIFTED if any(self.can(m, code) for m in modules))

    def can(self, module: int, lifted: str = "") -> bool:
        """Is there a day on which a session of the module could be held?"""
        key = module, lifted
        if key not in self.known:
            days = np.flatnonzero(self._days(module, lifted))
            self.known[key] = bool(days.size) and self._is_enough(module, days, lifted)
        return self.known[key]

    def _least(self, module: int, lifted: str) -> int:
        return 1 if lifted == "H08" else max(1, int(self.instance.modules.min_seats[module]))

    def _days(self, module: int, lifted: str) -> Flags:
        """D: first days on which the calendar, the supply and the money allow a session."""
        instance, length = self.instance, int(self.instance.modules.duration[module])
        horizon = instance.horizon
        size = horizon.length - length + 1
        if size <= 0:
            return np.zeros(0, dtype=bool)
        days = np.ones(size, dtype=bool)
        if lifted != "H01":
            days &= window(horizon.workday[None], length)[0]
            days &= horizon.week[:size] == horizon.week[length - 1 :]
        if lifted != "H02":
            days &= window(~horizon.closed[None], length)[0]
        if instance.modules.mode[module] == EXTERNAL:
            days &= self._offered(module, size, lifted)
        else:
            days &= self._led(module, length, lifted) & self._housed(module, length, lifted)
        return days & self._paid(module, size, lifted)

    def _offered(self, module: int, size: int, lifted: str) -> Flags:
        offers, found = self.instance.offers, np.zeros(size, dtype=bool)
        fits = (offers.module == module) & (offers.seats >= self._least(module, lifted))
        length = int(self.instance.modules.duration[module])
        fits &= offers.last_day - offers.first_day + 1 == length
        found[offers.first_day[fits]] = True
        return found | (lifted == "H07")

    def _led(self, module: int, length: int, lifted: str) -> Flags:
        trainers = self.instance.instructors
        able = trainers.qualified[:, module] & (trainers.max_days_quarter >= length)
        return self._free(trainers.available[able], length) | (lifted == "H05")

    def _housed(self, module: int, length: int, lifted: str) -> Flags:
        modules, venues = self.instance.modules, self.instance.venues
        if modules.mode[module] != CLASSROOM:
            return np.ones(1, dtype=bool)
        fits = np.array([kind == modules.venue_kind[module] for kind in venues.kind], dtype=bool)
        fits &= venues.capacity >= self._least(module, lifted)
        return self._free(venues.available[fits], length) | (lifted == "H03")

    def _free(self, available: Flags, length: int) -> Flags:
        """D: is one of the rows free on all days?

        Nobody says who is free while nothing runs: whoever is free on some day.
        """
        opened = self.instance.horizon.open
        some = np.asarray(available.any(axis=1)) | (not opened.any())
        free = available | (~opened & some[:, None])
        return np.asarray(window(free, length).any(axis=0))

    def _paid(self, module: int, size: int, lifted: str) -> Flags:
        if lifted == "H15":
            return np.ones(size, dtype=bool)
        cost = least_cost(self.instance, module, self._least(module, lifted))
        day = np.arange(size)
        quarter = self.till.money[self.instance.horizon.quarter[day]]
        left = quarter if lifted == EARMARKS else self.till.left(module, day)
        return np.asarray(cost <= left + 1e-6)

    def _is_enough(self, module: int, days: Whole, lifted: str) -> bool:
        """Could the smallest group come on one of these days?"""
        instance, length = self.instance, int(self.instance.modules.duration[module])
        if length > instance.parameters.max_days_staff_year and lifted != "H16":
            return False
        least, room = self._least(module, lifted), self._room(days, length, lifted)
        come = np.zeros_like(room)
        people = np.flatnonzero(self._ready(module, lifted))
        for at in range(0, people.size, AT_ONCE):
            some = people[at : at + AT_ONCE]
            there = window(~instance.staff.leave[some] | (lifted == "H11"), length)[:, days]
            np.add.at(come, instance.staff.station[some], there)
            if (np.minimum(come, room).sum(axis=0) >= least).any():
                return True
        return False

    def _ready(self, module: int, lifted: str) -> Flags:
        """N: who needs the module and need not, or could, attend what comes first."""
        ready = self._asked(module, lifted).copy()
        roles, modules = self.instance.staff.role, self.instance.modules
        if lifted != "H14":
            for before in np.flatnonzero(modules.requires[module]):
                could = modules.audience[before, roles] & self.can(int(before), lifted)
                ready &= self.waived[:, before] | could
        return ready

    def _asked(self, module: int, lifted: str) -> Flags:
        if lifted != "C2":
            return np.asarray(self.useful[:, module])
        audience = self.instance.modules.audience.copy()
        audience[module] = True
        wider = replace(self.instance.modules, audience=audience)
        return np.asarray(useful_to(replace(self.instance, modules=wider))[:, module])

    def _room(self, days: Whole, length: int, lifted: str) -> Whole:
        """K x D: how many of each station could be in one session."""
        instance, stations = self.instance, self.instance.stations
        heads = np.bincount(instance.staff.station, minlength=len(stations.ids))
        room = np.repeat(heads[:, None], instance.horizon.length, axis=1)
        if lifted != "H13":
            room = np.minimum(room, stations.max_away[:, None])
        if lifted != "C1":
            spare = np.maximum(0, stations.rostered - self.on_leave - stations.minimum)
            room = np.where(stations.minimum > 0, np.minimum(room, spare), room)
        if WEEK_SHARE in instance.obeyed and lifted != WEEK_SHARE:
            room = np.minimum(room, stations.week_most[:, None])
        shut = (stations.black & (lifted != "H12")) | (instance.busy & (lifted != "F2"))
        room = np.where(shut, 0, room)
        return np.asarray(np.min([room[:, days + n] for n in range(length)], axis=0))
