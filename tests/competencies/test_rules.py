import pytest

from competencies import rules
from competencies.models import StaffMember
from hrplan.core.models import Member
from tests import make
from tests.competencies.make_gaps import Port, port


@pytest.fixture
def place(customs) -> Port:
    return port(customs)


def seen_by(member: Member) -> set[str]:
    return set(StaffMember.objects.visible_to(member).values_list("name", flat=True))


def test_the_office_sees_everybody(place, alice, carol):
    assert seen_by(alice) == seen_by(carol) == {"Ann", "Ben", "Eve"}


def test_a_manager_sees_the_units_below_the_own_one(place, mona, customs):
    gate = make.unit(customs, "GATE", parent=place.unit)
    make.staff_member(gate, name="Gus")
    make.staff_member(make.unit(customs, "ELSE"), name="Zoe")
    make.scope(mona, unit=place.unit)

    assert seen_by(mona) == {"Ann", "Ben", "Eve", "Gus"}


def test_staff_see_themselves_and_reviewers_nobody(place, stan, ruth, bob, mallory):
    make.scope(stan, staff_member=place.ann)

    assert seen_by(stan) == {"Ann"}
    assert seen_by(ruth) == seen_by(bob) == seen_by(mallory) == set()


def test_a_manager_without_a_unit_sees_nobody(place, mona):
    assert seen_by(mona) == set()


def test_each_role_rates_from_its_own_source(place, alice, mona, stan, carol):
    make.scope(mona, unit=place.unit, staff_member=place.ben)
    make.scope(stan, staff_member=place.ann)

    assert rules.can_assess(alice, place.ann, "validated")
    assert rules.sources_of(mona, place.ann) == {"supervisor", "peer"}
    assert rules.sources_of(mona, place.ben) == {"self"}
    assert rules.sources_of(stan, place.ann) == {"self"}
    assert rules.sources_of(stan, place.ben) == set()
    assert rules.sources_of(carol, place.ann) == set()


@pytest.fixture
def led(place, mona, customs):
    """Gus of another unit, whose supervisor is Ben; Mona is Ben and manages the port."""
    make.scope(mona, unit=place.unit, staff_member=place.ben)
    gate = make.unit(customs, "GATE")
    made = make.staff_member(gate, place.profile, code="S8", name="Gus", supervisor=place.ben)
    make.staff_member(gate, place.profile, code="S9", name="Zoe", supervisor=made)
    return made


def test_a_supervisor_on_record_sees_and_rates_as_the_manager_of_the_unit(place, led, mona):
    assert seen_by(mona) == {"Ann", "Ben", "Eve", "Gus"}
    assert rules.sources_of(mona, led) == {"supervisor", "peer"}
    assert rules.can_agree(mona, led)


def test_being_named_a_supervisor_widens_no_other_seat(place, led, stan, ruth, bob):
    make.scope(stan, staff_member=place.ben)
    make.scope(ruth, staff_member=place.ben)

    assert seen_by(stan) == {"Ben"}
    assert seen_by(ruth) == {"Ben"}
    assert [rules.sources_of(one, led) for one in (stan, ruth, bob)] == [frozenset()] * 3


def test_a_supervisor_who_changes_loses_sight_at_once(led, mona, place):
    StaffMember.objects.filter(pk=led.pk).update(supervisor=place.eve)

    assert "Gus" not in seen_by(mona)
    assert rules.sources_of(mona, StaffMember.objects.get(pk=led.pk)) == frozenset()


def test_a_manager_who_is_nobody_on_the_list_leads_nobody_without_a_supervisor(place, mona):
    make.scope(mona)

    assert seen_by(mona) == set()


def test_nobody_from_elsewhere_rates(place, mallory):
    assert rules.sources_of(mallory, place.ann) == set()


def test_only_the_office_sees_small_cells(alice, carol, mona, ruth, bob):
    assert [rules.can_see_small_cells(one) for one in (alice, carol, mona, ruth, bob)] == [
        *(True, True),
        *(False, False, False),
    ]
