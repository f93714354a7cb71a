"""How the sections of this floor write days in tables: short, a dash where there is none."""

from datetime import date

from django.utils.formats import date_format


def day(value: date | None) -> str:
    """A day in a narrow column."""
    return date_format(value, "j M Y") if value else "–"


def days(first: date, last: date) -> str:
    """One day, or the first and last of several."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    if first.year == last.year:
        return f"{date_format(first, 'j M')} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def month(value: date) -> str:
    """A month with its year."""
    return date_format(value, "M Y")
