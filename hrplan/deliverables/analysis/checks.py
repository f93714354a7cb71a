"""The twelve rules by which the three documents agree with each other and with the data."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from hrplan.deliverables.analysis.facts import Facts, Fault, HoursFact, SeatFact

COST_TOLERANCE = 0.01  # domain practice: documents of one pack differ by 1 % at most
TOP_GAPS = 10
HOURS_ROUNDING = 0.05  # hours; documents print one decimal

Check = Callable[[Facts], tuple[Fault, ...]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rule found: its number, how many things it looked at, and the faults.

    override : why the documents go on although it does not hold; empty: nobody said so
    """

    number: int
    looked_at: int
    faults: tuple[Fault, ...]
    override: str = ""

    @property
    def holds(self) -> bool:
        return not self.faults

    @property
    def stops(self) -> bool:
        """Whether it keeps the documents from being sent."""
        return not self.holds and not self.override


def interventions_trace_to_a_need(facts: Facts) -> tuple[Fault, ...]:
    """Every intervention traces to at least one gap or finding, or to a legal or reform duty."""
    return tuple(
        Fault(f"{one.code} {one.title}", "no_need")
        for one in facts.interventions
        if not one.needs and not one.duty
    )


def objectives_have_an_indicator(facts: Facts) -> tuple[Fault, ...]:
    """Every objective has an indicator with baseline, target, owner and source."""
    return tuple(
        Fault(
            f"{one.code} {one.title}",
            "indicator_incomplete" if one.indicators else "no_indicator",
            (("indicators", str(one.indicators)),),
        )
        for one in facts.objectives
        if not one.complete
    )


def sessions_belong_to_an_intervention(facts: Facts) -> tuple[Fault, ...]:
    """Every session stands under a line of the same plan, for the same module."""
    return tuple(
        Fault(f"{one.code} {one.title}", "other_module" if one.own_plan else "other_plan")
        for one in facts.sessions
        if not (one.own_plan and one.own_module)
    )


def costs_agree(facts: Facts) -> tuple[Fault, ...]:
    """Sessions and courses outside them cost what the plan's training costs, within 1 %."""
    if facts.plan_cost is None:
        return ()
    calendar = facts.sessions_cost + facts.outside_cost
    if abs(calendar - facts.plan_cost) <= COST_TOLERANCE * abs(facts.plan_cost):
        return ()
    values = (("calendar", f"{calendar:.2f}"), ("plan", f"{facts.plan_cost:.2f}"))
    return (Fault("", "costs_differ", values),)


def sessions_have_funding(facts: Facts) -> tuple[Fault, ...]:
    """Every session has a funding status; one that costs money names a source of it."""
    return tuple(
        Fault(f"{one.code} {one.title}", "no_funding" if not one.funding else "no_source")
        for one in facts.sessions
        if not one.funding or (one.cost > 0 and (one.funding == "none" or not one.source))
    )


def nominees_can_attend(facts: Facts) -> tuple[Fault, ...]:
    """Every nominee has the modules that come first, and is in one session at a time."""
    required: defaultdict[str, list[str]] = defaultdict(list)
    for module, first in facts.prerequisites:
        required[module].append(first)
    seats: defaultdict[str, list[SeatFact]] = defaultdict(list)
    for seat in facts.seats:
        seats[seat.person].append(seat)
    return tuple(fault for person in sorted(seats) for fault in _of_person(seats[person], required))


def _of_person(seats: list[SeatFact], required: dict[str, list[str]]) -> Iterator[Fault]:
    ends = {seat.module: seat.last for seat in seats}
    for seat in seats:
        for first in required.get(seat.module, []):
            attended = first in ends and ends[first] < seat.first
            if not attended and first not in seat.waived:
                values = (("module", first), ("day", seat.first.isoformat()))
                yield Fault(f"{seat.module} {seat.title}", "prerequisite_missing", values)
    in_sessions = sorted((s for s in seats if s.in_session), key=lambda s: (s.first, s.last))
    for early, late in pairwise(in_sessions):
        if late.first <= early.last:
            values = (("module", early.module), ("day", late.first.isoformat()))
            yield Fault(f"{late.module} {late.title}", "clash", values)


def stations_stay_covered(facts: Facts) -> tuple[Fault, ...]:
    """No station falls below a limit of cover on any day."""
    return tuple(
        Fault(one.title, "uncovered", (("days", str(one.broken_days)),))
        for one in facts.stations
        if one.broken_days
    )


