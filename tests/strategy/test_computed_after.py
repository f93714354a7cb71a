"""Indicators of posts, of critical gaps and of training that is over, worked by hand."""

from datetime import date, timedelta

import pytest

from competencies.models import JobProfile, Post, Requirement
from hrplan.strategy.models import Measurement
from hrplan.strategy.usecases.computed import found_today
from tests import make
from tests.strategy import make_strategy
from tests.training_calendar import make_training
from training_calendar.models import (
    Attendance,
    BehaviourReport,
    Feedback,
    Module,
    Release,
    TrainingSession,
)

OF_SESSIONS = ("K18", "K19", "K20", "K27", "K28", "K29")


@pytest.fixture
def session(customs):
    """One session with six places of 12 hours, of ten; it ended a month ago."""
    held = make_training.six_people(customs)
    return make_training.on(held, held.ends_on + timedelta(days=31))


def attended(session, hours, **fields):
    """One record for each of the hours, place by place."""
    places = session.enrolments.order_by("staff_member__code")
    return [
        Attendance.objects.create(
            enrolment=place, hours=one, is_completed=one >= 9,
            **{name: values[number] for name, values in fields.items()},
        )
        for number, (place, one) in enumerate(zip(places, hours, strict=False))
    ]  # fmt: skip


def figure(session, code):
    owner = type(session.administration).objects.get(pk=session.administration_id)
    found = found_today(owner, [code])[code]
    return found.value, found.n, found.missing, found.reason


def test_posts_count_by_the_state_of_their_profile(customs):
    frame, unit = make.framework(customs), make.unit(customs)
    approved, draft = make.profile(frame, "P1"), make.profile(frame, "P2")
    JobProfile.objects.filter(pk=draft.pk).update(state=JobProfile.State.DRAFT)
    for number, profile in enumerate((approved, approved, approved, draft)):
        Post.objects.create(administration=customs, code=f"T{number}", unit=unit, profile=profile)
    found = found_today(customs, ["K06"])["K06"]
    assert (found.value, found.n) == (75, 4)


def test_critical_gaps_closed_since_the_last_cycle_are_a_share_of_those_known(customs):
    frame, unit = make.framework(customs), make.unit(customs)
    profile = make.profile(frame, O1=3)
    Requirement.objects.update(critical=True)
    for number, now in enumerate((3, 3, 2, 1, 1, None)):  # each held 1 two years ago
        person = make.staff_member(unit, profile, code=f"P{number}")
        make_training.rate(person, 1, date(2014, 6, 1))
        if now is not None:
            make_training.rate(person, now, date(2016, 2, 1))
    found = found_today(customs, ["K11"])["K11"]
    assert (round(found.value, 4), found.n) == (33.3333, 6)  # the old level of the last one stands
    customs.small_cell_limit = 7
    assert found_today(customs, ["K11"])["K11"].reason == "too_few"


@pytest.mark.parametrize(
    ("told", "stands", "status", "as_of", "share"),
    [
        (date(2016, 5, 2), date(2016, 6, 20), "held", date(2016, 7, 1), 100),  # moved within it
        (date(2016, 5, 2), date(2016, 7, 4), "held", date(2016, 10, 1), 0),  # into the next one
        (date(2016, 5, 2), date(2016, 5, 2), "cancelled", date(2016, 7, 1), 0),
        (date(2016, 5, 2), date(2016, 5, 2), "planned", date(2016, 6, 30), None),  # not over yet
        (None, date(2016, 5, 2), "held", date(2016, 7, 1), 100),
    ],
)
def test_plan_execution_counts_by_the_quarter_for_which_a_session_was_first_told(
    session, told, stands, status, as_of, share
):
    owner = session.administration
    owner.fiscal_year_month = 4
    owner.save()
    if told:
        for number, day in enumerate((told, stands), start=1):
            release = Release.objects.create(
                administration=owner, number=number, name="R", reason="x", as_of=told
            )
            release.sessions.create(
                code=session.code, module=session.module, starts_on=day, ends_on=day
            )
    session.starts_on = session.ends_on = stands
    session.status = status
    session.save()
    make_training.on(session, as_of)

    value, n, _missing, reason = figure(session, "K17")

    assert value == share
    assert (n, reason) == ((0, "none_due") if share is None else (1, ""))


