"""Every route of the product, read from the resolver, and addresses filled with real rows."""

import re
from collections.abc import Iterator
from functools import lru_cache

from django.urls import URLPattern, URLResolver, get_resolver

TENANT = "<slug:administration>/"
OUTSIDE = ("accounts/", "i18n/", "styleguide")  # allauth's own pages, and the style guide


@lru_cache
def routes() -> tuple[tuple[str, str], ...]:
    """(route, name) of all pages and resources."""
    found = _walk(get_resolver().url_patterns, "")
    return tuple(pair for pair in found if not pair[0].startswith(OUTSIDE))


def tenant_routes() -> list[str]:
    """Routes that lie in an administration."""
    return sorted({route for route, _ in routes() if TENANT in route})


def open_routes() -> list[str]:
    """Routes that lie in none."""
    return sorted({route for route, _ in routes() if TENANT not in route})


def _walk(patterns: list, prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.name or ""


def fill(route: str, slug: str, rows: dict[str, object]) -> str | None:
    """The address of a route: each argument is the row of the segment before it; None if none."""
    address = route.replace("<slug:administration>", slug)
    while match := re.search(r"([\w-]+)/<(?:\w+:)?\w+>", address):
        value = rows.get(match[1])
        if value is None:
            return None
        address = f"{address[: match.start()]}{match[1]}/{value}{address[match.end() :]}"
    return "/" + address
