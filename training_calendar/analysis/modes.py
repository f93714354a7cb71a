"""Which way of learning fits a step of levels; whether to send people or bring the trainer in."""

from collections.abc import Mapping
from dataclasses import dataclass

from training_calendar.analysis.costs import CENT

WAYS: Mapping[str, frozenset[str]] = {
    "elearning": frozenset({"self_paced", "online"}),
    "briefing": frozenset({"classroom"}),
    "classroom": frozenset({"classroom"}),
    "blended": frozenset({"classroom", "online", "self_paced"}),
    "rotation": frozenset({"on_the_job"}),
    "attachment": frozenset({"on_the_job", "provider_run"}),
    "regional": frozenset({"external", "provider_run", "classroom"}),
    "abroad": frozenset({"external", "provider_run", "on_the_job"}),
    "accreditation": frozenset({"provider_run", "external"}),
    "long-attachment": frozenset({"provider_run", "on_the_job"}),
    "workshop": frozenset({"classroom"}),
    "feedback": frozenset({"on_the_job"}),
    "practice": frozenset({"classroom", "on_the_job"}),
}
"""A way of learning, and the modes of modules that go that way."""


@dataclass(frozen=True, slots=True)
class ModeConstants:
    """When which way of learning is preferred; own proposals, printed."""

    many_online: int = 10  # more people than this at the first level: e-learning first
    many_class: int = 8  # more than this at the second: a class in the country
    few: int = 4  # fewer than this at the second: mentored rotation
    same_course: int = 6  # from so many who need the same course abroad on, compare
    trainer_fee_day: float | None = None  # of a trainer brought in; unknown until entered [money]


@dataclass(frozen=True, slots=True)
class Preferred:
    """The way that a situation asks for first, and the second choice; empty: there is none."""

    first: str
    second: str

    def suits(self, mode: str) -> bool:
        """Whether a mode of modules goes one of the two ways."""
        return any(mode in WAYS[way] for way in (self.first, self.second) if way)


def preferred(
    level: int,
    people: int,
    constants: ModeConstants,
    *,
    is_behaviour: bool = False,
    is_practical: bool = False,
) -> Preferred:
    """The way of learning for a step up to a level, by how many need it.

    Parameters
    ----------
    level : int, reached by the step [level]; people : int, who need it [persons]
    is_behaviour : of supervising and leading; is_practical : practised live or not at all

    Source
    ------
    docs/methods/modes.md.
    """
    if is_practical:
        return Preferred("practice", "")
    if is_behaviour and level >= 2:
        return Preferred("workshop", "feedback")
    if level <= 1:
        many = people > constants.many_online
        return Preferred("elearning", "briefing") if many else Preferred("briefing", "elearning")
    if level == 2:
        if people > constants.many_class:
            return Preferred("classroom", "blended")
        if people < constants.few:
            return Preferred("rotation", "attachment")
        return Preferred("blended", "classroom")
    if level == 3:
        return Preferred("regional", "abroad")
    return Preferred("accreditation", "long-attachment")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Sending people to a course abroad against bringing the trainer in [money].

    send : all of them, fee, trip and subsistence
    bring : a trainer's trip and subsistence, the rooms; without the fee where it is unknown
    fee_day : what a trainer may cost a day before sending is cheaper; below 0: never bring in
    choice : bring, send; unknown where it hangs on the fee
    """

    send: float
    bring: float
    fee_day: float
    choice: str


def make_or_buy(
    people: int,
    *,
    days: int,
    fee: float,
    trip: float,
    per_diem: float,
    room_day: float,
    group: int,
    trainer_fee_day: float | None,
) -> Comparison:
    """Compare sending people abroad with bringing the trainer in, group by group.

    Parameters
    ----------
    people : int, who need the course [persons]; days : int, of the course; group : int, largest
    fee, trip : float, of one person [money]; per_diem, room_day : float [money/day]
    trainer_fee_day : float, of a trainer a day; None is unknown [money/day]

    Source
    ------
    docs/methods/modes.md, "Make or buy".
    """
    groups = -(-people // max(1, group))
    send = people * (fee + trip + per_diem * days)
    bring = groups * (trip + per_diem * days + room_day * days)
    limit = (send - bring) / (groups * days) if groups and days else 0.0
    if trainer_fee_day is not None:
        bring += groups * days * trainer_fee_day
        return Comparison(send, bring, limit, "bring" if bring < send - CENT else "send")
    return Comparison(send, bring, limit, "unknown" if limit > CENT else "send")
