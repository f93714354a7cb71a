from hypothesis import given
from hypothesis import strategies as st

from hrplan.exchange.check import ring_faults
from hrplan.exchange.rows import Row
from tests.exchange.tables import UNITS

NODES = st.integers(0, 7)
EDGES = st.lists(st.tuples(NODES, NODES), max_size=14)


def rings(pairs):
    rows = [
        Row("units", number, {"unit_id": str(lower), "parent_id": str(upper)}, {})
        for number, (lower, upper) in enumerate(pairs, start=2)
    ]
    return [fault.params["chain"] for fault in ring_faults(rows, UNITS, "unit_id", "parent_id")]


def test_a_ring_is_told_with_its_members_in_order():
    assert rings([(1, 2), (2, 3), (3, 1), (4, 1)]) == ["1 > 2 > 3 > 1"]


def test_two_rings_are_told_apart():
    assert rings([(1, 2), (2, 1), (3, 4), (4, 3)]) == ["1 > 2 > 1", "3 > 4 > 3"]


def test_two_ways_to_the_same_top_are_no_ring():
    assert rings([(1, 2), (1, 3), (2, 4), (3, 4)]) == []


def test_a_long_ring_is_cut_short():
    pairs = [(n, (n + 1) % 9) for n in range(9)]

    assert rings(pairs) == ["0 > 1 > 2 > 3 > 4 > 5 > … > 0"]


@given(EDGES)
def test_there_is_a_fault_exactly_where_no_order_exists(pairs):
    left = set(pairs)
    while left:
        tops = {upper for _, upper in left} - {lower for lower, _ in left}
        if not tops:
            break
        left = {(lower, upper) for lower, upper in left if upper not in tops}

    assert bool(rings(pairs)) == bool(left)
