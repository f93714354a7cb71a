"""Votes counted again, and from them the agreement of the room as van der Eijk has it."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from statistics import median

from hrplan.core.models import Administration
from tests.figures.diagnosis import LEVELS, agreed, asked, last_votes
from tests.figures.written import Again, Row, num

PEAKED, HOLLOW = {(True, True, False), (False, True, True)}, (True, False, True)


def pattern(filled: list[bool]) -> float:
    """Agreement of some levels chosen equally often and the others not at all."""
    used, levels = sum(filled), len(filled)
    if used == 1:
        return 1.0
    triples = list(combinations(filled, 3))
    peaks, holes = sum(one in PEAKED for one in triples), triples.count(HOLLOW)
    if not peaks + holes:
        return 0.0
    shape = ((levels - 2) * peaks - (levels - 1) * holes) / ((levels - 2) * (peaks + holes))
    return shape * (1 - (used - 1) / (levels - 1))


def agreement(given: list[int]) -> float:
    """The mean over layers of equal height, each weighted by its votes."""
    counted = Counter(given)
    left, total = [counted[level] for level in LEVELS], 0.0
    while any(left):
        height = min(count for count in left if count)
        filled = [count > 0 for count in left]
        total += pattern(filled) * height * sum(filled)
        left = [max(0, count - height) for count in left]
    return total / len(given)


def index(owner: Administration) -> dict[int, float]:
    """The agreement on each question by its last votes."""
    return {
        question: agreement([vote.level for vote in own if vote.level is not None])
        for question, own in last_votes(owner).items()
    }


def vote_map(owner: Administration, _code: str) -> Iterable[Row]:
    votes, found = last_votes(owner), index(owner)
    for one in asked(owner):
        own = votes[one.pk]
        given = [vote.level for vote in own if vote.level is not None]
        counted = Counter(given)
        unknown = sum(vote.level is None and not vote.does_not_apply for vote in own)
        yield (
            f"{one.code} {one.title}",
            *(str(counted[level]) for level in LEVELS),
            str(unknown),
            str(sum(vote.does_not_apply for vote in own)),
            num(median(given), 1).removesuffix(".0"),
            num(found[one.pk], 2),
        )
    for code, title in {(one.domain.code, one.domain.title) for one in asked(owner)}:
        yield (f"{code} {title}", *("",) * 9)


def at_stake(owner: Administration, _code: str) -> Iterable[Row]:
    """Agreement against the way still to go from the level reached to the highest, by weight."""
    found, level = index(owner), agreed(owner)
    heaviest = max(float(one.weight) for one in asked(owner))
    for one in asked(owner):
        way = (LEVELS[-1] - level[one.code]) / (LEVELS[-1] - LEVELS[0])
        stake = 100 * way * float(one.weight) / heaviest
        yield (f"{one.code} {one.title}", num(found[one.pk], 2), num(stake, 2))


CASES: dict[str, Again] = {
    "agreement-importance": Again((), at_stake),
    "vote-map": Again((), vote_map),
}
