"""What the evaluations show: by module and altogether, each level with its n and missing."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from competencies.rules import small_cell_limit
from hrplan.core import titles
from hrplan.core.figures import percent
from hrplan.core.models import Administration, Member
from training_calendar.analysis.evaluating import (
    NOTHING,
    Figure,
    TaughtBack,
    confirmed_use,
    learning_gain,
    pooled,
    taught_back,
    told,
)
from training_calendar.analysis.reaction import FEEDBACK_DAYS
from training_calendar.models import Attendance, Enrolment, Feedback, TrainingSession
from training_calendar.usecases.evaluating import behaviour_asked, returned

Key = tuple[str, str]  # code and title of a module
Figures = dict[Key, Figure]


@dataclass(frozen=True, slots=True)
class ModuleLine:
    """One module at each level; None where too few stand behind it to be told."""

    code: str
    title: str
    reaction: Figure | None
    learning: Figure | None
    behaviour: Figure | None


@dataclass(frozen=True, slots=True)
class EvaluationFigures:
    """Altogether, over what may be told, and by module."""

    reaction: Figure
    learning: Figure
    behaviour: Figure
    back: TaughtBack
    lines: tuple[ModuleLine, ...]


@dataclass(frozen=True, slots=True)
class LevelFigures:
    """Levels 1 to 3 altogether; value None where nothing may be told."""

    reaction: Figure
    learning: Figure
    behaviour: Figure


def evaluation_figures(member: Member) -> EvaluationFigures:
    """The figures as the member may see them: totals add up what is shown and nothing else.

    Reactions are told to nobody below the limit, the rest to the office.
    """
    owner, limit = member.administration, small_cell_limit(member)
    levels = (_reactions(owner), _learnings(owner), _behaviours(owner))
    limits = (None, limit, limit)  # reactions are withheld session by session already
    keys = sorted({key for level in levels for key in level})
    lines = tuple(
        ModuleLine(
            *key,
            *(told(level.get(key, NOTHING), most)
              for level, most in zip(levels, limits, strict=True)),
        )
        for key in keys
    )  # fmt: skip
    back = returned(owner).values_list("ends_on", "teach_back__held_on")
    return EvaluationFigures(
        reaction=_total(line.reaction for line in lines),
        learning=_total(line.learning for line in lines),
        behaviour=_total(line.behaviour for line in lines),
        back=taught_back(list(back), owner.as_of),
        lines=lines,
    )


def level_figures(administration: Administration) -> LevelFigures:
    """The three levels altogether, over the modules that anybody may be told of."""
    limit = administration.small_cell_limit
    levels = _reactions(administration), _learnings(administration), _behaviours(administration)
    limits = (None, limit, limit)  # as in `evaluation_figures`
    return LevelFigures(
        *(_total(told(figure, most) for figure in level.values())
          for level, most in zip(levels, limits, strict=True))
    )  # fmt: skip


def _total(figures: Iterable[Figure | None]) -> Figure:
    return pooled([one for one in figures if one is not None])


def _reactions(administration: Administration) -> Figures:
    """Sessions nobody can answer about any more, with enough answers; the others are missing."""
    closed = administration.as_of - timedelta(days=FEEDBACK_DAYS)
    came = Count("enrolments", filter=Q(enrolments__attendance__hours__gt=0))
    sessions = TrainingSession.objects.filter(
        administration=administration, ends_on__lt=closed
    ).annotate(came=came)
    rows = sessions.filter(came__gt=0).values_list("pk", "module__code", "module__title", "came")
    answers: dict[int, list[float]] = defaultdict(list)
    said = Feedback.objects.filter(session__administration=administration)
    for session, scores in said.values_list("session", "scores"):
        answers[session].append(sum(scores) / len(scores))
    found: dict[Key, list[Figure]] = defaultdict(list)
    for pk, code, named, people in rows:
        title = titles.told(named)
        given = answers.get(pk, [])
        if len(given) < administration.small_cell_limit:
            found[code, title].append(Figure(None, 0, people))
        else:
            mean = sum(given) / len(given)
            found[code, title].append(Figure(mean, len(given), max(people - len(given), 0)))
    return {key: pooled(figures) for key, figures in found.items()}


def _learnings(administration: Administration) -> Figures:
    rows = Attendance.objects.filter(
        enrolment__calendar__administration=administration,
        enrolment__session__isnull=False,
        enrolment__ends_on__lte=administration.as_of,
        hours__gt=0,
    ).values_list("enrolment__module__code", "enrolment__module__title", "result_before", "result")
    return {key: learning_gain(pairs) for key, pairs in _by_module(rows).items()}


def _behaviours(administration: Administration) -> Figures:
    rows = behaviour_asked(administration).values_list(
        "module__code", "module__title", "behaviour__use"
    )
    found = _by_module(rows)
    return {key: confirmed_use([use for (use,) in uses]) for key, uses in found.items()}


def _by_module(rows: Iterable[Any]) -> dict[Key, list[Any]]:
    found: dict[Key, list[Any]] = defaultdict(list)
    for code, title, *rest in rows:
        found[code, titles.told(title)].append(tuple(rest))
    return found


def session_results(places: Iterable[Enrolment], limit: int) -> dict[int, str]:
    """What levels 2 and 3 of one session show, in words, where enough people stand behind it.

    places : of the session, read with `attendance` and `behaviour`
    """
    held = [place for place in places if hasattr(place, "attendance")]
    came = [place for place in held if place.attendance.hours > 0]
    tests = [(place.attendance.result_before, place.attendance.result) for place in came]
    uses = [
        place.behaviour.use if hasattr(place, "behaviour") else None
        for place in came
        if place.attendance.is_completed
    ]
    levels = {
        2: (learning_gain(tests), _("gain of %(share)s of the possible")),
        3: (confirmed_use(uses), _("%(share)s use it, say supervisors")),
    }
    return {
        level: _words(figure, words)
        for level, (figure, words) in levels.items()
        if figure.n >= max(limit, 1) and figure.value is not None
    }


def _words(figure: Figure, words: str) -> str:
    behind = _("n = %(n)d, %(missing)d missing") % {"n": figure.n, "missing": figure.missing}
    return f"{words % {'share': percent(figure.value)}} ({behind})"
