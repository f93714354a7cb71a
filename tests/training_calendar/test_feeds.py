"""Feeds: secret addresses that show the last release, name nobody, and die when they must."""

import os
import subprocess
import sys
from datetime import timedelta

import icalendar
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from competencies.models import StaffMember
from hrplan.core.models import AuditEntry, Member
from tests import make
from tests.training_calendar import make_training
from tests.training_calendar.reader import read
from training_calendar.models import Feed, Trainer, TrainingSession, Venue
from training_calendar.usecases import feeds, releases

pytestmark = [pytest.mark.whole, pytest.mark.both]

JSON = {"content_type": "application/json"}
KHAL = """
[calendars]
[[training]]
path = {folder}
readonly = True
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {cache}
"""


@pytest.fixture
def calendar(customs, carol):
    made = make_training.plan(customs, sessions=3)
    airport = make.unit(customs, "AIR", title="Airport")
    other = make.staff_member(airport, code="OTHER", name="Olga Other")
    make_training.enrol(made.sessions.order_by("code").first(), other)
    releases.release(made, name="First", reason="Planned", by=carol)
    return made


@pytest.fixture
def person(calendar, stan):
    found = StaffMember.objects.get(code="P0")
    make.scope(stan, staff_member=found)
    return found


def fetched(token):
    return Client().get(reverse("feed", args=[token]))


def titles(answer):
    assert answer.status_code == 200
    return [event.values["DTSTART"] for event in read(answer.content).events]


def test_a_personal_feed_shows_the_own_sessions_and_names_nobody(calendar, person, stan):
    made = feeds.make_feed("personal", person.pk, by=stan)

    answer = fetched(made.token)

    assert titles(answer) == ["20160404"]
    text = answer.content.decode()
    names = [row.name for row in StaffMember.objects.all()] + ["Tina Trainer"]
    assert not [name for name in names if name in text]
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert made.token not in str(Feed.objects.values())


def test_the_library_reads_a_feed_and_finds_a_published_calendar(calendar, person, stan):
    data = fetched(feeds.make_feed("personal", person.pk, by=stan).token).content

    found = icalendar.Calendar.from_ical(data)

    assert str(found["method"]) == "PUBLISH"
    (event,) = found.walk("VEVENT")
    assert (str(event["summary"]), str(event["location"])) == ("Module T01", "Room one")
    assert (event.decoded("dtend") - event.decoded("dtstart")).days == 2


def test_a_calendar_program_shows_a_feed_on_its_days(calendar, person, stan, tmp_path):
    pytest.importorskip("khal", reason="the calendar program of the tests is not installed")
    folder = tmp_path / "feed"
    folder.mkdir()
    made = feeds.make_feed("personal", person.pk, by=stan)
    (folder / "training.ics").write_bytes(fetched(made.token).content)
    settings = tmp_path / "settings"
    settings.write_text(KHAL.format(folder=folder, cache=tmp_path / "cache"))
    shown = ["--format", "{start-date}|{end-date}|{title}|{location}"]

    told = subprocess.run(
        [sys.executable, "-m", "khal", "-c", str(settings), "list", *shown, "2016-04-04", "1d"],
        capture_output=True, text=True, check=True, env={**os.environ, "HOME": str(tmp_path)},
    ).stdout  # fmt: skip

    assert told.splitlines()[1] == "2016-04-04|2016-04-05|Module T01|Room one"


def test_station_trainer_and_room_show_theirs_with_numbers_alone(calendar, alice):
    station = StaffMember.objects.get(code="OTHER").unit
    wanted = {
        "station": (station.pk, 1),
        "trainer": (Trainer.objects.get().pk, 3),
        "room": (Venue.objects.get().pk, 3),
    }
    for kind, (key, sessions) in wanted.items():
        answer = fetched(feeds.make_feed(kind, key, by=alice).token)

        assert len(titles(answer)) == sessions
        assert "Olga" not in answer.content.decode()
        words = read(answer.content).events[0].values["DESCRIPTION"]
        assert words.endswith("1 person, Airport" if kind == "station" else "2 people")


def test_a_feed_follows_the_release_and_not_the_draft(calendar, person, stan, carol):
    token = feeds.make_feed("personal", person.pk, by=stan).token
    session = calendar.sessions.order_by("code").first()
    later = {name: getattr(session, name) + timedelta(days=35) for name in ("starts_on", "ends_on")}
    TrainingSession.objects.filter(pk=session.pk).update(**later)
    session.enrolments.update(**later)

    before = titles(fetched(token))
    releases.release(calendar, name="Second", reason="Moved", by=carol)

    assert (before, titles(fetched(token))) == (["20160404"], ["20160509"])


