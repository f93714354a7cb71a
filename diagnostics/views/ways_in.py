"""The address by which people join, as text and as a picture to point a phone at."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from diagnostics.models import Workshop
from diagnostics.usecases import joining
from hrplan.core.lan import base_address
from hrplan.core.pictures import qr_svg


@dataclass(frozen=True, slots=True)
class WayIn:
    """Where people join and with which code; `picture` is the address as a QR code."""

    code: str
    short: str
    url: str
    picture: SafeString
    until: datetime | None


def way_in(request: HttpRequest, workshop: Workshop, token: str = "") -> WayIn | None:
    """The way in by the workshop's code, or by the pass of one person; None while it is shut."""
    base = base_address(request)
    if token:
        url = base + reverse("join:personal", args=[token])
        return WayIn("", base, url, qr_svg(url), None)
    code = joining.open_code(workshop)
    if code is None:
        return None
    url = base + reverse("join:place", args=[code.code])
    typed = base if settings.WORKSHOP_PORT else base + reverse("join:code")  # guests are led there
    short = typed.removeprefix("http://").removeprefix("https://")
    return WayIn(joining.spaced_code(code.code), short, url, qr_svg(url), code.expires_at)
