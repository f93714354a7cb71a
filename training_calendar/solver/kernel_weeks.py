"""Kernels of one pass: week by week the sessions with the best net value for a day are placed."""

import numpy as np

from training_calendar.solver.compiled import kernel
from training_calendar.solver.kernel_data import UNRATED
from training_calendar.solver.kernel_seats import (
    build_lists,
    fill,
    money_for,
    pay,
    seat,
    value_person,
)

STEEPEST, TINY = 1.2, 1e-3
"""Most by which the logarithm of a week's price leaves the guide's; least share of money left."""


@kernel
def all_free(free, k, first, last):  # type: ignore[no-untyped-def]
    """Is row `k` free on all these days?"""
    for d in range(first, last + 1):  # noqa: SIM110 -- numba compiles the loop
        if not free[k, d]:
            return False
    return True


@kernel
def days_open(p, first, last):  # type: ignore[no-untyped-def]
    """Are all these days open and of one week?"""
    if last >= p.is_open.size or p.week[first] != p.week[last]:
        return False
    for d in range(first, last + 1):  # noqa: SIM110 -- numba compiles the loop
        if not p.is_open[d]:
            return False
    return True


@kernel
def find_trainer(p, s, m, first, region):  # type: ignore[no-untyped-def]
    """The cheapest instructor for the days, then the one with most days left; -1 if none."""
    length = p.duration[m]
    last = first + length - 1
    q = p.quarter[first]
    found, best_fare, best_left = -1, np.inf, -1
    for j in range(p.trainer_ptr[m], p.trainer_ptr[m + 1]):
        i = p.trainer[j]
        left = p.trainer_days[i] - s.trainer_used[i, q]
        if left < length or not all_free(s.trainer_free, i, first, last):
            continue
        fare = 0.0
        if region >= 0 and p.trainer_region[i] != region:
            fare = p.trip[p.trainer_region[i], region] + p.per_diem * length
        if fare < best_fare or (fare == best_fare and left > best_left):
            found, best_fare, best_left = i, fare, left
    return found, best_fare


@kernel
def try_start(p, s, w, g, m, v, first):  # type: ignore[no-untyped-def]
    """A classroom (v >= 0) or online (v = -1) session on that day, or none.

    Returns people picked, instructor, net value [points] and cost [money].
    """
    length = p.duration[m]
    last = first + length - 1
    region, cap, fixed = -1, p.max_seats[m], p.cost_session[m]
    if v >= 0:
        if not all_free(s.venue_free, v, first, last):
            return 0, -1, 0.0, 0.0
        region = p.venue_region[v]
        cap = min(cap, p.capacity[v])
        fixed += p.cost_day[v] * length
    trainer, fare = find_trainer(p, s, m, first, region)
    if trainer < 0:
        return 0, -1, 0.0, 0.0
    fixed += fare
    money = money_for(p, s, m, first) - fixed
    if money < 0:
        return 0, -1, 0.0, 0.0
    n, net, spent = fill(p, s, w, g, m, first, region, cap, money)
    if n < p.min_seats[m] or n == 0:
        return 0, -1, 0.0, 0.0
    return n, trainer, net - w.price[p.quarter[first]] * fixed, fixed + spent


@kernel
def try_offer(p, s, w, g, o):  # type: ignore[no-untyped-def]
    """An external session on the offer's own dates: people picked, net value and cost."""
    m, first = p.offer_module[o], p.offer_first[o]
    length = p.offer_last[o] - first + 1
    if s.offer_used[o] or length != p.duration[m] or not days_open(p, first, p.offer_last[o]):
        return 0, 0.0, 0.0
    cap = min(p.offer_seats[o], p.max_seats[m])
    money = money_for(p, s, m, first)
    n, net, spent = fill(p, s, w, g, m, first, p.offer_region[o], cap, money)
    if n < p.min_seats[m] or n == 0:
        return 0, 0.0, 0.0
    return n, net, spent


@kernel
def best_start(p, s, w, g, m, v, monday, sunday, keep):  # type: ignore[no-untyped-def]
    """The best of the first few days of the week on which the session can start.

    Returns the day (-1 none), people, instructor, key and cost; `keep` gets the people picked.
    """
    best, found = 0.0, (-1, 0, -1, 0.0, 0.0)
    tried = 0
    for first in range(monday, sunday - p.duration[m] + 2):
        if tried >= g.starts:
            break
        if not days_open(p, first, first + p.duration[m] - 1):
            continue
        n, trainer, net, cost = try_start(p, s, w, g, m, v, first)
        if n == 0:
            continue
        tried += 1
        if net > best:
            best = net
            found = (first, n, trainer, net / p.duration[m] ** g.spread, cost)
            keep[:n] = w.picked[:n]
    return found


@kernel
def place(p, s, w, g, m, first, where, trainer, n, cost, keep):  # type: ignore[no-untyped-def]
    """Put one session with `n` people into the calendar; `where` is a venue, -1 or -2 - offer."""
    at = w.count[0]
    w.module[at], w.first[at], w.place[at], w.trainer[at] = m, first, where, trainer
    last = first + p.duration[m] - 1
    pay(p, s, m, first, cost)
    if where >= 0:
        s.venue_free[where, first : last + 1] = False
    if where <= -2:
        s.offer_used[-2 - where] = True
    if trainer >= 0:
        s.trainer_free[trainer, first : last + 1] = False
        s.trainer_used[trainer, p.quarter[first]] += p.duration[m]
    for k in range(n):
        w.seat[w.count[1]] = keep[k]
        w.count[1] += 1
        seat(p, s, w, g, keep[k], m, first)
    w.count[0] += 1
    w.seat_ptr[at + 1] = w.count[1]