def test_nothing_is_known_of_training_before_a_record(session):
    for code in OF_SESSIONS:
        value, n, _missing, reason = figure(session, code)
        assert (value, n) == (None, 0)
        assert reason in {"no_attendance", "no_answers"}


def test_attendance_and_completion_count_places_with_a_record_and_the_others_as_missing(session):
    attended(session, (12, 12, 9, 6, 15))
    assert figure(session, "K18") == (85, 5, 1, "")  # 51 of 60 hours: 15 count as 12
    assert figure(session, "K19") == (80, 5, 1, "")  # 4 of 5
    assert figure(session, "K20") == (None, 0, 1, "no_attendance")  # one place has no record


def test_seats_are_filled_by_those_who_came(session):
    attended(session, (12, 12, 9, 6, 12, 0))
    assert figure(session, "K20") == (50, 10, 0, "")  # five came to ten places


def test_a_cancelled_session_counts_in_nothing(session):
    attended(session, (12,) * 6)
    TrainingSession.objects.update(status=TrainingSession.Status.CANCELLED)
    assert figure(session, "K18")[0] is None
    assert figure(session, "K20")[0] is None


def test_below_the_small_cell_limit_nothing_is_told_of_people(session):
    attended(session, (12, 0, 0, 0))
    for code in ("K18", "K19"):
        assert figure(session, code) == (None, 0, 0, "too_few")


def test_reaction_learning_and_transfer_follow_the_answers(session):
    made = attended(session, (12,) * 6, result_before=(40,) * 5 + (None,), result=(70,) * 6)
    for score in (5, 4, 4, 3, 4):
        Feedback.objects.create(session=session, scores=[score, score])
    assert figure(session, "K27") == (4, 5, 1, "")
    assert figure(session, "K28") == (50, 5, 1, "")  # 150 points of 300
    session = make_training.on(session, session.ends_on + timedelta(days=250))
    for use, one in zip(
        ("regular", "sometimes", "not", "no_occasion", "regular"), made, strict=False
    ):
        BehaviourReport.objects.create(
            administration=session.administration, enrolment=one.enrolment,
            staff_member=one.enrolment.staff_member, use=use,
            on=session.administration.as_of,
        )  # fmt: skip
    assert figure(session, "K29") == (60, 5, 1, "")


def test_four_answers_are_too_few(session):
    made = attended(session, (12,) * 6, result_before=(40,) * 4 + (None,) * 2, result=(70,) * 6)
    assert len(made) == 6
    for _ in range(4):
        Feedback.objects.create(session=session, scores=[4, 4])
    assert figure(session, "K27")[0] is None
    assert figure(session, "K28")[0] is None


def test_results_are_linked_where_a_module_due_has_a_value_before_and_after(session):
    attended(session, (12,) * 6)
    aim = make_strategy.objective(make_strategy.strategy(session.administration))
    row = make_strategy.indicator(aim)
    row.modules.set(Module.objects.all())
    assert figure(session, "K30") == (None, 0, 0, "no_links")  # not due yet
    session = make_training.on(session, session.ends_on + timedelta(days=330))
    assert figure(session, "K30") == (0, 1, 0, "")
    Measurement.objects.create(
        administration=session.administration, indicator=row, value=25,
        measured_on=session.administration.as_of,
    )  # fmt: skip
    assert figure(session, "K30") == (100, 1, 0, "")


def test_results_of_many_indicators_cost_no_more_queries_than_of_one(
    session, django_assert_max_num_queries
):
    attended(session, (12,) * 6)
    aim = make_strategy.objective(make_strategy.strategy(session.administration))
    for code in ("K10", "K11", "K12", "K13", "K16"):
        make_strategy.indicator(aim, code).modules.set(Module.objects.all())
    session = make_training.on(session, session.ends_on + timedelta(days=330))
    with django_assert_max_num_queries(9):
        figure(session, "K30")
