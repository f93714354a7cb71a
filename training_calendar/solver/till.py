"""What is left of the money: of each quarter, and of sources that pay only for some of it."""

from dataclasses import dataclass

import numpy as np

from training_calendar.solver.facts import Instance, Money, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Till:
    """The money of a calendar; written on as sessions are paid.

    money : Q, left of the quarter, below 0 where too much was spent [money]
    earmarks : Q x U, left of what is bound; below 0 what the quarter paid beyond it [money]
    """

    instance: Instance
    money: Money
    earmarks: Money

    def left(self, module: int, days: Whole | int) -> Money:
        """What a session of the module that begins on each of these days may cost at most [money].

        All that is left of the quarter but what is bound to others.
        """
        quarter = self.instance.horizon.quarter[days]
        left = self.money[quarter]
        if not self.instance.has_earmarks:
            return np.asarray(left)
        bound = np.maximum(0.0, self.earmarks)
        own = self.instance.earmarks.of[module, days]
        mine = np.where(own >= 0, bound[quarter, own], 0.0)
        return np.asarray(left - (bound[quarter].sum(axis=-1) - mine))

    def pay(self, module: int, day: int, amount: float) -> None:
        """A session of the module that begins that day, or a place in it, is paid for."""
        quarter = self.instance.horizon.quarter[day]
        self.money[quarter] -= amount
        if self.instance.has_earmarks:
            own = self.instance.earmarks.of[module, day]
            if own >= 0:
                self.earmarks[quarter, own] -= amount


def till_of(instance: Instance) -> Till:
    """The money before anything is held.

    Source
    ------
    docs/methods/earmarks.md.
    """
    bound = instance.earmarks.amount
    if not instance.has_earmarks:
        bound = np.zeros((len(instance.horizon.quarter_ids), 0))
    return Till(instance, instance.horizon.budget.copy(), bound.copy())
