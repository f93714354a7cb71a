"""iCalendar: invitations that update and cancel, and feeds (RFC 5545, 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from hrplan.exchange.safe import ics_safe

PRODUCT = "-//hrplan//training//EN"
REFRESH = timedelta(hours=4)
"""How often a feed asks to be read again."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who organizes or attends: a bare address and a name."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A session of whole days in a calendar; `ends_on` is its last day."""

    uid: str
    sequence: int
    starts_on: date
    ends_on: date
    title: str
    place: str
    text: str = ""


def invitation(
    entry: Entry, *, method: str, organizer: Party, attendee: Party, stamp: datetime
) -> bytes:
    """A REQUEST (new or changed) or a CANCEL for one attendee.

    stamp : moment of this message, UTC
    """
    import icalendar  # noqa: PLC0415 -- slow import

    event = _event(entry, stamp)
    event.add("last-modified", stamp)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    event["organizer"] = _address(organizer)
    invited = _address(attendee)
    invited.params["ROLE"] = "REQ-PARTICIPANT"
    invited.params["PARTSTAT"] = "NEEDS-ACTION"
    invited.params["RSVP"] = "TRUE"
    event["attendee"] = invited
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def feed(name: str, entries: Iterable[Entry], *, stamp: datetime) -> bytes:
    """A calendar to be read again and again; the same entries give the same bytes."""
    import icalendar  # noqa: PLC0415 -- slow import

    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", ics_safe(name))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar["x-published-ttl"] = icalendar.vText("PT4H")
    for entry in entries:
        event = _event(entry, stamp)
        event.add("status", "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: Entry, stamp: datetime) -> Any:
    import icalendar  # noqa: PLC0415 -- slow import

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.starts_on)
    event.add("dtend", entry.ends_on + timedelta(days=1))
    event.add("summary", ics_safe(entry.title))
    if entry.place:
        event.add("location", ics_safe(entry.place))
    if entry.text:
        event.add("description", ics_safe(entry.text))
    return event


def _address(party: Party) -> Any:
    import icalendar  # noqa: PLC0415 -- slow import

    found = icalendar.vCalAddress(f"mailto:{party.address}")
    found.params["CN"] = ics_safe(party.name).replace('"', "'").replace("\n", " ")
    return found
