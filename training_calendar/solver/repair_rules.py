"""The rules of a calendar as constraints of its repair: one function each, keyed by its code."""

from collections import defaultdict
from collections.abc import Callable

import numpy as np
from ortools.sat.python import cp_model

from training_calendar.solver.facts import EXTERNAL, Instance
from training_calendar.solver.further import EARMARKS, LAST_TWO, PEAK, WEEK_SHARE
from training_calendar.solver.placed import Placed
from training_calendar.solver.repair_model import Task, Vars, both
from training_calendar.solver.weeks import weeks_of

Rule = Callable[[cp_model.CpModel, Task, Vars], None]
CENTS = 100
"""CP-SAT counts in whole numbers: money in hundredths."""


def _length(task: Task, n: int) -> int:
    return len(task.sessions[n].days)


def _only_on(
    model: cp_model.CpModel, task: Task, v: Vars, n: int, allowed: np.ndarray, flag: cp_model.IntVar
) -> None:
    """If `flag` is set, session `n` takes only days that are allowed."""
    length = _length(task, n)
    days = [a for a in task.starts[n] if allowed[a : a + length].all()]
    if not days:
        model.add(flag == 0)
    elif len(days) < len(task.starts[n]):
        domain = cp_model.Domain.from_values(days)
        model.add_linear_expression_in_domain(v.start[n], domain).only_enforce_if(flag)


def _interval(
    model: cp_model.CpModel, task: Task, v: Vars, n: int, flag: cp_model.IntVar, name: str
) -> cp_model.IntervalVar:
    size = _length(task, n)
    return model.new_optional_fixed_size_interval_var(v.start[n], size, flag, name)


