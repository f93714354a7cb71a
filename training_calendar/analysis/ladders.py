"""Ladders: the cheapest way up one competency, module by module, from a level to another."""

from collections.abc import Iterable
from dataclasses import dataclass

NO_MODULE = "no_module"
NO_STEP_UP = "no_step_up"
LADDER_ENDS = "ladder_ends"
NOT_FOR_PROFILE = "not_for_profile"
PREREQUISITE_NOT_OFFERED = "prerequisite_not_offered"
REASONS = (NO_MODULE, NO_STEP_UP, LADDER_ENDS, NOT_FOR_PROFILE, PREREQUISITE_NOT_OFFERED)


@dataclass(frozen=True, slots=True, order=True)
class Rung:
    """A module that lifts who holds at least `level_from` to `level_to`, and what it takes."""

    module: str
    level_from: int
    level_to: int
    effort: float


@dataclass(frozen=True, slots=True)
class Climb:
    """The rungs in order, the level they end at, and why that is below what is asked."""

    rungs: tuple[Rung, ...]
    reached: int
    reason: str = ""


def climb(rungs: Iterable[Rung], start: int, asked: int) -> Climb:
    """The way from one level to another that takes the least effort, then the fewest modules.

    Where no way leads all the way up, the one to the highest level that can be reached.

    Parameters
    ----------
    rungs : the modules that lift the competency
    start : int, whole levels held [level]
    asked : int, level required [level]

    Source
    ------
    docs/methods/needs.md, "The ladder".
    """
    known = sorted(rungs)
    ways: dict[int, tuple[float, int, tuple[Rung, ...]]] = {start: (0.0, 0, ())}
    for level in range(start, asked):
        if level not in ways:
            continue
        effort, steps, way = ways[level]
        for rung in known:
            if rung.level_from <= level < rung.level_to:
                new = (effort + rung.effort, steps + 1, (*way, rung))
                ways[rung.level_to] = min(new, ways.get(rung.level_to, new))
    arrived = [level for level in ways if level >= asked]
    end = min(arrived, key=lambda level: ways[level]) if arrived else max(ways)
    return Climb(ways[end][2], end, "" if arrived else _reason(known, start, end))


def _reason(rungs: list[Rung], start: int, end: int) -> str:
    if not rungs:
        return NO_MODULE
    higher = any(rung.level_to > end for rung in rungs)
    return NO_STEP_UP if higher else LADDER_ENDS
