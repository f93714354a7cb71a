"""The tables that can be put to the vote of a room, and what is done with what it settles on.

A table states a scale, its rows in groups, what each row says now, and how a settled level is
written into it. The room then votes on the rows as on any question.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.analysis.steps import steps_below
from competencies.models import JobProfile, LevelText, Requirement
from competencies.usecases import frameworks, profiles
from diagnostics.models import Domain, Questionnaire
from diagnostics.usecases import constants
from hrplan.core.models import Administration, Member

IDENTITY = ("code", "version")


Now = Mapping[str, Mapping[str, float]]  # table -> row -> what it says now; none of what is gone


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the room is asked about it; `anchors` say what each level means here."""

    code: str
    title: str
    text: str
    anchors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together; without a title they are the whole table."""

    code: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is put to the vote; `scale` as a questionnaire holds it."""

    title: str
    scale: tuple[Mapping[str, Any], ...]
    groups: tuple[Group, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for group in self.groups for row in group.rows)


@dataclass(frozen=True, slots=True)
class Votable:
    """A kind of table: which there are, how one is asked, what it says, how it is changed."""

    key: str
    name: Any
    short: Any  # beside the name of a row
    choices: Callable[[Administration], Iterable[tuple[str, str]]]
    table: Callable[[Administration, str], Table]
    now: Callable[[Administration, Collection[str]], Now]
    take: Callable[[Administration, str, Mapping[str, int], Member], None]


def _scale(steps: Mapping[int, tuple[str, str]]) -> tuple[dict[str, Any], ...]:
    """Level -> name and meaning, as a questionnaire holds it."""
    return tuple(
        {"level": level, "name": name, "meaning": text} for level, (name, text) in steps.items()
    )


# --- Job profiles: what they require, and how much it matters ------------------------------------
Asked = Literal["level", "weight"]


def _profiles(administration: Administration) -> list[tuple[str, str]]:
    asked = JobProfile.objects.of(administration).filter(requirements__isnull=False)
    return list(asked.order_by("position", "code").distinct().values_list("code", "title"))


def _requirements(administration: Administration, code: str) -> list[Requirement]:
    """Of a profile that is gone: none."""
    rows = Requirement.objects.filter(
        profile__administration=administration,
        profile__code=code,
        competency__framework=F("profile__framework"),
    )
    return list(rows.select_related("profile__framework", "competency__group"))


def _required(asked: Asked, administration: Administration, codes: Collection[str]) -> Now:
    found: dict[str, dict[str, float]] = {code: {} for code in codes}
    rows = Requirement.objects.filter(
        profile__administration=administration,
        profile__code__in=codes,
        competency__framework=F("profile__framework"),
    )
    for code, topic, held in rows.values_list("profile__code", "competency__code", asked):
        found[code][topic] = held
    return found


def _require(
    asked: Asked,
    administration: Administration,
    code: str,
    settled: Mapping[str, int],
    by: Member,
) -> None:
    """Change the level or the weight; what else the profile asks for stays."""
    for one in _requirements(administration, code):
        if (chosen := settled.get(one.competency.code)) is not None:
            held = {"level": one.level, "weight": one.weight, asked: chosen}
            profiles.change_requirement(
                one.profile,
                one.competency,
                level=held["level"],
                weight=held["weight"],
                critical=one.critical,
                steps=steps_below(one.steps, held["level"]),
                by=by,
            )


def _table(
    title: str,
    question: str,
    steps: Mapping[int, tuple[str, str]],
    rows: Iterable[Requirement],
    texts: Mapping[int, Mapping[int, str]],
) -> Table:
    """Requirements as they are voted on; `texts` say what a level means of a competency."""
    usual = {level: text for level, (_name, text) in steps.items()}
    parts: dict[tuple[str, str], list[Row]] = {}
    for one in rows:
        topic = one.competency
        words = question % {"topic": topic.title, "profile": one.profile.title}
        row = Row(topic.code, topic.title, words, {**usual, **texts.get(topic.pk, {})})
        parts.setdefault((topic.group.code, topic.group.title), []).append(row)
    groups = tuple(Group(code, name, tuple(own)) for (code, name), own in parts.items())
    return Table(title, _scale(steps), groups)


