"""What lists share: the order that the address asks for, and the list as a file."""

import codecs
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, islice

from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

from hrplan.core.http import WORKBOOK_TYPE
from hrplan.exchange.listing import listing
from hrplan.exchange.spec import Value
from hrplan.exchange.write import csv_line

AT_ONCE = 500  # lines sent at once


def chosen_sort(request: HttpRequest, keys: Collection[str], default: str) -> str:
    """The key of the address's `sort`, with a minus where it falls; nonsense is the default."""
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in keys else default


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a file."""
    return request.GET.get("format") == "csv"


def wanted_file(
    request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> StreamingHttpResponse | None:
    """The list as .csv or .xlsx where the address asks for one of them."""
    if wants_file(request):
        return csv_file(f"{name}.csv", head, rows)
    if request.GET.get("format") == "xlsx":
        return _sent(f"{name}.xlsx", listing(name, head, rows), WORKBOOK_TYPE)
    return None


def csv_file(
    name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> StreamingHttpResponse:
    """A .csv file of the heading and the rows; no text in it can act as a formula."""
    return _sent(name, _lines([head], rows), "text/csv; charset=utf-8")


def _lines(*parts: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    lines = map(csv_line, chain(*parts))
    yield codecs.BOM_UTF8
    while some := "".join(islice(lines, AT_ONCE)):
        yield some.encode()


def _sent(name: str, parts: Iterator[bytes], kind: str) -> StreamingHttpResponse:
    """A file to download, sent while it is written; its rows are worked out beforehand."""
    headers = {"Content-Disposition": content_disposition_header(True, name)}
    return StreamingHttpResponse(parts, content_type=kind, headers=headers)
