"""Gaps worked out again, person by person, and added up."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from competencies.models import Assessment, Requirement, Unit
from hrplan.core.models import Administration
from tests.figures.levels import levels
from tests.figures.people import serving
from tests.figures.written import Again, Row, big, num, pct

TOP_GAPS, DRAWN = 15, 10


@dataclass(frozen=True)
class Cell:
    """One competency asked of one person; `held` is None where it was not assessed."""

    person: int
    unit: str
    profile: str
    level_of_staff: str
    topic: str
    counts: bool
    asked: int
    weight: float
    critical: bool
    held: float | None
    sure: float

    @property
    def gap(self) -> float:
        """Levels missing; what is lost in adding parts of levels is no gap."""
        return round(max(0.0, self.asked - self.held), 9) if self.held is not None else 0.0


@lru_cache(maxsize=2)
def cells(owner: Administration) -> tuple[Cell, ...]:
    """Every competency asked of everybody in service."""
    rated = levels(owner)
    asked: dict[int, list[Requirement]] = defaultdict(list)
    wanted = Requirement.objects.filter(
        profile__administration=owner,
        profile__state="approved",
        competency__framework__state="in_force",
    ).select_related("competency__group", "profile")
    for line in wanted:
        asked[line.profile_id].append(line)
    found = []
    for one in serving(owner):
        if one.profile is None:
            continue
        mine: dict[int, list[Requirement]] = defaultdict(list)
        for profile in (one.profile, *one.secondary_profiles.all()):
            for line in asked[profile.pk]:
                mine[line.competency_id].append(line)
        for topic, lines in mine.items():
            level, sure = rated.get((one.pk, topic), (None, 0.0))
            found.append(
                Cell(
                    one.pk,
                    one.unit.title,
                    one.profile.title,
                    one.profile.get_staff_level_display(),
                    lines[0].competency.title,
                    lines[0].competency.group.in_gap_totals,
                    max(line.level for line in lines),
                    max(float(line.weight) for line in lines),
                    any(line.critical for line in lines),
                    level,
                    sure,
                )
            )
    return tuple(found)


@dataclass(frozen=True)
class Sum:
    """What a group of cells comes to."""

    cells: tuple[Cell, ...]

    @property
    def known(self) -> list[Cell]:
        return [one for one in self.cells if one.held is not None]

    @property
    def people(self) -> int:
        return len({one.person for one in self.cells})

    @property
    def assessed(self) -> int:
        return len({one.person for one in self.known})

    @property
    def missing(self) -> int:
        return len(self.cells) - len(self.known)

    @property
    def weighted(self) -> float:
        return sum(one.weight * one.gap for one in self.known)

    @property
    def required(self) -> float:
        return sum(one.weight * one.asked for one in self.known)

    @property
    def adjusted(self) -> float:
        return sum(one.weight * one.gap * one.sure for one in self.known)

    @property
    def mean(self) -> float:
        return sum(one.gap for one in self.known) / len(self.known)

    @property
    def misses(self) -> int:
        return sum(one.critical and one.gap >= 1 for one in self.known)


def summed(owner: Administration, by: Callable[[Cell], str]) -> dict[str, Sum]:
    """The cells that count in totals, by a name."""
    found: dict[str, list[Cell]] = defaultdict(list)
    for one in cells(owner):
        if one.counts:
            found[by(one)].append(one)
    return {name: Sum(tuple(part)) for name, part in found.items()}


def widest(owner: Administration) -> list[tuple[str, Sum]]:
    """Competencies by their weighted gap, the widest first."""
    found = summed(owner, lambda one: one.topic)
    return sorted(found.items(), key=lambda pair: -pair[1].weighted)[:TOP_GAPS]


def top_table(owner: Administration, _code: str) -> Iterable[Row]:
    for title, total in widest(owner):
        yield (
            title,
            num(len(total.known)),
            num(total.missing),
            num(sum(one.gap > 0 for one in total.known)),
            num(total.mean, 2),
            pct(total.weighted, total.required),
            num(total.weighted),
            num(total.adjusted),
        )


def heat_map(owner: Administration, _code: str) -> Iterable[Row]:
    """The mean gap of each unit in the widest competencies; of few people it is not shown.

    Units of few people, or of which nothing can be shown, have no column.
    """
    wide = [title for title, _total in widest(owner)]
    sums = summed(owner, lambda one: f"{one.unit}\n{one.topic}")
    people = summed(owner, lambda one: one.unit)
    order = Unit.objects.filter(administration=owner).values_list("title", flat=True)
    least = owner.small_cell_limit
    units = [title for title in order if title in people and people[title].people >= least]
    for topic in wide:
        cells = (sums.get(f"{title}\n{topic}") for title in units)
        yield (topic, *(_mean(owner, one) for one in cells))


def _mean(owner: Administration, one: Sum | None) -> str:
    return num(one.mean, 1) if one and len(one.known) >= owner.small_cell_limit else "not shown"


def top_chart(owner: Administration, _code: str) -> Iterable[Row]:
    return ((title, num(total.weighted)) for title, total in widest(owner)[:DRAWN])


def by_name(name: Callable[[Cell], str]) -> Again:
    """A table of gaps by a name; which rows are withheld is not known here, so all are given."""

    def rows(owner: Administration, _code: str) -> Iterable[Row]:
        for title, total in summed(owner, name).items():
            yield (
                big(title),
                num(total.people),
                num(len(total.known)),
                num(total.missing),
                num(total.mean, 2),
                pct(total.weighted, total.required),
                num(total.misses),
            )

    return Again((0, 1, 2, 3, 4, 5, 6), rows, withholds=True)


def quality(owner: Administration, _code: str) -> Iterable[Row]:
    """Coverage and confidence by unit, of all competencies; few people's confidence is a dash."""
    found: dict[str, list[Cell]] = defaultdict(list)
    for one in cells(owner):
        found[one.unit].append(one)
    for title, part in found.items():
        total = Sum(tuple(part))
        sure = sum(one.sure for one in total.known) / len(total.known)
        few = total.people < owner.small_cell_limit
        yield (
            title,
            num(total.people),
            num(len(part)),
            num(total.missing),
            "–" if few else num(sure, 2),
        )


