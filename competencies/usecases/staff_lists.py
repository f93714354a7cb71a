"""What a staff list is read against: the units, profiles, posts and people who are here."""

from dataclasses import dataclass
from datetime import date

from competencies.library.staff_lists.matching import Known
from competencies.models import JobProfile, Post, StaffMember, Unit
from hrplan.core.models import Administration


@dataclass(frozen=True, slots=True)
class PeopleKnown:
    """Codes with their titles by kind of row, and the people with their day of birth."""

    titles: Known
    people: list[tuple[str, str, date | None]]


def people_known(administration: Administration) -> PeopleKnown:
    """What the words of a staff list may stand for in an administration."""
    staff = StaffMember.objects.of(administration)
    people = list(staff.values_list("code", "name", "born_on"))
    posts = Post.objects.of(administration).values_list("code", flat=True)
    titles: Known = {
        "unit": dict(Unit.objects.of(administration).values_list("code", "title")),
        "profile": dict(JobProfile.objects.of(administration).values_list("code", "title")),
        "post": dict.fromkeys(posts, ""),
        "staff": {code: name for code, name, _born in people},
    }
    return PeopleKnown(titles, people)
