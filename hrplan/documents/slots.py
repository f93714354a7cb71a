"""Slots in a document on a page: at each place one, to be filled with what is said of it."""

import re
from collections.abc import Callable
from html import escape

from hrplan.documents.places import WHOLE, Place
from hrplan.documents.words import xml_safe

_SLOT = re.compile("<!--place (\\S+) (.*?)-->", re.DOTALL)  # no text holds one: it is escaped


def slot(place: Place | None) -> str:
    """Where something can stand that belongs to a place; nothing without one."""
    return f"<!--place {place.anchor} {escape(xml_safe(place.words))}-->" if place else ""


def named(place: Place | None, classes: str = "") -> str:
    """The attributes of an element that is a place: its anchor and its classes."""
    names = " ".join(filter(None, ("place" if place else "", classes)))
    anchor = f' id="{place.anchor}"' if place else ""
    return anchor + (f' class="{names}"' if names else "")


def around(inner: str, place: Place | None) -> str:
    """An element with a slot behind it; a heading, table or figure bears its anchor itself."""
    if place is None:
        return inner
    names = ' class="place"' if place.kind in WHOLE else named(place)
    return f"<div{names}>{inner}{slot(place)}</div>"


def filled(html: str, fill: Callable[[str, str], str]) -> str:
    """The slots filled, each given its anchor and what its place is called (both escaped)."""
    return _SLOT.sub(lambda found: fill(found[1], found[2]), html)
