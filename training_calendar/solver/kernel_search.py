"""Kernels of the local search: a few sessions are taken out, and better ones put in."""

import numpy as np

from training_calendar.solver.compiled import kernel
from training_calendar.solver.kernel_fill import add_session, best_day, top_up_session, z_of
from training_calendar.solver.kernel_roster import (
    SLOTS,
    STEPS,
    TOUCHED,
    WORK,
    begin,
    close_session,
    drop,
    refresh,
    roll_back,
    settle,
)

EXTRA = 4
"""Other modules tried for each session taken out."""
SEATS_ONLY, EMPTIED = 0.3, 0.7
"""Share of moves that only seat people anew, and of the people who leave in such a move."""
LUCK = 0.2
"""Spread of the random factor by which candidates of one move are compared."""
OTHERS = 6
"""Sessions of one module whose places are filled in one move."""
EACH, TINY = 50, 1e-9
"""Looks that a move counts as at least; points by which a plan is better at least."""
MOST = 64
"""Candidates of one move."""


@kernel
def near(p, r, t, kind, count):  # type: ignore[no-untyped-def]
    """Up to `count` slots most like slot `t`: 0 in time, 1 module, 2 venue, 3 trainer, 4 region."""
    best = np.full(count, np.inf)
    found = np.full(count, -1)
    for u in range(r.count[SLOTS]):
        if not r.alive[u] or r.fixed[u]:
            continue
        if (
            (kind == 1 and r.module[u] != r.module[t])
            or (kind == 2 and r.place[u] != r.place[t])
            or (kind == 3 and r.trainer[u] != r.trainer[t])
            or (kind == 4 and r.region[u] != r.region[t])
        ):
            continue
        far = abs(r.first[u] - r.first[t]) + 10.0 * np.random.random()
        if u == t:
            far = -1.0
        for k in range(count):
            if far < best[k]:
                for q in range(count - 1, k, -1):
                    best[q], found[q] = best[q - 1], found[q - 1]
                best[k], found[k] = far, u
                break
    return found


@kernel
def any_slot(r):  # type: ignore[no-untyped-def]
    """A random session that may be changed; -1 if there is none."""
    n = r.count[SLOTS]
    for _ in range(200):
        if n == 0:
            break
        t = np.random.randint(n)
        if r.alive[t] and not r.fixed[t]:
            return t
    return -1


@kernel
def any_venue(p, m):  # type: ignore[no-untyped-def]
    """A random venue of the module's kind; -1 if online or none."""
    found, seen = -1, 0
    if p.mode[m] == 0:
        for v in range(p.venue_kind.size):
            if p.venue_kind[v] == p.kind[m]:
                seen += 1
                if np.random.randint(seen) == 0:
                    found = v
    return found


@kernel
def propose(p, module, where, monday, n, m, v, day):  # type: ignore[no-untyped-def]
    """Add one candidate in the week of that day, if there is room and it makes sense."""
    if n >= module.size or (v == -1 and p.mode[m] != 1):
        return n
    day = min(max(day, 0), p.week.size - 1)
    first = day
    while first > 0 and p.week[first - 1] == p.week[day]:
        first -= 1
    module[n], where[n], monday[n] = m, v, first
    return n + 1


@kernel
def options(p, r, out, extra, module, where, monday):  # type: ignore[no-untyped-def]
    """What may take the place of the sessions taken out; how many candidates."""
    n = np.int64(0)
    modules = p.mode.size
    for k in range(out.size):
        t = out[k]
        if t < 0:
            continue
        m, v, day = r.module[t], r.place[t], r.first[t]
        n = propose(p, module, where, monday, n, m, v, day)
        if v > -2:
            other = any_venue(p, m)
            shift = 7 * np.random.randint(-6, 7)
            n = propose(p, module, where, monday, n, m, other, day + shift)
        for _ in range(extra):
            m = np.random.randint(modules)
            if p.mode[m] == 2:
                continue
            w = any_venue(p, m)
            if p.mode[m] == 0 and v >= 0 and p.venue_kind[v] == p.kind[m]:
                w = v
            n = propose(p, module, where, monday, n, m, w, day)
    if p.offer_module.size > 0:
        o = np.random.randint(p.offer_module.size)
        n = propose(p, module, where, monday, n, p.offer_module[o], -2 - o, p.offer_first[o])
    m = np.random.randint(modules)
    if p.mode[m] != 2:
        day = np.random.randint(p.week.size)
        n = propose(p, module, where, monday, n, m, any_venue(p, m), day)
    return n


@kernel
def put_in(p, s, r, g, module, where, monday, n, noise):  # type: ignore[no-untyped-def]
    """Place candidates, the leading one after a fresh look, until none is worth it."""
    key = np.full(n, np.inf)
    luck = np.exp(noise * np.random.randn(n))
    while n > 0 and r.count[STEPS] < r.journal.shape[0] // 2:
        c = np.argmax(key)
        if key[c] <= 0:
            break
        first, size, trainer, now = best_day(p, s, r, g, module[c], where[c], monday[c])
        if size == 0:
            key[c] = -1.0
            continue
        now *= luck[c]
        key[c] = now
        if key.max() > now:
            continue
        add_session(p, s, r, module[c], where[c], first, trainer, size)
        refresh(p, s, r, g.ladder)


