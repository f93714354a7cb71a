"""Nominating: by which day names are due, and how the names of a course stand to that day."""

from datetime import date, timedelta

SENT, SENT_LATE, OVERDUE, SOON, OPEN = "sent", "sent_late", "overdue", "soon", "open"
STATES = (OVERDUE, SOON, OPEN, SENT_LATE, SENT)
"""From the most pressing to the least."""
SOON_DAYS = 14
"""Days before the last one from which on a nomination is told on the first page."""


def due_on(starts_on: date, nominate_by: date | None, lead_days: int) -> date | None:
    """The last day for names: the provider's own, else the module's lead time before the start.

    None where neither is stated: nobody knows of a deadline.

    Parameters
    ----------
    nominate_by : as the provider of a dated course says
    lead_days : of the module; 0 is none stated [days]

    Raises
    ------
    ValueError
        A negative lead time.

    Source
    ------
    docs/methods/nominations.md.
    """
    if lead_days < 0:
        raise ValueError(f"a lead time of {lead_days} days")
    if nominate_by is not None:
        return nominate_by
    return starts_on - timedelta(days=lead_days) if lead_days else None


def state_of(due: date, last_sent: date | None, today: date) -> str:
    """How a course stands.

    last_sent : the day on which the last of its names was sent; None while any is open
    """
    if last_sent is not None:
        return SENT if last_sent <= due else SENT_LATE
    if today > due:
        return OVERDUE
    return SOON if due - today <= timedelta(days=SOON_DAYS) else OPEN
