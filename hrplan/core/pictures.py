"""Addresses as pictures that phones read."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(address: str) -> SafeString:
    """An address as a QR code, an SVG without a size of its own."""
    drawn = segno.make(address, error="m", micro=False)
    svg = drawn.svg_inline(omitsize=True, border=2, dark="#000", light="#fff")
    return mark_safe(svg)  # noqa: S308 -- drawn by segno from an address of ours
