from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.training_calendar.solver.instances import GOOD, session, small
from tests.training_calendar.solver.test_solve import folder
from training_calendar.solver import kernel_fill, kernel_roster, kernel_search, kernel_weeks
from training_calendar.solver.check import check
from training_calendar.solver.dispatch import Dispatcher
from training_calendar.solver.facts import Earmarks, Instance
from training_calendar.solver.further import week_most
from training_calendar.solver.improve import Chain
from training_calendar.solver.instance import read_instance
from training_calendar.solver.placed import placed_sessions
from training_calendar.solver.replan import replanned
from training_calendar.solver.roster import keen_people
from training_calendar.solver.solve import solve

pytestmark = pytest.mark.whole


def chain_on(instance: Instance) -> Chain:
    """A chain that stands on the first plan of the dispatcher."""
    dispatcher = Dispatcher(instance)
    keen = keen_people(instance, dispatcher.problem, dispatcher.levels)
    chain = Chain(dispatcher, dispatcher.desks[0], keen)
    chain.load(dispatcher.run(dispatcher.first_guide()))
    return chain


def state_of(chain: Chain) -> list:
    """Everything a move changes, people of a session in no order."""
    roster = chain.roster
    held = {
        (int(roster.module[t]), int(roster.first[t]), int(roster.place[t])): sorted(
            roster.people[t, : roster.size[t]].tolist()
        )
        for t in np.flatnonzero(roster.alive)
    }
    return [held, roster.value.tolist(), *(array.tolist() for array in chain.desk.state[2:])]


def test_a_move_taken_back_leaves_no_trace():
    chain = chain_on(read_instance(folder("mini-2")))
    dispatcher, guide = chain.dispatcher, chain.guide
    given = dispatcher.given, chain.desk.state_given, chain.given
    before = state_of(chain)
    z = kernel_fill.z_of(*given)

    slots = np.flatnonzero(chain.roster.alive)
    kernel_roster.begin(chain.given)
    for t in slots[:3]:
        if chain.roster.alive[t]:
            kernel_roster.close_session(*given, int(t))
    kernel_roster.refresh(*given, guide.ladder)
    changed = state_of(chain)
    kernel_roster.roll_back(*given)
    kernel_roster.refresh(*given, guide.ladder)

    assert changed != before
    assert state_of(chain) == before
    assert kernel_fill.z_of(*given) == pytest.approx(z)


def test_the_search_only_takes_a_better_plan_and_counts_it_right():
    chain = chain_on(read_instance(folder("mini-3")))
    before = chain.dispatcher.run(chain.dispatcher.first_guide())
    chain.load(before)

    for seed in range(5):
        chain.run(20_000, 5.0, seed)
    counted = chain.top
    plan = chain.plan(before)

    assert plan.z > before.z
    assert plan.z == pytest.approx(counted)
    judged = check(chain.dispatcher.instance, chain.dispatcher.sessions(plan))
    assert judged.violations == ()
    assert judged.objective.z == pytest.approx(plan.z)


BUSY = "station_id month\nA 1"


def test_a_plan_obeys_the_further_rules_that_block_from_the_first_pass_to_the_last_move():
    instance = read_instance(folder("mini-3"))
    heads = np.bincount(instance.staff.station)
    peak = np.zeros((len(heads), 12), dtype=bool)
    peak[0, instance.horizon.month[30] - 1] = True
    stations = replace(instance.stations, peak=peak, week_most=week_most(heads))
    strict = replace(instance, stations=stations, obeyed=frozenset({"F1", "F2", "F3"}))
    free = solve(instance, effort=6, with_bound=False).sessions

    first = Dispatcher(strict).run(Dispatcher(strict).first_guide())
    last = solve(strict, effort=20, with_bound=False)

    assert {v.rule for v in check(strict, free).violations} == {"F1", "F2", "F3"}
    assert check(strict, Dispatcher(strict).sessions(first)).violations == ()
    assert last.check.violations == ()
    assert last.sessions
    assert solve(replace(instance, stations=stations), effort=6, with_bound=False).sessions == free


def test_who_is_away_in_a_week_may_attend_again_though_the_station_lets_no_other_go():
    """One of three a week: the same person takes both modules in the week of the pin."""
    pins = {
        "pinned_sessions": (
            "session_id module_id start_date end_date venue_id instructor_id open\n"
            "p1 M1 2027-02-23 2027-02-24 V1 I1 0"
        ),
        "pinned_seats": "session_id staff_id\np1 a1\np1 b1",
    }
    early = "2027-01-01 2027-02-22 ALL -"
    data = {"blackouts": f"from_date to_date scope scope_id\n{early}", **pins}

    found = solve(small({"obeyed": ["F1"]}, **data), effort=5, with_bound=False)

    week = [s for s in found.sessions if s.start_date < date(2027, 2, 27)]
    assert found.check.violations == ()
    assert {who for s in week for who in s.staff_ids} == {"a1", "b1"}
    assert len(week) > 1


