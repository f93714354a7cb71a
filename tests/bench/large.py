"""`python -m tests.bench.large FOLDER`: every page over HTTP beside very many people.

FOLDER is a planning instance, brought into the demonstration by `import_data --bulk`. Levels
above the demonstration's scale are read as its top. On SQLite, or in the empty database of
DATABASE_URL; with --data the database of an earlier run in that folder serves again.
"""

import argparse
import csv
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

REPORT = Path("docs/methods/large-pages.md")
MARK = "## Measured"
SLUG, TOP = "belize", 4
MOST, FIRST_BYTE = 400, 2000  # ms
FILES = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Timed:
    """One address: what answered, and its times to the first and the last byte [ms]."""

    address: str
    status: int
    first: float
    whole: float
    is_file: bool


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path)
    words.add_argument("--data", type=Path)
    words.add_argument("--runs", type=int, default=10)
    words.add_argument("--only", default="")
    words.add_argument("--write", action="store_true")
    chosen = words.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = chosen.data or Path(temporary)
        os.environ.update(HRPLAN_DATA=str(data), DJANGO_SETTINGS_MODULE="tests.bench.settings")
        import django  # noqa: PLC0415 -- the environment comes first

        django.setup()
        furnish(chosen.folder, Path(temporary))
        text = report(list(measured(chosen.runs, chosen.only)), chosen.runs)
    print(text)
    if chosen.write:
        before = REPORT.read_text(encoding="utf-8").split(MARK)[0]
        REPORT.write_text(f"{before}{MARK}\n\n{text}", encoding="utf-8")


def furnish(folder: Path, temporary: Path) -> None:
    """The demonstration with its plan, and the instance in it; nothing where they are there."""
    from django.core.management import call_command  # noqa: PLC0415

    from hrplan.core.models import Administration  # noqa: PLC0415
    from tests.furnish import furnish as demonstration  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if Administration.objects.filter(slug=SLUG).exists():
        return
    demonstration()
    instance = Path(shutil.copytree(folder, temporary / "instance"))
    for name, column in (("assessments", "level"), ("role_profiles", "required_level")):
        lower(instance / f"{name}.csv", column)
    call_command("import_data", SLUG, instance, bulk=True)


def lower(path: Path, column: str) -> None:
    """Read levels above the demonstration's scale as its top."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows({**row, column: str(min(TOP, int(row[column])))} for row in rows)


def measured(runs: int, only: str) -> Iterator[list[Timed]]:
    """Each address called some times, in rounds, so that no page finds its own last answer warm."""
    cookie, found = signed_in()
    chosen = [one for one in found if re.search(only, one)]
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve", "--no-worker", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(base)
            first = {one: called(base, one, cookie) for one in chosen}
            shown = [one for one, timed in first.items() if timed.status == 200]
            rounds = [[called(base, one, cookie) for one in shown] for _ in range(runs)]
        finally:
            server.terminate()
    yield from ([timed[place] for timed in rounds] for place in range(len(shown)))


def signed_in() -> tuple[str, list[str]]:
    """The cookie of the HR officer, and the address of every route and file they may open."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from hrplan.core.models import Administration, Member, Role  # noqa: PLC0415
    from tests.routes import fill, tenant_routes  # noqa: PLC0415
    from tests.rows import rows_of  # noqa: PLC0415

    owner = Administration.objects.get(slug=SLUG)
    client = Client()
    client.force_login(Member.objects.filter(administration=owner, role=Role.HR_OFFICER)[0].user)
    rows = rows_of(owner)
    filled = (fill(route, SLUG, rows) for route in tenant_routes())
    pages = [address for address in filled if address]
    files = [
        f"{page}?format={kind}"
        for page in pages
        for kind in FILES
        if not page.startswith("/api/") and is_file(client, f"{page}?format={kind}")
    ]
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}", [*pages, *files]


def is_file(client: object, address: str) -> bool:
    """Whether the address gives a file to keep."""
    response = client.get(address)  # type: ignore[attr-defined]
    return response.headers.get("Content-Disposition", "").startswith("attachment")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_for(base: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{base}/accounts/login/")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not come up")


def called(base: str, address: str, cookie: str) -> Timed:
    request = urllib.request.Request(f"{base}{address}", headers={"Cookie": cookie})
    begun = time.perf_counter()
    try:
        with urllib.request.urlopen(request) as response:
            response.read(1)
            first = time.perf_counter()
            response.read()
            kept = response.headers.get("Content-Disposition", "").startswith("attachment")
            status = response.status
    except urllib.error.HTTPError as refused:
        first, kept, status = time.perf_counter(), False, refused.code
    whole = time.perf_counter()
    return Timed(address, status, 1000 * (first - begun), 1000 * (whole - begun), kept)


def report(found: list[list[Timed]], runs: int) -> str:
    pages = [timed for timed in found if not timed[0].is_file]
    files = [timed for timed in found if timed[0].is_file]
    every = [one.whole for timed in pages for one in timed]
    slow = [timed for timed in pages if p95(one.whole for one in timed) > MOST]
    late = [timed for timed in files if p95(one.first for one in timed) > FIRST_BYTE]
    head = (
        f"{len(pages)} pages and {len(files)} files, each called {runs} times over HTTP on"
        f" {os.cpu_count()} cores: p95 of all calls of pages {p95(every):.0f} ms,"
        f" {len(slow)} pages with a p95 above {MOST} ms;"
        f" {len(late)} files whose first byte comes after {FIRST_BYTE} ms.\n\n"
        "| address | p95 ms | median ms | first byte p95 ms |\n|---|---|---|---|\n"
    )
    worst = sorted(found, key=lambda timed: -p95(one.whole for one in timed))[:40]
    return head + "".join(
        f"| `{timed[0].address}` | {p95(one.whole for one in timed):.0f} |"
        f" {statistics.median(one.whole for one in timed):.0f} |"
        f" {p95(one.first for one in timed):.0f} |\n"
        for timed in worst
    )


def p95(times: Iterator[float] | list[float]) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


if __name__ == "__main__":
    main()
