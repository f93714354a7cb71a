"""Phones of participants, many in one process: plain http over kept connections, as browsers do."""

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
ROUND = re.compile(rb'name="round" value="(\d+)"')
REVISION = re.compile(rb"\?v=(\d+)")
TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Counted:
    """What happened on all phones: milliseconds by kind of request, faults, votes acknowledged."""

    times: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    acknowledged: dict[tuple[int, str], int] = field(default_factory=dict)

    def add(self, kind: str, milliseconds: float) -> None:
        self.times.setdefault(kind, []).append(milliseconds)


class Phone:
    """One participant's browser: joins by the code, polls, and votes now and then."""

    def __init__(self, port: int, name: str, counted: Counted) -> None:
        self.port, self.name, self.counted = port, name, counted
        self.cookies: dict[str, str] = {}
        self.client, self.sequence = uuid4().hex, 0
        self.revision, self.round, self.token = "", "", ""
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def join(self, code: str) -> None:
        """Come in by the code, under a name of one's own."""
        page = await self._timed("join", "GET", f"/join/{code}/")
        token = TOKEN.search(page.body)
        if token is None:
            raise ConnectionError(f"no form at the door: {page.status}")
        form = {"csrfmiddlewaretoken": token[1].decode(), "name": self.name}
        await self._timed("join", "POST", f"/join/{code}/", form)
        await self.look()

    async def look(self) -> None:
        """The whole page of the room."""
        self._read(await self._timed("page", "GET", "/join/room/"))

    async def poll(self) -> None:
        """Ask whether there is something new."""
        found = await self._timed("poll", "GET", f"/join/room/?v={self.revision}", htmx=True)
        if found.status == 200:
            self._read(found)

    async def vote(self, level: int) -> None:
        """Answer the open round, if there is one."""
        if not self.round:
            return
        self.sequence += 1
        form = {
            "csrfmiddlewaretoken": self.token,
            "round": self.round,
            "answer": str(level),
            "client": self.client,
            "sequence": str(self.sequence),
        }
        asked = int(self.round)
        found = await self._timed("vote", "POST", "/join/room/vote/", form, htmx=True)
        if found.status == 200:
            self.counted.acknowledged[asked, self.name] = level
        elif found.status != 409:
            self.counted.faults.append(f"vote: {found.status}")

    async def live(self, until: float, every: float, votes: float) -> None:
        """Poll until then, voting at the share of polls given."""
        await asyncio.sleep(random.uniform(0, every))
        while time.monotonic() < until:
            begun = time.monotonic()
            try:
                await self.poll()
                if random.random() < votes:
                    await self.vote(random.randint(1, 5))
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as fault:
                self.counted.faults.append(f"{type(fault).__name__}: {fault}")
                self.drop()
            await asyncio.sleep(max(0.0, every - (time.monotonic() - begun)))

    def _read(self, page: Answer) -> None:
        revision, token = REVISION.search(page.body), TOKEN.search(page.body)
        round = ROUND.search(page.body)
        self.revision = revision[1].decode() if revision else ""
        self.round = round[1].decode() if round else ""
        self.token = token[1].decode() if token else self.token

    async def _timed(
        self,
        kind: str,
        method: str,
        path: str,
        form: dict[str, str] | None = None,
        *,
        htmx: bool = False,
    ) -> Answer:
        begun = time.perf_counter()
        found = await asyncio.wait_for(self._ask(method, path, form, htmx), TIMEOUT)
        self.counted.add(kind, 1000 * (time.perf_counter() - begun))
        if found.status >= 500:
            self.counted.faults.append(f"{kind}: {found.status}")
        return found

    async def _ask(self, method: str, path: str, form: dict[str, str] | None, htmx: bool) -> Answer:
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = urlencode(form or {}).encode() if form else b""
        head = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            f"Origin: http://127.0.0.1:{self.port}",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        ]
        if htmx:
            head += ["HX-Request: true", "X-Receipt: yes"]
        if form:
            head += ["Content-Type: application/x-www-form-urlencoded"]
        if method == "POST":
            head += [f"Content-Length: {len(body)}"]
        self.writer.write("\r\n".join([*head, "", ""]).encode() + body)
        await self.writer.drain()
        return await self._answer()

    async def _answer(self) -> Answer:
        assert self.reader is not None
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        status = int(lines[0].split()[1])
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, _colon, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _equals, kept = value.split(";", 1)[0].partition("=")
                self.cookies[cookie] = kept
            headers[name.lower()] = value
        length = int(headers.get("content-length", 0))
        body = await self.reader.readexactly(length) if length else b""
        if headers.get("connection") == "close":
            self.drop()
        return Answer(status, headers, body)

    def drop(self) -> None:
        """Hang up; the next request connects anew."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


async def arrive(phones: list[Phone], code: str, seconds: float) -> None:
    """All join, spread over so many seconds."""

    async def one(phone: Phone, after: float) -> None:
        await asyncio.sleep(after)
        await phone.join(code)

    steps = [seconds * n / max(1, len(phones)) for n in range(len(phones))]
    await asyncio.gather(*(one(p, after) for p, after in zip(phones, steps, strict=True)))


async def sit(
    phones: list[Phone], seconds: float, *, every: float, votes: float, lead: Callable[[], None]
) -> None:
    """Everybody polls and votes; meanwhile the facilitator leads, in a thread of their own."""
    until = time.monotonic() + seconds

    async def leading() -> None:
        while time.monotonic() < until:
            await asyncio.to_thread(lead)
            await asyncio.sleep(min(20.0, seconds / 3))

    await asyncio.gather(leading(), *(phone.live(until, every, votes) for phone in phones))
