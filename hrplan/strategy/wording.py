"""The words for what the pure rooms and the rows name by keys."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hrplan.core.figures import day, number, shortest
from hrplan.strategy.analysis.follow_up import Standing, Trend


def standing(key: Standing) -> str:
    """Where an indicator stands."""
    return {
        Standing.UNKNOWN: _("not measured"),
        Standing.NO_TARGET: _("no target"),
        Standing.MET: _("target reached"),
        Standing.NEARER: _("nearer"),
        Standing.NO_NEARER: _("no nearer"),
        Standing.WATCHED: _("watched"),
    }[key]


def standing_badge(key: Standing) -> str:
    """The kind of badge of a standing."""
    kinds = {Standing.MET: "success", Standing.NEARER: "progress", Standing.NO_NEARER: "warning"}
    return kinds.get(key, "unknown")


def trend(key: Trend) -> str:
    """Which way the last two values go."""
    return {
        Trend.UNKNOWN: _("no trend yet"),
        Trend.BETTER: _("getting better"),
        Trend.WORSE: _("getting worse"),
        Trend.STEADY: _("unchanged"),
        Trend.MOVED: _("changed"),
    }[key]


def value(number: float | Decimal | None, unit: str) -> str:
    """A value of an indicator with its unit; plain numbers and ratios have none."""
    if number is None:
        return _("unknown")
    return in_unit(shortest(number), unit)


def in_unit(words: str, unit: str) -> str:
    """A written number with its unit; plain numbers and ratios have none."""
    return words if unit in {"", "number", "ratio"} else f"{words} {unit}"


def better(key: str) -> str:
    """Which way is better."""
    return {
        "higher": _("higher"),
        "lower": _("lower"),
        "band": _("near the target"),
        "monitored": _("neither, watched"),
    }[key]


def band(low: float | Decimal, high: float | Decimal) -> str:
    """The two ends of a band, as a range."""
    return f"{shortest(low)}–{shortest(high)}"


def within(low: float | Decimal, high: float | Decimal) -> str:
    """That a value is better within a band."""
    return _("within %(band)s") % {"band": band(low, high)}


INITIATIVE_STATES = ("not_begun", "running", "late", "done", "over")


def initiative_state(key: str) -> str:
    """How far an initiative is."""
    return {
        "not_begun": _("not begun"),
        "running": _("running"),
        "late": _("a milestone is late"),
        "done": _("done"),
        "over": _("ended, not all proven"),
    }[key]


def initiative_badge(key: str) -> str:
    """The kind of badge of an initiative's state."""
    kinds = {"running": "progress", "late": "warning", "done": "success", "over": "danger"}
    return kinds.get(key, "neutral")


def milestone_state(key: str) -> str:
    """Whether a milestone is done."""
    return {"done": _("done"), "late": _("late"), "due": _("due")}[key]


def milestone_badge(key: str) -> str:
    """The kind of badge of a milestone's state."""
    return {"done": "success", "late": "warning"}.get(key, "neutral")


def risk_band(key: str) -> str:
    """How grave a risk is."""
    return {"low": _("low"), "medium": _("medium"), "high": _("high")}[key]


def risk_badge(key: str) -> str:
    """The kind of badge of a risk's band."""
    return {"low": "neutral", "medium": "warning", "high": "danger"}[key]


def obligation_state(key: str) -> str:
    """How near the day of an obligation is."""
    return {
        "overdue": _("overdue"),
        "soon": _("due within twelve months"),
        "later": _("later"),
        "undated": _("no date"),
    }[key]


def obligation_badge(key: str) -> str:
    """The kind of badge of an obligation's state."""
    return {"overdue": "danger", "soon": "warning"}.get(key, "neutral")


def rule_kind(key: str) -> str:
    """What a rule is on."""
    return {
        "transition": _("From seniority to competency"),
        "selection": _("Selection and obligations"),
        "calendar": _("Use of the calendar"),
        "evaluation": _("Evaluation"),
        "arrangement": _("Implementation arrangements"),
        "approval": _("Budget approval"),
        "office": _("Project management office"),
        "monitoring": _("Monitoring"),
        "improvement": _("Continuous improvement"),
        "reporting": _("Reports and reviews"),
    }[key]


def nothing_on(kind: str) -> str:
    """That no rule says anything on an area of implementation."""
    return {
        "approval": _("Nothing is said on budget approval."),
        "office": _("Nothing is said on the project management office."),
        "monitoring": _("Nothing is said on monitoring."),
        "improvement": _("Nothing is said on continuous improvement."),
    }[kind]


def missing_tie(key: str) -> str:
    """What an objective is not tied to."""
    return {
        "corporate": _("serves no corporate objective"),
        "finding": _("answers no finding"),
        "indicator": _("has no indicator"),
    }[key]


def funding(key: str) -> str:
    """How a cost is funded."""
    return {
        "within": _("this year within vote"),
        "virement": _("virement"),
        "next": _("next call"),
        "donor": _("donor"),
        "none": _("no cash cost"),
    }[key]


def not_the_product(quantity: Decimal, rate: Decimal, amount: Decimal) -> str:
    """That an amount is another one than its quantity and rate give."""
    words = _("Quantity times rate is %(product)s, not %(amount)s.")
    return words % {"product": number(quantity * rate, 2), "amount": number(amount, 2)}


def class_contradicted(kind: str, closes_on: date | None, year: str) -> str:
    """Why a class of funding contradicts the budget calendar, or the usual rule where none is."""
    values = {"year": year, "day": day(closes_on)}
    if closes_on is None and kind == "within":
        words = _("%(year)s begins more than a year ahead: next call, where no calendar says more.")
    elif closes_on is None:
        words = _("%(year)s begins within a year: no next call, where no calendar says more.")
    elif kind == "within":
        words = _("The call for %(year)s is open until %(day)s: it is to be asked for there.")
    else:
        words = _(
            "The call for %(year)s closed on %(day)s: only the vote as it stands, a virement, "
            "a donor or a later year is left."
        )
    return words % values


def part(key: str) -> str:
    """What a cost belongs to: a measure of the strategy, or training in the plan."""
    return {"True": _("Training in the development plan"), "False": _("Other measures")}[key]


def source(key: str) -> str:
    """Who pays; an unnamed source is said to be so."""
    return key or _("source not named")


def result_state(key: str) -> str:
    """What became of an indicator that training was to move."""
    words = {
        "not_held": _("no session held"),
        "waiting": _("not due yet"),
        "unknown": _("not measured"),
        "better": _("better"),
        "worse": _("worse"),
        "same": _("unchanged"),
        "moved": _("changed"),
    }
    return words[key]


RESULT_SHAPES = {
    "not_held": "neutral",
    "waiting": "progress",
    "unknown": "unknown",
    "better": "success",
    "worse": "danger",
    "same": "neutral",
    "moved": "info",
}