def test_one_may_have_the_calendars_of_ones_own_alone(calendar, person, stan, mona, ruth, mallory):
    other = StaffMember.objects.get(code="OTHER")
    make.scope(mona, unit=other.unit)
    refused = [
        (stan, "personal", other.pk),
        (stan, "station", person.unit_id),
        (stan, "trainer", Trainer.objects.get().pk),
        (mona, "station", person.unit_id),
        (mona, "room", Venue.objects.get().pk),
        (mallory, "room", Venue.objects.get().pk),
        (ruth, "personal", person.pk),
    ]
    for member, kind, key in refused:
        with pytest.raises(ValidationError, match="may not have"):
            feeds.make_feed(kind, key, by=member)

    assert len(titles(fetched(feeds.make_feed("station", other.unit_id, by=mona).token))) == 1


def test_a_revoked_feed_and_one_that_was_made_anew_are_dead(calendar, person, stan, mona, alice):
    first = feeds.make_feed("personal", person.pk, by=stan)
    second = feeds.make_feed("personal", person.pk, by=stan)
    assert [fetched(one.token).status_code for one in (first, second)] == [404, 200]

    with pytest.raises(PermissionDenied):
        feeds.revoke_feed(second.feed, by=mona)
    feeds.revoke_feed(second.feed, by=alice)

    assert fetched(second.token).status_code == 404
    assert AuditEntry.objects.filter(action="revoke_feed", by=alice).count() == 1


def test_a_feed_dies_with_what_its_maker_may_see(calendar, person, stan, mona):
    unit = StaffMember.objects.get(code="OTHER").unit
    scope = make.scope(mona, unit=unit)
    own = feeds.make_feed("personal", person.pk, by=stan).token
    station = feeds.make_feed("station", unit.pk, by=mona).token

    scope.unit = None
    scope.save()
    Member.objects.filter(pk=stan.pk).update(ended_on="2016-02-11")

    assert [fetched(token).status_code for token in (own, station)] == [404, 404]


def test_a_person_who_left_has_no_feed_any_more(calendar, person, stan):
    token = feeds.make_feed("personal", person.pk, by=stan).token

    StaffMember.objects.filter(pk=person.pk).update(left_on="2016-02-11")

    assert fetched(token).status_code == 404


def test_guessing_and_reading_too_often_are_stopped(calendar, person, stan):
    token = feeds.make_feed("personal", person.pk, by=stan).token
    reads = [fetched(token).status_code for _ in range(61)]
    guesses = [fetched(f"guess-{number}").status_code for number in range(21)]

    assert reads == [200] * 60 + [429]
    assert guesses == [404] * 20 + [429]


def test_an_address_is_shown_once_and_revoked_on_the_page(calendar, person, stan, as_):
    client, url = as_(stan), reverse("training_calendar:feed_list", args=["customs"])

    made = client.post(url, {"calendar": f"personal-{person.pk}"})
    address = made.context["address"]
    again = client.get(url).content.decode()
    read_once = Client().get(address).status_code
    key = Feed.objects.get().pk
    client.post(reverse("training_calendar:feed_revoke", args=["customs", key]))

    assert address in made.content.decode()
    assert address not in again
    assert (read_once, Client().get(address).status_code) == (200, 404)


def test_a_foreign_choice_is_refused_on_the_page(calendar, person, stan, as_):
    url = reverse("training_calendar:feed_list", args=["customs"])

    page = as_(stan).post(url, {"calendar": f"station-{person.unit_id}"})

    assert "Select a valid choice" in page.content.decode()
    assert not Feed.objects.exists()


def test_feeds_through_rest(calendar, person, stan, alice, mona, ruth, as_):
    root = "/api/v1/customs/feeds/"
    body = {"kind": "personal", "target": person.pk}

    made = as_(stan).post(root, body, **JSON).json()
    seen = {m.role: len(as_(m).get(root).json()) for m in (stan, alice, mona)}
    wrong = as_(mona).post(root, body, **JSON)
    stolen = as_(mona).post(f"{root}{made['feed']['id']}/revoke/", **JSON)
    revoked = as_(stan).post(f"{root}{made['feed']['id']}/revoke/", **JSON)

    assert Client().get(made["address"]).status_code == 404
    assert seen == {"staff": 1, "hr_officer": 1, "manager": 0}
    assert (wrong.status_code, stolen.status_code, revoked.status_code) == (400, 404, 204)
    assert as_(ruth).get(root).status_code == 403


def test_before_a_release_a_feed_is_empty(customs, alice):
    venue = Venue.objects.create(
        administration=customs, code="V1", title="Room", region="B", kind="lab", capacity=1
    )

    assert titles(fetched(feeds.make_feed("room", venue.pk, by=alice).token)) == []
