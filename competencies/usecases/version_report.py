"""What putting another framework version in force would carry over, and what it would leave."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from competencies import frames
from competencies.analysis import crosswalks
from competencies.models import (
    Assessment,
    Competency,
    Crosswalk,
    Framework,
    JobProfile,
    Requirement,
)


@dataclass(frozen=True, slots=True)
class CompetencyChange:
    """A competency of today, or a new one, and what becomes of its ratings."""

    today: Competency | None
    targets: tuple[tuple[Competency, str], ...]  # with the relation, seen from today's
    ratings: int
    carried: bool

    @property
    def is_same(self) -> bool:
        """Nothing becomes of it but its counterpart, which says the same."""
        relations = [relation for _target, relation in self.targets]
        return self.today is not None and relations == [crosswalks.EQUAL]


@dataclass(frozen=True, slots=True)
class ProfileChange:
    """How many levels a profile asks for today and under the other version."""

    profile: JobProfile
    before: int
    after: int
    approved: bool


@dataclass(frozen=True, slots=True)
class VersionReport:
    """What changes; `obstacles` are the reasons why the version can't be put in force yet."""

    framework: Framework
    held: Framework | None
    same_scale: bool
    changes: tuple[CompetencyChange, ...]
    profiles: tuple[ProfileChange, ...]
    ratings: int
    carried: int
    obstacles: tuple[str, ...]

    @property
    def left(self) -> int:
        """Ratings that do not count under the other version; they stay on record."""
        return self.ratings - self.carried

    @property
    def counts(self) -> Mapping[str, int]:
        """Competencies by what becomes of them: the relations, dropped and new."""
        found: Counter[str] = Counter()
        for change in self.changes:
            if not change.targets:
                found["dropped"] += 1
            for _target, relation in change.targets:
                found[relation] += 1
        return found

    def in_figures(self) -> dict[str, Any]:
        """The report as it stays on record."""
        return {
            "from": str(self.held) if self.held else "",
            "competencies": dict(self.counts),
            "profiles": len(self.profiles),
            "ratings": self.ratings,
            "carried": self.carried,
        }


def version_report(framework: Framework) -> VersionReport:
    """What putting a draft or a retired version in force would do, as things stand."""
    held = frames.current_framework(framework.administration)
    before = list(held.competencies.all()) if held else []
    after = list(framework.competencies.all())
    same_scale = held is None or frames.top_level(held) == frames.top_level(framework)
    pairs = pairs_between(held, framework) if held else ()
    found = tuple(_changes(before, after, pairs, same_scale))
    profiles = tuple(_profiles(held, framework))
    return VersionReport(
        framework=framework,
        held=held,
        same_scale=same_scale,
        changes=found,
        profiles=profiles,
        ratings=sum(change.ratings for change in found),
        carried=sum(change.ratings for change in found if change.carried),
        obstacles=tuple(_obstacles(framework, after, pairs, profiles)),
    )


def pairs_between(held: Framework, new: Framework) -> tuple[crosswalks.Pair, ...]:
    """The crosswalk of two versions, seen from the first."""
    ours = frozenset(held.competencies.values_list("pk", flat=True))
    rows = _crosswalk(held, new).values_list("source", "target", "relation")
    return crosswalks.directed((crosswalks.Pair(*row) for row in rows), ours)


def _crosswalk(held: Framework, new: Framework) -> QuerySet[Crosswalk]:
    return Crosswalk.objects.filter(
        Q(source__framework=held, target__framework=new)
        | Q(source__framework=new, target__framework=held)
    )


def _changes(
    before: list[Competency],
    after: list[Competency],
    pairs: tuple[crosswalks.Pair, ...],
    same_scale: bool,
) -> Iterator[CompetencyChange]:
    rows = Assessment.objects.filter(competency__in=before).order_by()
    ratings = dict(rows.values_list("competency").annotate(Count("pk")))
    new = {row.pk: row for row in after}
    carry = crosswalks.carrying(pairs) if same_scale else {}
    for row in before:
        targets = tuple((new[p.target], p.relation) for p in pairs if p.source == row.pk)
        yield CompetencyChange(row, targets, ratings.get(row.pk, 0), row.pk in carry)
    known = {pair.target for pair in pairs}
    for row in after:
        if row.pk not in known:
            yield CompetencyChange(None, ((row, "new"),), 0, carried=False)


def _profiles(held: Framework | None, new: Framework) -> Iterator[ProfileChange]:
    rows = Requirement.objects.order_by().filter(profile__administration=new.administration_id)
    asked = rows.values_list("profile").annotate(
        before=Count("pk", filter=Q(competency__framework=held)),
        after=Count("pk", filter=Q(competency__framework=new)),
    )
    counts = {profile: (was, will) for profile, was, will in asked}
    for profile in JobProfile.objects.filter(administration=new.administration_id):
        was, will = counts.get(profile.pk, (0, 0))
        approved = profile.state == JobProfile.State.APPROVED
        yield ProfileChange(profile, was, will, approved)


def _obstacles(
    framework: Framework,
    after: list[Competency],
    pairs: tuple[crosswalks.Pair, ...],
    profiles: tuple[ProfileChange, ...],
) -> Iterator[str]:
    if framework.state == Framework.State.IN_FORCE:
        yield _("This version is in force already.")
    if not after:
        yield _("The version has no competency yet.")
    titles = {row.pk: row.title for row in after}
    for row in sorted(crosswalks.twice_the_same(pairs) & set(titles)):
        yield _("“%(title)s” is said to be the same as two others; keep one.") % {
            "title": titles[row]
        }
    bare = [change.profile.title for change in profiles if change.approved and not change.after]
    if bare:
        yield _("These approved profiles ask for nothing under it yet: %(titles)s.") % {
            "titles": ", ".join(bare)
        }


def pairs_of(report: VersionReport) -> dict[tuple[int, int], int]:
    """The rows of the crosswalk behind a report, by today's competency and the other."""
    if report.held is None:
        return {}
    found: dict[tuple[int, int], int] = {}
    for row in _crosswalk(report.held, report.framework):
        found[row.source_id, row.target_id] = found[row.target_id, row.source_id] = row.pk
    return found
