"""The preview's way from a figure to the rows behind it, as far as its reader may go."""

import re
from collections.abc import Callable
from functools import cache
from html import escape, unescape

from django.urls import reverse

from hrplan.core.models import Administration, Member
from hrplan.core.tracing import RowSet
from hrplan.deliverables.contents.sources import row_sets
from hrplan.documents.tracing import narrowed

Find = Callable[[Administration], int | None]
_MARKED = re.compile(r'<span class="source" data-page="([^"]*)">(.*?)</span>')


def addresses(by: Member) -> dict[str, str]:
    """Route and query of each set of rows that the member may open -> its address."""
    found: dict[str, str] = {}
    owner = by.administration
    part: Callable[[Find], int | None] = cache(lambda find: find(owner))
    for rows in row_sets():
        address = _address(rows, owner, part) if rows.seen(by) else ""
        if address:
            found[narrowed(rows.page, rows.query)] = address
    return found


def _address(rows: RowSet, owner: Administration, part: Callable[[Find], int | None]) -> str:
    """Empty where the row that the page needs is not there."""
    key = part(rows.part) if rows.part else None
    if rows.part and key is None:
        return ""
    address = reverse(rows.page, args=[owner.slug, *([] if key is None else [key])])
    return narrowed(address, rows.query)


def linked(fragment: str, *, by: Member) -> str:
    """The preview with each source linked to its rows; what the member may not see stays words."""
    if 'data-page="' not in fragment:
        return fragment
    known = addresses(by)

    def link(marked: re.Match[str]) -> str:
        address = known.get(unescape(marked[1]))
        return f'<a href="{escape(address)}">{marked[2]}</a>' if address else marked[2]

    return _MARKED.sub(link, fragment)
