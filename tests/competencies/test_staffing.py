"""Staff needed from workloads and hours; kept by forms, by REST and in the workbook."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competencies.analysis.staffing import (
    WorkingTime,
    activity_needs,
    officers_needed,
    staff_needed,
    usual_roster,
)
from competencies.models import PlannedIntake, Workload
from competencies.usecases import gaps, organisation, staffing, workloads
from tests import make
from tests.competencies.make_gaps import port
from tests.drawn import frame

USUAL = WorkingTime()
WORK = frame("""
    unit  profile  activity  volume  minutes  share
    port  R8       full      5200    95       0
    port  R8       loose     7400    35       0
    port  R8       reports   1900    40       0
    port  R8       ways      -       -        0.12
""")
THERE = frame("unit profile posts people\nport R8 18 16")


def test_a_post_manned_day_and_night_takes_five_officers():
    # 24 x 7 x 52 / (40 x 52 - 45 x 8) = 8736 / 1720
    assert USUAL.days_absent == 45
    assert officers_needed(24, USUAL) == pytest.approx(8736 / 1720)
    assert officers_needed(24, USUAL) == pytest.approx(5.1, abs=0.05)


def test_five_more_days_of_training_raise_that_by_one_in_forty():
    more = officers_needed(24, WorkingTime(training_days=10)) / officers_needed(24, USUAL)

    assert more == pytest.approx(1.024, abs=0.0005)


def test_posts_and_days_scale_the_need():
    assert officers_needed(8, USUAL, days_week=5, posts=3) == pytest.approx(3 * 2080 / 1720)


def test_officers_always_absent_man_no_post():
    with pytest.raises(ValueError, match="all the hours"):
        officers_needed(8, WorkingTime(leave_days=260))


def test_the_roster_of_a_day_is_what_five_days_of_service_leave():
    assert [usual_roster(25, 7), usual_roster(25, 5), usual_roster(4, 6), usual_roster(4, 0)] == [
        17, 25, 3, 0,
    ]  # fmt: skip


def test_the_worked_example_of_the_port_comes_out():
    activities = activity_needs(WORK, USUAL)
    need = staff_needed(activities, THERE).iloc[0]

    assert activities["standard"].round().tolist()[:3] == [1086, 2949, 2580]
    assert activities["people"].round(2).tolist()[:3] == [4.79, 2.51, 0.74]
    assert activities["people"].isna().tolist() == [False, False, False, True]
    assert (round(need["direct"], 2), round(need["factor"], 3)) == (8.03, 1.136)
    assert (round(need["required"], 2), need["whole"], round(need["ratio"], 2)) == (9.13, 9, 1.75)
    assert need["difference"] == 7


@pytest.mark.parametrize(("volume", "whole"), [(11, 1), (12, 2), (22, 2), (23, 3), (55, 5)])
def test_a_person_carries_a_tenth_more_than_a_full_load_before_another_is_counted(volume, whole):
    work = frame("unit profile activity volume minutes share\na R 1 0 10320 0")
    need = staff_needed(activity_needs(work.assign(volume=volume), USUAL), THERE).iloc[0]

    assert (need["required"], need["whole"]) == (pytest.approx(volume / 10), whole)


def test_shares_that_take_all_the_time_leave_the_need_unknown():
    work = frame("unit profile activity volume minutes share\na R 1 10 60 0\na R 2 - - 1")
    need = staff_needed(activity_needs(work, USUAL), THERE).iloc[0]

    assert need[["factor", "required", "whole"]].isna().all()


@given(st.integers(0, 10**6), st.floats(0.1, 5000), st.floats(0, 0.9))
def test_more_work_never_takes_fewer_people(volume, minutes, share):
    base = frame("unit profile activity volume minutes share\na R 1 0 0 0")
    less = base.assign(volume=volume, minutes=minutes, share=share)
    needs = [
        staff_needed(activity_needs(work, USUAL), THERE)["required"].iloc[0]
        for work in (less, less.assign(volume=volume + 1))
    ]

    assert needs[0] < needs[1]


@pytest.fixture
def place(customs):
    made = port(customs)
    made.unit.minimum_on_duty, made.unit.shifts = 1, 3
    made.unit.duty_weekdays = list(range(7))
    made.unit.save()
    return made


def url(name, *args):
    return reverse(f"competencies:{name}", args=["customs", *args])


def activity(place, **fields):
    return {"unit": place.unit.pk, "profile": place.profile.pk, "activity": "Examine",
            "volume": 5000, "minutes": "62", **fields}  # fmt: skip


def test_an_activity_is_written_down_changed_and_taken_away(place, alice, as_):
    client = as_(alice)
    client.post(url("workloads_add"), activity(place))
    row = Workload.objects.get()
    client.post(url("workloads_change", row.pk), activity(place, minutes="124"))

    text = client.get(url("unit_staffing", place.unit.pk)).content.decode()
    assert "One person does a year" in text
    assert "in whole people 6" in text  # 5000 x 124 / 60 / 1720 = 6.01
    assert "3 too few" in text
    client.post(url("workloads_remove", row.pk))

    assert not Workload.objects.exists()


def test_an_activity_has_a_volume_and_minutes_or_a_share(place, alice, customs):
    for wrong in (
        {"volume": 10, "minutes": None, "share": None},
        {"volume": None, "minutes": None, "share": None},
        {"volume": 10, "minutes": 5, "share": 0.1},
    ):
        with pytest.raises(ValidationError, match="or a share"):
            workloads.add_workload(
                customs, by=alice, unit=place.unit, profile=place.profile, activity="x", **wrong
            )


def test_shares_of_one_profile_never_take_all_the_time(place, alice, customs):
    common = {"unit": place.unit, "profile": place.profile, "volume": None, "minutes": None}
    workloads.add_workload(customs, by=alice, activity="Meet", share="0.6", **common)

    with pytest.raises(ValidationError, match="take up all"):
        workloads.add_workload(customs, by=alice, activity="Wait", share="0.4", **common)


def test_only_the_hr_officer_keeps_workloads_and_intakes(place, carol, mona, customs):
    for member in (carol, mona):
        with pytest.raises(PermissionDenied):
            workloads.add_workload(customs, by=member, unit=place.unit)
        with pytest.raises(PermissionDenied):
            workloads.add_intake(customs, by=member, unit=place.unit)


def test_the_page_of_a_unit_shows_what_more_training_costs(place, alice, as_):
    text = as_(alice).get(url("unit_staffing", place.unit.pk)).content.decode()

    assert "1 on duty x 3 shifts x 8 hours x 7 days x 52 weeks / 1,720 hours = 5.1" in text
    assert "2.4 %" in text


def test_what_an_officer_gives_is_set_by_the_administration(place, customs):
    place.unit.administration.constants = {"staffing": {"leave_days": 30}}

    seen = staffing.unit_staffing(place.unit, gaps.gap_analysis(customs))

    assert seen.time.days_absent == 55


def test_recruits_are_planned_by_rest_too(place, alice, mona, as_):
    path = "/api/v1/customs/intakes/"
    row = {"unit": place.unit.pk, "profile": place.profile.pk, "starts_on": "2016-09-05",
           "people": 4}  # fmt: skip

    made = as_(alice).post(path, row, content_type="application/json")
    refused = as_(mona).post(path, row, content_type="application/json")

    assert (made.status_code, refused.status_code) == (201, 403)
    assert PlannedIntake.objects.get().people == 4


def test_rows_of_another_administration_are_not_pointed_to(place, alice, customs, elsewhere):
    foreign = make.unit(elsewhere, "far")

    with pytest.raises(ValidationError, match="another administration"):
        workloads.add_intake(
            customs, by=alice, unit=foreign, profile=place.profile, starts_on="2016-09-05", people=1
        )


def test_a_profile_stays_while_work_or_recruits_are_planned_with_it(place, alice, customs):
    fresh = make.profile(place.framework, "R9", O1=1)
    common = {"unit": place.unit, "profile": fresh}
    planned = workloads.add_intake(customs, by=alice, starts_on="2016-09-05", people=1, **common)

    with pytest.raises(ValidationError, match="planned recruits"):
        organisation.remove_profile(fresh, by=alice)
    workloads.remove_intake(planned, by=alice)
    organisation.remove_profile(fresh, by=alice)

    assert not PlannedIntake.objects.exists()