def promised_hours_are_planned(facts: Facts) -> tuple[Fault, ...]:
    """Each staff level has at least the hours a head and year that its learning path promises."""
    return tuple(
        Fault(
            one.title,
            "hours_short",
            (("promised", f"{one.promised:.1f}"), ("planned", f"{_a_head(one):.1f}")),
        )
        for one in facts.hours
        if one.people and _a_head(one) + HOURS_ROUNDING < one.promised
    )


def _a_head(one: HoursFact) -> float:
    """Hours planned for one person in one year."""
    return one.planned / one.people / one.years if one.people and one.years else 0.0


def top_gaps_are_answered(facts: Facts) -> tuple[Fault, ...]:
    """Each of the ten widest gaps has an intervention, or a reason for each need left open."""
    widest = sorted(facts.gaps, key=lambda one: (-one.weighted_gap, one.code))[:TOP_GAPS]
    return tuple(
        Fault(f"{one.code} {one.title}", "gap_unanswered", (("needs", str(one.unexplained)),))
        for one in widest
        if not one.interventions and one.unexplained
    )


def targets_move_with_a_reason(facts: Facts) -> tuple[Fault, ...]:
    """A target that differs from the version before has a logged reason."""
    return tuple(
        Fault(
            f"{one.code} {one.title}",
            "target_moved",
            (("before", f"{one.before:g}"), ("after", f"{one.after:g}")),
        )
        for one in facts.targets
        if one.before != one.after and not one.reasons
    )


def documents_count_the_same_people(facts: Facts) -> tuple[Fault, ...]:
    """All documents state the same number of people on the same day."""
    stated = {(one.as_of, one.headcount) for one in facts.headcounts}
    if len(stated) < 2:
        return ()
    return tuple(
        Fault(
            one.document,
            "headcount_differs",
            (("people", str(one.headcount)), ("day", one.as_of.isoformat())),
        )
        for one in facts.headcounts
    )


def outsiders_read_no_names(facts: Facts) -> tuple[Fault, ...]:
    """No document for outside readers names a person beside the work or scores of that person."""
    return tuple(
        Fault(
            one.document,
            "person_named",
            (("section", one.section), ("times", str(one.times))),
        )
        for one in facts.named
    )


CHECKS: tuple[Check, ...] = (
    interventions_trace_to_a_need,
    objectives_have_an_indicator,
    sessions_belong_to_an_intervention,
    costs_agree,
    sessions_have_funding,
    nominees_can_attend,
    stations_stay_covered,
    promised_hours_are_planned,
    top_gaps_are_answered,
    targets_move_with_a_reason,
    documents_count_the_same_people,
    outsiders_read_no_names,
)


def looked_at(facts: Facts) -> tuple[int, ...]:
    """How many things each rule has to look at; zero means that nothing could break it."""
    return (
        len(facts.interventions),
        len(facts.objectives),
        len(facts.sessions),
        0 if facts.plan_cost is None else len(facts.sessions),
        len(facts.sessions),
        len(facts.seats),
        len(facts.stations),
        len(facts.hours),
        min(len(facts.gaps), TOP_GAPS),
        len(facts.targets),
        len(facts.headcounts),
        facts.outside_documents,
    )


def outcomes(facts: Facts) -> tuple[Outcome, ...]:
    """Every rule in order with what it found."""
    pairs = zip(CHECKS, looked_at(facts), strict=True)
    return tuple(
        Outcome(number, count, check(facts)) for number, (check, count) in enumerate(pairs, 1)
    )


def rows_of(found: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The outcomes as plain values, to be kept."""
    return [
        {
            "number": one.number,
            "looked_at": one.looked_at,
            "faults": [[fault.what, fault.reason, dict(fault.values)] for fault in one.faults],
            **({"override": one.override} if one.override and one.faults else {}),
        }
        for one in found
    ]


def outcome_of(row: Mapping[str, Any]) -> Outcome:
    """An outcome that was kept."""
    faults = tuple(
        Fault(what, reason, tuple(values.items())) for what, reason, values in row["faults"]
    )
    return Outcome(row["number"], row["looked_at"], faults, row.get("override", ""))


def overridden(
    found: Iterable[Outcome], reasons: Mapping[int, tuple[str, Collection[str]]]
) -> tuple[Outcome, ...]:
    """The outcomes with the reasons why those that do not hold stop nothing.

    reasons : number -> reason, and what it was said about; with any other fault it holds no more
    """
    return tuple(
        replace(one, override=_reason(one, *reasons.get(one.number, ("", ())))) for one in found
    )


def _reason(one: Outcome, reason: str, said_about: Collection[str]) -> str:
    known = {fault_key(fault) for fault in one.faults} <= set(said_about)
    return reason if known else ""


def fault_key(fault: Fault) -> str:
    """What one fault is known by: the thing, and what is wrong with it."""
    return f"{fault.reason} {fault.what}".strip()
