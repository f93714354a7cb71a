"""Opens every route of the resolver with real rows, and says what each cost."""

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from competencies.usecases import heat_maps
from hrplan.core.models import Administration, Member, Role
from hrplan.documents import charts
from tests.routes import fill, tenant_routes
from tests.rows import rows_of
from training_calendar.usecases import problems

QUERIES = 15
NOT_ALLOWED = 405


@dataclass(frozen=True, slots=True)
class Page:
    """One route: medians of some first calls; the processor's time is this process's own."""

    route: str
    status: int
    wall: float
    processor: float
    queries: int

    @property
    def many(self) -> bool:
        """More queries than a page may have."""
        return self.queries > QUERIES


def walk(slug: str, role: Role = Role.HR_OFFICER, *, runs: int = 1) -> Iterator[Page]:
    """Every route that answers a GET, opened with nothing kept from an earlier request."""
    administration = Administration.objects.get(slug=slug)
    member = Member.objects.filter(administration=administration, role=role).first()
    client = Client()
    client.force_login(member.user)
    rows = rows_of(administration)
    client.get(f"/{slug}/")
    for route in tenant_routes():
        address = fill(route, slug, rows)
        if address is None:
            continue
        page = _page(route, [_open(client, address) for _ in range(runs)])
        if page.status != NOT_ALLOWED:
            yield page


def _page(route: str, opened: list[tuple[int, float, float, int]]) -> Page:
    status, wall, processor, queries = zip(*opened, strict=True)
    return Page(
        route, status[0], statistics.median(wall), statistics.median(processor), max(queries)
    )


def _open(client: Client, address: str) -> tuple[int, float, float, int]:
    """Status, wall time and processor time [ms], and queries of a call that finds nothing kept."""
    cache.clear()
    charts.svg.cache_clear()
    heat_maps._withheld.cache_clear()
    problems.forget()
    with CaptureQueriesContext(connection) as queries:
        wall, processor = time.perf_counter(), time.process_time()
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
        spent = time.perf_counter() - wall, time.process_time() - processor
    return response.status_code, 1000 * spent[0], 1000 * spent[1], len(queries)
