import pytest

from training_calendar import wording


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (20, "person-day", "20 person-days"),
        (1, "session", "1 session"),
        (27, "person", "27 people"),
        (2.5, "day", "2.5 days"),
        (3, "lot", "3 lot"),
    ],
)
def test_a_quantity_is_said_with_its_unit_in_the_plural(number, unit, said):
    assert wording.quantity(number, unit) == said
