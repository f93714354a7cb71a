"""`python -m tests.bench.room`: a room full of phones against a real server.

Measures answers while so many participants poll and vote, and counts votes: every vote that the
server acknowledged has to be in the database afterwards, as it was given last.
"""

import argparse
import asyncio
import math
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

REPORT = Path("docs/methods/room-load.md")
STAFF = 3_000
HEAD = """# A room full of phones

Written by `python -m tests.bench.room --write`, the phones on the same cores as the server: one
web process, the demonstration and {staff} further people in the database. Each phone asks every
{every:.0f} s whether there is something new and votes at every tenth time; meanwhile the
facilitator opens and reveals rounds. With `DATABASE_URL` the same is measured on that database.

A fault is a request without an answer; a phone asks again by itself, and keeps a vote until it is
acknowledged. Where more phones ask than the process can answer, all wait longer and connections
break off, but no vote that was acknowledged is lost.
"""
TABLE = """
## {title}

| kind | requests | median ms | p95 ms | p99 ms | worst ms |
|---|---|---|---|---|---|
{rows}

{told}
"""


def main() -> bool:
    """Measure and report; true where a vote was lost or a request failed."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--people", type=int, nargs="+", default=[200])
    words.add_argument("--seconds", type=float, default=300)
    words.add_argument("--every", type=float, default=2)
    words.add_argument("--staff", type=int, default=STAFF)
    words.add_argument("--write", action="store_true")
    chosen = words.parse_args()
    parts = earlier() if chosen.write else {}
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        engine = furnish(folder, chosen.staff)
        with served() as port:
            for people in chosen.people:
                rows, told, sound = measure(port, people, chosen.seconds, chosen.every)
                failed |= not sound
                title = f"{engine}, {people} phones, {chosen.seconds:.0f} s, {os.cpu_count()} cores"
                parts[title] = TABLE.format(title=title, rows="\n".join(rows), told=told)
    text = HEAD.format(staff=chosen.staff, every=chosen.every) + "".join(parts.values())
    print(text)
    if chosen.write:
        REPORT.write_text(text, encoding="utf-8")
    return failed


def earlier() -> dict[str, str]:
    """The parts of the report by title, so that a run replaces its own and keeps the others."""
    if not REPORT.exists():
        return {}
    parts = REPORT.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: f"\n## {part}" for part in parts}


def furnish(folder: str, staff: int) -> str:
    """A demonstration with an open workshop, and many more people; says which database it is."""
    os.environ.update(HRPLAN_DATA=folder, DJANGO_SETTINGS_MODULE="hrplan.settings")
    os.environ["HRPLAN_WORKSHOP_PORT"] = "0"
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- after the set-up
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    from competencies.models import StaffMember, Unit  # noqa: PLC0415 -- after the set-up

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 -- a device
        call_command("migrate", verbosity=0)
        call_command("demo", administration="belize", stdout=nowhere)
    unit = Unit.objects.filter(administration__slug="belize").first()
    StaffMember.objects.bulk_create(
        StaffMember(administration=unit.administration, code=f"L{n:05d}", unit=unit, name=f"L {n}")
        for n in range(staff)
    )
    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


@contextmanager
def served() -> Iterator[int]:
    """The web server as the workshop laptop runs it."""
    from hrplan.management.commands.workshop_server import laptop_profile  # noqa: PLC0415
    from hrplan.serving import web_command  # noqa: PLC0415 -- after the set-up

    port = free_port()
    command = web_command("127.0.0.1", port, processes=1)
    server = subprocess.Popen(command, env=os.environ | laptop_profile(port))
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    import socket  # noqa: PLC0415 -- only here

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(300):
        with suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=1)
            return
        time.sleep(0.1)
    raise TimeoutError("the server did not come up")


def measure(port: int, people: int, seconds: float, every: float) -> tuple[list[str], str, bool]:
    """Lines of the report for so many phones, what became of the votes, and whether all is well."""
    from tests.bench import phones as room  # noqa: PLC0415 -- after the set-up

    workshop, code, lead = opened()
    counted = room.Counted()
    phones = [room.Phone(port, f"Phone {n}", counted) for n in range(people)]

    async def run() -> None:
        await room.arrive(phones, code, seconds=20 * people / 200)
        await room.sit(phones, seconds, every=every, votes=0.1, lead=lead)

    asyncio.run(run())
    lost = lost_votes(workshop, counted.acknowledged)
    rows = [
        f"| {kind} | {len(times)} | " + " | ".join(spread(times)) + " |"
        for kind, times in sorted(counted.times.items())
    ]
    told = f"{len(counted.acknowledged)} votes acknowledged, {lost} lost, "
    kinds = sorted(set(counted.faults))
    faults = f"{len(counted.faults)} faults" + (f" ({'; '.join(kinds[:3])})" if kinds else "")
    return rows, told + faults + ".", not lost and not kinds


def opened() -> tuple[Any, str, Any]:
    """The open workshop emptied of people, its code, and what the facilitator does next."""
    from diagnostics.models import Participant, Round, Workshop  # noqa: PLC0415
    from diagnostics.usecases import joining, rounds  # noqa: PLC0415 -- after the set-up

    workshop = Workshop.objects.get(closed_on=None)
    Round.objects.filter(workshop=workshop).delete()
    Participant.objects.filter(workshop=workshop).delete()
    leader = workshop.facilitator
    code = joining.open_joining(workshop, by=leader).code

    def lead() -> None:
        held = Workshop.objects.get(pk=workshop.pk)
        last = Round.objects.filter(workshop=held).order_by("opened_at").last()
        if last is not None and not last.is_revealed and last.votes.exists():
            rounds.reveal_round(last, by=leader)
        if last is None or Round.objects.get(pk=last.pk).is_revealed:
            rated = held.exercise.questionnaires.get(kind="maturity")
            asked = rated.domains.first().questions.first()
            rounds.open_round(held, asked, by=leader)

    return workshop, code, lead


def lost_votes(workshop: Any, acknowledged: dict[tuple[int, str], int]) -> int:
    """Votes that the server acknowledged and does not have as they were given last."""
    from diagnostics.models import Vote  # noqa: PLC0415 -- after the set-up

    given = Vote.objects.filter(round__workshop=workshop)
    held = {
        (round, name): level
        for round, name, level in given.values_list("round", "participant__name", "level")
    }
    return sum(held.get(key) != level for key, level in acknowledged.items())


def spread(times: list[float]) -> list[str]:
    """Median, p95, p99 and the worst."""
    ordered = sorted(times)
    places = [math.ceil(share * len(ordered)) - 1 for share in (0.5, 0.95, 0.99, 1.0)]
    return [f"{ordered[place]:.0f}" for place in places]


if __name__ == "__main__":
    sys.exit(main())
