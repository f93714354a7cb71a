"""A small reader of RFC 5545 and RFC 5546: what a calendar program makes of invitations."""

from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Event:
    """Name -> value and parameters of one VEVENT."""

    values: dict[str, str] = field(default_factory=dict)
    params: dict[str, dict[str, str]] = field(default_factory=dict)

    def address(self, name: str) -> str:
        return self.values[name].removeprefix("mailto:")


@dataclass
class Read:
    """One VCALENDAR: its own properties and its events."""

    values: dict[str, str]
    events: list[Event]


def read(data: bytes) -> Read:
    """Lines end in CRLF, none is longer than 75 octets, the last one is not blank."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = data.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in lines)
    found, event = Read({}, []), None
    for line in data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        head, _, value = _halves(line)
        name, *params = head.split(";")
        if line == "BEGIN:VEVENT":
            event = Event()
            found.events.append(event)
        elif line == "END:VEVENT":
            event = None
        elif name in {"BEGIN", "END"}:
            continue
        else:
            target = found.values if event is None else event.values
            assert name not in target, f"{name} stands twice"
            target[name] = _plain(value)
            if event is not None:
                event.params[name] = dict(param.split("=", 1) for param in params)
    return found


def _halves(line: str) -> tuple[str, str, str]:
    quoted = False
    for at, letter in enumerate(line):
        quoted ^= letter == '"'
        if letter == ":" and not quoted:
            return line[:at], ":", line[at + 1 :]
    raise AssertionError(f"no value: {line}")


def _plain(value: str) -> str:
    out, letters = [], iter(value)
    for letter in letters:
        if letter == "\\":
            letter = {"n": "\n", "N": "\n"}.get(following := next(letters), following)
        out.append(letter)
    return "".join(out)


def parts(data: bytes) -> tuple[EmailMessage, EmailMessage, EmailMessage]:
    """A mail, its text part and its calendar part, which must be the last."""
    mail = message_from_bytes(data, policy=policy.default)
    assert mail.get_content_type() == "multipart/alternative"
    text, calendar = mail.get_payload()
    assert text.get_content_type() == "text/plain"
    assert calendar.get_content_type() == "text/calendar"
    return mail, text, calendar


@dataclass
class Inbox:
    """The calendar of one person, fed by mails; it obeys RFC 5546 and forgives nothing."""

    entries: dict[str, Event] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)

    def receive(self, data: bytes) -> None:
        mail, _text, part = parts(data)
        found = read(part.get_payload(decode=True))
        method = found.values["METHOD"]
        assert part.get_param("method") == method
        assert part.get_content_charset() == "utf-8"
        (event,) = found.events
        assert "METHOD" not in event.values
        assert event.address("ORGANIZER") == mail["From"].addresses[0].addr_spec
        assert event.address("ATTENDEE") == mail["To"].addresses[0].addr_spec
        uid, sequence = event.values["UID"], int(event.values["SEQUENCE"])
        if sequence <= self.sequences.get(uid, -1):
            return  # an older one, or the same once more
        self.sequences[uid] = sequence
        if method == "CANCEL":
            assert event.values["STATUS"] == "CANCELLED"
            held = self.entries.pop(uid, None)
            assert held is None or held.values["ORGANIZER"] == event.values["ORGANIZER"]
        else:
            assert (method, event.values["STATUS"]) == ("REQUEST", "CONFIRMED")
            self.entries[uid] = event
