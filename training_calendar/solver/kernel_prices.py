"""Kernels of the priced plan: what sessions earn if all that couples them has a price."""

from typing import Any, NamedTuple

import numpy as np

from training_calendar.solver.compiled import kernel

Array = Any
NOBODY = -1e18
"""The net worth of a seat that a person cannot take."""


class Chances(NamedTuple):
    """Who could take which seat when, and who could hold it where.

    E chances are the pairs of a module and a person to whom it is of use, module by module.
    """

    quarter: Array  # T: quarter of a period
    year: Array  # T: year of a period, counted from 0
    rung: Array  # T: span of a period, in which steps of a ladder are compared
    worth: Array  # E x T: worth of a point closed as early as can be [0..1]; -1 where never
    module_ptr: Array  # M + 1: chances of each module
    person: Array  # E
    station: Array  # E
    home: Array  # E: region
    points: Array  # E: points that only this module closes for this person
    shared_ptr: Array  # E + 1: groups of points that other modules could close too
    shared: Array
    shared_points: Array  # A
    step: Array  # S x 2: chance, and the chance that must be taken before it
    place_ptr: Array  # M + 1: places where a module can be held
    place_region: Array  # O; -1 online
    place_seats: Array  # O
    place_room: Array  # O: row of rooms; -1 none
    place_cost: Array  # O x I: cost of a session led by each instructor; one column if not led
    place_sessions: Array  # O x T: the most sessions
    leads: Array  # M x I x T: can lead a session in the period
    away: Array  # M x K x T: the most people of a station in one session [persons]
    length: Array  # M: days
    seat_cost: Array  # M
    least: Array  # M: smallest group
    led: Array  # M: needs an instructor
    trip: Array  # R x R
    per_diem: float
    weight_of_money: float


class Prices(NamedTuple):
    """One value for each row that couples sessions: its price, its limit, or what is left of it."""

    money: Array  # Q: beyond the weight of money [points / money]
    cover: Array  # K x T [points / person-day]
    days: Array  # N x Y [points / day]
    room: Array  # V x T [points / day]
    trainer: Array  # I x T [points / day]
    trainer_quarter: Array  # I x Q [points / day]
    once: Array  # E: to attend a module once
    point: Array  # A: to close a point once
    ladder: Array  # S x G: to have taken the step before


class Room(NamedTuple):
    """Where the kernels write: never read before it is written."""

    toll: Array  # E x G
    taken: Array  # E x G: seats taken by the priced plan
    base: Array  # most chances of one module
    value: Array
    who: Array
    chosen: Array
    left: Array  # K


@kernel
def set_tolls(p, x, w):  # type: ignore[no-untyped-def]
    """What a chance pays to be attended once and for the steps before; a step before is paid."""
    spans = w.toll.shape[1]
    for e in range(w.toll.shape[0]):
        for g in range(spans):
            w.toll[e, g] = -x.once[e]
            w.taken[e, g] = 0.0
    for s in range(p.step.shape[0]):
        price = 0.0
        for g in range(spans - 1, -1, -1):
            price += x.ladder[s, g]
            w.toll[p.step[s, 0], g] -= price
            w.toll[p.step[s, 1], g] += price


@kernel
def set_bases(p, x, w, m, t):  # type: ignore[no-untyped-def]
    """Net worth of each seat of a module in a period, trips apart; is any above zero?"""
    found = False
    first, span = p.module_ptr[m], p.rung[t]
    fee = (p.weight_of_money + x.money[p.quarter[t]]) * p.seat_cost[m]
    for j in range(p.module_ptr[m + 1] - first):
        e = first + j
        worth = p.worth[e, t]
        if worth < 0:
            w.base[j] = NOBODY
            continue
        net = p.points[e] * worth + w.toll[e, span] - fee
        net -= p.length[m] * (x.cover[p.station[e], t] + x.days[p.person[e], p.year[t]])
        for a in range(p.shared_ptr[e], p.shared_ptr[e + 1]):
            net += max(0.0, p.shared_points[p.shared[a]] * worth - x.point[p.shared[a]])
        w.base[j] = net
        found = found or net > 0
    return found


@kernel
def cheapest_hold(p, x, m, t, o):  # type: ignore[no-untyped-def]
    """The least a session costs at a place, instructor and room included, and who leads it."""
    price = p.weight_of_money + x.money[p.quarter[t]]
    days = p.length[m]
    cost, leader = price * p.place_cost[o, 0], -1
    if p.led[m]:
        cost = -NOBODY
        for i in range(p.leads.shape[1]):
            if p.leads[m, i, t]:
                own = days * (x.trainer[i, t] + x.trainer_quarter[i, p.quarter[t]])
                own += price * p.place_cost[o, i]
                if own < cost:
                    cost, leader = own, i
    if p.place_room[o] >= 0:
        cost += days * x.room[p.place_room[o], t]
    return cost, leader


