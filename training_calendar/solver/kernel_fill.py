"""Kernels that find who takes a session of a calendar that stands, and where it is best held."""

import numpy as np

from training_calendar.solver.compiled import kernel
from training_calendar.solver.kernel_data import SCALE
from training_calendar.solver.kernel_roster import CALLS, WORK, open_session, seat_in
from training_calendar.solver.kernel_seats import (
    bar_partners,
    can_come,
    money_for,
    partners_stay,
    places_left,
    week_spares,
)
from training_calendar.solver.kernel_weeks import all_free, days_open, find_trainer

ENOUGH = 6
"""People looked for, in places of a session, before further regions are left out."""


@kernel
def sift(r, at, n):  # type: ignore[no-untyped-def]
    """Let entry `at` of the heap sink to its place; the largest value stands first."""
    value, who = r.heap_value[at], r.heap[at]
    while 2 * at + 1 < n:
        below = 2 * at + 1
        if below + 1 < n and r.heap_value[below + 1] > r.heap_value[below]:
            below += 1
        if r.heap_value[below] <= value:
            break
        r.heap_value[at], r.heap[at] = r.heap_value[below], r.heap[below]
        at = below
    r.heap_value[at], r.heap[at] = value, who


@kernel
def worthy(p, s, r, m, first, region, crowd, enough):  # type: ignore[no-untyped-def]
    """Put people into the heap to whom a seat is worth more than it costs; how many.

    The session's own region comes first; no further region is looked at once there are `enough`.
    """
    regions = p.trip.shape[0]
    start = region if region >= 0 else first % max(1, regions)
    n = np.int64(0)
    for q in range(regions):
        if n < enough:
            home = (start + q) % regions
            n = worthy_of(p, s, r, m, first, region, home, crowd, n)
    return n


@kernel
def worthy_of(p, s, r, m, first, region, home, crowd, n):  # type: ignore[no-untyped-def]
    """Add the people of one region to the `n` in the heap; how many there are then."""
    length = p.duration[m]
    last = first + length - 1
    price = r.price[p.quarter[first]]
    factor = p.disc[last] / SCALE
    lost = price * p.cost_seat[m] + crowd
    if region >= 0 and home != region:
        lost += price * (p.trip[home, region] + p.per_diem * length)
    call = r.count[CALLS]
    r.count[WORK] += r.keen_ptr[m, home + 1] - r.keen_ptr[m, home] - 4 * n
    for at in range(r.keen_ptr[m, home], r.keen_ptr[m, home + 1]):
        i = r.keen[at]
        worth = r.worth[m, i]
        net = factor * worth - lost
        if worth <= 0 or net <= 0:
            continue
        if (
            places_left(s, r, p.station[i], first, last, call) > 0
            and can_come(p, s, i, m, first, last)
            and (not p.weekly or week_spares(p, s, r, i, first, call))
            and (not p.paired or partners_stay(p, s, r, i, first, last, call))
        ):
            r.heap_value[n], r.heap[n] = net, i
            n += 1
    r.count[WORK] += 4 * n
    return n


