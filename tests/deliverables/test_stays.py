"""How long a submission lay in each state, and with whom."""

from datetime import UTC, datetime

import pytest

from hrplan.core.models import Role
from hrplan.deliverables import rules, wording
from hrplan.deliverables.analysis.stays import stays
from hrplan.deliverables.models import Move, Submission

State = Submission.State


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2016, 3, day, hour, tzinfo=UTC)


def lay(*passages, now):
    workflow = rules.WORKFLOW
    return stays(passages, now, first=workflow.first, after=workflow.after, last=State.APPROVED)


def test_each_state_has_the_whole_days_until_the_next_move():
    moves = (
        ("make", on(1)),
        (Move.REVIEW, on(3, 10)),
        (Move.ENDORSE, on(3, 15)),
        (Move.SUBMIT, on(4)),
    )

    found = lay(*moves, now=on(11, 8))

    assert [(one.state, one.days) for one in found] == [
        (State.DRAFT, 2), (State.REVIEW, 0), (State.ENDORSED, 0), (State.SUBMITTED, 6)
    ]  # fmt: skip
    assert [one.until for one in found] == [on(3, 10), on(3, 15), on(4), None]


def test_what_is_approved_lies_with_nobody_and_has_no_days():
    way = [Move.REVIEW, Move.ENDORSE, Move.SUBMIT, Move.APPROVE]

    found = lay(("make", on(1)), *((move, on(2 + n)) for n, move in enumerate(way)), now=on(30))

    assert (found[-1].state, found[-1].days) == (State.APPROVED, 0)
    assert wording.held_by(rules.holders(State.APPROVED)) == "–"


def test_what_comes_back_lies_in_a_state_again():
    way = [Move.REVIEW, Move.ENDORSE, Move.SUBMIT, Move.RETURN, Move.REVISE, Move.REVIEW]

    found = lay(("make", on(1)), *((move, on(2 + n)) for n, move in enumerate(way)), now=on(9))

    assert [one.state for one in found][-3:] == [State.RETURNED, State.DRAFT, State.REVIEW]


@pytest.mark.parametrize(
    ("state", "roles"),
    [(State.DRAFT, {Role.HR_OFFICER}), (State.REVIEW, {Role.HEAD, Role.HR_OFFICER}),
     (State.SUBMITTED, {Role.REVIEWER})],
    ids=["draft", "review", "submitted"],
)  # fmt: skip
def test_it_lies_with_whoever_can_make_a_move(state, roles):
    assert set(rules.holders(state)) == roles


def test_what_has_no_move_on_record_has_no_stay():
    assert lay(now=on(9)) == ()
