"""Periods of the priced plan, and the days of each on which something could be held."""

from dataclasses import dataclass

import numpy as np

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Flags, Horizon, Instance, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Runs of whole weeks, cut where a quarter or a year begins.

    of_day : H, the span in which a session that starts on the day counts
    reach : T x H, the days that sessions which start in the span can take
    """

    of_day: Whole
    quarter: Whole
    year: Whole
    reach: Flags

    @property
    def count(self) -> int:
        """Number of spans."""
        return int(self.quarter.size)


def spans_of(horizon: Horizon, weeks: int) -> Spans:
    """Spans of so many weeks."""
    keys = np.column_stack([horizon.week // weeks, horizon.quarter, horizon.year])
    new = np.r_[True, (keys[1:] != keys[:-1]).any(axis=1)]
    of_day = np.cumsum(new) - 1
    first = np.flatnonzero(new)
    reach = np.zeros((first.size, horizon.length), dtype=bool)
    for t, day in enumerate(first):
        weeks_of = np.unique(horizon.week[of_day == t])
        reach[t, day:] = np.isin(horizon.week[day:], weeks_of)
    return Spans(of_day, horizon.quarter[first], horizon.year[first], reach)


def starts_of(instance: Instance, module: int) -> np.ndarray:
    """First days on which an instructor and a room, or an offer, are there for the module."""
    horizon, modules = instance.horizon, instance.modules
    length = int(modules.duration[module])
    if modules.mode[module] == EXTERNAL:
        offers = instance.offers
        fits = (offers.module == module) & (offers.last_day - offers.first_day + 1 == length)
        days = np.unique(offers.first_day[fits])
    else:
        days = np.arange(horizon.length - length + 1)
        able = instance.instructors.qualified[:, module]
        days = days[whole(instance.instructors.available[able], days, length).any(axis=0)]
        if modules.mode[module] == CLASSROOM:
            rooms = instance.venues.available[rooms_for(instance, module)]
            days = days[whole(rooms, days, length).any(axis=0)]
    kept = whole(horizon.open[None], days, length)[0]
    return np.asarray(days[kept & (horizon.week[days] == horizon.week[days + length - 1])])


def rooms_for(instance: Instance, module: int) -> np.ndarray:
    """The venues of the module's kind."""
    kind = instance.modules.venue_kind[module]
    return np.flatnonzero([own == kind for own in instance.venues.kind])


def whole(flags: Flags, days: np.ndarray, length: int) -> Flags:
    """For each row and first day: are all days of so long a session set?"""
    found = np.ones((len(flags), days.size), dtype=bool)
    for n in range(length):
        found &= flags[:, days + n]
    return found


def most_sessions(available: Flags, spans: Spans, week: Whole, length: int) -> np.ndarray:
    """T: how many sessions of a length fit into the free days, none across two weeks."""
    counts = np.zeros(spans.count, dtype=np.int64)
    for t in range(spans.count):
        days = np.flatnonzero(available & spans.reach[t])
        if days.size:
            cut = (np.diff(days) > 1) | (np.diff(week[days]) > 0)
            runs = np.diff(np.r_[0, np.flatnonzero(cut) + 1, days.size])
            counts[t] = int((runs // length).sum())
    return counts
