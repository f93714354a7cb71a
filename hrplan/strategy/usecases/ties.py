"""Whether the objectives are as few as a strategy can carry, and tied to what they stand on."""

from collections.abc import Sequence
from dataclasses import dataclass

from hrplan.strategy import wording
from hrplan.strategy.usecases.lines import ObjectiveLine

FEWEST, MOST = 4, 6  # objectives of a strategy


@dataclass(frozen=True, slots=True)
class LooseEnds:
    """What is advised against, not refused. untied: objectives with what each is not tied to.

    n : objectives; fewest, most : how many are advised
    """

    n: int
    untied: tuple[tuple[ObjectiveLine, tuple[str, ...]], ...]
    fewest: int = FEWEST
    most: int = MOST

    @property
    def is_few(self) -> bool:
        return 0 < self.n < self.fewest

    @property
    def is_many(self) -> bool:
        return self.n > self.most

    @property
    def any(self) -> bool:
        return self.is_few or self.is_many or bool(self.untied)


def loose_ends(objectives: Sequence[ObjectiveLine]) -> LooseEnds:
    """Too few or too many objectives, and those that serve, answer or are judged by nothing."""
    missing = ((one, missing_words(one)) for one in objectives)
    return LooseEnds(len(objectives), tuple((one, words) for one, words in missing if words))


def missing_words(line: ObjectiveLine) -> tuple[str, ...]:
    """What an objective is not tied to, in words."""
    ties = {
        "corporate": line.corporate,
        "finding": line.finding_codes,
        "indicator": line.indicators,
    }
    return tuple(wording.missing_tie(key) for key, held in ties.items() if not held)
