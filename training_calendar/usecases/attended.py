"""Which modules people completed, and in which they have a place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from hrplan.core.models import Administration
from training_calendar.analysis.progress import DAYS_A_MONTH
from training_calendar.models import Enrolment, ProgrammeAward, TrainingSession


@dataclass(frozen=True, slots=True)
class Attended:
    """Of one person: modules completed and in force, planned; programmes awarded, with their day.

    done : code -> last day; planned : code -> first day; awards : code of the programme -> day
    """

    done: dict[str, date] = field(default_factory=dict)
    planned: dict[str, date] = field(default_factory=dict)
    awards: dict[str, date] = field(default_factory=dict)


def attended(administration: Administration, people: Iterable[int]) -> Mapping[int, Attended]:
    """By person. What was completed counts from any plan, a place only in the plan in force.

    A module whose validity has run out counts as completed no longer. A place that ended counts
    as planned until its attendance is recorded.
    """
    chosen, today = list(people), administration.as_of
    found = {person: Attended() for person in chosen}
    rows = (
        Enrolment.objects.filter(
            Q(attendance__is_completed=True) | Q(calendar__plan__is_current=True),
            calendar__administration=administration,
            staff_member__in=chosen,
        )
        .exclude(session__status=TrainingSession.Status.CANCELLED)
        .order_by("ends_on")
        .values_list(
            *("staff_member", "module__code", "module__validity_months"),
            *("attendance__is_completed", "starts_on", "ends_on"),
        )
    )
    for person, module, months, completed, first, last in rows:
        if not completed:
            if completed is None or last >= today:
                found[person].planned[module] = first
        elif months is None or last + timedelta(days=round(months * DAYS_A_MONTH)) >= today:
            found[person].done[module] = last
    awards = ProgrammeAward.objects.filter(
        programme__administration=administration, staff_member__in=chosen
    )
    for person, programme, day in awards.values_list(
        "staff_member", "programme__code", "awarded_on"
    ):
        found[person].awards[programme] = day
    return found