def rating_sources(owner: Administration, _code: str) -> Iterable[Row]:
    people = {one.pk for one in serving(owner)}
    found: dict[str, list[int]] = defaultdict(list)
    for one in Assessment.objects.filter(administration=owner, revoked_on=None):
        if one.staff_member_id in people:
            found[one.get_source_display()].append(one.staff_member_id)
    return ((big(name), num(len(part)), num(len(set(part)))) for name, part in found.items())


def alone(owner: Administration, _code: str) -> Iterable[Row]:
    """Critical competencies that one of several people of a unit meets, by how many units."""
    found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for one in cells(owner):
        if one.counts and one.critical:
            found[one.unit, one.topic].append(one)
    met = Counter(
        topic
        for (_unit, topic), part in found.items()
        if len(part) > 1 and sum(one.held is not None and one.gap == 0 for one in part) == 1
    )
    return ((topic, str(count)) for topic, count in met.items())


def tiles(owner: Administration) -> dict[str, tuple[str, ...]]:
    """Key of a section -> the first numbers of its tiles, in order."""
    total = Sum(tuple(one for one in cells(owner) if one.counts))
    assessed = num(Sum(cells(owner)).assessed)
    return {
        "gaps": (pct(total.weighted, total.required, 1), num(total.misses), assessed),
    }


CASES: dict[str, Again] = {
    "top-gaps-table": Again((0, 1, 2, 3, 4, 5, 6, 7), top_table),
    "top-gaps-chart": Again((0, 1), top_chart),
    "heat-map": Again((), heat_map, withholds=True),
    "gaps-bands": by_name(lambda one: str(one.level_of_staff)),
    "gaps-profiles": by_name(lambda one: one.profile),
    "gaps-units": by_name(lambda one: one.unit),
    "dependencies": Again((0, 1), alone, withholds=True),
    "quality": Again((0, 1, 2, 3, 4), quality),
    "rating-sources": Again((0, 1, 2), rating_sources),
}
