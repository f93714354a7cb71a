"""`python -m tests.bench.editor`: the pages that work a large calendar by hand.

The demonstration with many more people and a calendar of 500 sessions and 10,000 places, put
anywhere, so that thousands of rules are broken. An HR officer opens each page several times after
a first time that counts apart; what a move would do is asked for another day each time. It is the
time of the processor that counts, in one process, as other work may share the machine.
"""

import argparse
import gc
import http
import os
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.pages import furnish, loop, p95

REPORT = Path("docs/methods/editor-speed.md")
STAFF, SESSIONS, SEATS, TIMES = 3_000, 500, 20, 20
HEAD = """# How fast the calendar is worked by hand

Written by `python -m tests.bench.editor --write`: the demonstration with {staff:,} further people
and a calendar of {sessions} sessions and {seats:,} places, in which {broken:,} rules are broken. An
HR officer opens each page {times} times; the figures are milliseconds of the processor in the
process that answers. The first time after the start, when the planning problem is made, is not
among them; what it took stands in the last column. The processor took {loop:.2f} s for five million
multiplications in Python, by which other machines compare.

| page | median ms | p95 ms | first time ms |
|---|---|---|---|
{rows}
"""
PAGES = {
    "what a move would do": "sessions/{pk}/move/?starts_on={day}",
    "ranked places": "sessions/{pk}/move/?places=1",
    "one session": "sessions/{pk}/",
    "issues": "calendar/issues/?at={n}",
    "calendar by week": "calendar/",
    "calendar by month": "calendar/month/",
    "timeline": "calendar/timeline/",
    "bars of the timeline": "calendar/events/",
    "release": "calendar/release/",
    "differences": "calendar/differences/",
    "poster": "calendar/poster/",
    "undo": "calendar/undo/",
}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--staff", type=int, default=STAFF)
    words.add_argument("--times", type=int, default=TIMES)
    words.add_argument("--write", action="store_true")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        furnish(folder, chosen.staff)
        facts = large_calendar(SESSIONS, SEATS)
        rows = told(facts, chosen.times)
    text = HEAD.format(
        staff=chosen.staff, times=chosen.times, loop=loop(), rows="\n".join(rows), **facts
    )
    print(text)
    if chosen.write:
        REPORT.write_text(text, encoding="utf-8")


def told(facts: dict[str, Any], times: int) -> list[str]:
    """A row of the table for each page."""
    from django.conf import settings  # noqa: PLC0415 -- after the set-up
    from django.test import Client  # noqa: PLC0415 -- after the set-up

    from hrplan.core.models import Member  # noqa: PLC0415 -- after the set-up

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(
        Member.objects.filter(administration__slug="belize", role="hr_officer")[0].user
    )
    client.get("/belize/")
    gc.collect()
    gc.freeze()  # as the web process does
    return [_row(client, name, facts, times) for name in PAGES]


def _row(client: Any, name: str, facts: dict[str, Any], times: int) -> str:
    took = []
    for n in range(1, times + 2):
        day = facts["starts_on"] + timedelta(days=7 * n)
        address = f"/belize/{PAGES[name].format(pk=facts['pk'], day=day, n=n)}"
        begun = time.process_time()
        answer = client.get(address)
        took.append(1000 * (time.process_time() - begun))
        if answer.status_code != http.HTTPStatus.OK:
            raise SystemExit(f"not answered: {address}")
    first, *later = took
    return f"| {name} | {statistics.median(later):.0f} | {p95(later):.0f} | {first:.0f} |"


def large_calendar(sessions: int, seats: int) -> dict[str, Any]:
    """So many sessions of so many places each in the calendar in force, anywhere in it."""
    from competencies.models import StaffMember  # noqa: PLC0415 -- after the set-up
    from hrplan.core.models import Administration  # noqa: PLC0415 -- after the set-up
    from training_calendar.models import Enrolment, Trainer, TrainingSession, Venue  # noqa: PLC0415
    from training_calendar.usecases import calendars  # noqa: PLC0415 -- after the set-up

    owner = Administration.objects.get(slug="belize")
    calendar = calendars.current_calendar(owner)
    assert calendar is not None
    chance = np.random.default_rng(sessions)
    lines = list(calendar.plan.interventions.filter(module__mode="classroom").select_related())
    people = list(StaffMember.objects.filter(administration=owner).values_list("pk", flat=True))
    rooms, leads = (list(model.objects.filter(administration=owner)) for model in (Venue, Trainer))
    Enrolment.objects.filter(calendar=calendar, session__isnull=False).delete()
    TrainingSession.objects.filter(calendar=calendar).delete()
    weeks = (calendar.ends_on - owner.as_of).days // 7 - 2
    monday = owner.as_of + timedelta(days=14 - owner.as_of.weekday())
    free = {line.pk: chance.permutation(people).tolist() for line in lines}
    made = []
    for number in range(sessions):
        line = lines[number % len(lines)]
        first = monday + timedelta(days=7 * int(chance.integers(weeks)))
        made.append(
            TrainingSession(
                administration=owner, calendar=calendar, intervention=line, module=line.module,
                code=f"B-{number:04}", starts_on=first, places=seats,
                ends_on=first + timedelta(days=max(1, line.module.days) - 1),
                venue=rooms[int(chance.integers(len(rooms)))],
                trainer=leads[int(chance.integers(len(leads)))],
            )
        )  # fmt: skip
    TrainingSession.objects.bulk_create(made)
    Enrolment.objects.bulk_create(
        Enrolment(
            calendar=calendar, session=row, intervention=row.intervention, module=row.module,
            staff_member_id=free[row.intervention_id].pop(), starts_on=row.starts_on,
            ends_on=row.ends_on,
        )
        for row in made
        for _seat in range(min(seats, len(free[row.intervention_id])))
    )  # fmt: skip
    broken = len(calendars.check_calendar(calendar))
    placed = Enrolment.objects.filter(calendar=calendar, session__isnull=False).count()
    first = min(made, key=lambda row: row.starts_on)
    return {
        "pk": first.pk, "starts_on": first.starts_on, "sessions": len(made), "seats": placed,
        "broken": broken,
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
