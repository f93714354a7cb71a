"""A round of promotion whose places are worked out by hand."""

from datetime import date
from decimal import Decimal

from competencies.models import Assessment, Candidacy, PromotionRound
from hrplan.core.models import Role
from tests import make
from tests.competencies.make_gaps import Port


def supervisors(place: Port, **fields) -> PromotionRound:
    """One post, asked for O1 at level 3; Ann (senior) meets a third, Ben all, Eve is not rated."""
    defaults = {
        "code": "SUP",
        "title": "Supervisors",
        "profile": place.profile,
        "counted_on": date(2016, 2, 12),
        "vacancy_on": date(2016, 6, 1),
        "weights_published_on": date(2016, 2, 1),
        "threshold": Decimal("0.3"),
    }
    made = PromotionRound.objects.create(
        administration=place.administration, **{**defaults, **fields}
    )
    sign(made)
    for person, joined in ((place.ann, 2000), (place.ben, 2005), (place.eve, 2010)):
        person.joined_on = date(joined, 1, 4)
        person.save()
        enter(made, person)
    return made


def sign(row: PromotionRound) -> None:
    """Put a second hand under every validated level, as a promotion needs."""
    head = make.member(row.administration, Role.HEAD, f"head-{row.code.lower()}")
    rows = Assessment.objects.filter(administration=row.administration, source="validated")
    rows.update(second_by=head, second_on=date(2016, 2, 12))


def enter(row: PromotionRound, person, **fields) -> Candidacy:
    defaults = {"live_sanction": "no", "courses_met": "yes", "performance": 70, "panel": 60}
    return Candidacy.objects.create(
        administration=row.administration,
        round=row,
        staff_member=person,
        **{**defaults, **fields},
    )
