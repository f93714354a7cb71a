"""The application for a course outside: who goes, why, what follows, as a form to be signed."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from competencies.analysis.outlook import years_since
from competencies.models import StaffMember
from competencies.usecases.gaps import gap_analysis, known
from hrplan.core.access import OFFICE, has_role
from hrplan.core.frames import rows_of
from hrplan.core.models import Member
from training_calendar.analysis.nominating import due_on
from training_calendar.models import Enrolment, Mode, Offer
from training_calendar.usecases.attended import attended

OUTSIDE = (Mode.EXTERNAL.value, Mode.PROVIDER_RUN.value)
"""Ways of a module whose provider asks for an application."""


@dataclass(frozen=True, slots=True)
class Lack:
    """What the course is to close: a level held, and the one asked; held None is not assessed."""

    title: str
    held: float | None
    required: int
    leads_to: int


@dataclass(frozen=True, slots=True)
class Application:
    """What is known for the form; what isn't is None or empty, and is filled in by hand."""

    place: Enrolment
    person: StaffMember
    offer: Offer | None
    due_on: date | None
    born_on: date | None
    years: int | None
    lacks: tuple[Lack, ...]
    before: tuple[tuple[str, date], ...]

    @property
    def is_abroad(self) -> bool:
        """Whether it is held in another region than where the person works."""
        return self.offer is not None and self.offer.region != self.person.unit.region


def asks_for_application(place: Enrolment) -> bool:
    """Whether somebody outside decides on the place."""
    return place.module.mode in OUTSIDE


def application(place: Enrolment, *, member: Member) -> Application:
    """The form of one place; the day of birth is filled in for the office alone.

    `place` was read with module, session, offer, and the person with unit, profile and post.
    """
    person, owner = place.staff_member, member.administration
    offer = place.session.offer if place.session else None
    done = attended(owner, [person.pk])[person.pk].done
    return Application(
        place=place,
        person=person,
        offer=offer,
        due_on=due_on(
            place.starts_on, offer.nominate_by if offer else None, place.module.lead_days
        ),
        born_on=person.born_on if has_role(member, OFFICE) else None,
        years=_years_since(person.joined_on, owner.as_of),
        lacks=tuple(_lacks(place)),
        before=tuple(sorted(done.items(), key=lambda pair: pair[1], reverse=True)[:5]),
    )


def _years_since(day: date | None, today: date) -> int | None:
    found = known(years_since(pd.Series([day]), today).iloc[0])
    return None if found is None else int(found)


def _lacks(place: Enrolment) -> list[Lack]:
    """What the module lifts and the person's work asks for beyond what is held."""
    person = place.staff_member
    analysis = gap_analysis(
        person.administration, people=StaffMember.objects.filter(pk=person.pk), with_units=False
    )
    leads = dict(place.module.outcomes.values_list("competency__code", "level_to"))
    titles = dict(
        zip(analysis.competencies["competency"], analysis.competencies["title"], strict=True)
    )
    cells = analysis.cells[analysis.cells["competency"].isin(list(leads))]
    return [
        Lack(
            titles[row.competency],
            known(row.held),
            int(row.required),
            leads[row.competency],
        )
        for row in rows_of(cells)
        if not row.held >= row.required
    ]
