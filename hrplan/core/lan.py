"""A workshop laptop on the room's network: its address, and what guests may open."""

import socket
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

PRIVATE = ("192.168.255.255", "10.255.255.255", "172.31.255.255", "169.254.255.255", "8.8.8.8")


def lan_address() -> str:
    """The machine's own address on the network that it is in now; 127.0.0.1 where it is in none.

    Connecting a datagram socket sends nothing: it only asks the system which way it would go.
    """
    for target in PRIVATE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
            try:
                asked.connect((target, 9))
            except OSError:
                continue
            address = str(asked.getsockname()[0])
        if not address.startswith(("127.", "0.")):
            return address
    return "127.0.0.1"


def base_address(request: HttpRequest) -> str:
    """Where people reach the product: the room's network for a workshop laptop, else as asked."""
    if settings.WORKSHOP_PORT:
        return f"http://{lan_address()}:{settings.WORKSHOP_PORT}"
    return request.build_absolute_uri("/").rstrip("/")


GUEST_PATHS = ("/join/", "/static/", "/health/")


def guests_only(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """On a workshop laptop, show devices of the room the join pages and nothing else."""
    if not settings.WORKSHOP_PORT:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_own(request) or request.path.startswith(GUEST_PATHS):
            return get_response(request)
        if request.path == "/":
            return HttpResponseRedirect("/join/")
        return render(request, "404.html", status=404)

    return middleware


def _is_own(request: HttpRequest) -> bool:
    """The request comes from this machine itself."""
    try:
        return ip_address(str(request.META.get("REMOTE_ADDR", ""))).is_loopback
    except ValueError:
        return False
