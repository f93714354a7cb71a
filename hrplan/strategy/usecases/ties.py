"""Whether the objectives are as few as a strategy can carry, and tied to what they stand on."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from hrplan.core.models import Administration
from hrplan.strategy import wording
from hrplan.strategy.models import Indicator, Objective
from hrplan.strategy.usecases.lines import ObjectiveLine

FEWEST, MOST = 4, 6  # objectives of a strategy


@dataclass(frozen=True, slots=True)
class Untied:
    """An objective, and in words what it is not tied to."""

    pk: int
    code: str
    title: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LooseEnds:
    """What is advised against, never refused.

    n : objectives; fewest, most : how many are advised
    """

    n: int
    untied: tuple[Untied, ...]
    fewest: int = FEWEST
    most: int = MOST

    @property
    def is_few(self) -> bool:
        return 0 < self.n < self.fewest

    @property
    def is_many(self) -> bool:
        return self.n > self.most

    @property
    def has_any(self) -> bool:
        return self.is_few or self.is_many or bool(self.untied)


def loose_ends(objectives: Iterable[ObjectiveLine]) -> LooseEnds:
    """Too few or too many objectives, and those that serve, answer or are judged by nothing."""
    return _told(Untied(one.pk, one.code, one.title, missing_words(one)) for one in objectives)


def loose_ends_of(administration: Administration) -> LooseEnds:
    """The same of the strategy in force, where its lines are not at hand."""
    rows = Objective.objects.filter(
        strategy__administration=administration, strategy__is_current=True
    ).annotate(
        serves=Exists(Objective.corporate_objectives.through.objects.filter(
            objective=OuterRef("pk"))),
        judged=Exists(Indicator.objects.filter(objective=OuterRef("pk"))),
    )  # fmt: skip
    found = rows.values_list("pk", "code", "title", "serves", "findings", "judged")
    return _told(Untied(*row[:3], _missing(*map(bool, row[3:]))) for row in found)


def missing_words(line: ObjectiveLine) -> tuple[str, ...]:
    """What an objective is not tied to, in words."""
    return _missing(bool(line.corporate), bool(line.finding_codes), bool(line.indicators))


def _missing(serves: bool, answers: bool, judged: bool) -> tuple[str, ...]:
    ties = {"corporate": serves, "finding": answers, "indicator": judged}
    return tuple(wording.missing_tie(key) for key, is_tied in ties.items() if not is_tied)


def _told(objectives: Iterable[Untied]) -> LooseEnds:
    every = tuple(objectives)
    return LooseEnds(len(every), tuple(one for one in every if one.missing))