def test_people_of_a_cancelled_session_find_no_place_that_a_further_rule_forbids():
    again = (*GOOD, session("s4", "M3", "2027-02-04", 1, "a3", where="", by="I2"))
    instance = small({"lambda_cost": 0.0001, "obeyed": ["F2"]}, peaks=BUSY.replace(" 1", " 2"))

    after = replanned(Dispatcher(instance), again, "s3")

    before = set(check(instance, again).violations)
    assert set(check(instance, after).violations) <= before


def test_a_pinned_session_is_never_closed():
    pins = {
        "pinned_sessions": (
            "session_id module_id start_date end_date venue_id instructor_id open\n"
            "p1 M3 2027-01-04 2027-01-04 - I1 1"
        ),
        "pinned_seats": "session_id staff_id\np1 a1",
    }
    chain = chain_on(small(**pins))
    given = chain.dispatcher.given, chain.desk.state_given, chain.given

    assert not kernel_roster.close_session(*given, 0)
    assert not kernel_roster.drop(*given, chain.roster.people[0, 0], 0)
    for seed in range(20):
        kernel_search.improve(
            *given, chain.best_given, chain.guide, chain.top, 2_000, 50.0, 4, seed
        )
    assert bool(chain.roster.alive[0])
    assert chain.roster.people[0, 0] == chain.dispatcher.instance.staff.ids.index("a1")


def test_after_a_cancelled_session_its_people_find_places_and_all_others_stay():
    instance = small({"lambda_cost": 0.0001})
    again = (*GOOD, session("s4", "M3", "2027-02-04", 1, "a3", where="", by="I2"))

    after = replanned(Dispatcher(instance), again, "s3")

    assert check(instance, after).violations == ()
    stands = {s.session_id: s for s in after}
    assert "s3" not in stands
    assert [stands[key] for key in ("s1", "s2")] == [again[0], again[1]]
    assert "a3" in stands["s4"].staff_ids
    assert {"a1", "a2"} & {w for s in after if s.module_id == "M3" for w in s.staff_ids}


def test_who_is_moved_was_in_the_cancelled_session_or_in_one_that_fell_with_it():
    instance = read_instance(folder("mini-3"))
    sessions = solve(instance, effort=20, with_bound=False).sessions

    dispatcher = Dispatcher(instance)

    for gone in sessions:
        after = replanned(dispatcher, sessions, gone.session_id)

        assert check(instance, after).violations == ()
        kept = {s.session_id for s in after}
        fell = {w for s in sessions if s.session_id not in kept for w in s.staff_ids}
        old = {(s.module_id, s.start_date, w) for s in sessions for w in s.staff_ids}
        new = {(s.module_id, s.start_date, w) for s in after for w in s.staff_ids}
        assert {who for _, _, who in old ^ new} <= fell | set(gone.staff_ids)


def test_money_that_goes_too_fast_becomes_dear_and_what_is_left_over_cheap():
    dispatcher = Dispatcher(read_instance(folder("mini-2")))
    desk, guide = dispatcher.desks[0], dispatcher.first_guide()
    quarter = dispatcher.problem.quarter
    last = int(np.flatnonzero(quarter == 0)[-1])
    budget = dispatcher.start.money[0]

    def price(day: int, share: float) -> float:
        desk.state.money[0] = share * budget
        kernel_weeks.set_prices(
            dispatcher.given, desk.state_given, desk.work_given, guide, day, min(day + 6, last)
        )
        return float(desk.work.price[0])

    assert price(0, 1.0) == pytest.approx(guide.price[0])
    assert price(0, 0.5) == pytest.approx(2 * guide.price[0])
    assert price(last - 7, 0.5) < guide.price[0]
    assert price(0, 0.0) < 4 * guide.price[0]


def test_money_that_is_bound_is_spent_on_nothing_else_and_first_on_its_own():
    """All money is bound to one module: the plan holds that and what is free of charge alone."""
    instance = read_instance(folder("mini-3"))
    free = solve(instance, effort=6, with_bound=False)
    costly = next(s for s in placed_sessions(instance, free.sessions) if s.cost > 0)
    of = np.full((len(instance.modules.ids), instance.horizon.length), -1, dtype=np.int64)
    of[costly.module] = 0
    bound = Earmarks(("S",), instance.horizon.budget[:, None].copy(), of)
    strict = replace(instance, earmarks=bound, obeyed=frozenset({"F4"}))

    found = solve(strict, effort=20, with_bound=False)

    paid = {s.module for s in placed_sessions(strict, found.sessions) if s.cost > 0}
    assert found.check.violations == ()
    assert paid == {costly.module}
    assert {v.rule for v in check(strict, free.sessions).violations} == {"F4"}
