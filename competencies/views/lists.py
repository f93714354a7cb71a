"""What lists share: the order that the address asks for, and the list as a file."""

from collections.abc import Collection, Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from hrplan.exchange.listing import listing
from hrplan.exchange.spec import Value
from hrplan.exchange.write import csv_line


def chosen_sort(request: HttpRequest, keys: Collection[str], default: str) -> str:
    """The key of the address's `sort`, with a minus where it falls; nonsense is the default."""
    asked = request.GET.get("sort", "")
    return asked if asked.removeprefix("-") in keys else default


def wants_file(request: HttpRequest) -> bool:
    """Whether the address asks for the list as a file."""
    return request.GET.get("format") == "csv"


def wanted_file(
    request: HttpRequest, name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]
) -> HttpResponse | None:
    """The list as .csv or .xlsx where the address asks for one of them."""
    if wants_file(request):
        return csv_file(f"{name}.csv", head, rows)
    if request.GET.get("format") != "xlsx":
        return None
    return HttpResponse(
        listing(name, head, rows),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": content_disposition_header(True, f"{name}.xlsx")},
    )


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """A .csv file of the heading and the rows; no text in it can act as a formula."""
    text = "".join(csv_line(row) for row in [head, *rows])
    return HttpResponse(
        text.encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )
