import pytest

from tests.training_calendar.solver.instances import small
from training_calendar.solver.class_bound import class_bound
from training_calendar.solver.classes import Rows, classes_of
from training_calendar.solver.linear import solve_linear
from training_calendar.solver.solution import Scarce, at_most_better, most_scarce


def test_a_programme_of_one_row_is_solved_with_its_price():
    rows = Rows()
    x, y = rows.column(3.0, 10), rows.column(2.0, 10)
    rows.row([(x, 1.0), (y, 1.0)], 4)
    rows.row([(x, 1.0)], 1)

    answer = solve_linear(rows)

    assert answer.optimal
    assert answer.bound == pytest.approx(9.0, abs=1e-5)
    assert answer.price.tolist() == pytest.approx([2.0, 1.0], abs=1e-5)


def test_people_alike_for_a_module_are_one_class():
    # M1 lifts C1 to 2: a1 a2 a3 b1 hold 1; b2, of whom nothing is asked, could use it for M2 only
    classes = classes_of(small(), 0)

    assert [(c.size, c.closes, c.missing) for c in classes] == [(4, ((0, 2),), ()), (1, (), ())]


def test_a_step_waits_for_the_one_below():
    (one,) = classes_of(small(), 1)  # M2 lifts C1 to 3 and requires M1

    assert (one.size, one.closes, one.missing) == (4, ((0, 2), (0, 3)), (0,))


def test_ample_supply_bounds_by_the_gaps_that_can_be_closed():
    rich = "quarter amount\nQ1 100000\nQ2 100000"
    bound = class_bound(small({"lambda_cost": 0.0, "discount_beta": 0.0}, budget=rich))

    assert bound.value == pytest.approx(20.0, abs=1e-4)
    assert bound.method == "lp"


def test_quarters_bound_no_lower_than_months():
    fine, coarse = class_bound(small()), class_bound(small(), coarse=True)

    assert fine.value <= coarse.value + 1e-6


def test_scarce_money_has_a_price():
    poor = "quarter amount\nQ1 100\nQ2 0"

    bound = class_bound(small(budget=poor))

    assert bound.money_price[0] > 0.001
    assert ("money", "Q1") in {(s.kind, s.key) for s in bound.scarce}


def test_a_cut_off_solver_still_proves_a_bound():
    whole = class_bound(small())
    rows = Rows()
    x = rows.column(1.0, 5)
    rows.row([(x, 1.0)], 3)

    assert solve_linear(rows, 0.0).bound >= 3.0 - 1e-6
    assert class_bound(small(), 0.0).value >= whole.value - 1e-6


def test_how_much_better_is_possible_is_a_share_of_the_plan():
    assert at_most_better(40.0, 30.0) == pytest.approx(1 / 3)
    assert at_most_better(30.0, 30.0 + 1e-9) == 0.0
    assert at_most_better(40.0, 0.0) is None
    assert at_most_better(None, 30.0) is None
    assert at_most_better(40.0, None) is None


def test_the_most_scarce_things_name_each_kind():
    money = tuple(Scarce("money", f"Q{n}", "", 1.0, 9.0 - n) for n in range(4))
    cover = Scarce("cover", "A", "2027-01", 0.5, 1.0)

    kept = most_scarce((*money, cover), 3)

    assert kept == (money[0], money[1], cover)
    assert most_scarce((cover,), 3) == (cover,)
