"""Kernels that say what a seat is worth to whom, and who takes the seats of one session."""

from training_calendar.solver.compiled import kernel
from training_calendar.solver.kernel_data import NEVER, SCALE


@kernel
def money_for(p, s, m, first):  # type: ignore[no-untyped-def]
    """What a session of module `m` that begins that day may cost: all but what is bound (F4)."""
    q = p.quarter[first]
    left = s.money[q]
    if p.earmarked:
        for u in range(s.earmarks.shape[1]):
            if u != p.earmark[m, first]:
                left -= max(0.0, s.earmarks[q, u])
    return left


@kernel
def pay(p, s, m, first, amount):  # type: ignore[no-untyped-def]
    """Take what a session of module `m` that begins that day costs; below 0 gives back."""
    q = p.quarter[first]
    s.money[q] -= amount
    if p.earmarked and p.earmark[m, first] >= 0:
        s.earmarks[q, p.earmark[m, first]] -= amount


@kernel
def gain_of(p, level, i, m):  # type: ignore[no-untyped-def]
    """Weighted levels that person `i` would gain from module `m` now [points]."""
    role = p.role[i]
    if not p.audience[m, role]:
        return 0
    total = 0
    for e in range(p.effect_ptr[m], p.effect_ptr[m + 1]):
        c = p.effect_competency[e]
        held = level[i, c]
        up = min(p.effect_to[e], p.required[role, c])
        if up > held and held >= p.effect_from[e]:
            total += (up - held) * p.weight[role, c]
    return total


@kernel
def value_person(p, s, w, i, ladder):  # type: ignore[no-untyped-def]
    """Refresh gain and worth of all modules for person `i`; later steps of a ladder come first."""
    for k in range(p.backwards.size):
        m = p.backwards[k]
        if s.done[i, m] != NEVER:
            w.gain[i, m] = 0
            w.worth[i, m] = 0
            continue
        own = gain_of(p, s.level, i, m)
        ahead = 0
        if not p.waived[i, m] and p.audience[m, p.role[i]]:
            for j in range(p.after_ptr[m], p.after_ptr[m + 1]):
                ahead = max(ahead, w.worth[i, p.after[j]] - SCALE * own)
        w.gain[i, m] = own
        w.worth[i, m] = SCALE * own + int(ladder * ahead)


@kernel
def listable(p, s, i, m, day):  # type: ignore[no-untyped-def]
    """Could person `i` attend module `m` soon: prepared, or to be by a session already placed?"""
    if s.days[i, p.year[day]] + p.duration[m] > p.max_days_year:
        return False
    for j in range(p.before_ptr[m], p.before_ptr[m + 1]):
        b = p.before[j]
        if not p.waived[i, b] and s.done[i, b] == NEVER:
            return False
    return True


@kernel
def build_lists(p, s, w, day):  # type: ignore[no-untyped-def]
    """For each module the people it is worth something to, by region, most worth first."""
    regions = p.trip.shape[0]
    span = p.top_worth + 1
    for m in range(p.mode.size):
        w.bucket[:] = 0
        for i in range(p.station.size):
            worth = w.worth[i, m]
            if worth > 0 and listable(p, s, i, m, day):
                w.bucket[p.home[i] * span + p.top_worth - min(worth, p.top_worth)] += 1
        at = 0
        for r in range(regions):
            w.list_ptr[m, r] = at
            for b in range(r * span, (r + 1) * span):
                n = w.bucket[b]
                w.bucket[b] = at
                at += n
        w.list_ptr[m, regions] = at
        for i in range(p.station.size):
            worth = w.worth[i, m]
            if worth > 0 and listable(p, s, i, m, day):
                b = p.home[i] * span + p.top_worth - min(worth, p.top_worth)
                w.lists[m, w.bucket[b]] = i
                w.listed[m, w.bucket[b]] = worth
                w.bucket[b] += 1


@kernel
def partners_stay(p, s, w, i, first, last, call):  # type: ignore[no-untyped-def]
    """Is no other last holder of a competency away on these days, or just picked (F3)?"""
    if w.barred[i] == call:
        return False
    for k in range(p.partner_ptr[i], p.partner_ptr[i + 1]):
        for d in range(first, last + 1):
            if s.busy[p.partner[k], d]:
                return False
    return True


@kernel
def bar_partners(p, w, i, call):  # type: ignore[no-untyped-def]
    """Nobody who alone could stand in for person `i` is picked in this call."""
    for k in range(p.partner_ptr[i], p.partner_ptr[i + 1]):
        w.barred[p.partner[k]] = call


@kernel
def can_come(p, s, i, m, first, last):  # type: ignore[no-untyped-def]
    """Is person `i` free, and prepared before that day (H10 to H12, H14, H16)?"""
    if s.days[i, p.year[first]] + last - first + 1 > p.max_days_year:
        return False
    for d in range(first, last + 1):
        if s.busy[i, d]:
            return False
    for j in range(p.before_ptr[m], p.before_ptr[m + 1]):
        b = p.before[j]
        if not p.waived[i, b] and s.done[i, b] >= first:
            return False
    return True