def _levels(administration: Administration, code: str) -> Table:
    rows = _requirements(administration, code)
    profile = rows[0].profile
    steps = {one.level: (one.name, one.text) for one in frameworks.scale(profile.framework)}
    steps[0] = (steps[0][0], _("The work does not ask for it."))
    texts: dict[int, dict[int, str]] = {}
    of = LevelText.objects.filter(competency__requirements__profile=profile, level__gt=0)
    for topic, level, text in of.values_list("competency", "level", "text"):
        texts.setdefault(topic, {})[level] = text
    title = _("Required levels: %(profile)s") % {"profile": profile.title}
    question = _("Which level of “%(topic)s” does the work of %(profile)s ask for?")
    return _table(title, question, steps, rows, texts)


def _weights(administration: Administration, code: str) -> Table:
    rows = _requirements(administration, code)
    steps = {
        1: (_("useful"), _("Good to have; the work is done without it.")),
        2: (_("important"), _("The work is done worse without it.")),
        3: (_("decisive"), _("The work fails without it; its gaps are closed first.")),
    }
    title = _("Priorities: %(profile)s") % {"profile": rows[0].profile.title}
    question = _("How much does “%(topic)s” matter in the work of %(profile)s?")
    return _table(title, question, steps, rows, {})


# --- Domains: what they weigh in the overall score -----------------------------------------------
def _rated(administration: Administration) -> QuerySet[Questionnaire]:
    of = Questionnaire.objects.of(administration).order_by(*IDENTITY)
    return of.filter(kind=Questionnaire.Kind.MATURITY, is_draft=False)


def _questionnaires(administration: Administration) -> list[tuple[str, str]]:
    return [(f"{one.code} {one.version}", str(one)) for one in _rated(administration)]


def _domains(administration: Administration, row: str) -> list[Domain]:
    code, _blank, version = row.rpartition(" ")
    form = _rated(administration).filter(code=code, version=version)
    return list(Domain.objects.filter(questionnaire__in=form).order_by("position"))


def _domain_weights(administration: Administration, row: str) -> Table:
    steps = {
        1: (_("once"), _("It counts once in the overall score.")),
        2: (_("twice"), _("It counts twice in the overall score.")),
        3: (_("three times"), _("It counts three times in the overall score.")),
    }
    usual = {level: text for level, (_name, text) in steps.items()}
    words = _("How much does “%(domain)s” weigh in the overall score?")
    rows = tuple(
        Row(domain.code, domain.title, words % {"domain": domain.title}, usual)
        for domain in _domains(administration, row)
    )
    title = _("Weights of the domains: %(form)s") % {"form": row}
    return Table(title, _scale(steps), (Group("domains", "", rows),))


def _domain_weights_now(administration: Administration, codes: Collection[str]) -> Now:
    weights = constants.scoring_constants(administration, None).domain_weights
    found: dict[str, dict[str, float]] = {code: {} for code in codes}
    rows = Domain.objects.filter(questionnaire__in=_rated(administration))
    names = ("questionnaire__code", "questionnaire__version", "code")
    for code, version, domain in rows.values_list(*names):
        if (row := f"{code} {version}") in found:
            found[row][domain] = weights.get(domain, 1)
    return found


def _take_domain_weights(
    administration: Administration, _row: str, settled: Mapping[str, int], by: Member
) -> None:
    constants.set_domain_weights(administration, settled, by=by)


VOTABLES: Mapping[str, Votable] = {
    one.key: one
    for one in (
        Votable(
            "levels",
            gettext_lazy("Required levels of a job profile"),
            gettext_lazy("required levels"),
            _profiles,
            _levels,
            partial(_required, "level"),
            partial(_require, "level"),
        ),
        Votable(
            "priorities",
            gettext_lazy("Priorities among the needs of a job profile"),
            gettext_lazy("priorities"),
            _profiles,
            _weights,
            partial(_required, "weight"),
            partial(_require, "weight"),
        ),
        Votable(
            "domains",
            gettext_lazy("Weights of the domains of a questionnaire"),
            gettext_lazy("weights of domains"),
            _questionnaires,
            _domain_weights,
            _domain_weights_now,
            _take_domain_weights,
        ),
    )
}
