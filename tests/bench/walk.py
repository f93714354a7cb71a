"""Opens every route of the resolver with real rows, and says what each cost."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hrplan.core.models import Administration, Member, Role
from tests.routes import fill, tenant_routes
from tests.rows import rows_of


@dataclass(frozen=True, slots=True)
class Page:
    """One route opened once."""

    route: str
    address: str
    status: int
    milliseconds: float
    queries: int


def walk(slug: str, role: Role = Role.HR_OFFICER) -> Iterator[Page]:
    """Every route that answers a GET, opened with an empty cache."""
    administration = Administration.objects.get(slug=slug)
    member = Member.objects.filter(administration=administration, role=role).first()
    client = Client()
    client.force_login(member.user)
    rows = rows_of(administration)
    client.get(f"/{slug}/")
    for route in tenant_routes():
        address = fill(route, slug, rows)
        if address is not None:
            page = _open(client, route, address)
            if page.status != 405:
                yield page


def _open(client: Client, route: str, address: str) -> Page:
    cache.clear()
    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
        spent = time.perf_counter() - begun
    return Page(route, address, response.status_code, spent * 1000, len(queries))
