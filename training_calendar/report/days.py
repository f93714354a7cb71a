"""How the sections of this floor write days in tables: short, a dash where there is none."""

from datetime import date

from hrplan.core.figures import day_of_year, short_day


def day(value: date | None) -> str:
    """A day in a narrow column."""
    return short_day(value) if value else "–"


def days(first: date, last: date) -> str:
    """One day, or the first and last of several."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{day_of_year(first)} – {day(last)}"
    return f"{day(first)} – {day(last)}"
