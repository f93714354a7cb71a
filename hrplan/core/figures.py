"""How numbers, shares, money, days and lists are written, on pages and in documents."""

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

MOST_PLACES = 2
_I = re.compile("h?[ií](?!e)", re.IGNORECASE)  # the sound, not as in "hielo"


def number(value: float | Decimal | None, places: int = 0) -> str:
    """A number rounded to `places` and grouped; unknown is a word, never a zero.

    Halves go up, as in the pages' own filter; Django's `number_format` alone would cut off.
    """
    if value is None:
        return _("not known")
    return number_format(_rounded(value, places), places, force_grouping=True)


def rounded(value: float, places: int) -> float:
    """A value that is drawn, rounded as `number` writes it; `round` sends halves to even digits."""
    return float(_rounded(value, places))


def signed(value: float | None, write: Callable[[float], str] = number) -> str:
    """A difference with its sign in front; none where it is zero as it is written."""
    if value is None:
        return _("not known")
    words = write(value)
    return f"+{words}" if value > 0 and words != write(0) else words


def shortest(value: float | Decimal | None, most: int = MOST_PLACES) -> str:
    """A number with as many decimals as it needs, and `most` of them at the most."""
    if value is None:
        return _("not known")
    exact = _rounded(value, most)
    return number(exact, next(n for n in range(most + 1) if exact == _rounded(exact, n)))


def percent(share: float | Decimal | None, places: int = 0) -> str:
    """A share of 0 to 1 as per cent."""
    return _("not known") if share is None else f"{number(100 * share, places)} %"


def money(value: float | Decimal | None, currency: str) -> str:
    """An amount in whole units with its currency, where the language puts it."""
    if value is None:
        return _("not known")
    return _("%(currency)s %(amount)s") % {"currency": currency, "amount": number(value)}


def day(value: date | None) -> str:
    """A date in full; an unknown one is said to be so."""
    if value is None:
        return _("no date")
    return _dated(value, pgettext("format of a date", "j F Y"))


def weekday(value: date) -> str:
    """A date in full with its day of the week."""
    return _dated(value, pgettext("format of a date", "l j F Y"))


def short_day(value: date) -> str:
    """A date in a narrow column."""
    return _dated(value, pgettext("format of a date", "j M Y"))


def day_of_year(value: date) -> str:
    """The same without its year."""
    return _dated(value, pgettext("format of a date", "j M"))


def first_of_month() -> str:
    """How the number of the first day of a month is written, as in "1er mars"."""
    return pgettext("the first day of a month", "1")


def _dated(value: date, form: str) -> str:
    if value.day == 1:
        form = form.replace("j", "".join(rf"\{letter}" for letter in first_of_month()))
    return date_format(value, form)


def month(value: date) -> str:
    """A month with its year, short."""
    return date_format(value, pgettext("format of a date", "M Y"))


def quarter(label: str) -> str:
    """A quarter of a fiscal year, such as 2016/17 Q3, with the letter of the language."""
    year, letter, n = label.rpartition(" Q")
    return _("%(year)s Q%(n)s") % {"year": year, "n": n} if letter else label


def labelled(label: object, text: object) -> str:
    """A label and what it stands for, with the colon of the language."""
    return _("%(label)s: %(text)s") % {"label": label, "text": text}


def listed(items: list[str]) -> str:
    """Words one after the other, "and" before the last.

    Spanish has another word for it before the sound i, as in "hijos e hijas".
    """
    if len(items) < 2:
        return "".join(items)
    words = _("%(first)s and %(last)s")
    if _I.match(items[-1]):
        words = pgettext("before the sound i", "%(first)s and %(last)s")
    return words % {"first": ", ".join(items[:-1]), "last": items[-1]}


def _rounded(value: float | Decimal, places: int) -> Decimal:
    """Half up, and never a zero with a sign."""
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return abs(exact) if exact.is_zero() else exact
