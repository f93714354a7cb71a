"""What a mail server of the tests was given, byte for byte."""

from typing import Any

from tests.training_calendar.reader import Inbox


class Postbox:
    """What the server was given; it refuses addresses as it is told."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, bytes]] = []
        self.answers: dict[str, str] = {}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _: Any):
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any):
        self.mails += [(to, bytes(envelope.content)) for to in envelope.rcpt_tos]
        return "250 taken"

    def inbox(self, address: str) -> Inbox:
        found = Inbox()
        for to, data in self.mails:
            if to == address:
                found.receive(data)
        return found
