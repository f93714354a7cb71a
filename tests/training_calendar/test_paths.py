from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Assessment, JobProfile, LearningPath, Proposal, StaffMember
from competencies.usecases import standing
from hrplan import workbook
from tests import make
from tests.training_calendar import make_training
from training_calendar.models import Attendance, Enrolment, PathStep, Programme, ProgrammeAward
from training_calendar.usecases import learning_paths, programme_progress
from training_calendar.usecases.attendance import record_attendance


@pytest.fixture
def calendar(customs):
    made = make_training.plan(customs, sessions=2)
    customs.as_of_fixed = make_training.FIRST + timedelta(days=10)
    customs.save()
    return made


def place(customs, code="P0"):
    rows = Enrolment.objects.select_related("calendar__administration", "module", "session")
    return rows.get(staff_member__code=code, calendar__administration=customs)


def person(customs, code="P0"):
    return StaffMember.objects.get(administration=customs, code=code)


def path(customs, by, **fields):
    fields = {"staff_level": "officers", "aim": "Works alone", **fields}
    return learning_paths.add_path(customs, by=by, **fields)


def programme(customs, *units):
    made = Programme.objects.create(
        administration=customs,
        code="CERT",
        title="Certificate",
        award="Certificate",
        provider=make_training.provider(customs),
    )
    made.modules.set(units)
    return made


def test_a_completed_module_proposes_its_level_once_and_rates_nobody(calendar, customs, alice):
    before = Assessment.objects.count()

    for _again in range(2):
        record_attendance(place(customs), hours=Decimal(12), is_completed=True, by=alice)

    found = Proposal.objects.get()
    assert (found.competency.code, found.level, found.ground) == ("O1", 2, "module")
    assert found.evidence == "T01 Module T01, 2016-04-05"
    assert (found.state, Assessment.objects.count()) == ("open", before)


def test_a_module_attended_in_part_proposes_nothing(calendar, customs, alice):
    record_attendance(place(customs), hours=Decimal(3), is_completed=False, by=alice)

    assert (Attendance.objects.get().hours, Proposal.objects.count()) == (3, 0)


def test_a_completion_taken_back_takes_back_what_is_undecided(calendar, customs, alice):
    for code in ("P0", "P1"):
        record_attendance(place(customs, code), hours=Decimal(12), is_completed=True, by=alice)
    decided = Proposal.objects.get(staff_member__code="P1")
    standing.decide_proposal(decided, accept=True, by=alice)

    for code in ("P0", "P1"):
        record_attendance(place(customs, code), hours=Decimal(12), is_completed=False, by=alice)

    assert list(Proposal.objects.all()) == [decided]


def test_attendance_is_refused_before_the_first_day_and_beyond_the_hours(calendar, customs, alice):
    with pytest.raises(ValidationError, match="hours"):
        record_attendance(place(customs), hours=Decimal(99), is_completed=True, by=alice)
    owner = place(customs)
    owner.calendar.administration.as_of_fixed = date(2016, 2, 12)
    with pytest.raises(ValidationError, match="not begun"):
        record_attendance(owner, hours=Decimal(1), is_completed=True, by=alice)


def test_only_hr_records_attendance_and_not_the_own(calendar, customs, alice, mona, mallory):
    make.scope(mona, unit=person(customs).unit)
    for other in (mona, mallory):
        with pytest.raises(PermissionDenied):
            record_attendance(place(customs), hours=Decimal(1), is_completed=True, by=other)

    make.scope(alice, staff_member=person(customs))
    with pytest.raises(PermissionDenied):
        record_attendance(place(customs), hours=Decimal(1), is_completed=True, by=alice)


def test_the_path_of_a_profile_goes_before_that_of_its_level(calendar, customs, alice):
    profile = JobProfile.objects.get(administration=customs)
    level = path(customs, alice, staff_level=profile.staff_level)
    before = learning_paths.path_of(person(customs))

    own = path(customs, alice, staff_level=profile.staff_level, profile=profile)

    assert (before, learning_paths.path_of(person(customs))) == (level, own)


def test_a_level_and_a_profile_have_one_path_each(calendar, customs, alice):
    profile = JobProfile.objects.get(administration=customs)
    path(customs, alice, staff_level=profile.staff_level)

    with pytest.raises(ValidationError, match="already"):
        path(customs, alice, staff_level=profile.staff_level)
    with pytest.raises(ValidationError, match="another level"):
        path(customs, alice, staff_level="executives", profile=profile)


def test_a_step_is_one_module_or_one_programme_in_a_place_of_its_own(calendar, customs, alice):
    way, taught = path(customs, alice), place(customs).module
    learning_paths.add_step(customs, path=way, module=taught, position=1, by=alice)

    with pytest.raises(ValidationError, match="one of the two"):
        learning_paths.add_step(customs, path=way, position=2, by=alice)
    with pytest.raises(ValidationError, match="this place"):
        learning_paths.add_step(customs, path=way, module=taught, position=1, by=alice)