@kernel
def top_up(p, s, w, g, k):  # type: ignore[no-untyped-def]
    """Fill the free places of pinned session `k`, whose fixed costs are spent already."""
    w.extra_ptr[k, 0] = w.count[3]
    if p.pin_open[k]:
        m, first = p.pin_module[k], p.pin_first[k]
        cap = p.pin_capacity[k] - p.pin_seats[k]
        money = money_for(p, s, m, first)
        n, _, spent = fill(p, s, w, g, m, first, p.pin_region[k], cap, money)
        pay(p, s, m, first, spent)
        for j in range(n):
            w.extra[w.count[3]] = w.picked[j]
            w.count[3] += 1
        for j in range(w.count[3] - n, w.count[3]):
            seat(p, s, w, g, w.extra[j], m, first)
    w.extra_ptr[k, 1] = w.count[3]


@kernel
def candidates(p, monday, sunday):  # type: ignore[no-untyped-def]
    """What may be placed in a week: module and place of each candidate."""
    size = p.mode.size * (p.venue_kind.size + 1) + p.offer_module.size
    module, where = np.empty(size, np.int64), np.empty(size, np.int64)
    n = 0
    for m in range(p.mode.size):
        if p.mode[m] == 1:
            module[n], where[n] = m, -1
            n += 1
        if p.mode[m] == 0:
            for v in range(p.venue_kind.size):
                if p.venue_kind[v] == p.kind[m]:
                    module[n], where[n] = m, v
                    n += 1
    for o in range(p.offer_module.size):
        if monday <= p.offer_first[o] <= sunday:
            module[n], where[n] = p.offer_module[o], -2 - o
            n += 1
    return module[:n], where[:n]


@kernel
def dispatch_week(p, s, w, g, monday, sunday, keep):  # type: ignore[no-untyped-def]
    """Place candidates of one week, the leading one after a fresh look, until none is worth it."""
    module, where = candidates(p, monday, sunday)
    key = np.full(module.size, np.inf)
    while key.size:
        c = np.argmax(key)
        if key[c] <= 0:
            break
        m, v = module[c], where[c]
        if v <= -2:
            first, trainer = p.offer_first[-2 - v], -1
            n, net, cost = try_offer(p, s, w, g, -2 - v)
            now = net / p.duration[m] ** g.spread
            keep[:n] = w.picked[:n]
        else:
            first, n, trainer, now, cost = best_start(p, s, w, g, m, v, monday, sunday, keep)
        if n == 0 or now <= 0:
            key[c] = -1.0
            continue
        key[c] = now
        if key.max() > now:
            continue
        place(p, s, w, g, m, first, v, trainer, n, cost, keep)


@kernel
def set_prices(p, s, w, g, first, last):  # type: ignore[no-untyped-def]
    """Prices of money in one week: dearer where it runs out before its quarter, else cheaper."""
    for q in range(p.quarter[first], p.quarter[last] + 1):
        w.price[q] = g.price[q]
        days = p.is_open & (p.quarter == q)
        left = days[first:].sum()
        if p.budget[q] > 0 and left > 0:
            haste = np.log(left / days.sum() * p.budget[q] / max(s.money[q], TINY * p.budget[q]))
            haste = min(STEEPEST, max(-STEEPEST, haste))
            w.price[q] *= np.exp(haste)
            w.haste[q, 0] += haste
            w.haste[q, 1] += 1


@kernel
def one_pass(p, s, w, g):  # type: ignore[no-untyped-def]
    """Fill the whole calendar once, in the order of the weeks."""
    w.count[0], w.count[1], w.count[3] = 0, 0, 0
    w.haste[:] = 0.0
    keep = np.empty(w.picked.size, np.int64)
    for i in range(p.station.size):
        value_person(p, s, w, i, g.ladder)
    first = np.int64(0)  # a literal would have what it is given to compiled for itself
    turn = 0
    while first < p.week.size:
        last = first
        while last + 1 < p.week.size and p.week[last + 1] == p.week[first]:
            last += 1
        if p.is_open[first : last + 1].any():
            if turn % g.every == 0:
                build_lists(p, s, w, first)
            turn += 1
            set_prices(p, s, w, g, first, last)
            for k in range(p.pin_module.size):
                if first <= p.pin_first[k] <= last:
                    top_up(p, s, w, g, k)
            dispatch_week(p, s, w, g, first, last, keep)
        first = last + 1


@kernel
def credit(p, level, i, m):  # type: ignore[no-untyped-def]
    """Lift person `i` by module `m`; the gap points closed [points]."""
    role = p.role[i]
    closed = 0
    for e in range(p.effect_ptr[m], p.effect_ptr[m + 1]):
        c = p.effect_competency[e]
        up = min(p.effect_to[e], p.required[role, c])
        held = level[i, c]
        if held != UNRATED and up > held and held >= p.effect_from[e]:
            closed += (up - held) * p.weight[role, c]
            level[i, c] = up
    return closed


@kernel
def objective(p, level, s, module, first, ptr, people):  # type: ignore[no-untyped-def]
    """Z of a whole plan: worth of the gaps closed, less cost, less uneven load [points]."""
    last = first + p.duration[module] - 1
    value = 0.0
    for at in np.argsort(last):
        for k in range(ptr[at], ptr[at + 1]):
            value += credit(p, level, people[k], module[at]) * p.disc[last[at]]
    cost = p.budget.sum() - s.money.sum()
    total = s.load.sum()
    smooth = 0.0
    if total > 0:
        mean = s.load[p.even].sum() / max(1, p.even.sum())
        smooth = np.abs(s.load[p.even] - mean).sum() / (2.0 * total)
    return value - p.lambda_cost * cost - p.smooth_points * smooth
