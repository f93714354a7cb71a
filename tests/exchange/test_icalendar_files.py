"""Invitations and feeds as bytes, read by the tests' own reader and by the library."""

from datetime import UTC, date, datetime

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrplan.exchange.formats.icalendar_files import Entry, Party, feed, invitation
from tests.training_calendar.reader import read

STAMP = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
OFFICE = Party("training@hr.customs.example", "Training unit")
ANN = Party("ann@x.example", "Ann Officer")
ENTRY = Entry(
    "session-7f3a@hr.customs.example",
    2,
    date(2027, 1, 18),
    date(2027, 1, 19),
    "Valuation II",
    "Room 2",
)


def made(entry: Entry = ENTRY, method: str = "REQUEST", attendee: Party = ANN) -> bytes:
    return invitation(entry, method=method, organizer=OFFICE, attendee=attendee, stamp=STAMP)


def test_an_invitation_says_all_that_calendars_need() -> None:
    found = read(made())
    (event,) = found.events

    assert found.values == {
        "VERSION": "2.0",
        "PRODID": "-//hrplan//training//EN",
        "METHOD": "REQUEST",
    }
    assert event.values == {
        "UID": "session-7f3a@hr.customs.example",
        "SEQUENCE": "2",
        "DTSTAMP": "20261122T101500Z",
        "LAST-MODIFIED": "20261122T101500Z",
        "DTSTART": "20270118",
        "DTEND": "20270120",
        "SUMMARY": "Valuation II",
        "LOCATION": "Room 2",
        "STATUS": "CONFIRMED",
        "ORGANIZER": "mailto:training@hr.customs.example",
        "ATTENDEE": "mailto:ann@x.example",
    }
    assert event.params["DTSTART"] == event.params["DTEND"] == {"VALUE": "DATE"}
    assert event.params["ATTENDEE"] == {
        "CN": '"Ann Officer"',
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_a_cancellation_names_the_same_entry_and_people() -> None:
    before, after = (read(made(method=method)).events[0] for method in ("REQUEST", "CANCEL"))

    assert after.values["STATUS"] == "CANCELLED"
    same = ("UID", "ORGANIZER", "ATTENDEE", "DTSTART", "DTEND")
    assert [before.values[name] for name in same] == [after.values[name] for name in same]


@pytest.mark.parametrize(
    "text", ["a\r\nATTENDEE:mailto:evil@x.example", "bell\x07 nul\x00", "é" * 200]
)
def test_a_title_adds_no_line_and_no_control_character(text: str) -> None:
    entry = Entry("u@h", 0, date(2027, 1, 18), date(2027, 1, 18), text, text, text)

    (event,) = read(made(entry, attendee=Party("a@x.example", text))).events

    assert event.address("ATTENDEE") == "a@x.example"
    assert not set("\x00\x07\r") & set(event.values["SUMMARY"])


@given(st.text(max_size=120))
def test_any_title_comes_back_from_the_library_that_reads_it(title: str) -> None:
    entry = Entry("u@h", 0, date(2027, 1, 18), date(2027, 1, 18), f"x{title}", "")

    data = made(entry)

    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert read(data).events[0].values["SUMMARY"].split() == str(event["summary"]).split()


def test_a_feed_is_published_and_says_when_to_come_again() -> None:
    data = feed("My training", [ENTRY], stamp=STAMP)

    found = read(data)
    assert found.values["METHOD"] == "PUBLISH"
    assert found.values["X-WR-CALNAME"] == "My training"
    assert (found.values["REFRESH-INTERVAL"], found.values["X-PUBLISHED-TTL"]) == ("PT4H", "PT4H")
    assert not {"ATTENDEE", "ORGANIZER"} & found.events[0].values.keys()
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in data
    assert data == feed("My training", [ENTRY], stamp=STAMP)
