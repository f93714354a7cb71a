"""Sentences that say why somebody stands where they stand in a round of promotion."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.analysis import promotion
from hrplan.core.figures import listed, number, percent, shortest


def why(line: Mapping[str, Any], rule: promotion.PromotionRule) -> str:
    """One sentence on one candidate; `line` as `both_lists` gives it."""
    if line["state"] == promotion.EXCLUDED:
        reasons = [_failed(name, line, rule) for name in line["failed"]]
        return _("Excluded: %(reasons)s.") % {"reasons": listed(reasons)}
    if line["state"] == promotion.INCOMPLETE:
        reasons = [_unknown(name, line) for name in line["unknown"]]
        return _("Incomplete: %(reasons)s.") % {"reasons": listed(reasons)}
    return _moved(line)


def _failed(name: str, line: Mapping[str, Any], rule: promotion.PromotionRule) -> str:
    if name == promotion.SERVICE:
        words = _("%(held)s years of service where %(asked)s are asked for")
        return words % {
            "held": shortest(line["service"], 1),
            "asked": shortest(rule.minimum_service, 1),
        }
    if name == promotion.THRESHOLD:
        words = _("at most %(held)s of the competency asked for, where %(asked)s is the least")
        return words % {"held": percent(line["most"]), "asked": percent(rule.threshold)}
    return {
        promotion.SANCTION: _("a sanction is live"),
        promotion.COURSES: _("mandatory courses are missing"),
    }[name]


def _unknown(name: str, line: Mapping[str, Any]) -> str:
    if name == "competency":
        if not line["asked"]:
            return _("the role marks no requirement as critical")
        words = ngettext(
            "%(missing)d of %(asked)d critical levels is not validated",
            "%(missing)d of %(asked)d critical levels are not validated",
            line["missing"],
        )
        return words % {"missing": line["missing"], "asked": line["asked"]}
    return {
        promotion.SERVICE: _("the day of joining is not known"),
        promotion.SANCTION: _("it is not known whether a sanction is live"),
        promotion.COURSES: _("it is not known whether the mandatory courses are done"),
        promotion.PERFORMANCE: _("the performance mark is not known"),
        promotion.PANEL: _("the mark of the panel is not known"),
    }[name]


def _moved(line: Mapping[str, Any]) -> str:
    moved, freed = int(line["moved"]), int(line["fell_out"])
    by_merit = moved - freed
    parts = []
    if freed:
        words = ngettext(
            "up %(n)d because somebody with more service is excluded or incomplete",
            "up %(n)d because people with more service are excluded or incomplete",
            freed,
        )
        parts.append(words % {"n": freed})
    if by_merit:
        parts.append(_merit(by_merit, line))
    if not parts:
        return _("The same place in both lists.")
    if not moved:
        return _("The same place in both lists: %(parts)s.") % {"parts": listed(parts)}
    if len(parts) == 1:
        return f"{capfirst(parts[0])}."
    up = ngettext("Up %(n)d place", "Up %(n)d places", abs(moved))
    down = ngettext("Down %(n)d place", "Down %(n)d places", abs(moved))
    head = (up if moved > 0 else down) % {"n": abs(moved)}
    return f"{head}: {listed(parts)}."


def _merit(by_merit: int, line: Mapping[str, Any]) -> str:
    words = (
        _("up %(n)d by a merit score of %(merit)s")
        if by_merit > 0
        else _("down %(n)d by a merit score of %(merit)s")
    )
    told = words % {"n": abs(by_merit), "merit": number(line["merit"], 1)}
    if not line["driver"]:
        return told
    value = 100 * line["share"] if line["driver"] == "competency" else line[line["driver"]]
    more = _("most of all the %(part)s of %(value)s")
    part = {
        "competency": _("competency"),
        "performance": _("performance mark"),
        "panel": _("mark of the panel"),
    }[line["driver"]]
    return f"{told}, {more % {'part': part, 'value': number(value, 0)}}"
