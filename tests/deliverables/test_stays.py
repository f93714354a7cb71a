"""How long a submission lay in each state, and with whom."""

from datetime import UTC, datetime

import pytest

from hrplan.core.models import Role
from hrplan.deliverables import rules, wording
from hrplan.deliverables.analysis.stays import stays
from hrplan.deliverables.models import Submission
from hrplan.deliverables.usecases.submissions import OVER

State = Submission.State


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2016, 3, day, hour, tzinfo=UTC)


def lay(*passages, now):
    return stays(passages, now, over=OVER)


def test_each_state_has_the_whole_days_until_the_next():
    found = lay(
        (State.DRAFT, on(1)),
        (State.REVIEW, on(3, 10)),
        (State.ENDORSED, on(3, 15)),
        (State.SUBMITTED, on(4)),
        now=on(11, 8),
    )

    assert [(one.state, one.days) for one in found] == [
        (State.DRAFT, 2), (State.REVIEW, 0), (State.ENDORSED, 0), (State.SUBMITTED, 6)
    ]  # fmt: skip
    assert [one.until for one in found] == [on(3, 10), on(3, 15), on(4), None]


def test_a_move_that_changes_no_state_begins_no_stay():
    found = lay(
        (State.TECHNICAL, on(1)), (State.TECHNICAL, on(4)), (State.DECISION, on(6)), now=on(9)
    )

    assert [(one.state, one.days) for one in found] == [(State.TECHNICAL, 5), (State.DECISION, 3)]


def test_what_is_approved_lies_with_nobody_and_has_no_days():
    found = lay((State.DECISION, on(1)), (State.APPROVED, on(2)), now=on(30))

    assert (found[-1].state, found[-1].days) == (State.APPROVED, 0)


def test_what_comes_back_lies_in_a_state_again():
    way = [State.DRAFT, State.REVIEW, State.DECISION, State.RETURNED, State.DRAFT, State.REVIEW]

    found = lay(*((state, on(1 + n)) for n, state in enumerate(way)), now=on(9))

    assert [one.state for one in found] == way


@pytest.mark.parametrize(
    ("state", "roles"),
    [
        (State.DRAFT, {Role.HR_OFFICER}),
        (State.ENDORSED, {Role.HEAD, Role.HR_OFFICER}),
        (State.SUBMITTED, {Role.REVIEWER}),
        (State.CLOSED, set()),
    ],
    ids=["draft", "endorsed", "submitted", "closed"],
)
def test_it_lies_with_whoever_makes_a_move_without_a_step(state, roles):
    assert set(rules.holders(state)) == roles


def test_nobody_holds_what_is_closed():
    assert wording.held_by(rules.holders(State.CLOSED)) == "–"


def test_what_has_no_move_on_record_has_no_stay():
    assert lay(now=on(9)) == ()
