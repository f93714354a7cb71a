"""`python -m tests.bench.pages`: every page of a large administration from a real server.

The demonstration with so many further people, rated in what is asked of them. Each page is asked
for by an HR officer several times after a first time that counts apart; of files to take away it is
the first byte that counts.
"""

import argparse
import http.client
import math
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.room import served

REPORT = Path("docs/methods/page-speed.md")
STAFF, TIMES, SHOWN = 30_000, 10, 20
LIMIT, FIRST_BYTE = 0.4, 2.0  # what a page and the first byte of a file may take [s]
CHUNK = 20_000
YEAR = 365  # [days]
FILES = (
    "staff/?format=csv", "staff/?format=xlsx", "gaps/?format=xlsx", "gaps/?rows=person&format=xlsx",
    "gaps/competencies/?format=csv", "gaps/units/?format=csv", "gaps/training/?format=csv",
    "needs/priorities/?format=csv",
)  # fmt: skip
LISTS = (  # what the parts of an address ask for beside the page itself
    "staff/?sort=-index", "staff/?q=9", "gaps/?rows=person", "gaps/?rows=person&page=9",
    "gaps/?seen=self", "gaps/?asked=critical&rows=profile", "workforce/outlook/?by=unit",
    "workforce/skills/?asked=all",
)  # fmt: skip
HEAD = """# How fast pages are

Written by `python -m tests.bench.pages --write`: one web process with the demonstration and
{staff:,} further people, rated in all that their profiles ask for, and one HR officer who opens
every page {times} times, one after the other, on the same cores. The first time after the start is
not among them; what it took stands in the last column. The processor took {loop:.2f} s for five
million multiplications in Python, by which other machines compare. With `DATABASE_URL` the same is
measured on that database.
"""
TABLE = """
## {title}

{told}

| page | median ms | p95 ms | first time ms | kB |
|---|---|---|---|---|
{rows}

| file | first byte ms | whole ms | kB |
|---|---|---|---|
{files}
"""


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--staff", type=int, default=STAFF)
    words.add_argument("--times", type=int, default=TIMES)
    words.add_argument("--write", action="store_true")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = furnish(folder, chosen.staff)
        cookie, addresses = officer()
        with served() as port:
            found = [asked(port, cookie, one, chosen.times) for one in addresses]
            files = [asked(port, cookie, f"/belize/{one}", 1) for one in FILES]
    title = f"{engine}, {chosen.staff:,} people, {os.cpu_count()} cores"
    text = HEAD.format(staff=chosen.staff, times=chosen.times, loop=loop())
    text += told(title, [one for one in found if one], [one for one in files if one])
    print(text)
    if chosen.write:
        REPORT.write_text(text, encoding="utf-8")


def loop() -> float:
    """What five million multiplications take, in Python [s]."""
    begun, total = time.process_time(), 0
    for number in range(5_000_000):
        total += number * number
    return time.process_time() - begun


def furnish(folder: str, staff: int) -> str:
    """The demonstration, and many more people; says which database it is."""
    os.environ.update(HRPLAN_DATA=folder, DJANGO_SETTINGS_MODULE="hrplan.settings")
    os.environ["HRPLAN_WORKSHOP_PORT"] = "0"
    os.environ.setdefault("HRPLAN_SECRET_KEY", "one for the server and for who signs in beside it")
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- after the set-up
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 -- a device
        call_command("migrate", verbosity=0)
        call_command("demo", administration="belize", stdout=nowhere)
        call_command("plan", "belize", effort=40, stdout=nowhere)
    more_people(staff)
    return "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"