def test_the_person_reads_which_steps_are_done_and_which_is_next(
    calendar, customs, as_, alice, stan
):
    profile = JobProfile.objects.get(administration=customs)
    way = path(customs, alice, staff_level=profile.staff_level)
    more = make_training.module(customs, "T02")
    first = place(customs).module
    learning_paths.add_step(customs, path=way, module=first, position=1, by=alice)
    learning_paths.add_step(
        customs, path=way, module=more, position=2, milestone="before promotion", by=alice
    )
    record_attendance(place(customs), hours=Decimal(12), is_completed=True, by=alice)
    make.scope(stan, staff_member=person(customs))
    url = reverse("training_calendar:development", args=["customs", person(customs).pk])

    page = as_(stan).get(url)

    assert [row["words"] for row in page.context["steps"]] == ["done", "not planned yet"]
    assert page.context["development"].ahead.step.milestone == "before promotion"
    told = as_(stan).get(f"/api/v1/customs/development/{person(customs).pk}/").json()
    assert [step["state"] for step in told["steps"]] == ["done", "open"]
    assert (told["path"], told["next"]["state"]) == (way.pk, "open")
    other = reverse("training_calendar:development", args=["customs", person(customs, "P1").pk])
    assert as_(stan).get(other).status_code == 404


def test_progress_in_a_programme_counts_units_and_names_what_is_missing(calendar, customs, alice):
    unit, more = place(customs).module, make_training.module(customs, "T02")
    made = programme(customs, unit, more)
    record_attendance(place(customs), hours=Decimal(12), is_completed=True, by=alice)

    everybody = StaffMember.objects.visible_to(alice)
    found = programme_progress.people_in(made, everybody)
    (own,) = programme_progress.progress_of(person(customs))

    assert [(one.person.code, one.standing.state, one.standing.done) for one in found] == [
        ("P0", "under_way", 1),
        ("P1", "planned", 0),
    ]
    assert (own.standing.missing, own.ahead) == (("T02",), (more,))


def test_an_award_on_record_finishes_a_programme(calendar, customs):
    made = programme(customs, make_training.module(customs, "T02"))
    ProgrammeAward.objects.create(
        programme=made, staff_member=person(customs), awarded_on=date(2016, 1, 5), testamur="1"
    )

    (own,) = programme_progress.progress_of(person(customs))

    assert (own.standing.state, own.awarded_on) == ("finished", date(2016, 1, 5))


def test_a_manager_sees_the_own_units_in_a_programme_and_a_reviewer_nobody(
    calendar, customs, as_, alice, mona, ruth
):
    made = programme(customs, place(customs).module)
    make.scope(mona, unit=make.unit(customs, "AWAY", title="Away"))
    url = reverse("training_calendar:programme_people", args=["customs", made.pk])

    assert as_(alice).get(url).context["total"] == 2
    assert as_(alice).get(url, {"state": "finished"}).context["rows"] == []
    assert as_(mona).get(url).context["total"] == 0
    assert as_(ruth).get(url).status_code == 403


def test_attendance_is_recorded_on_a_page_and_by_rest(calendar, customs, as_, alice, stan):
    row = place(customs)
    url = reverse("training_calendar:attendance", args=["customs", row.pk])
    rest = f"/api/v1/customs/enrolments/{place(customs, 'P1').pk}/"
    said = {"hours": "12", "is_completed": True}

    page = as_(alice).post(url, {"hours": "12", "is_completed": "on"})
    sent = as_(alice).post(f"{rest}attendance/", said, content_type="application/json")
    late = as_(alice).post(url, {"hours": "99"})

    session = reverse("training_calendar:session", args=["customs", row.session_id])

    assert (page.status_code, sent.status_code, late.status_code) == (302, 200, 200)
    assert url in as_(alice).get(session).content.decode()
    assert Proposal.objects.count() == 2
    assert as_(alice).get(rest).json()["attendance"]["is_completed"] is True
    assert as_(stan).get(rest).status_code == 404


def test_paths_and_steps_are_kept_by_pages_and_by_rest(calendar, customs, as_, alice, bob):
    add = reverse("training_calendar:learning-paths_add", args=["customs"])
    data = {"staff_level": "support", "aim": "Keeps records", "hours_a_year": 8, "position": 1}
    as_(alice).post(add, data)
    made = LearningPath.objects.get()
    step = {"path": made.pk, "position": 1, "module": place(customs).module.pk}

    sent = as_(alice).post("/api/v1/customs/path-steps/", step, content_type="application/json")
    page = as_(bob).get(reverse("training_calendar:learning_paths", args=["customs"]))

    assert sent.status_code == 201
    assert PathStep.objects.get().path == made
    assert "T01 Module T01" in page.content.decode()
    assert as_(bob).post(add, data).status_code == 403


def test_steps_go_out_and_in_with_the_tables(calendar, customs, alice):
    profile = JobProfile.objects.get(administration=customs)
    way = path(customs, alice, staff_level=profile.staff_level, profile=profile)
    learning_paths.add_step(
        customs, path=way, module=place(customs).module, position=1, within_months=6, by=alice
    )
    doors = [workbook.DOORS[name] for name in ("profile_paths", "path_steps")]
    paths, steps = [door.rows(customs) for door in doors]

    LearningPath.objects.all().delete()
    for door, rows in zip(doors, (paths, steps), strict=True):
        door.save(customs, rows, [])
    doors[1].save(customs, [], [{**steps[0], "milestone": "before all else"}])

    assert doors[0].rows(customs) == paths
    assert doors[1].rows(customs) == [{**steps[0], "milestone": "before all else"}]