@kernel
def may_attend(p, s, i, m, first, last):  # type: ignore[no-untyped-def]
    """Is person `i` free, due and prepared (H09 to H12, H14, H16)?"""
    if s.done[i, m] != NEVER or not can_come(p, s, i, m, first, last):
        return False
    for e in range(p.effect_ptr[m], p.effect_ptr[m + 1]):
        if p.effect_from[e] > 0 and s.lifted[i, p.effect_competency[e]] >= first:
            return False
    return True


@kernel
def join_week(p, s, i, first):  # type: ignore[no-untyped-def]
    """Person `i` is in one more session of the week of that day; counts once for the station."""
    if p.weekly:
        week = p.week[first]
        if s.weeks[i, week] == 0:
            s.week_room[p.station[i], week] -= 1
        s.weeks[i, week] += 1


@kernel
def leave_week(p, s, i, first):  # type: ignore[no-untyped-def]
    """Person `i` is in one session less of the week of that day."""
    if p.weekly:
        week = p.week[first]
        s.weeks[i, week] -= 1
        if s.weeks[i, week] == 0:
            s.week_room[p.station[i], week] += 1


@kernel
def places_left(s, w, k, first, last, call):  # type: ignore[no-untyped-def]
    """How many more people of station `k` these days bear, less those just picked (H13, C1)."""
    if w.stamp[k] != call:
        w.stamp[k] = call
        least = s.room[k, first]
        for d in range(first + 1, last + 1):
            least = min(least, s.room[k, d])
        w.left[k] = least
    return w.left[k]


@kernel
def week_spares(p, s, w, i, first, call):  # type: ignore[no-untyped-def]
    """Is person `i` in the week of that day, or their station spares one more in it (F1)?"""
    k, week = p.station[i], p.week[first]
    if w.week_stamp[k] != call:
        w.week_stamp[k] = call
        w.left_week[k] = s.week_room[k, week]
    return w.left_week[k] > 0 or s.weeks[i, week] > 0


@kernel
def advance(p, s, w, m, r, first, last, call, floor):  # type: ignore[no-untyped-def]
    """Move the cursor of region `r` to the next person who may be seated; their worth, else 0."""
    end = w.list_ptr[m, r + 1]
    at = w.cursor[r]
    while at < end:
        worth = w.listed[m, at]
        if worth <= floor:
            at = end
            break
        i = w.lists[m, at]
        if (
            w.worth[i, m] == worth
            and places_left(s, w, p.station[i], first, last, call) > 0
            and may_attend(p, s, i, m, first, last)
            and (not p.weekly or week_spares(p, s, w, i, first, call))
            and (not p.paired or partners_stay(p, s, w, i, first, last, call))
        ):
            w.cursor[r] = at
            return worth
        at += 1
    w.cursor[r] = end
    return 0


@kernel
def fill(p, s, w, g, m, first, region, cap, money):  # type: ignore[no-untyped-def]
    """Seat people in one session, always the best net value next; picks go to `w.picked`.

    Returns the number picked, their net value [points] and what their seats cost [money].
    """
    last = first + p.duration[m] - 1
    price = w.price[p.quarter[first]]
    factor = p.disc[last] / SCALE
    length = p.duration[m]
    load = s.load[p.week[first]]
    regions = p.trip.shape[0]
    w.count[2] += 1
    call = w.count[2]
    for r in range(regions):
        w.cursor[r] = w.list_ptr[m, r]
        w.fare[r] = p.cost_seat[m]
        if region >= 0 and r != region:
            w.fare[r] += p.trip[r, region] + p.per_diem * length
    n, net, spent = 0, 0.0, 0.0
    while n < cap:
        crowd = g.load_price * length * (1.0 if load + n * length > g.load_mean else -1.0)
        best, best_value = -1, 0.0
        for r in range(regions):
            lost = price * w.fare[r] + crowd
            if w.cursor[r] >= w.list_ptr[m, r + 1] or spent + w.fare[r] > money:
                continue
            worth = advance(p, s, w, m, r, first, last, call, lost / factor)
            value = factor * worth - lost
            if worth > 0 and value > best_value:
                best, best_value = r, value
        if best < 0:
            break
        i = w.lists[m, w.cursor[best]]
        w.cursor[best] += 1
        w.left[p.station[i]] -= 1
        if p.weekly and s.weeks[i, p.week[first]] == 0:
            w.left_week[p.station[i]] -= 1
        if p.paired:
            bar_partners(p, w, i, call)
        w.picked[n] = i
        n += 1
        net += best_value
        spent += w.fare[best]
    return n, net, spent


@kernel
def seat(p, s, w, g, i, m, first):  # type: ignore[no-untyped-def]
    """Person `i` attends module `m` from day `first`: levels, days and cover follow."""
    last = first + p.duration[m] - 1
    role = p.role[i]
    for e in range(p.effect_ptr[m], p.effect_ptr[m + 1]):
        c = p.effect_competency[e]
        up = min(p.effect_to[e], p.required[role, c])
        if up > s.level[i, c] and s.level[i, c] >= p.effect_from[e]:
            s.level[i, c] = up
            s.lifted[i, c] = max(s.lifted[i, c], last)
    s.done[i, m] = last
    for d in range(first, last + 1):
        s.busy[i, d] = True
        s.room[p.station[i], d] -= 1
    join_week(p, s, i, first)
    s.days[i, p.year[first]] += p.duration[m]
    s.load[p.week[first]] += p.duration[m]
    value_person(p, s, w, i, g.ladder)
