"""Invitations through a real mail server: to those concerned alone, updated and cancelled."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from competencies.models import StaffMember
from competencies.usecases import people
from hrplan.core.models import AuditEntry, Run
from tests.postbox import Postbox
from tests.training_calendar import make_training
from tests.training_calendar.reader import Inbox, parts, read
from training_calendar.models import Invitation, Message, TrainingSession
from training_calendar.usecases import outbox, releases

pytest.importorskip("aiosmtpd", reason="the mail server of the tests is not installed")
from aiosmtpd.controller import Controller

pytestmark = [pytest.mark.whole, pytest.mark.both]

WEEK = timedelta(days=7)
State = Message.State
JSON = {"content_type": "application/json"}


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@pytest.fixture
def post(settings) -> Iterator[Postbox]:
    postbox = Postbox()
    server = Controller(postbox, hostname="127.0.0.1", port=free_port())
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "127.0.0.1",
        server.server.sockets[0].getsockname()[1],
    )
    settings.EMAIL_USE_TLS = False
    settings.MAIL_IS_SET_UP = True
    settings.MAIL_DOMAIN = "hr.customs.example"
    settings.DEFAULT_FROM_EMAIL = "Training office <training@hr.customs.example>"
    yield postbox
    server.stop()


@pytest.fixture
def calendar(customs):
    made = make_training.plan(customs, sessions=3)
    for number, person in enumerate(StaffMember.objects.order_by("code")):
        person.email = f"p{number}@x.example"
        person.save()
    return made


@pytest.fixture
def release(calendar, carol, django_capture_on_commit_callbacks):
    def go(name: str):
        with django_capture_on_commit_callbacks(execute=True):
            return releases.release(calendar, name=name, reason="Planned", by=carol)

    return go


def move(session: TrainingSession, weeks: int) -> None:
    days = {
        "starts_on": session.starts_on + weeks * WEEK,
        "ends_on": session.ends_on + weeks * WEEK,
    }
    TrainingSession.objects.filter(pk=session.pk).update(**days)
    session.enrolments.update(**days)


def cancel(session: TrainingSession) -> None:
    TrainingSession.objects.filter(pk=session.pk).update(status="cancelled")
    session.enrolments.all().delete()


def test_nothing_is_sent_before_a_release(calendar, post):
    outbox.send_due(calendar.administration)
    outbox.wake()

    assert (post.mails, Run.objects.count()) == ([], 0)


def test_a_release_invites_everybody_once(post, release):
    release("First")
    outbox.send_due(Invitation.objects.first().administration)

    assert sorted(to for to, _data in post.mails) == [f"p{n}@x.example" for n in range(3)]
    mail, text, part = parts(post.mails[0][1])
    assert part["Content-Type"] == 'text/calendar; method="REQUEST"; charset="UTF-8"'
    assert mail["From"] == "CUSTOMS <training@hr.customs.example>"
    assert mail["Subject"] == "Training: Module T01, 4 Apr 2016"
    assert "You have a place in this training." in text.get_content()
    assert "Monday 4 April 2016 to Tuesday 5 April 2016" in text.get_content()
    event = read(part.get_payload(decode=True)).events[0]
    assert event.values["UID"].startswith("session-")
    assert event.values["UID"].endswith("@hr.customs.example")
    assert (event.values["SEQUENCE"], event.values["DTEND"]) == ("0", "20160406")


def test_only_those_whose_places_changed_hear_of_the_next_release(calendar, post, release):
    release("First")
    post.mails, kept = [], list(post.mails)
    moved, gone, _same = calendar.sessions.order_by("code")
    move(moved, 5)
    cancel(gone)

    release("Second")

    assert sorted(to for to, _data in post.mails) == ["p0@x.example", "p1@x.example"]
    post.mails = kept + post.mails
    (entry,) = post.inbox("p0@x.example").entries.values()
    assert (entry.values["DTSTART"], entry.values["SEQUENCE"]) == ("20160509", "1")
    assert post.inbox("p1@x.example").entries == {}
    assert len(post.inbox("p2@x.example").entries) == 1
    subjects = [parts(data)[0]["Subject"] for _to, data in post.mails[3:]]
    assert sorted(subjects) == [
        "Cancelled: Module T01, 11 Apr 2016",
        "Changed: Module T01, 9 May 2016",
    ]


def test_a_calendar_program_ends_where_the_calendar_is_after_any_number_of_changes(
    calendar, post, release
):
    release("First")
    session = calendar.sessions.first()
    for number, weeks in enumerate((5, -5, 6)):
        move(session, weeks)
        session.refresh_from_db()
        release(f"Move {number}")
    cancel(session)
    release("Gone")
    TrainingSession.objects.filter(pk=session.pk).update(status="planned")
    make_training.enrol(session, StaffMember.objects.get(code="P0"))
    release("Back")

    uids = {entry.uid for entry in Invitation.objects.filter(session_code=session.code)}
    inbox = post.inbox("p0@x.example")
    assert len(uids) == 1
    assert set(inbox.entries) == uids
    (entry,) = inbox.entries.values()
    assert entry.values["DTSTART"] == session.starts_on.strftime("%Y%m%d")
    assert list(inbox.sequences.values()) == [5]
    late = Inbox()  # even where the mails arrive in the wrong order
    for _to, data in reversed([m for m in post.mails if m[0] == "p0@x.example"]):
        late.receive(data)
    assert late.entries.keys() == inbox.entries.keys()


def test_who_has_no_address_is_listed_to_be_told_by_hand(
    calendar, post, release, alice, carol, mona
):
    StaffMember.objects.filter(code="P0").update(email="")
    StaffMember.objects.filter(code="P1").update(email="p1@x.example\r\nBcc: evil@x.example")

    release("First")

    assert [to for to, _data in post.mails] == ["p2@x.example"]
    first, second = Message.objects.filter(state=State.BY_HAND).order_by("pk")
    with pytest.raises(PermissionDenied):
        outbox.note_told(first, by=mona)
    assert outbox.note_told(first, by=alice).state == State.TOLD
    with pytest.raises(ValidationError, match="not waiting"):
        outbox.note_told(first, by=alice)
    with pytest.raises(ValidationError, match="no e-mail address"):
        outbox.try_again(second, by=alice)
    assert AuditEntry.objects.filter(action="tell_by_hand", by=alice).count() == 1


def test_what_never_reached_somebody_is_not_cancelled_to_them(calendar, post, release):
    StaffMember.objects.filter(code="P0").update(email="")
    release("First")
    cancel(calendar.sessions.first())

    release("Second")

    states = Message.objects.filter(invitation__staff_member__code="P0").values_list(
        "state", flat=True
    )
    assert list(states) == [State.OVERTAKEN]


def test_a_refused_address_fails_and_a_busy_server_is_asked_again(calendar, post, release, alice):
    post.answers = {"p0@x.example": "550 no such user p0@x.example", "p1@x.example": "451 later"}
    release("First")

    by = {m.invitation.staff_member.code: m for m in Message.objects.all()}
    assert {code: m.state for code, m in by.items()} == {
        "P0": State.FAILED,
        "P1": State.QUEUED,
        "P2": State.SENT,
    }
    assert "x.example" not in by["P0"].error + by["P1"].error
    assert by["P1"].next_try_at > timezone.now()

    post.answers = {}
    outbox.send_due(calendar.administration)
    assert [to for to, _data in post.mails] == ["p2@x.example"]  # it is not time yet
    Message.objects.filter(state=State.QUEUED).update(next_try_at=timezone.now())
    assert outbox.send_due(calendar.administration)["sent"] == 1


def test_a_server_that_is_away_is_tried_five_times(calendar, post, release, settings):
    settings.EMAIL_PORT = 1
    release("First")
    owner = calendar.administration

    assert {m.state for m in Message.objects.all()} == {State.QUEUED}
    assert sum(m.attempts for m in Message.objects.all()) == 1  # the others wait unharmed
    first = Message.objects.get(attempts=1)
    for _ in range(4):
        Message.objects.filter(pk=first.pk).update(next_try_at=timezone.now())
        outbox.send_due(owner)
    first.refresh_from_db()
    assert (first.state, first.attempts) == (State.FAILED, 5)


def test_what_is_due_is_picked_up_by_the_worker(calendar, post, release, settings):
    settings.EMAIL_PORT = 1
    release("First")
    Message.objects.filter(attempts=0).update(state=State.SENT)
    assert outbox.wake() == 0  # the one that failed has to wait

    Message.objects.update(next_try_at=timezone.now())
    assert outbox.wake() == 1
    assert outbox.wake() == 0  # one round is under way


def test_what_a_vanished_worker_held_is_sent_once_its_time_is_over(calendar, post, release):
    post.answers = dict.fromkeys([f"p{n}@x.example" for n in range(3)], "451 later")
    release("First")
    held = Message.objects.order_by("pk").first()
    Message.objects.exclude(pk=held.pk).update(state=State.SENT)
    Message.objects.filter(pk=held.pk).update(state=State.SENDING, next_try_at=timezone.now())
    post.answers = {}

    assert outbox.send_due(calendar.administration)["sent"] == 0
    Message.objects.filter(pk=held.pk).update(next_try_at=timezone.now() - outbox.LEASE)
    assert outbox.send_due(calendar.administration)["sent"] == 1


def test_no_mail_leaves_a_demonstration_or_where_none_is_set_up(calendar, post, release, settings):
    settings.MAIL_IS_SET_UP = False
    release("First")
    settings.MAIL_IS_SET_UP = True
    owner = calendar.administration
    type(owner).objects.filter(pk=owner.pk).update(is_demonstration=True)
    owner.refresh_from_db()
    calendar.refresh_from_db()
    Message.objects.update(state=State.QUEUED)

    outbox.send_due(owner)

    assert post.mails == []


def test_a_person_who_is_forgotten_gets_no_mail_any_more(calendar, post, release, alice):
    settings_owner = calendar.administration
    post.answers = {"p0@x.example": "451 later"}
    release("First")
    person = StaffMember.objects.get(code="P0")
    person.left_on = settings_owner.as_of
    person.save()
    people.forget_person(person, by=alice)
    Message.objects.filter(state=State.QUEUED).update(next_try_at=timezone.now())
    post.answers = {}

    counts = outbox.send_due(settings_owner)

    assert counts == {"sent": 0, "again": 0, "failed": 0, "by_hand": 1}
    person.refresh_from_db()
    assert person.email == ""
    assert "p0@x.example" not in [to for to, _data in post.mails]
    assert Message.objects.get(invitation__staff_member=person).state == State.BY_HAND


def test_the_office_sees_the_outbox_and_nobody_else(
    calendar, post, release, alice, carol, mona, ruth, stan, as_
):
    StaffMember.objects.filter(code="P0").update(email="")
    release("First")
    url = reverse("training_calendar:outbox", args=["customs"])

    seen = {m.role: as_(m).get(url).status_code for m in (alice, carol, mona, ruth, stan)}
    page = " ".join(as_(alice).get(url, {"state": "by_hand"}).content.decode().split())
    key = Message.objects.get(state=State.BY_HAND).pk
    told = reverse("training_calendar:message_told", args=["customs", key])
    refused = as_(mona).post(told).status_code
    done = as_(alice).post(told, follow=True)

    assert seen == {"hr_officer": 200, "head": 200, "manager": 403, "reviewer": 403, "staff": 403}
    assert "Nominee 0" in page
    assert "Nominee 2" not in page
    assert refused == 403
    assert "Written down" in done.content.decode()


def test_the_outbox_through_rest(calendar, post, release, alice, mona, as_):
    post.answers = {"p0@x.example": "550 no"}
    release("First")
    root = "/api/v1/customs/messages/"

    rows = as_(alice).get(root).json()
    failed = next(row for row in rows if row["state"] == "failed")
    post.answers = {}
    again = as_(alice).post(f"{root}{failed['id']}/again/", **JSON)

    assert as_(mona).get(root).status_code == 403
    assert (again.status_code, again.json()["state"]) == (200, "queued")


def test_the_release_page_says_who_would_be_told(calendar, post, carol, as_):
    StaffMember.objects.filter(code="P0").update(email="")

    page = as_(carol).get(reverse("training_calendar:release", args=["customs"]))

    assert page.context["foreseen"].by_mail == 2
    assert page.context["foreseen"].by_hand == 1
