"""What training that is over gives indicators: attendance, completion, seats, effects (K18-K30)."""

from decimal import Decimal

from django.db.models import Count, Q, QuerySet

from hrplan.core.indicators import Found
from hrplan.core.models import Administration
from hrplan.strategy.analysis.results import BETTER, MOVED, SAME, UNKNOWN, WORSE
from hrplan.strategy.models import Indicator
from hrplan.strategy.usecases.results import results_of
from training_calendar.analysis.evaluating import Figure
from training_calendar.models import Enrolment, TrainingSession
from training_calendar.usecases.evaluation_figures import level_figures

MEASURED = frozenset({BETTER, WORSE, SAME, MOVED})


def _withheld(found: Found, limit: int) -> Found:
    """The figure, or none where fewer people than the limit stand behind it."""
    if 0 < found.n < limit:
        return Found(None, 0, 0, "too_few")
    return found


def _over(administration: Administration) -> QuerySet[Enrolment]:
    """Places in sessions that are over and weren't cancelled."""
    return Enrolment.objects.filter(
        calendar__administration=administration,
        calendar__plan__is_current=True,
        session__isnull=False,
        ends_on__lte=administration.as_of,
    ).exclude(session__status=TrainingSession.Status.CANCELLED)


def attendance(administration: Administration) -> Found:
    """Hours attended of those of the module, over places with a record; without one: missing.

    Hours beyond those of the module count as far as the module goes.
    """
    rows = _over(administration).values_list("attendance__hours", "module__hours").order_by()
    known = [(min(came, full), full) for came, full in rows if came is not None]
    missing, hours = len(rows) - len(known), sum((full for _came, full in known), Decimal(0))
    if not hours:
        return Found(None, 0, missing, "no_attendance")
    share = 100 * float(sum(came for came, _full in known) / hours)
    return _withheld(Found(share, len(known), missing), administration.small_cell_limit)


def completion(administration: Administration) -> Found:
    """Places completed of those with a record."""
    done = list(_over(administration).values_list("attendance__is_completed", flat=True))
    known = [one for one in done if one is not None]
    if not known:
        return Found(None, 0, len(done), "no_attendance")
    found = Found(100 * sum(known) / len(known), len(known), len(done) - len(known))
    return _withheld(found, administration.small_cell_limit)


def seat_fill(administration: Administration) -> Found:
    """People who came of the places of sessions held, each of whose places has a record.

    n : places [seats]; missing : sessions over where a record lacks [sessions]
    """
    sessions = (
        TrainingSession.objects.filter(
            administration=administration,
            calendar__plan__is_current=True,
            ends_on__lte=administration.as_of,
        )
        .exclude(status=TrainingSession.Status.CANCELLED)
        .annotate(
            given=Count("enrolments"),
            recorded=Count("enrolments__attendance"),
            came=Count("enrolments", filter=Q(enrolments__attendance__hours__gt=0)),
        )
        .order_by()
    )
    rows = list(sessions.values_list("given", "recorded", "came", "places"))
    known = [(came, places) for given, recorded, came, places in rows if 0 < given == recorded]
    seats = sum(places for _came, places in known)
    if not seats:
        return Found(None, 0, len(rows), "no_attendance")
    share = 100 * sum(came for came, _places in known) / seats
    return Found(share, seats, len(rows) - len(known))


def reaction(administration: Administration) -> Found:
    """Mean score of the answers, 1 to 5; sessions with too few of them are missing."""
    return _found(level_figures(administration).reaction, 1)


def learning(administration: Administration) -> Found:
    """Points gained of those that could be, over modules that enough people stand behind."""
    return _found(level_figures(administration).learning, 100)


def transfer(administration: Administration) -> Found:
    """Share whose supervisor confirms use, over modules that enough people stand behind."""
    return _found(level_figures(administration).behaviour, 100)


def _found(figure: Figure, times: int) -> Found:
    if figure.value is None:
        return Found(None, 0, figure.missing, "no_answers")
    return Found(times * figure.value, figure.n, figure.missing)


def results_link(administration: Administration) -> Found:
    """Modules due that are to move an indicator: those with one measured before and after."""
    rows = Indicator.objects.filter(
        administration=administration, strategy__is_current=True, modules__isnull=False
    ).distinct()
    found: dict[int, set[str]] = {}
    for line in results_of(administration, rows.prefetch_related("measurements", "modules")):
        found.setdefault(line.pk, set()).add(line.result.state)
    due = [states for states in found.values() if states & (MEASURED | {UNKNOWN})]
    if not due:
        return Found(None, 0, 0, "no_links")
    return Found(100 * sum(bool(states & MEASURED) for states in due) / len(due), len(due))
