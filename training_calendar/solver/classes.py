"""The parts of the bound's linear programme: its rows, the classes of staff, the first openings."""

from dataclasses import dataclass, field

import numpy as np

from training_calendar.solver.facts import CLASSROOM, EXTERNAL, Instance

Terms = list[tuple[int, float]]
"""Columns with their coefficients."""


@dataclass(slots=True)
class Rows:
    """A linear programme under construction: maximise gain . x, rows <= limit, 0 <= x <= upper."""

    gain: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    limit: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)
    names: dict[int, tuple[str, str, int]] = field(default_factory=dict)

    def column(self, gain: float, upper: float) -> int:
        """A new column; `upper` is a bound that the rows imply, used for the proof only."""
        self.gain.append(gain)
        self.upper.append(upper)
        return len(self.gain) - 1

    def row(self, terms: Terms, limit: float, name: tuple[str, str, int] | None = None) -> None:
        """A new row; a name (kind, key, period) marks something that can be scarce."""
        if name is not None:
            self.names[len(self.limit)] = name
        self.limit.append(float(limit))
        for column, coefficient in terms:
            self.index.append(column)
            self.value.append(coefficient)
        self.start.append(len(self.index))


@dataclass(frozen=True, slots=True)
class StaffClass:
    """People alike for one module: same role, same levels it could lift, same steps missing.

    closes : (competency, level) pairs that attending closes
    """

    role: int
    size: int
    closes: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]


def classes_of(instance: Instance, module: int) -> list[StaffClass]:
    """The classes of staff to whom a module is of use."""
    modules, role = instance.modules, instance.staff.role
    effects = np.flatnonzero(modules.to_level[module])
    before = np.flatnonzero(modules.requires[module])
    waived, gap = instance.waived, instance.gap
    columns: list[np.ndarray] = [role]
    for c in effects:
        up = np.minimum(modules.to_level[module, c], instance.roles.required[role, c])
        level = instance.staff.level[:, c]
        columns.append(np.where((gap[:, c] > 0) & (up > level), level, -1))
    columns += list(~waived[:, before].T)
    leads_on = bool(modules.requires[:, module].any())
    columns.append(~waived[:, module] if leads_on else np.zeros(role.size, dtype=bool))
    found, sizes = np.unique(np.column_stack(columns), axis=0, return_counts=True)
    out = []
    for row, size in zip(found.tolist(), sizes.tolist(), strict=True):
        r, lows = row[0], row[1 : 1 + effects.size]
        closes = tuple(
            (int(c), x)
            for c, low in zip(effects, lows, strict=True)
            if low >= 0
            for x in range(
                max(low, int(modules.from_level[module, c])) + 1,
                min(int(modules.to_level[module, c]), int(instance.roles.required[r, c])) + 1,
            )
        )
        missing = tuple(
            int(b) for b, flag in zip(before, row[1 + effects.size : -1], strict=True) if flag
        )
        if (closes or row[-1]) and modules.audience[module, r]:
            out.append(StaffClass(r, size, closes, missing))
    return out


def openings(instance: Instance, period: np.ndarray, count: int) -> np.ndarray:
    """M x T: the earliest day on which a session starting in the period can end; -1 if none."""
    horizon, modules, offers = instance.horizon, instance.modules, instance.offers
    ends = np.full((len(modules.ids), count), -1)
    kinds = set(instance.venues.kind)
    for m, length in enumerate(modules.duration.tolist()):
        if modules.mode[m] == EXTERNAL:
            for o in np.flatnonzero(offers.module == m):
                t, last = period[offers.first_day[o]], int(offers.last_day[o])
                ends[m, t] = last if ends[m, t] < 0 else min(ends[m, t], last)
            continue
        if modules.mode[m] == CLASSROOM and modules.venue_kind[m] not in kinds:
            continue
        for first in range(horizon.length - length, -1, -1):
            last = first + length - 1
            if horizon.week[first] == horizon.week[last] and horizon.open[first : last + 1].all():
                ends[m, period[first]] = last
    return ends
