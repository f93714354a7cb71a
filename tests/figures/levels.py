"""Levels held, worked out again from the ratings with the defaults of the methods."""

from collections import defaultdict
from datetime import date
from functools import lru_cache

from competencies.models import Assessment
from hrplan.core.models import Administration

WEIGHTS = {"self": 0.20, "supervisor": 0.40, "peer": 0.15, "test": 0.60}
BASES = {
    frozenset({"self"}): 0.40,
    frozenset({"peer"}): 0.50,
    frozenset({"supervisor"}): 0.60,
    frozenset({"self", "peer"}): 0.60,
    frozenset({"self", "supervisor"}): 0.75,
    frozenset({"supervisor", "peer"}): 0.75,
    frozenset({"self", "supervisor", "peer"}): 0.80,
}
TESTED, TOP, HALF_LIFE, MONTH = 0.90, 4, 24.0, 30.4375
# Of a person and a competency: the latest rating of each source, and its day.
Latest = dict[tuple[int, int], dict[str, tuple[float, date]]]


def held_level(ratings: dict[str, tuple[float, date]], day: date) -> tuple[float, float]:
    """Level and confidence of the latest rating of each source."""

    def fresh(on: date) -> float:
        return float(0.5 ** ((day - on).days / MONTH / HALF_LIFE))

    if "validated" in ratings:
        level, on = ratings["validated"]
        return level, fresh(on)
    whole = sum(WEIGHTS[source] for source in ratings)
    level = sum(WEIGHTS[source] * one for source, (one, _on) in ratings.items()) / whole
    age = sum(WEIGHTS[source] * fresh(on) for source, (_one, on) in ratings.items()) / whole
    levels = [one for one, _on in ratings.values()]
    base = TESTED if "test" in ratings else BASES[frozenset(ratings)]
    return level, base * (1 - (max(levels) - min(levels)) / TOP) * age


@lru_cache(maxsize=2)
def latest(owner: Administration) -> Latest:
    """The ratings in force on the day; of each source the last."""
    day = owner.as_of
    found: Latest = defaultdict(dict)
    rows = Assessment.objects.filter(administration=owner, rated_on__lte=day, revoked_on=None)
    for one in rows.order_by("rated_on"):
        if one.valid_until is None or one.valid_until >= day:
            place = found[one.staff_member_id, one.competency_id]
            place[one.source] = (float(one.level), one.rated_on)
    return found


@lru_cache(maxsize=2)
def levels(owner: Administration) -> dict[tuple[int, int], tuple[float, float]]:
    """Level and confidence of each person and competency that were rated."""
    return {pair: held_level(own, owner.as_of) for pair, own in latest(owner).items()}
