"""The reviewer's tests: what each asks, and which parts of the documents answer it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hrplan.deliverables.models import DocumentKind

STRATEGY, PLAN, CALENDAR = DocumentKind.STRATEGY, DocumentKind.PLAN, DocumentKind.CALENDAR


@dataclass(frozen=True, slots=True)
class ReviewTest:
    """One test. `answers`: the parts that answer it, as document and key of the part."""

    key: str
    title: str | Promise
    question: str | Promise
    answers: tuple[tuple[str, str], ...]


TESTS: tuple[ReviewTest, ...] = (
    ReviewTest(
        "need",
        _("Need"),
        _("Is it shown, not only said, what is wrong, how large it is and where?"),
        ((STRATEGY, "method"), (STRATEGY, "diagnostic"), (PLAN, "gaps"), (PLAN, "priorities")),
    ),
    ReviewTest(
        "fit",
        _("Fit"),
        _("Which aims of the government and of customs does each objective serve?"),
        ((STRATEGY, "mandate"), (STRATEGY, "objectives"), (PLAN, "strategy-link")),
    ),
    ReviewTest(
        "options",
        _("Options"),
        _("Were cheaper ways to the same skill weighed: online, at home, in the region?"),
        ((PLAN, "sheets"), (PLAN, "measures"), (CALENDAR, "elearning-targets")),
    ),
    ReviewTest(
        "cost",
        _("Cost"),
        _("Does every item state quantity, unit, rate, year and budget line, and whence the rate?"),
        ((STRATEGY, "costs"), (PLAN, "budget"), (PLAN, "costing")),
    ),
    ReviewTest(
        "fiscal-space",
        _("Fiscal space"),
        _("What fits into the ceilings as they stand, what is new money, and what stays to be paid "
          "each year once a donor has left?"),
        ((STRATEGY, "costs"), (PLAN, "budget"), (CALENDAR, "phasing")),
    ),
    ReviewTest(
        "posts",
        _("Posts"),
        _("Is any post created, regraded or paid more, and has the public service seen it?"),
        ((STRATEGY, "workforce"), (STRATEGY, "transition"), (STRATEGY, "decisions")),
    ),
    ReviewTest(
        "law",
        _("Law"),
        _("Does any part need a law, a regulation or a standing order to be changed first?"),
        ((STRATEGY, "mandate"), (STRATEGY, "decisions"), (PLAN, "selection")),
    ),
    ReviewTest(
        "value",
        _("Value"),
        _("What does an hour of training and a level gained cost, and how much of it is travel?"),
        ((PLAN, "budget"), (PLAN, "levels"), (STRATEGY, "indicator-annex")),
    ),
    ReviewTest(
        "risk",
        _("Risk"),
        _("What happens if trained officers leave, a storm closes stations, or a donor withdraws?"),
        ((STRATEGY, "risks"), (PLAN, "plan-risks"), (PLAN, "selection")),
    ),
    ReviewTest(
        "delivery",
        _("Delivery"),
        _("Who carries it out, with which part of their working time, and who takes their place?"),
        ((STRATEGY, "arrangements"), (STRATEGY, "roadmap"), (PLAN, "trainers"),
         (CALENDAR, "release")),
    ),
    ReviewTest(
        "results",
        _("Results"),
        _("Which figures will be reported, by whom, from which source, and when first?"),
        ((STRATEGY, "monitoring"), (STRATEGY, "indicator-annex"), (PLAN, "evaluation"),
         (CALENDAR, "evaluation-dates")),
    ),
    ReviewTest(
        "duplication",
        _("Duplication"),
        _("Does another ministry or a partner pay for the same thing already?"),
        ((PLAN, "assistance"), (CALENDAR, "external")),
    ),
    ReviewTest(
        "consultation",
        _("Consultation"),
        _("Were staff, their union and the public service heard, and what did they say?"),
        ((STRATEGY, "consultation"), (STRATEGY, "consultation-annex")),
    ),
)  # fmt: skip
