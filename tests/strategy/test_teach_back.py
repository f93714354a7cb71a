"""Teach-back as an indicator: in time of those due, unknown while nobody is due, never zero."""

from datetime import date, timedelta

import pytest

from competencies.models import StaffMember
from hrplan.strategy.library import catalogue
from hrplan.strategy.usecases.computed import computed_indicators
from tests.training_calendar import make_training
from training_calendar.models import Attendance, Enrolment, Mode, Module, TeachBack

ENDED = date(2016, 4, 1)


@pytest.fixture
def customs(customs):
    made = make_training.six_people(customs).calendar
    Module.objects.update(mode=Mode.EXTERNAL)
    Enrolment.objects.filter(calendar=made).update(ends_on=ENDED, starts_on=ENDED)
    customs.as_of_fixed = ENDED + timedelta(days=40)
    customs.save()
    return customs


def returned(code: str, *, taught: date | None = None, ended: date = ENDED) -> None:
    place = Enrolment.objects.get(staff_member__code=code)
    Enrolment.objects.filter(pk=place.pk).update(ends_on=ended)
    Attendance.objects.create(enrolment=place, hours=12, is_completed=True)
    if taught:
        TeachBack.objects.create(
            administration=place.staff_member.administration,
            enrolment=place,
            staff_member=place.staff_member,
            held_on=taught,
            people=8,
        )


def figure(customs):
    (found,) = computed_indicators(customs, ["K31"])
    return found.value, found.n, found.missing


def test_teach_back_is_the_share_in_time_of_those_due(customs):
    codes = list(StaffMember.objects.order_by("code").values_list("code", flat=True))
    returned(codes[0], taught=date(2016, 5, 1))
    returned(codes[1], taught=date(2016, 5, 2))
    returned(codes[2])
    returned(codes[3], ended=date(2016, 5, 9))

    assert figure(customs) == (pytest.approx(33.3333), 3, 1)


def test_teach_back_is_not_known_while_the_days_of_all_still_run(customs):
    returned(StaffMember.objects.order_by("code").first().code, ended=date(2016, 5, 9))

    assert figure(customs) == (None, 0, 1)


def test_teach_back_is_not_known_where_nobody_came_back(customs):
    (found,) = computed_indicators(customs, ["K31"])

    assert (found.value, found.reason) == (None, catalogue.reason("none_returned"))