@kernel
def top_up_others(p, s, r, g, m):  # type: ignore[no-untyped-def]
    """Fill a few sessions of module `m` that have places left."""
    n, tried = r.count[SLOTS], 0
    start = np.random.randint(max(1, n))
    for k in range(n):
        t = (start + k) % n
        if r.alive[t] and r.module[t] == m and r.size[t] < r.places[t] and not r.is_touched[t]:
            tried += 1
            if top_up_session(p, s, r, g, t):
                refresh(p, s, r, g.ladder)
            if tried == OTHERS or r.count[STEPS] > r.journal.shape[0] // 2:
                break


@kernel
def mend(p, s, r, g, out):  # type: ignore[no-untyped-def]
    """Fill sessions that lost people, and others of the modules taken out; close what is too small.

    False if a pin forbids it.
    """
    for k in range(r.count[TOUCHED]):
        t = r.touched[k]
        if r.count[STEPS] > r.journal.shape[0] // 2:
            break
        if r.alive[t] and top_up_session(p, s, r, g, t):
            refresh(p, s, r, g.ladder)
    for k in range(out.size):
        if out[k] >= 0:
            top_up_others(p, s, r, g, r.module[out[k]])
    again = True
    while again:
        again = False
        for k in range(r.count[TOUCHED]):
            t = r.touched[k]
            if r.alive[t] and r.size[t] < max(1, p.min_seats[r.module[t]]) and not r.fixed[t]:
                if not close_session(p, s, r, t):
                    return False
                again = True
    return True


@kernel
def empty_some(p, s, r, t, share):  # type: ignore[no-untyped-def]
    """Part of the people of slot `t` leave it, with what depends on it; False if a pin forbids."""
    at = r.size[t] - 1
    while at >= r.held[t]:
        leaves = at < r.size[t] and np.random.random() < share
        if leaves and not drop(p, s, r, r.people[t, at], t):
            return False
        at -= 1
    return True


@kernel
def one_move(p, s, r, g, most, module, where, monday):  # type: ignore[no-untyped-def]
    """Take some sessions or seats out and put better ones in; False if it came to nothing."""
    r.price[:] = g.price * np.exp(-np.random.random())
    t = any_slot(r)
    count = 1 + np.random.randint(most)
    out = near(p, r, t, np.random.randint(5), count) if t >= 0 else np.full(1, -1)
    seats_only = np.random.random() < SEATS_ONLY
    for k in range(out.size):
        u = out[k]
        if u < 0 or not r.alive[u] or r.count[STEPS] > r.journal.shape[0] // 4:
            continue
        done = empty_some(p, s, r, u, EMPTIED) if seats_only else close_session(p, s, r, u)
        if not done:
            return False
    refresh(p, s, r, g.ladder)
    if not seats_only:
        n = options(p, r, out, EXTRA, module, where, monday)
        put_in(p, s, r, g, module, where, monday, n, LUCK)
    if not mend(p, s, r, g, out):
        return False
    refresh(p, s, r, g.ladder)
    return True


@kernel
def keep_best(r, best):  # type: ignore[no-untyped-def]
    """Copy the calendar as the best so far."""
    n = r.count[SLOTS]
    best.count[SLOTS] = n
    best.alive[:n] = r.alive[:n]
    best.module[:n] = r.module[:n]
    best.first[:n] = r.first[:n]
    best.place[:n] = r.place[:n]
    best.trainer[:n] = r.trainer[:n]
    best.size[:n] = r.size[:n]
    best.people[:n] = r.people[:n]


@kernel
def improve(p, s, r, best, g, top, work, heat, most, seed):  # type: ignore[no-untyped-def]
    """Moves until so many looks were taken; a calendar better than `top` is copied into `best`.

    A worse calendar is accepted by chance: `heat` is what one move may typically lose [points].
    Returns the best z so far.
    """
    np.random.seed(seed)
    module, where = np.empty(MOST, np.int64), np.empty(MOST, np.int64)
    monday = np.empty(MOST, np.int64)
    r.count[WORK] = 0
    now = z_of(p, s, r)
    while r.count[WORK] < work:
        r.count[WORK] += EACH
        begin(r)
        sound = one_move(p, s, r, g, most, module, where, monday)
        z = z_of(p, s, r) if sound else -np.inf
        if z > now + heat * np.log(1.0 - np.random.random()):
            settle(r)
            now = z
            if z > top + TINY:
                top = z
                keep_best(r, best)
        else:
            roll_back(p, s, r)
            refresh(p, s, r, g.ladder)
    return top
