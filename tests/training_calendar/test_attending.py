"""A session attended: the code in the room, the list of all at once, feedback without names."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from competencies.models import Proposal, StaffMember
from hrplan.core.models import Role
from tests import make
from tests.training_calendar import make_training
from tests.training_calendar.make_training import on
from training_calendar.models import Attendance, Evaluation, Feedback, SignIn
from training_calendar.usecases import attending
from training_calendar.usecases.attending import Said

pytestmark = [pytest.mark.whole, pytest.mark.both]

JSON = {"content_type": "application/json"}
FINE = [4] * 8


def at(name, session):
    return reverse(f"training_calendar:{name}", args=["customs", session.pk])


@pytest.fixture
def session(customs):
    held = make_training.six_people(customs)
    Evaluation.objects.create(session=held, level=1, due_on=held.ends_on, instrument="sheet")
    return on(held, held.starts_on)


@pytest.fixture
def sam(session, stan):
    make.scope(stan, staff_member=StaffMember.objects.get(code="P0"))
    return stan


def all_attend(session, by, hours=12):
    said = {place.pk: Said(Decimal(hours), True) for place in session.enrolments.all()}
    return attending.record_list(session, said, by=by)


def test_one_signs_in_by_the_code_on_the_wall_once_a_day(session, sam, alice):
    code = attending.sign_in_code(session, by=alice)
    with pytest.raises(ValidationError, match="wrong or too old"):
        attending.sign_in(session, "AAAA AAAA", by=sam)

    attending.sign_in(session, f"{code[:4]} {code[4:].lower()}", by=sam)
    attending.sign_in(session, code, by=sam)

    assert SignIn.objects.get().enrolment.staff_member.code == "P0"


def test_a_code_holds_for_two_windows_and_for_its_own_session(session):
    moment = 1_000_000.0
    now = attending.code_of(session, at=moment)

    assert attending.code_of(session, at=moment + attending.WINDOW, back=1) == now
    assert attending.code_of(session, at=moment + attending.WINDOW) != now
    session.pk += 1
    assert attending.code_of(session, at=moment) != now


def test_who_has_no_place_or_comes_on_another_day_is_refused(session, sam, alice, mona):
    code = attending.code_of(session)
    with pytest.raises(ValidationError, match="no place"):
        attending.sign_in(session, code, by=mona)
    with pytest.raises(PermissionDenied):
        attending.sign_in_code(session, by=mona)

    later = on(session, session.ends_on + timedelta(days=1))
    assert attending.sign_in_code(later, by=alice) is None
    with pytest.raises(ValidationError, match="not run today"):
        attending.sign_in(later, code, by=sam)


def test_guessing_codes_is_stopped_after_ten(session, sam):
    for _ in range(10):
        with pytest.raises(ValidationError, match="wrong"):
            attending.sign_in(session, "ZZZZ2222", by=sam)

    with pytest.raises(ValidationError, match="Too many"):
        attending.sign_in(session, attending.code_of(session), by=sam)


def test_the_list_is_filled_from_the_sign_ins(session, sam, alice):
    assert {one.hours for one in attending.attendance_list(session, member=alice)} == {12}
    attending.sign_in(session, attending.code_of(session), by=sam)

    lines = {one.place.staff_member.code: one
             for one in attending.attendance_list(session, member=alice)}  # fmt: skip

    assert (lines["P0"].days, lines["P0"].hours, lines["P0"].is_completed) == (1, 6, False)
    assert (lines["Q1"].days, lines["Q1"].hours, lines["Q1"].is_completed) == (0, None, False)


def test_the_list_is_recorded_for_all_and_closes_the_session(session, alice):
    on(session, session.ends_on)

    assert all_attend(session, alice) == 6

    session.refresh_from_db()
    assert session.status == "held"
    assert Proposal.objects.count() == 6
    found = attending.outcome(session)
    assert (found.planned, found.attended, found.completed, found.hours) == (6, 6, 6, 72)


def test_one_fault_in_the_list_leaves_nothing_written_and_names_the_person(session, alice):
    places = list(session.enrolments.order_by("staff_member__code"))
    said = {place.pk: Said(Decimal(12), True) for place in places}
    said[places[0].pk] = Said(Decimal(99), True)

    with pytest.raises(ValidationError, match="Nominee 0: The module has 12 hours"):
        attending.record_list(session, said, by=alice)

    assert not Attendance.objects.exists()


def test_a_place_of_another_session_is_refused(session, alice):
    said = {place.pk: Said(Decimal(12), True) for place in session.enrolments.all()}

    with pytest.raises(ValidationError, match="not of this session"):
        attending.record_list(session, {**said, 10**6: Said(Decimal(1), True)}, by=alice)

    assert not Attendance.objects.exists()


def test_only_the_hr_officer_records_and_never_the_own_place(session, carol, alice):
    with pytest.raises(PermissionDenied):
        all_attend(session, carol)
    make.scope(alice, staff_member=StaffMember.objects.get(code="Q1"))
    with pytest.raises(PermissionDenied):
        all_attend(session, alice)
    assert not Attendance.objects.exists()


def test_results_are_kept_and_their_mean_counts_those_who_have_one(session, alice):
    places = list(session.enrolments.order_by("pk"))
    attending.record_list(session, {
        places[0].pk: Said(Decimal(12), True, 80), places[1].pk: Said(Decimal(12), True, 60),
        places[2].pk: Said(Decimal(0), False),
    }, by=alice)  # fmt: skip

    found = attending.outcome(session)

    assert (found.recorded, found.attended, found.results, found.mean_result) == (3, 2, 2, 70.0)


def answered(session, alice, count):
    """So many attendees answered; the members who did."""
    on(session, session.ends_on)
    all_attend(session, alice)
    people = StaffMember.objects.order_by("code")[:count]
    for person in people:
        member = make.member(session.administration, Role.STAFF, f"m-{person.code}")
        make.scope(member, staff_member=person)
        attending.give_feedback(session, FINE, best=f"{count}", better="", by=member)


def test_only_who_attended_answers_once_and_in_time(session, sam, alice):
    on(session, session.ends_on)
    for problem in ("not recorded", "absent"):
        if problem == "absent":
            all_attend(session, alice, hours=0)
        with pytest.raises(ValidationError, match="Only who attended"):
            attending.give_feedback(session, FINE, best="", better="", by=sam)
    all_attend(session, alice)
    with pytest.raises(ValidationError, match="from 1 to 5"):
        attending.give_feedback(session, [6] * 8, best="", better="", by=sam)

    attending.give_feedback(session, FINE, best="", better="", by=sam)

    with pytest.raises(ValidationError, match="once"):
        attending.give_feedback(session, FINE, best="", better="", by=sam)
    on(session, session.ends_on + timedelta(days=15))
    assert not attending.can_answer(session, session.enrolments.last())


def test_an_answer_is_kept_without_the_person(session, sam, alice):
    answered(session, alice, 1)

    held = {field.name for field in Feedback._meta.fields}
    assert held == {"id", "session", "scores", "best", "better"}


def test_means_are_told_to_nobody_before_the_end_and_never_of_few(session, alice):
    answered(session, alice, 5)
    before = attending.outcome(session).reaction
    after = attending.outcome(on(session, session.ends_on + timedelta(days=15)))
    few = after.reaction.answered
    session.administration.small_cell_limit = 6
    hidden = attending.outcome(session)

    assert (before.answered, before.means) == (5, None)
    assert (few, after.reaction.mean, after.reaction.missing) == (5, 4.0, 1)
    assert len(after.comments) == 5
    assert (hidden.reaction.means, hidden.comments) == (None, ())


def test_when_all_have_answered_the_evaluation_says_so(session, alice):
    answered(session, alice, 6)

    assert Evaluation.objects.get(level=1).result == "mean 4.0 of 5 (n = 6, 0 missing)"


def test_the_pages_carry_a_session_from_the_code_to_the_outcome(session, sam, alice, ruth, as_):
    office, phone = as_(alice), as_(sam)
    wall = office.get(at("sign_in_code", session))
    done = phone.post(at("sign_in", session), {"code": wall.context["code"]}, follow=True)
    page = office.get(at("attendance_list", session))
    data = {name: field.initial for name, field in page.context["form"].fields.items()}
    on(session, session.ends_on)
    filled = {name: 12 if name.startswith("hours") else "" for name in data}
    saved = office.post(at("attendance_list", session), filled, follow=True)
    answers = {f"question-{number}": "5" for number in range(1, 9)}
    thanked = phone.post(at("feedback", session), answers, follow=True)

    assert "svg" in wall.content.decode()
    assert "You are signed in for today" in done.content.decode()
    assert "The attendance of all is recorded" in saved.content.decode()
    assert "without your name" in thanked.content.decode()
    assert "1 of 6 answered" in office.get(at("outcome", session)).content.decode()
    assert as_(ruth).get(at("outcome", session)).status_code == 403
    assert phone.get(at("attendance_list", session)).status_code == 403


def test_a_fault_in_the_form_is_shown_and_nothing_is_recorded(session, alice, as_):
    key = session.enrolments.first().pk

    page = as_(alice).post(at("attendance_list", session), {f"hours-{key}": "-1"})

    assert "Nothing is recorded yet" in page.content.decode()
    assert not Attendance.objects.exists()


def test_attendance_sign_in_and_feedback_through_rest(session, sam, alice, mona, as_):
    root = f"/api/v1/customs/sessions/{session.pk}/"
    own = f"/api/v1/customs/own-sessions/{session.pk}/"
    wrong = as_(sam).post(f"{own}here/", {"code": "AAAA2222"}, **JSON)
    here = as_(sam).post(f"{own}here/", {"code": attending.code_of(session)}, **JSON)
    on(session, session.ends_on)
    lines = [{"place": place.pk, "hours": "12.0", "is_completed": True, "result": 90}
             for place in session.enrolments.all()]  # fmt: skip
    refused = as_(mona).post(f"{root}attendance/", {"lines": lines}, **JSON)
    made = as_(alice).post(f"{root}attendance/", {"lines": lines}, **JSON)
    said = as_(sam).post(f"{own}feedback/", {"scores": FINE}, **JSON)
    told = as_(mona).get(f"{root}outcome/").json()

    assert (wrong.status_code, here.status_code, refused.status_code) == (400, 204, 403)
    assert made.json() == {"recorded": 6}
    assert said.status_code == 204
    reaction = told["reaction"]
    assert (told["attended"], reaction["answered"], reaction["mean"]) == (6, 1, None)


@pytest.mark.parametrize(
    "name", ["attendance_list", "sign_in_code", "sign_in", "feedback", "outcome", "session"]
)
def test_the_pages_keep_to_fifteen_queries(
    name, session, alice, as_, django_assert_max_num_queries
):
    make.scope(alice, staff_member=StaffMember.objects.get(code="Q1"))
    client = as_(alice)

    with django_assert_max_num_queries(15):
        assert client.get(at(name, session)).status_code == 200
