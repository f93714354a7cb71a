"""People drawn at random, with ratings of two years."""

from datetime import timedelta
from random import Random

from competencies.models import Framework, StaffMember
from tests import make
from tests.competencies.make_gaps import rate

AGES = [-3, 0, 1, 30, 200, 364, 365, 366, 500]  # days before today


def furnish(framework: Framework, chance: Random) -> list[StaffMember]:
    """People in two units with ratings in O1, O2 and V1, a value; some expired or revoked."""
    owner = framework.administration
    values = framework.groups.create(
        administration=owner, code="V", title="Values", in_gap_totals=False, position=9
    )
    framework.competencies.filter(code="V1").update(group=values)
    profiles = [
        make.profile(framework, "A1", O1=3, V1=2),
        make.profile(framework, "A2", O1=2, O2=4),
    ]
    places = [make.unit(owner, code, title=code) for code in ("NORTH", "SOUTH", "NOBODY")]
    people = []
    for number in range(chance.randint(3, 12)):
        profile = chance.choice([*profiles, None])
        person = make.staff_member(chance.choice(places[:2]), profile, code=f"X{number:02}")
        if profile and chance.random() < 0.2:
            person.secondary_profiles.add(*profiles)
        for _ in range(chance.randint(0, 8)):
            _rating(person, chance)
        people.append(person)
    return people


def _rating(person: StaffMember, chance: Random) -> None:
    day = person.administration.as_of - timedelta(days=chance.choice(AGES))
    code, source = chance.choice(["O1", "O2", "V1"]), chance.choice(["self", "peer", "validated"])
    if person.assessments.filter(competency__code=code, source=source, rated_on=day).exists():
        return
    rating = rate(person, code, chance.randint(0, 8) / 2, source=source, rated_on=day)
    if chance.random() < 0.4:
        rating.valid_until = day + timedelta(days=chance.choice([100, 300, 400]))
    if chance.random() < 0.1:
        rating.revoked_on = day
    rating.save()
