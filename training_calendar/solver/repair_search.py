"""The search for the calendar nearest to the one before a hand-made change."""

from collections.abc import Callable, Collection
from dataclasses import replace

from ortools.sat.python import cp_model

from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.repair_model import Task, Vars, task_of, variables
from training_calendar.solver.repair_rules import binding
from training_calendar.solver.solution import Change, NoSchedule, Schedule
from training_calendar.solver.starts import DAY, LEADER, MOVED, ROOM

RELEASED = 200
"""What a seat given up weighs, beside another day, venue, instructor and a day's shift."""
EARLIER = "H14"
"""The rule about modules that must come first, which are other sessions."""
FOUND = (cp_model.OPTIMAL, cp_model.FEASIBLE)


def repaired(
    instance: Instance,
    sessions: tuple[Session, ...],
    change: Change,
    effort: float,
    tell: Callable[[float], object],
) -> Schedule | NoSchedule:
    """The repaired calendar, or the rules that stand in its way."""
    task = task_of(instance, sessions, change)
    tell(0.0)
    found = _solved(task, set(), effort)
    if found is not None:
        return _schedule(sessions, found, change)
    blame = []
    rules = binding(instance)
    for number, code in enumerate(rules, start=1):
        tell(number / (len(rules) + 1))
        if _solved(task, {code}, effort) is not None:
            blame.append(code)
    return NoSchedule(tuple(blame))


def alone(instance: Instance, session: Session, effort: float) -> NoSchedule | None:
    """The rules that forbid a session though no other ran; what comes first is taken for done."""
    change = Change(session.start_date, session.end_date, pin=(session,))
    task = task_of(instance, (session,), change)
    if _solved(task, {EARLIER}, effort) is not None:
        return None
    others = [code for code in binding(instance) if code != EARLIER]
    return NoSchedule(
        tuple(code for code in others if _solved(task, {EARLIER, code}, effort) is not None)
    )


def _solved(task: Task, lifted: Collection[str], effort: float) -> list[Session] | None:
    """The nearest calendar under all rules but those lifted."""
    model = cp_model.CpModel()
    v = variables(model, task)
    for code, rule in binding(task.instance).items():
        if code not in lifted:
            rule(model, task, v)
    _minimise(model, task, v)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = effort
    if solver.solve(model) not in FOUND:
        return None
    return [_session(task, v, solver, n) for n in range(len(task.sessions))]


def _minimise(model: cp_model.CpModel, task: Task, v: Vars) -> None:
    """As little as possible moves, and least of all a person's seat."""
    sessions = task.sessions
    costs: list[cp_model.LinearExprT] = [RELEASED * (1 - flag) for flag in v.seat.values()]
    costs += [ROOM * flag for (n, k), flag in v.at.items() if k != sessions[n].venue]
    costs += [LEADER * flag for (n, k), flag in v.lead.items() if k != sessions[n].trainer]
    for n, s in enumerate(sessions):
        model.add_hint(v.start[n], s.first)
        if task.free[n]:
            shift = model.new_int_var(0, task.instance.horizon.length, f"shift:{n}")
            model.add_abs_equality(shift, v.start[n] - s.first)
            moved = model.new_bool_var(f"moved:{n}")
            model.add(shift == 0).only_enforce_if(moved.negated())
            costs += [DAY * shift, MOVED * moved]
    model.minimize(sum(costs))


def _session(task: Task, v: Vars, solver: cp_model.CpSolver, n: int) -> Session:
    """Session `n` as the solver placed it."""
    s, instance = task.sessions[n], task.instance
    ids = instance.staff.ids
    gone = {ids[i] for i in s.staff if (n, i) in v.seat and not solver.value(v.seat[n, i])}
    first = solver.value(v.start[n])
    venues = [k for (m, k), flag in v.at.items() if m == n and solver.value(flag)]
    leads = [k for (m, k), flag in v.lead.items() if m == n and solver.value(flag)]
    was = s.session
    return replace(
        was,
        start_date=instance.horizon.date_of(first),
        end_date=instance.horizon.date_of(first + len(s.days) - 1),
        venue_id=instance.venues.ids[venues[0]] if venues else was.venue_id,
        instructor_id=instance.instructors.ids[leads[0]] if leads else was.instructor_id,
        staff_ids=tuple(who for who in was.staff_ids if who not in gone),
    )


def _schedule(before: tuple[Session, ...], after: list[Session], change: Change) -> Schedule:
    """The repaired calendar, with what moved and who gave up a seat."""
    old = {s.session_id: s for s in before} | {s.session_id: s for s in change.pin}
    moved, released = [], []
    for s in after:
        was = old[s.session_id]
        if replace(s, staff_ids=()) != replace(was, staff_ids=()):
            moved.append(s.session_id)
        released += [(s.session_id, who) for who in was.staff_ids if who not in s.staff_ids]
    return Schedule(tuple(after), tuple(moved), tuple(released))
