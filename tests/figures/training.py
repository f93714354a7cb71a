"""Indicators of training and its money worked out again, by what their formulas say."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hrplan.core.models import Administration
from tests.figures.people import serving
from tests.figures.plan import cash, current, seats
from training_calendar.models import Budget, BudgetLine, Enrolment, Need

BACK, QUARTERS, GENDERS = timedelta(days=30), 4, ("f", "m")
# A value, what it counts over, and how many are missing; without a value, the reason.
Found = tuple[float | str, int, int]


def share(part: float, whole: float, missing: int = 0) -> Found:
    return 100 * part / whole, int(whole), missing


def hours(one: Any) -> float:
    return float(one.module.hours + one.module.self_study_hours)


def hours_each(owner: Administration) -> Found:
    span = current(owner).calendar
    years = (span.ends_on - span.starts_on).days / 365.25
    people = len(serving(owner))
    return sum(map(hours, seats(owner))) / people / years, people, 0


def reached(owner: Administration) -> Found:
    return share(len({one.staff_member_id for one in seats(owner)}), len(serving(owner)))


def sessions_held(owner: Administration) -> Found:
    """None is over in the demonstration: its first quarter of sessions ends in March."""
    first = min(one.starts_on for one in current(owner).calendar.sessions.all())
    assert first > owner.as_of
    return "no quarter with sessions is over yet", 0, 0


def not_over(reason: str) -> Callable[[Administration], Found]:
    """What is counted over training that is over: in the demonstration none is."""

    def found(owner: Administration) -> Found:
        assert not [one for one in seats(owner) if one.ends_on <= owner.as_of]
        return reason, 0, 0

    return found


def an_hour(owner: Administration) -> Found:
    places = seats(owner)
    return money(owner) / sum(map(hours, places)), len(places), 0


def money(owner: Administration) -> float:
    return sum(float(one.amount) for one in cash(owner))


def a_level(owner: Administration) -> Found:
    rows = Need.objects.filter(plan=current(owner))
    gained = [one.reached - one.held for one in rows if one.reached > one.held]
    return money(owner) / sum(gained), len(gained), 0


def part_of_money(chosen: Callable[[Any], bool]) -> Callable[[Administration], Found]:
    def found(owner: Administration) -> Found:
        part = sum(float(one.amount) for one in cash(owner) if chosen(one))
        return 100 * part / money(owner), len(cash(owner)), 0

    return found


def travel(owner: Administration) -> Found:
    """Cash on lines marked as travel, of the cash on lines that the chart has."""
    marked = {one.code: one.is_travel for one in BudgetLine.objects.filter(administration=owner)}
    known = [one for one in cash(owner) if one.budget_line in marked]
    whole = sum(float(one.amount) for one in known)
    away = sum(float(one.amount) for one in known if marked[one.budget_line])
    return 100 * away / whole, len(known), len(cash(owner)) - len(known)


def against_salaries(owner: Administration) -> Found:
    amounts = [float(one.amount) for one in Budget.objects.filter(administration=owner)]
    year = sum(amounts) / len(amounts) * QUARTERS
    salaries = float(owner.constants["strategy"]["personal_emoluments"])
    return 100 * year / salaries, len(amounts), 0


def taught_back(owner: Administration) -> Found:
    """Of those who taught it or whose 30 days are over; the days of the others still run."""
    rows = Enrolment.objects.filter(
        calendar__administration=owner,
        module__mode="external",
        attendance__hours__gt=0,
        ends_on__lte=owner.as_of,
    )
    told = [(one.ends_on, one.teach_back.held_on) for one in rows.exclude(teach_back=None)]
    late = sum(one.ends_on + BACK < owner.as_of for one in rows.filter(teach_back=None))
    due = len(told) + late
    in_time = sum(on <= ended + BACK for ended, on in told)
    if not due:
        return "nobody was due to teach back a course outside", 0, rows.count()
    return share(in_time, due, rows.count() - due)


def fairness(owner: Administration) -> Found:
    """Mean planned hours of the gender that gets fewer over those of the one that gets more."""
    means, people = [], serving(owner)
    for gender in GENDERS:
        own = {one.pk for one in people if one.gender == gender}
        given = sum(hours(one) for one in seats(owner) if one.staff_member_id in own)
        means.append(given / len(own))
    known = sum(one.gender in GENDERS for one in people)
    return min(means) / max(means), known, len(people) - known
