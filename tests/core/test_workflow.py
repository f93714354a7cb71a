import pytest

from hrplan.core.workflow import IllegalMove, Workflow

SUBMISSION = Workflow(
    first="draft",
    table={
        ("draft", "submit"): "submitted",
        ("draft", "withdraw"): "withdrawn",
        ("submitted", "return"): "draft",
        ("submitted", "approve"): "approved",
    },
)


def test_a_move_leads_to_the_state_of_the_table():
    assert SUBMISSION.after("draft", "submit") == "submitted"
    assert SUBMISSION.after("submitted", "return") == "draft"


def test_a_move_the_state_does_not_allow_is_refused_with_those_it_allows():
    with pytest.raises(
        IllegalMove, match="draft doesn't allow approve; it allows submit"
    ) as caught:
        SUBMISSION.after("draft", "approve")

    assert caught.value.allowed == ("submit", "withdraw")
    assert not SUBMISSION.allows("draft", "approve")
    assert SUBMISSION.allows("draft", "submit")


def test_nothing_leads_on_from_a_final_state():
    assert SUBMISSION.is_final("approved")
    assert not SUBMISSION.is_final("draft")
    with pytest.raises(IllegalMove, match="no move at all"):
        SUBMISSION.after("approved", "submit")


def test_states_are_reached_through_any_number_of_moves():
    assert SUBMISSION.reachable("submitted") == {"submitted", "draft", "approved", "withdrawn"}
    assert SUBMISSION.reachable("approved") == {"approved"}


def test_a_table_with_a_state_that_is_never_reached_is_refused():
    with pytest.raises(ValueError, match="never reached: archived, lost"):
        Workflow(first="draft", table={("lost", "archive"): "archived"})
