"""Who of a station is in training in which week, and what rule F1 leaves of it."""

from dataclasses import dataclass

import numpy as np

from training_calendar.solver.facts import Flags, Instance, Whole
from training_calendar.solver.further import WEEK_SHARE

UNBOUND = 30_000
"""The room of a station in a week where the rule does not bind [persons]."""


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """The weeks of a calendar; written on as people are entered.

    room : K x W, how many more people of a station may be in training [persons]
    count : N x W, in how many sessions and blocks outside them a person is
    station : N; week : H
    """

    room: Whole
    count: Whole
    station: Whole
    week: Whole

    def enter(self, days: Whole | slice, people: Whole) -> None:
        """These people are in training on these days; each counts once for a week."""
        for week in np.unique(self.week[days]):
            fresh = people[self.count[people, week] == 0]
            self.count[people, week] += 1
            np.subtract.at(self.room[:, week], self.station[fresh], 1)

    def lets(self, people: Whole) -> Flags:
        """P x W: may each of these people be in training, all others being where they are?"""
        return np.asarray((self.room[self.station[people]] > 0) | (self.count[people] > 0))


def weeks_of(instance: Instance) -> Weeks:
    """The weeks with nothing but the courses outside the sessions.

    Source
    ------
    docs/methods/releases.md, "Further rules".
    """
    most = np.full(len(instance.stations.ids), UNBOUND)
    if WEEK_SHARE in instance.obeyed:
        most = np.minimum(most, instance.stations.week_most)
    shape = len(instance.staff.ids), instance.horizon.weeks
    weeks = Weeks(
        room=np.repeat(most[:, None], shape[1], axis=1).astype(np.int16),
        count=np.zeros(shape, dtype=np.int8),
        station=instance.staff.station,
        week=instance.horizon.week,
    )
    for person, first, last in instance.courses:
        weeks.enter(slice(first, last + 1), np.array([person]))
    return weeks
