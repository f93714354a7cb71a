"""What stands in the way of a plan before it is made, in words: everything, or single modules."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import wording
from training_calendar.models import Module
from training_calendar.rules import can_plan
from training_calendar.solver import obstacles as search
from training_calendar.usecases import instances

DATED = "H07"  # the rule that an external session keeps the dates of its offer


@dataclass(frozen=True, slots=True)
class ObstacleShown:
    """What can't be held, why, and which rules alone would do if they were relaxed.

    module : code; empty where it is everything; people : who need it [persons]
    rules : codes; none where several are in the way at once
    what, would_do : a sentence each
    """

    module: str
    people: int
    rules: tuple[str, ...]
    what: str
    would_do: str


def before_planning(*, by: Member, budget_share: float = 1.0) -> tuple[ObstacleShown, ...]:
    """What no plan with that share of the money could hold; everything first, then by module.

    Refused where the tables are no planning problem, with their faults named.
    """
    require(can_plan(by))
    owner = by.administration
    instance = instances.planning_instance(owner, owner.as_of, budget_share=budget_share)
    titles = dict(Module.objects.filter(administration=owner).values_list("code", "title"))
    return tuple(_shown(one, titles) for one in search.obstacles(instance))


def _shown(found: search.Obstacle, titles: dict[str, str]) -> ObstacleShown:
    return ObstacleShown(
        module=found.module_id,
        people=found.people,
        rules=found.rules,
        what=_what(found, titles.get(found.module_id, "")),
        would_do=_would_do(found),
    )


def _what(found: search.Obstacle, title: str) -> str:
    if not found.people:
        return _("Nobody needs any module that can be planned: nothing is short, or nothing rated.")
    why = wording.obstacle(_nearest(found.rules))
    if not found.module_id:
        return _("No session can be held: %(why)s.") % {"why": why}
    words = _("%(module)s %(title)s cannot be held: %(why)s.")
    return words % {"module": found.module_id, "title": title, "why": why}


def _nearest(rules: tuple[str, ...]) -> str:
    """The rule that tells why; runs are on offer where anything else would do as well."""
    return next((rule for rule in rules if rule != DATED or len(rules) == 1), "")


def _would_do(found: search.Obstacle) -> str:
    if not found.people:
        return ""
    if not found.rules:
        return _("No single rule would do if it alone were relaxed.")
    words = ngettext(
        "This alone would do if it were relaxed: %(rules)s.",
        "Each of these alone would do if it were relaxed: %(rules)s.",
        len(found.rules),
    )
    rules = [f"“{wording.rule(code).rstrip('.')}”" for code in found.rules]
    return words % {"rules": "; ".join(rules)}
