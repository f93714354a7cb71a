"""What differs between two states of a session that were kept, in words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day


def lines(now: dict[str, Any], then: dict[str, Any]) -> Iterator[str]:
    """From one state of a session to another: days, place, pin, state, people."""
    if now["status"] != then["status"]:
        cancelled = then["status"] == "cancelled"
        yield _("cancelled again") if cancelled else _("held as planned again")
    if now["starts_on"] != then["starts_on"]:
        first, last = (day(date.fromisoformat(one["starts_on"])) for one in (now, then))
        yield _("from %(now)s to %(then)s") % {"now": first, "then": last}
    if (now["venue"], now["trainer"]) != (then["venue"], then["trainer"]):
        yield _("another venue or trainer")
    if now["is_pinned"] != then["is_pinned"]:
        yield _("pinned") if then["is_pinned"] else _("no longer pinned")
    if back := len(then["people"].keys() - now["people"].keys()):
        words = ngettext("%(n)d person has the place again",
                         "%(n)d people have their places again", back)  # fmt: skip
        yield words % {"n": back}
    if gone := len(now["people"].keys() - then["people"].keys()):
        words = ngettext("%(n)d person has the place no longer",
                         "%(n)d people have their places no longer", gone)  # fmt: skip
        yield words % {"n": gone}
    if now["answers"] != then["answers"]:
        yield _("the answers of stations as before")
