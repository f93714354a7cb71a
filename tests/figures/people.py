"""Posts, people and profiles counted again."""

from collections import Counter
from collections.abc import Iterable

from competencies.models import (
    Competency,
    JobProfile,
    Level,
    Post,
    Requirement,
    StaffMember,
    Unit,
)
from hrplan.core.models import Administration
from tests.figures.written import Again, Row, big, num

INDENT = "\u2003"


def serving(owner: Administration) -> list[StaffMember]:
    """The people in service on the day, one by one."""
    rows = StaffMember.objects.filter(administration=owner).select_related("profile", "unit")
    day = owner.as_of
    return [
        one
        for one in rows
        if not (one.left_on and one.left_on <= day) and not (one.joined_on and one.joined_on > day)
    ]


def _counts(owner: Administration) -> tuple[dict[int, tuple[int, ...]], tuple[int, ...]]:
    """Posts, filled, vacant and people of each unit, and of all."""
    people = serving(owner)
    held = {one.post_id for one in people}
    posts = list(Post.objects.filter(administration=owner))
    found = {}
    for unit in Unit.objects.filter(administration=owner):
        own = [post for post in posts if post.unit_id == unit.pk]
        filled = sum(post.pk in held for post in own)
        found[unit.pk] = (
            len(own),
            filled,
            len(own) - filled,
            sum(one.unit_id == unit.pk for one in people),
        )
    filled = sum(post.pk in held for post in posts)
    return found, (len(posts), filled, len(posts) - filled, len(people))


def establishment(owner: Administration, _code: str) -> Iterable[Row]:
    found, whole = _counts(owner)
    for unit in Unit.objects.filter(administration=owner):
        if any(found[unit.pk]):
            yield (unit.title, *map(num, found[unit.pk]))
    yield ("All units", *map(num, whole))


def organisation(owner: Administration, _code: str) -> Iterable[Row]:
    found, whole = _counts(owner)
    units = {unit.pk: unit for unit in Unit.objects.filter(administration=owner)}
    for unit in units.values():
        depth, above = 0, unit.parent_id
        while above:
            depth, above = depth + 1, units[above].parent_id
        shown = map(num, found[unit.pk]) if any(found[unit.pk]) else ("",) * 4
        yield (INDENT * depth + unit.title, *shown)
    yield ("All units", *map(num, whole))


def groups(owner: Administration, _code: str) -> Iterable[Row]:
    rows = Competency.objects.filter(administration=owner, framework__state="in_force")
    counted = Counter(rows.values_list("group__title", flat=True))
    return ((title, str(count)) for title, count in counted.items())


def scale(owner: Administration, _code: str) -> Iterable[Row]:
    for level in Level.objects.filter(framework__administration=owner, framework__state="in_force"):
        yield (str(level.level), level.name)


def requirements(profile: JobProfile) -> list[Requirement]:
    """What a profile asks for under the framework in force."""
    return list(profile.requirements.filter(competency__framework__state="in_force"))


def profiles(owner: Administration, _code: str) -> Iterable[Row]:
    """Requirements and critical ones of each profile, and those who hold it; few are a dash."""
    holders = Counter(one.profile_id for one in serving(owner))
    for profile in JobProfile.objects.filter(administration=owner, state="approved"):
        asked = requirements(profile)
        few = 0 < holders[profile.pk] < owner.small_cell_limit
        yield (
            profile.title,
            num(len(asked)),
            num(sum(one.critical for one in asked)),
            "–" if few else num(holders[profile.pk]),
        )


def matrix(owner: Administration, code: str) -> Iterable[Row]:
    """The levels asked by the first profile of the table."""
    profile = JobProfile.objects.get(administration=owner, code=code)
    asked = {one.competency_id: one for one in requirements(profile)}
    for topic in Competency.objects.filter(administration=owner, framework__state="in_force"):
        one = asked.get(topic.pk)
        yield (topic.title, f"{one.level}{'*' if one.critical else ''}" if one else "")
    yield from ((title, "") for title, _count in groups(owner, ""))


def by(field: str) -> Again:
    """Heads by a field of the person; only the margin of all is never withheld."""

    def rows(owner: Administration, _code: str) -> Iterable[Row]:
        counted = Counter(_of(one, field) for one in serving(owner))
        yield from ((big(name), num(count)) for name, count in counted.items())
        yield ("All", num(counted.total()))

    return Again((0, 3), rows, withholds=True)


def _of(person: StaffMember, field: str) -> str:
    if field == "level":
        return (
            str(person.profile.get_staff_level_display()) if person.profile else "without a profile"
        )
    return str(getattr(person, field)) or "not stated"


def bands(field: str, starts: tuple[int, ...]) -> Again:
    """Women and men by years since a day; fewer than the limit, or what betrays them, withheld."""

    def rows(owner: Administration, _code: str) -> Iterable[Row]:
        day = owner.as_of
        found: Counter[tuple[int, str]] = Counter()
        for one in serving(owner):
            since = getattr(one, field)
            years = day.year - since.year - ((day.month, day.day) < (since.month, since.day))
            found[max(start for start in starts if start <= max(years, starts[0])), one.gender] += 1
        for start, after in zip(starts, (*starts[1:], 0), strict=True):
            name = f"{start}–{after - 1}" if after else f"{start} and over"
            yield (name, str(found[start, "f"]), str(found[start, "m"]))

    return Again((0, 1, 2), rows, withholds=True)


CASES: dict[str, Again] = {
    "establishment": Again((0, 1, 2, 3, 4), establishment),
    "organisation-table": Again((0, 2, 3, 4, 5), organisation),
    "groups": Again((0, 1), groups),
    "scale": Again((0, 1), scale),
    "level-glossary": Again((0, 1), scale),
    "profiles": Again((0, 2, 3, 4), profiles),
    "matrix-*": Again((0, 1), matrix),
    "rank-gender": by("rank"),
    "education": by("education"),
    "staff-levels-now": by("level"),
    "ages": bands("born_on", (20, 25, 30, 35, 40, 45, 50, 55, 60)),
    "services": bands("joined_on", (0, 2, 5, 10, 15, 20, 25, 30)),
}
