"""Which consistency rules stop a set of documents that is sent together."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from hrplan.deliverables.analysis.checks import Outcome

SAME_PEOPLE, NO_NAMES = 11, 12
"""Rules about all documents: that they count the same people, that they name nobody."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One document sent: its title, whom it counts on which day, what the rules found then."""

    kind: str
    title: str
    as_of: str
    headcount: int
    outcomes: tuple[Outcome, ...]


def stopping(sent: Sequence[Sent], stops: Mapping[int, Collection[str]]) -> tuple[int, ...]:
    """The numbers of the rules that keep these documents from being sent, in order.

    stops : rule -> the documents that it stops. A rule about other documents than those sent
    stops nothing; the same people are counted by those sent together, and nobody is named in
    what is sent.
    """
    found = {
        one.number
        for document in sent
        for one in document.outcomes
        if document.kind in stops.get(one.number, ()) and one.number != SAME_PEOPLE
        if _own(one, document).stops
    }
    return tuple(sorted(found | _differing(sent)))


def _own(one: Outcome, document: Sent) -> Outcome:
    """Of the rule that nobody is named, what it found in this document."""
    if one.number != NO_NAMES:
        return one
    return replace(one, faults=tuple(f for f in one.faults if f.what == document.title))


def _differing(sent: Sequence[Sent]) -> set[int]:
    """The rule that all count the same people, where those sent do not and nobody says why."""
    counted = {(one.as_of, one.headcount) for one in sent}
    rows = [one for document in sent for one in document.outcomes if one.number == SAME_PEOPLE]
    said = any(one.override for one in rows) and not any(one.stops for one in rows)
    return set() if len(counted) < 2 or said else {SAME_PEOPLE}
