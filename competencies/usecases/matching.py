"""Suggestions by words: which competency of another framework says the same, or what a text lifts.

A suggestion is never stored here; a person confirms it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from competencies import frames
from competencies.analysis.matching import Item, Match, best_matches
from competencies.models import Competency, Framework

TITLE, DEFINITION, LEVELS = 2.0, 1.0, 0.5  # weights of the texts; own proposal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A competency that may be the one, and how near its words are [0..1]."""

    competency: Competency
    score: float


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A competency of the source, and what is nearest to it in the target; empty if nothing is."""

    source: Competency
    suggestions: tuple[Suggestion, ...]


def suggested_matches(source: Framework, target: Framework) -> tuple[MatchLine, ...]:
    """For each competency of one framework the nearest ones of another, in the source's order."""
    own, others = _competencies(source), _competencies(target)
    found = best_matches(_items(own), _items(others))
    return tuple(MatchLine(row, suggested(found[str(row.pk)], others)) for row in own)


def counterpart(source: Framework) -> Framework | None:
    """What a framework is compared with at first: the one in force, or else any other."""
    held = frames.current_framework(source.administration)
    if held is not None and held.pk != source.pk:
        return held
    return Framework.objects.of(source.administration).exclude(pk=source.pk).first()


def suggested_for(
    texts: dict[str, tuple[tuple[str, float], ...]], framework: Framework
) -> dict[str, tuple[Suggestion, ...]]:
    """For each of other texts the nearest competencies of a framework."""
    others = _competencies(framework)
    found = best_matches([Item(key, said) for key, said in texts.items()], _items(others))
    return {key: suggested(matches, others) for key, matches in found.items()}


def suggested(
    matches: Iterable[Match], competencies: Iterable[Competency]
) -> tuple[Suggestion, ...]:
    """The matches with their rows."""
    rows = {str(row.pk): row for row in competencies}
    return tuple(Suggestion(rows[one.target], one.score) for one in matches)


def _competencies(framework: Framework) -> list[Competency]:
    rows = framework.competencies.select_related("group").prefetch_related("level_texts")
    return list(rows.order_by("group__position", "position"))


def _items(competencies: Iterable[Competency]) -> list[Item]:
    return [
        Item(
            str(row.pk),
            (
                (row.title, TITLE),
                (row.definition, DEFINITION),
                (" ".join(text.text for text in row.level_texts.all()), LEVELS),
            ),
        )
        for row in competencies
    ]