def venue_fits(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """A session's venue is open on all its days."""
    for (n, venue), flag in v.at.items():
        if task.free[n] or task.by_hand[n]:
            _only_on(model, task, v, n, task.instance.venues.available[venue], flag)


def venue_once(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """A venue holds at most one session a day."""
    held = defaultdict(list)
    for (n, venue), flag in v.at.items():
        held[venue].append(_interval(model, task, v, n, flag, f"venue:{n}:{venue}"))
    for intervals in held.values():
        model.add_no_overlap(intervals)


def instructor_fits(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """An instructor is available, in one place, and within the days of the quarter."""
    instance = task.instance
    held, days = defaultdict(list), defaultdict(list)
    for (n, trainer), flag in v.lead.items():
        held[trainer].append(_interval(model, task, v, n, flag, f"lead:{n}:{trainer}"))
        if task.free[n] or task.by_hand[n]:
            _only_on(model, task, v, n, instance.instructors.available[trainer], flag)
        for q in {int(instance.horizon.quarter[a]) for a in task.starts[n]}:
            led = both(model, flag, v.on[n, q], f"led:{n}:{trainer}:{q}")
            days[trainer, q].append(_length(task, n) * led)
    for intervals in held.values():
        model.add_no_overlap(intervals)
    for (trainer, _), terms in days.items():
        model.add(sum(terms) <= int(instance.instructors.max_days_quarter[trainer]))


def seats_in_bounds(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """A session keeps the smallest group, and has no more people than its room has places."""
    instance = task.instance
    for n, s in enumerate(task.sessions):
        seats = [v.seat[n, i] for i in s.staff if (n, i) in v.seat]
        sure = len(s.staff) - len(seats)
        if seats:
            model.add(sum(seats) + sure >= int(instance.modules.min_seats[s.module]))
        for venue in [k for m, k in v.at if m == n]:
            places = int(instance.venues.capacity[venue])
            if places < len(s.staff):
                model.add(sum(seats) + sure <= places).only_enforce_if(v.at[n, venue])


def one_session_a_day(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """A person is in at most one session a day."""
    own = defaultdict(list)
    for (n, i), flag in v.seat.items():
        own[i].append(_interval(model, task, v, n, flag, f"busy:{n}:{i}"))
    for intervals in own.values():
        model.add_no_overlap(intervals)


def not_on_leave(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Nobody on leave is in a session."""
    for (n, i), flag in v.seat.items():
        _only_on(model, task, v, n, ~task.instance.staff.leave[i], flag)


def station_not_black(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Nobody of a station is in a session while the station may let nobody go."""
    _closed(model, task, v, task.instance.stations.black)


def no_busy_month(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Nobody of a station is in a session in one of its busy months."""
    _closed(model, task, v, task.instance.busy)


def _closed(model: cp_model.CpModel, task: Task, v: Vars, closed: np.ndarray) -> None:
    """Nobody of a station is in a session on its closed days; closed : stations x days."""
    for (n, i), flag in v.seat.items():
        own = closed[task.instance.staff.station[i]]
        if own.any():
            _only_on(model, task, v, n, ~own, flag)


def share_of_a_week(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """No station has more people in training in a week than its share."""
    weeks = weeks_of(task.instance)
    for n, s in enumerate(task.sessions):
        still = [i for i in s.staff if (n, i) not in v.seat]
        weeks.enter(slice(s.first, s.last + 1), np.array(still, dtype=np.int64))
    own: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
    for (n, i), flag in v.seat.items():
        for week, starts in _by_week(task, n).items():
            if weeks.count[i, week] == 0:
                own[i, week].append(_seated_on(model, v, n, starts, flag))
    away = defaultdict(list)
    for (i, week), flags in own.items():
        there = model.new_bool_var(f"there:{i}:{week}")
        for flag in flags:
            model.add_implication(flag, there)
        away[int(weeks.station[i]), week].append(there)
    for (k, week), people in away.items():
        model.add(sum(people) <= max(0, int(weeks.room[k, week])))


def last_two_apart(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Nobody is in a session while the only other holder of a competency is away."""
    away, own = task.instance.staff.leave.copy(), defaultdict(list)
    for n, s in enumerate(task.sessions):
        for i in s.staff:
            if (n, i) in v.seat:
                own[i].append(_interval(model, task, v, n, v.seat[n, i], f"held:{n}:{i}"))
            else:
                away[i, s.first : s.last + 1] = True
    for one, others in task.instance.partners.items():
        for other in others:
            for (n, i), flag in v.seat.items():
                if i == one:
                    _only_on(model, task, v, n, ~away[other], flag)
            if one < other and own[one] and own[other]:
                model.add_no_overlap([*own[one], *own[other]])


def _by_week(task: Task, n: int) -> dict[int, list[int]]:
    """The first days of a session by the week they lie in."""
    found: dict[int, list[int]] = defaultdict(list)
    for a in task.starts[n]:
        found[int(task.instance.horizon.week[a])].append(a)
    return found


def _seated_on(
    model: cp_model.CpModel, v: Vars, n: int, starts: list[int], seat: cp_model.IntVar
) -> cp_model.IntVar:
    """A flag that is set if the seat is kept and the session begins on one of these days."""
    inside, flag = model.new_bool_var(f"week:{n}"), model.new_bool_var(f"seated:{n}")
    domain = cp_model.Domain.from_values(starts)
    model.add_linear_expression_in_domain(v.start[n], domain).only_enforce_if(inside)
    outside = domain.complement()
    model.add_linear_expression_in_domain(v.start[n], outside).only_enforce_if(inside.negated())
    model.add_bool_or([flag, seat.negated(), inside.negated()])
    return flag


def cover_kept(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """No station has more people in training on a day than both its cover limits allow."""
    station = task.instance.staff.station
    room = task.instance.room
    for n, s in enumerate(task.sessions):
        for i in s.staff:
            if (n, i) not in v.seat:
                room[station[i], s.first : s.last + 1] -= 1
    own = defaultdict(list)
    for (n, i), flag in v.seat.items():
        own[int(station[i])].append(_interval(model, task, v, n, flag, f"away:{n}:{i}"))
    for k, intervals in own.items():
        left = np.maximum(0, room[k])
        most = int(left.max())
        taken = [(d, most - int(left[d])) for d in range(left.size) if left[d] < most]
        gone = [model.new_fixed_size_interval_var(d, 1, f"gone:{k}:{d}") for d, _ in taken]
        demand = [1] * len(intervals) + [n for _, n in taken]
        model.add_cumulative([*intervals, *gone], demand, most)


def prerequisites_first(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Whoever attends a module has ended, or need not take, each module it requires."""
    instance = task.instance
    waived = instance.waived
    attends = {(s.module, i): n for n, s in enumerate(task.sessions) for i in s.staff}
    for (n, i), flag in v.seat.items():
        for before in np.flatnonzero(instance.modules.requires[task.sessions[n].module]):
            if waived[i, before]:
                continue
            other = attends.get((int(before), i))
            if other is None:
                model.add(flag == 0)
                continue
            model.add_implication(flag, v.seat[other, i])
            end = v.start[other] + _length(task, other)
            model.add(end <= v.start[n]).only_enforce_if(flag)


def within_budget(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """The sessions that start in a quarter cost no more than its budget."""
    for q, paid in _paid(model, task, v).items():
        terms = [term for _n, term in paid]
        constant = sum(term for term in terms if isinstance(term, int))
        open_terms = [term for term in terms if not isinstance(term, int)]
        limit = max(round(CENTS * float(task.instance.horizon.budget[q])), constant)
        if open_terms:
            model.add(sum(open_terms) + constant <= limit)


def earmarks_kept(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Money of a source with conditions pays only for what meets them."""
    earmarks, budget = task.instance.earmarks, task.instance.horizon.budget
    for q, paid in _paid(model, task, v).items():
        limit = round(CENTS * float(budget[q]))
        bound: dict[int, list[cp_model.IntVar | int]] = defaultdict(list)
        for n, term in paid:
            sources = {int(earmarks.of[task.sessions[n].module, a]) for a in task.starts[n]}
            if len(sources) == 1:  # a session that may leave a window counts on no source
                bound[sources.pop()].append(term)
        idle = []
        for u in range(len(earmarks.ids)):
            amount = round(CENTS * float(earmarks.amount[q, u]))
            rest = model.new_int_var(0, amount, f"idle:{q}:{u}")
            model.add(rest >= amount - sum(bound.get(u, [])))
            idle.append(rest)
        model.add(sum(term for _n, term in paid) + sum(idle) <= limit)


Paid = dict[int, list[tuple[int, cp_model.IntVar | int]]]


def _paid(model: cp_model.CpModel, task: Task, v: Vars) -> Paid:
    """By quarter the sessions that may begin in it, and what they cost then [hundredths]."""
    instance = task.instance
    paid: Paid = defaultdict(list)
    for n, s in enumerate(task.sessions):
        changes = task.free[n] or any((n, i) in v.seat for i in s.staff)
        if not changes:
            paid[int(instance.horizon.quarter[s.first])].append((n, round(s.cost * CENTS)))
            continue
        most = round(CENTS * _most(task, n))
        cost = model.new_int_var(0, most, f"cost:{n}")
        _priced(model, task, v, n, cost)
        for q in {int(instance.horizon.quarter[a]) for a in task.starts[n]}:
            share = model.new_int_var(0, most, f"paid:{n}:{q}")
            model.add(share == cost).only_enforce_if(v.on[n, q])
            model.add(share == 0).only_enforce_if(v.on[n, q].negated())
            paid[q].append((n, share))
    return paid


def _most(task: Task, n: int) -> float:
    s, instance = task.sessions[n], task.instance
    people = len(s.staff) + 1
    far = float(instance.regions.trip.max(initial=0)) + instance.parameters.per_diem * len(s.days)
    rooms = float(instance.venues.cost_day.max(initial=0)) * len(s.days)
    modules = instance.modules
    own = float(modules.cost_session[s.module]) + people * float(modules.cost_seat[s.module])
    return own + rooms + people * far + 1


def _priced(model: cp_model.CpModel, task: Task, v: Vars, n: int, cost: cp_model.IntVar) -> None:
    """`cost` is what session `n` costs at the venue it gets, or online, or outside."""
    s, instance = task.sessions[n], task.instance
    venues = [k for m, k in v.at if m == n]
    fixed = 0.0
    if instance.modules.mode[s.module] != EXTERNAL:
        fixed = float(instance.modules.cost_session[s.module])
    if not venues:
        model.add(cost == _people(task, v, n, s.region) + round(CENTS * fixed))
    for venue in venues:
        rent = float(instance.venues.cost_day[venue]) * len(s.days)
        region = int(instance.venues.region[venue])
        total = _people(task, v, n, region) + round(CENTS * (fixed + rent))
        model.add(cost == total).only_enforce_if(v.at[n, venue])


def _people(task: Task, v: Vars, n: int, region: int) -> cp_model.LinearExprT:
    """Seats and trips of a session held in a region [hundredths of money]."""
    s, instance = task.sessions[n], task.instance
    constant, terms = 0, []
    for i in s.staff:
        home = int(instance.stations.region[instance.staff.station[i]])
        fare = float(instance.modules.cost_seat[s.module]) + _fare(task, s, home, region)
        price = round(CENTS * fare)
        if (n, i) in v.seat:
            terms.append(price * v.seat[n, i])
        else:
            constant += price
    for trainer in [k for m, k in v.lead if m == n]:
        home = int(instance.instructors.region[trainer])
        terms.append(round(CENTS * _fare(task, s, home, region)) * v.lead[n, trainer])
    return cp_model.LinearExpr.sum([*terms, constant])


def _fare(task: Task, s: Placed, home: int, region: int) -> float:
    if region < 0 or home == region:
        return 0.0
    away = task.instance.parameters.per_diem * len(s.days)
    return float(task.instance.regions.trip[home, region]) + away


def days_a_year(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """Nobody is in training for more days of a calendar year than allowed."""
    instance = task.instance
    days = defaultdict(list)
    for (n, i), flag in v.seat.items():
        years = {int(instance.horizon.year[a]) for a in task.starts[n]}
        for year in years:
            counted = flag
            if len(years) > 1:
                counted = model.new_bool_var(f"year:{n}:{i}:{year}")
                own = [a for a in task.starts[n] if instance.horizon.year[a] == year]
                inside = model.new_bool_var(f"in:{n}:{i}:{year}")
                here = cp_model.Domain.from_values(own)
                away = cp_model.Domain.from_values(sorted(set(task.starts[n]) - set(own)))
                model.add_linear_expression_in_domain(v.start[n], here).only_enforce_if(inside)
                model.add_linear_expression_in_domain(v.start[n], away).only_enforce_if(
                    inside.negated()
                )
                model.add_bool_or([counted, flag.negated(), inside.negated()])
            days[i, year].append(_length(task, n) * counted)
    for terms in days.values():
        model.add(sum(terms) <= instance.parameters.max_days_staff_year)


RULES: dict[str, Rule] = {
    "H03": venue_fits,
    "H04": venue_once,
    "H05": instructor_fits,
    "H08": seats_in_bounds,
    "H10": one_session_a_day,
    "H11": not_on_leave,
    "H12": station_not_black,
    "H13": cover_kept,
    "H14": prerequisites_first,
    "H15": within_budget,
    "H16": days_a_year,
    WEEK_SHARE: share_of_a_week,
    PEAK: no_busy_month,
    LAST_TWO: last_two_apart,
    EARMARKS: earmarks_kept,
}
"""The rules a change can run into, by the code of their twin in the checker; H13 holds C1 too.

H01, H02, H06 and H07 need no constraint: the first days offered obey them, nobody gives an online
session a venue, and external sessions never move. H09, C2 and C3 hold because nobody new is seated.
"""


def binding(instance: Instance) -> dict[str, Rule]:
    """The rules without the further ones that the instance doesn't obey."""
    idle = {WEEK_SHARE, PEAK, LAST_TWO, EARMARKS} - instance.obeyed
    return {code: rule for code, rule in RULES.items() if code not in idle}