def more_people(staff: int) -> None:
    """People in the units and profiles there are, each rated once in all that is asked of them."""
    from competencies.frames import current_framework  # noqa: PLC0415 -- after the set-up
    from competencies.models import Assessment, JobProfile, StaffMember, Unit  # noqa: PLC0415
    from competencies.usecases import levels_ahead  # noqa: PLC0415 -- after the set-up
    from hrplan.core.models import Administration  # noqa: PLC0415 -- after the set-up

    owner = Administration.objects.get(slug="belize")
    framework = current_framework(owner)
    chance = np.random.default_rng(staff)
    units = list(Unit.objects.of(owner))
    jobs = list(JobProfile.objects.of(owner).filter(state="approved"))
    asked = {
        job.pk: [(one.competency_id, one.level) for one in job.requirements.filter(
            competency__framework=framework)]
        for job in jobs
    }  # fmt: skip
    for begin in range(0, staff, CHUNK):
        size = min(CHUNK, staff - begin)
        place = chance.integers(0, (len(units), len(jobs), 2), (size, 3))
        born = np.datetime64(owner.as_of) - chance.integers(20 * YEAR, 60 * YEAR, size).astype(
            "timedelta64[D]"
        )
        joined = born + np.timedelta64(20 * YEAR, "D")
        people = StaffMember.objects.bulk_create(
            StaffMember(administration=owner, code=f"L{number:06}", name=f"Person {number}",
                        unit=units[unit], profile=jobs[job], grade=int(job) % 9 + 1,
                        gender="fm"[sex], born_on=birth, joined_on=begun)
            for number, ((unit, job, sex), birth, begun) in enumerate(
                zip(place.tolist(), born.tolist(), joined.tolist(), strict=True), begin)
        )  # fmt: skip
        Assessment._base_manager.bulk_create(
            (
                Assessment(administration=owner, staff_member=person, competency_id=topic,
                           level=max(0, level - int(chance.integers(0, 3))), source="validated",
                           rated_on=owner.as_of)
                for person in people
                for topic, level in asked[person.profile_id]
            ),
            batch_size=2_000,
        )  # fmt: skip
    levels_ahead.work_out(owner)


def officer() -> tuple[str, list[str]]:
    """The cookie of an HR officer who signed in, and the address of each page with its rows."""
    from django.test import Client  # noqa: PLC0415 -- after the set-up

    from hrplan.core.models import Administration, Member  # noqa: PLC0415 -- after the set-up
    from tests.routes import fill, tenant_routes  # noqa: PLC0415 -- after the set-up
    from tests.rows import rows_of  # noqa: PLC0415 -- after the set-up

    owner = Administration.objects.get(slug="belize")
    client = Client()
    client.force_login(Member.objects.filter(administration=owner, role="hr_officer")[0].user)
    cookie = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    rows = rows_of(owner)
    filled = (fill(route, owner.slug, rows) for route in tenant_routes())
    lists = [f"/{owner.slug}/{one}" for one in LISTS]
    return cookie, [address for address in filled if address] + lists


def asked(port: int, cookie: str, address: str, times: int) -> dict[str, Any] | None:
    """How long an answer took, time by time; none where it isn't a page to be read."""
    took: list[tuple[float, float]] = []
    size = 0
    for _ in range(times + 1):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        begun = time.perf_counter()
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        first = time.perf_counter() - begun
        size = len(answer.read())
        took.append((first, time.perf_counter() - begun))
        connection.close()
        if answer.status != http.HTTPStatus.OK:
            return None
    return {"address": address, "took": took, "size": size}


def told(title: str, pages: list[dict[str, Any]], files: list[dict[str, Any]]) -> str:
    """The table: the slowest pages, and what holds of all."""
    whole = [last for page in pages for _first, last in page["took"][1:]]
    by_page = {page["address"]: p95(last for _f, last in page["took"][1:]) for page in pages}
    over = sum(took > LIMIT for took in by_page.values())
    slow = sorted(pages, key=lambda page: -by_page[page["address"]])[:SHOWN]
    words = (
        f"{len(pages)} pages and resources, {len(whole):,} answers: median"
        f" {1000 * statistics.median(whole):.0f} ms, p95 {1000 * p95(whole):.0f} ms; by page,"
        f" {len(pages) - over} have a p95 of at most {1000 * LIMIT:.0f} ms and {over} take longer."
        f" The slowest {len(slow)}:"
    )
    rows = [
        f"| `{page['address']}` | {1000 * statistics.median(t for _f, t in page['took'][1:]):.0f} |"
        f" {1000 * by_page[page['address']]:.0f} | {1000 * page['took'][0][1]:.0f} |"
        f" {page['size'] / 1000:.0f} |"
        for page in slow
    ]
    taken = [
        f"| `{one['address']}` | {1000 * one['took'][1][0]:.0f} |"
        f" {1000 * one['took'][1][1]:.0f} | {one['size'] / 1000:.0f} |"
        for one in files
    ]
    return TABLE.format(title=title, told=words, rows="\n".join(rows), files="\n".join(taken))


def p95(times: Iterable[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, math.ceil(0.95 * len(ordered)) - 1)]


if __name__ == "__main__":
    sys.exit(main())
