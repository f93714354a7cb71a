"""Successors of key posts and the stock of staff in the years ahead, worked out again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from competencies.models import JobProfile, PlannedIntake, Post, Requirement, StaffMember
from hrplan.core.models import Administration
from tests.figures.levels import levels
from tests.figures.people import requirements, serving
from tests.figures.written import Again, Row, big, num

LADDER = ("recruits", "officers", "specialists", "supervisors", "managers", "executives")
RETIRES, YEARS, RATE, SMALL, SCENARIOS = 60, 3, 0.03, 20, (0, 1, 2)
NOW, NEAR, FAR, UNKNOWN = "now", "near", "far", "unknown"


# --- Key posts ---------------------------------------------------------------------------------


def ready(owner: Administration, asked: list[Requirement], person: int) -> str:
    """How near somebody is to what a post asks for as critical."""
    rated = levels(owner)
    held = [(one.level, rated.get((person, one.competency_id))) for one in asked]
    gaps = [round(level - own[0], 6) for level, own in held if own]
    if any(gap > 1 for gap in gaps):
        return FAR
    if not held or len(gaps) < len(held):
        return UNKNOWN
    return NEAR if any(gap > 0 for gap in gaps) else NOW


def _step(profile: JobProfile | None) -> int | None:
    level = profile.staff_level if profile else ""
    return LADDER.index(level) if level in LADDER else None


def above(post: Post, holder: StaffMember | None, one: StaffMember) -> bool:
    """Whether the post would be a step down; what is not known puts nobody above."""
    own, asked = _step(one.profile), _step(post.profile)
    if own is not None and asked is not None and own != asked:
        return own > asked
    grades = (one.grade, holder.grade if holder else None)
    return None not in grades and grades[0] > grades[1]


def followers(owner: Administration) -> list[tuple[Post, bool, Counter[str]]]:
    """Each key post, whether it is filled, and how many could take it over, by readiness."""
    people = serving(owner)
    holders = {one.post_id: one for one in people}
    found = []
    for post in Post.objects.filter(administration=owner, is_key=True).select_related("profile"):
        holder = holders.get(post.pk)
        asked = [one for one in requirements(post.profile) if one.critical]
        kinds = Counter(
            ready(owner, asked, one.pk)
            for one in people
            if one != holder and not above(post, holder, one)
        )
        found.append((post, holder is not None, kinds))
    return found


def key_posts(owner: Administration, _code: str) -> Iterable[Row]:
    """Posts alike in one row; of a few who are ready only that there are some."""
    rows = Counter(
        (
            post.profile.title,
            post.unit.title + ("" if filled else " (vacant)"),
            _told(owner, kinds[NOW]),
            _told(owner, kinds[NEAR]),
        )
        for post, filled, kinds in followers(owner)
    )
    return ((*row[:2], num(count), *row[2:]) for row, count in rows.items())


def _told(owner: Administration, people: int) -> str:
    if not people:
        return "none"
    limit = owner.small_cell_limit
    return num(people) if people >= limit else f"fewer than {limit}"


# --- The years ahead ---------------------------------------------------------------------------


def anniversaries(first: date, last: date) -> int:
    """Full years from one day to another."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def leaves_in(owner: Administration, one: StaffMember) -> int | None:
    """The year ahead in which somebody retires; who is past the age does in the first."""
    left = RETIRES - anniversaries(one.born_on, owner.as_of) if one.born_on else YEARS + 1
    return max(1, left) if left <= YEARS else None


def layers(owner: Administration) -> dict[str, list[StaffMember]]:
    """The people in service by the staff level of their profile."""
    found: dict[str, list[StaffMember]] = {}
    for one in serving(owner):
        found.setdefault(one.profile.staff_level if one.profile else "", []).append(one)
    return found


def together(owner: Administration, found: dict[str, list[StaffMember]]) -> list[str]:
    """The layers told as one: few people, or few who retire, until that says nothing of a few."""
    limit = owner.small_cell_limit

    def retiring(keys: list[str]) -> int:
        return sum(leaves_in(owner, one) is not None for key in keys for one in found[key])

    order = sorted(found, key=lambda key: (len(found[key]), key))
    few = [key for key in order if len(found[key]) < limit or 0 < retiring([key]) < limit]
    others = [key for key in order if key not in few]
    while (
        few
        and others
        and (
            len(few) == 1
            or sum(len(found[key]) for key in few) < limit
            or 0 < retiring(few) < limit
        )
    ):
        few.append(others.pop(0))
    return few


def stock(owner: Administration, _code: str) -> Iterable[Row]:
    """People at the end of each year; of a small layer from the fewest to the most."""
    found = layers(owner)
    few = together(owner, found)
    groups = [([key], _name(found[key])) for key in found if key not in few]
    for keys, name in [*groups, (few, f"{len(few)} groups told together")] if few else groups:
        people = [one for key in keys for one in found[key]]
        rates = SCENARIOS if len(people) < SMALL else (None,)
        lines = [_carried(owner, keys, people, fixed) for fixed in rates]
        ends = ((num(min(year)), num(max(year))) for year in zip(*lines, strict=True))
        spans = (low if low == high else f"{low} – {high}" for low, high in ends)
        yield (name, num(len(people)), *spans)


def _name(people: list[StaffMember]) -> str:
    first = people[0].profile
    return big(str(first.get_staff_level_display())) if first else "Without a profile"


def _carried(
    owner: Administration, keys: list[str], people: list[StaffMember], fixed: int | None
) -> list[float]:
    """People at the end of each year: less who retire and leave, and who is taken in."""
    taken: Counter[int] = Counter()
    for one in PlannedIntake.objects.filter(administration=owner, profile__staff_level__in=keys):
        day, now = one.starts_on, owner.as_of
        taken[day.year - now.year + ((day.month, day.day) > (now.month, now.day))] += one.people
    gone = Counter(leaves_in(owner, one) for one in people)
    left, ends = float(len(people)), []
    for year in range(1, YEARS + 1):
        leavers = min(left, RATE * left if fixed is None else fixed)
        left = max(0.0, left - leavers - gone[year] + taken[year])
        ends.append(left)
    return ends


CASES: dict[str, Again] = {
    "key-posts": Again((0, 1, 2, 3, 4), key_posts),
    "stock": Again((), stock),
}