@kernel
def fare(p, m, e, region):  # type: ignore[no-untyped-def]
    """What the way to a region costs a person [money]."""
    if region < 0 or p.home[e] == region:
        return 0.0
    return p.trip[p.home[e], region] + p.per_diem * p.length[m]


@kernel
def best_group(p, x, w, m, t, o, hold):  # type: ignore[no-untyped-def]
    """The group that pays most: net worth, how many, how many fill up, and who the filler is.

    Greedy by net worth is exact: a station's limit and the places are a laminar matroid. Whoever
    is missing for the smallest group is taken to pay as the best of those below zero, or as
    somebody to whom the module is of no use and who lives beside it.
    """
    first = p.module_ptr[m]
    price = p.weight_of_money + x.money[p.quarter[t]]
    count, total, filler = 0, 0.0, -1
    filling = -price * p.seat_cost[m]
    for j in range(p.module_ptr[m + 1] - first):
        if w.base[j] == NOBODY:
            continue
        net = w.base[j] - price * fare(p, m, first + j, p.place_region[o])
        if net > 0:
            w.who[count], w.value[count] = j, net
            count += 1
            total += net
        elif net > filling:
            filling, filler = net, j
    if total <= hold:
        return -1.0, 0, 0, -1
    for r in range(count):
        k = p.station[first + w.who[r]]
        w.left[k] = p.away[m, k, t]
    earned, seated = 0.0, 0
    for r in np.argsort(-w.value[:count], kind="mergesort"):
        k = p.station[first + w.who[r]]
        if w.left[k] > 0:
            w.left[k] -= 1
            earned += w.value[r]
            w.chosen[seated] = w.who[r]
            seated += 1
            if seated == p.place_seats[o]:
                break
    short = max(0, p.least[m] - seated)
    return earned + short * filling - hold, seated, short, filler


@kernel
def book_seat(p, x, w, left, m, t, j, times):  # type: ignore[no-untyped-def]
    """Take what one seat uses, `times` over."""
    e, days = p.module_ptr[m] + j, times * p.length[m]
    left.once[e] -= times
    w.taken[e, p.rung[t]] += times
    left.cover[p.station[e], t] -= days
    left.days[p.person[e], p.year[t]] -= days
    for a in range(p.shared_ptr[e], p.shared_ptr[e + 1]):
        if p.shared_points[p.shared[a]] * p.worth[e, t] > x.point[p.shared[a]]:
            left.point[p.shared[a]] -= times


@kernel
def hold_at(p, x, w, left, m, t, o):  # type: ignore[no-untyped-def]
    """What the sessions of a module at one place in one period earn; their use is booked."""
    hold, leader = cheapest_hold(p, x, m, t, o)
    profit, seated, short, filler = best_group(p, x, w, m, t, o, hold)
    if profit <= 0:
        return 0.0
    times, first, region = p.place_sessions[o, t], p.module_ptr[m], p.place_region[o]
    cost = p.place_cost[o, max(leader, 0)] + (seated + short) * p.seat_cost[m]
    for r in range(seated):
        cost += fare(p, m, first + w.chosen[r], region)
        book_seat(p, x, w, left, m, t, w.chosen[r], times)
    if short > 0 and filler >= 0:
        cost += short * fare(p, m, first + filler, region)
        book_seat(p, x, w, left, m, t, filler, times * short)
    left.money[p.quarter[t]] -= times * cost
    if leader >= 0:
        left.trainer[leader, t] -= times * p.length[m]
        left.trainer_quarter[leader, p.quarter[t]] -= times * p.length[m]
    if p.place_room[o] >= 0:
        left.room[p.place_room[o], t] -= times * p.length[m]
    return times * profit


@kernel
def priced_plan(p, x, left, w):  # type: ignore[no-untyped-def]
    """What all sessions earn at prices `x`; `left` holds the limits and is what remains of them."""
    set_tolls(p, x, w)
    earned = 0.0
    for m in range(p.length.size):
        if p.module_ptr[m + 1] == p.module_ptr[m]:
            continue
        for t in range(p.quarter.size):
            possible = False
            for o in range(p.place_ptr[m], p.place_ptr[m + 1]):
                possible = possible or p.place_sessions[o, t] > 0
            if possible and set_bases(p, x, w, m, t):
                for o in range(p.place_ptr[m], p.place_ptr[m + 1]):
                    if p.place_sessions[o, t] > 0:
                        earned += hold_at(p, x, w, left, m, t, o)
    for s in range(p.step.shape[0]):
        ahead = 0.0
        for g in range(w.taken.shape[1]):
            ahead += w.taken[p.step[s, 1], g] - w.taken[p.step[s, 0], g]
            left.ladder[s, g] = ahead
    return earned
