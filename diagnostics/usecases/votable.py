"""The tables that can be put to the vote of a room, and what is done with what it settles on.

A table states a scale, its rows in groups, what each row says now, and how a settled level is
written into it. The room then votes on the rows as on any question.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.models import JobProfile, LevelText, Requirement
from competencies.usecases import frameworks
from diagnostics.models import Domain, Questionnaire
from diagnostics.usecases import constants
from hrplan.core.models import Administration, Member

IDENTITY = ("code", "version")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the room is asked about it; `anchors` say what each level means here."""

    code: str
    title: str
    text: str
    anchors: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand together."""

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
    now: Callable[[Administration, str], Mapping[str, int]]
    take: Callable[[Administration, str, Mapping[str, int], Member], None]


def _profiles(administration: Administration) -> list[tuple[str, str]]:
    asked = JobProfile.objects.of(administration).filter(requirements__isnull=False)
    return list(asked.order_by("position", "code").distinct().values_list("code", "title"))


def _profile(administration: Administration, code: str) -> JobProfile:
    rows = JobProfile.objects.of(administration).select_related("framework")
    return get_object_or_404(rows, code=code)


def _requirements(profile: JobProfile) -> list[Requirement]:
    return list(profile.requirements.select_related("competency__group"))


def _groups(
    profile: JobProfile,
    anchors: Callable[[Requirement], Mapping[int, str]],
    text: Callable[[Requirement], str],
) -> tuple[Group, ...]:
    parts: dict[tuple[str, str], list[Row]] = {}
    for one in _requirements(profile):
        topic = one.competency
        row = Row(topic.code, topic.title, text(one), anchors(one))
        parts.setdefault((topic.group.code, topic.group.title), []).append(row)
    return tuple(Group(code, title, tuple(rows)) for (code, title), rows in parts.items())


def _levels(administration: Administration, code: str) -> Table:
    profile = _profile(administration, code)
    steps = frameworks.scale(profile.framework)
    texts: dict[int, dict[int, str]] = {}
    of = LevelText.objects.filter(competency__requirements__profile=profile)
    for topic, level, text in of.values_list("competency", "level", "text"):
        texts.setdefault(topic, {})[level] = text
    usual = {step.level: step.text for step in steps} | {0: _("The work does not ask for it.")}
    scale = tuple(
        {"level": step.level, "name": step.name, "meaning": usual[step.level]} for step in steps
    )
    return Table(
        title=_("Required levels: %(profile)s") % {"profile": profile.title},
        scale=scale,
        groups=_groups(
            profile,
            lambda one: usual | {k: v for k, v in texts.get(one.competency_id, {}).items() if k},
            lambda one: (
                _("Which level of “%(topic)s” does the work of %(profile)s ask for?")
                % {"topic": one.competency.title, "profile": profile.title}
            ),
        ),
    )


def _levels_now(administration: Administration, code: str) -> dict[str, int]:
    return {one.competency.code: one.level for one in _requirements(_profile(administration, code))}


def _take_levels(
    administration: Administration, code: str, settled: Mapping[str, int], by: Member
) -> None:
    profile = _profile(administration, code)
    for one in _requirements(profile):
        if (level := settled.get(one.competency.code)) is not None:
            frameworks.change_requirement(
                profile,
                one.competency,
                level=level,
                weight=one.weight,
                critical=one.critical,
                by=by,
            )


def _weights(administration: Administration, code: str) -> Table:
    profile = _profile(administration, code)
    names = {
        1: (_("useful"), _("Good to have; the work is done without it.")),
        2: (_("important"), _("The work is done worse without it.")),
        3: (_("decisive"), _("The work fails without it; its gaps are closed first.")),
    }
    return Table(
        title=_("Priorities: %(profile)s") % {"profile": profile.title},
        scale=tuple(
            {"level": level, "name": name, "meaning": text} for level, (name, text) in names.items()
        ),
        groups=_groups(
            profile,
            lambda _one: {level: text for level, (_name, text) in names.items()},
            lambda one: (
                _("How much does “%(topic)s” matter in the work of %(profile)s?")
                % {"topic": one.competency.title, "profile": profile.title}
            ),
        ),
    )


def _weights_now(administration: Administration, code: str) -> dict[str, int]:
    profile = _profile(administration, code)
    return {one.competency.code: one.weight for one in _requirements(profile)}


def _take_weights(
    administration: Administration, code: str, settled: Mapping[str, int], by: Member
) -> None:
    profile = _profile(administration, code)
    for one in _requirements(profile):
        if (weight := settled.get(one.competency.code)) is not None:
            frameworks.change_requirement(
                profile,
                one.competency,
                level=one.level,
                weight=weight,
                critical=one.critical,
                by=by,
            )


def _questionnaires(administration: Administration) -> list[tuple[str, str]]:
    asked = Questionnaire.objects.of(administration).filter(
        kind=Questionnaire.Kind.MATURITY, is_draft=False
    )
    return [(f"{one.code} {one.version}", str(one)) for one in asked.order_by(*IDENTITY)]


def _domains(administration: Administration, row: str) -> list[Domain]:
    code, _blank, version = row.rpartition(" ")
    of = Questionnaire.objects.of(administration).filter(kind=Questionnaire.Kind.MATURITY)
    form = get_object_or_404(of, code=code, version=version)
    return list(form.domains.order_by("position"))


def _domain_weights(administration: Administration, row: str) -> Table:
    names = {
        1: (_("once"), _("It counts once in the overall score.")),
        2: (_("twice"), _("It counts twice in the overall score.")),
        3: (_("three times"), _("It counts three times in the overall score.")),
    }
    anchors = {level: text for level, (_name, text) in names.items()}
    words = _("How much does “%(domain)s” weigh in the overall score?")
    rows = tuple(
        Row(domain.code, domain.title, words % {"domain": domain.title}, anchors)
        for domain in _domains(administration, row)
    )
    return Table(
        title=_("Weights of the domains: %(form)s") % {"form": row},
        scale=tuple(
            {"level": level, "name": name, "meaning": text} for level, (name, text) in names.items()
        ),
        groups=(Group("domains", _("Domains"), rows),),
    )


def _domain_weights_now(administration: Administration, row: str) -> dict[str, int]:
    weights = constants.scoring_constants(administration, None).domain_weights
    return {one.code: round(weights.get(one.code, 1)) for one in _domains(administration, row)}


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
            _levels_now,
            _take_levels,
        ),
        Votable(
            "priorities",
            gettext_lazy("Priorities among the needs of a job profile"),
            gettext_lazy("priorities"),
            _profiles,
            _weights,
            _weights_now,
            _take_weights,
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
