"""What pages share: rendering whole or in part, and the headers every answer carries."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

MOST_DIGITS = 18  # of the key of a row
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "manifest-src 'self'",
    ]
)


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render the whole page, or only its `part` where htmx asks for a swap."""
    partial = part and getattr(request, "htmx", False)
    name = f"{template}#{part}" if partial else template
    return render(request, name, context, status=status)


def key_asked(text: str) -> int:
    """The key of a row as an address or a form gives it; what is none leads nowhere (404)."""
    if not text.isascii() or not text.isdigit() or len(text) > MOST_DIGITS:
        raise Http404
    return int(text)


def refused(request: HttpRequest, refusal: ValidationError) -> None:
    """Show the words of a use case's refusal as messages."""
    for words in refusal.messages:
        messages.error(request, words)


def workbook_file(write_to: Callable[[Path], object], name: str) -> HttpResponse:
    """A workbook to download, as it is written to a path."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.xlsx"
        write_to(out)
        data = out.read_bytes()
    return HttpResponse(
        data,
        content_type=WORKBOOK_TYPE,
        headers={"Content-Disposition": content_disposition_header(True, name)},
    )


def no_null_bytes(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse an address with a null byte (400): no text of ours holds one, and PostgreSQL can't."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "\0" in unquote(request.META.get("QUERY_STRING", "")):
            raise BadRequest
        return get_response(request)

    return middleware


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Add the content security policy and, where somebody is signed in, `no-store`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
