"""The words for what the pure rooms and the rows name by keys."""

from django.utils.translation import gettext as _

from hrplan.partners.analysis.overlap import Likeness


def likeness(key: Likeness) -> str:
    """What a score of two activities means."""
    return {
        Likeness.DUPLICATE: _("likely a duplicate"),
        Likeness.ASK: _("ask the partners"),
        Likeness.NONE: _("no overlap"),
        Likeness.UNKNOWN: _("too little known"),
    }[key]


def likeness_badge(key: Likeness) -> str:
    """The kind of badge of a likeness."""
    kinds = {Likeness.DUPLICATE: "danger", Likeness.ASK: "warning", Likeness.NONE: "neutral"}
    return kinds.get(key, "unknown")


def part(key: str) -> str:
    """A part of the score."""
    return {
        "competencies": _("same competencies"),
        "groups": _("same groups of staff"),
        "dates": _("near in time"),
        "levels": _("same step of level"),
        "kind": _("same kind of assistance"),
    }[key]


def constant(key: str) -> str:
    """A constant of the score."""
    return {
        "competencies": _("weight of the same competencies"),
        "groups": _("weight of the same groups of staff"),
        "dates": _("weight of nearness in time"),
        "levels": _("weight of the same step of level"),
        "kind": _("weight of the same kind of assistance"),
        "near_months": _("months apart that count as the same time"),
        "far_months": _("months apart from which time counts nothing"),
        "ask_from": _("score from which the partners are asked"),
        "duplicate_above": _("score above which it is likely a duplicate"),
        "least_known": _("share of the weights that must be known"),
    }[key]


def activity_status(key: str) -> str:
    """How far an activity is, for readers who do not know the words of IATI."""
    return {
        "pipeline": _("planned"),
        "implementation": _("under way"),
        "closed": _("ended"),
        "cancelled": _("cancelled"),
        "open": _("no partner yet"),
    }[key]


def status_badge(key: str) -> str:
    """The kind of badge of an activity's status."""
    kinds = {"pipeline": "info", "implementation": "progress", "closed": "success"}
    return kinds.get(key, "danger" if key == "cancelled" else "warning")


def recommendation_state(key: str) -> str:
    """What became of a recommendation."""
    return {
        "done": _("done"),
        "late": _("late"),
        "due": _("due"),
        "undated": _("no date"),
    }[key]


def recommendation_badge(key: str) -> str:
    """The kind of badge of a recommendation's state."""
    return {"done": "success", "late": "warning"}.get(key, "neutral")