@kernel
def gather(p, s, r, g, m, first, region, cap, money):  # type: ignore[no-untyped-def]
    """The people whom a session is worth most: in `r.picked`, their number, net value and cost."""
    length = p.duration[m]
    r.count[CALLS] += 1
    crowd = g.load_price * length * (1.0 if s.load[p.week[first]] > g.load_mean else -1.0)
    size = worthy(p, s, r, m, first, region, crowd, ENOUGH * cap)
    for at in range(size // 2 - 1, -1, -1):
        sift(r, at, size)
    n, net, spent = 0, 0.0, 0.0
    while size > 0 and n < cap:
        value, i = r.heap_value[0], r.heap[0]
        size -= 1
        r.heap_value[0], r.heap[0] = r.heap_value[size], r.heap[size]
        sift(r, np.int64(0), size)
        fare = p.cost_seat[m]
        if region >= 0 and p.home[i] != region:
            fare += p.trip[p.home[i], region] + p.per_diem * length
        if r.left[p.station[i]] <= 0 or spent + fare > money:
            continue
        if p.weekly and not week_spares(p, s, r, i, first, r.count[CALLS]):
            continue
        if p.paired and r.barred[i] == r.count[CALLS]:
            continue
        r.left[p.station[i]] -= 1
        if p.weekly and s.weeks[i, p.week[first]] == 0:
            r.left_week[p.station[i]] -= 1
        if p.paired:
            bar_partners(p, r, i, r.count[CALLS])
        r.picked[n] = i
        n += 1
        net += value
        spent += fare
    return n, net, spent


@kernel
def session_on(p, s, r, g, m, v, first):  # type: ignore[no-untyped-def]
    """A session of module `m` in venue `v` (-1 online, -2 - offer) from that day, or none.

    Returns people picked, instructor and net value [points].
    """
    length = p.duration[m]
    last = first + length - 1
    region, cap, fixed, trainer = -1, p.max_seats[m], 0.0, -1
    if v <= -2:
        o = -2 - v
        if s.offer_used[o] or p.offer_last[o] != last or not days_open(p, first, last):
            return 0, -1, 0.0
        region, cap = p.offer_region[o], min(cap, p.offer_seats[o])
    else:
        fixed = p.cost_session[m]
        if v >= 0:
            if not all_free(s.venue_free, v, first, last):
                return 0, -1, 0.0
            region, cap = p.venue_region[v], min(cap, p.capacity[v])
            fixed += p.cost_day[v] * length
        trainer, fare = find_trainer(p, s, m, first, region)
        if trainer < 0:
            return 0, -1, 0.0
        fixed += fare
    money = money_for(p, s, m, first) - fixed
    if money < 0:
        return 0, -1, 0.0
    n, net, spent = gather(p, s, r, g, m, first, region, cap, money)
    if n < p.min_seats[m] or n == 0:
        return 0, -1, 0.0
    return n, trainer, net - r.price[p.quarter[first]] * fixed


@kernel
def best_day(p, s, r, g, m, v, monday):  # type: ignore[no-untyped-def]
    """The best day of the week for a session of module `m` in `v`: day (-1 none), people,
    instructor, and net value for a day; `r.keep` gets the people."""
    best, found = 0.0, (-1, 0, -1, 0.0)
    first, last = monday, monday + 6
    if v <= -2:
        first = last = p.offer_first[-2 - v]
    for day in range(first, last + 1):
        end = day + p.duration[m] - 1
        if v > -2 and (end > monday + 6 or not days_open(p, day, end)):
            continue
        n, trainer, net = session_on(p, s, r, g, m, v, day)
        if n > 0 and net > best:
            best = net
            found = (day, n, trainer, net / p.duration[m] ** g.spread)
            r.keep[:n] = r.picked[:n]
    return found


@kernel
def add_session(p, s, r, m, v, first, trainer, n):  # type: ignore[no-untyped-def]
    """Open a session and seat the first `n` people of `r.keep`."""
    t = open_session(p, s, r, m, first, v, trainer)
    for k in range(n):
        seat_in(p, s, r, r.keep[k], t)


@kernel
def top_up_session(p, s, r, g, t):  # type: ignore[no-untyped-def]
    """Fill the free places of slot `t` with those it is worth most; how many came."""
    spare = r.places[t] - r.size[t]
    if spare <= 0:
        return 0
    m, first = r.module[t], r.first[t]
    money = money_for(p, s, m, first)
    n, _, _ = gather(p, s, r, g, m, first, r.region[t], spare, money)
    for k in range(n):
        seat_in(p, s, r, r.picked[k], t)
    return n


@kernel
def z_of(p, s, r):  # type: ignore[no-untyped-def]
    """Z of the calendar as it stands [points]."""
    cost = p.budget.sum() - s.money.sum()
    total = s.load.sum()
    smooth = 0.0
    if total > 0:
        mean, weeks = 0.0, 0
        for k in range(s.load.size):
            if p.even[k]:
                mean += s.load[k]
                weeks += 1
        mean /= max(1, weeks)
        for k in range(s.load.size):
            if p.even[k]:
                smooth += abs(s.load[k] - mean)
        smooth /= 2.0 * total
    return r.total[0] - p.lambda_cost * cost - p.smooth_points * smooth
