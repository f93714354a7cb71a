"""Who may do what with plans and calendars."""

from hrplan.core.models import Member
from tests.training_calendar import make_training
from training_calendar import rules
from training_calendar.models import Calendar, Plan


def calendar(member: Member) -> Calendar:
    plan = Plan.objects.create(
        administration=member.administration,
        title="Plan",
        as_of=member.administration.as_of,
    )
    return Calendar.objects.create(
        administration=member.administration,
        plan=plan,
        starts_on=make_training.FIRST,
        ends_on=make_training.LAST,
    )


def test_reviewers_see_plans_but_nobody_by_name(ruth: Member) -> None:
    assert rules.can_see_plan(ruth)
    assert not rules.can_see_nominees(ruth)
    assert not rules.can_see_supply(ruth)


def test_staff_see_the_catalogue_and_their_own_calendar(stan: Member) -> None:
    assert rules.can_see_catalogue(stan)
    assert rules.can_see_own_calendar(stan)
    assert not rules.can_see_plan(stan)


def test_a_coordinator_sees_nothing_of_training(cora: Member) -> None:
    assert not rules.can_see_catalogue(cora)
    assert not rules.can_see_plan(cora)
    assert not rules.can_see_own_calendar(cora)


def test_who_plans_does_not_release(alice: Member, carol: Member, mallory: Member) -> None:
    made = calendar(alice)

    assert rules.can_change_calendar(alice, made)
    assert not rules.can_release_calendar(alice, made)
    assert rules.can_release_calendar(carol, made)
    assert not rules.can_change_calendar(mallory, made)
    assert not rules.can_adopt_plan(alice, made.plan)
