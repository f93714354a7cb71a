"""The catalogue of indicators (K01 to K40): titles, formulas, units, sources, limits, in words."""

from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hrplan.strategy.library.entry import Entry
from hrplan.strategy.library.people import of_people
from hrplan.strategy.library.training import of_training


def entries(currency: str) -> tuple[Entry, ...]:
    """Every indicator of the catalogue by code, those that nothing in the rows gives too."""
    return tuple(sorted((*of_people(), *of_training(currency)), key=lambda entry: entry.code))


def by_code(currency: str) -> dict[str, Entry]:
    """The same, by code."""
    return {entry.code: entry for entry in entries(currency)}


def told(text: str) -> str:
    """What the catalogue says in English, in the active language; other text as it is.

    An indicator that was taken from it keeps its words, and is told anew as long as nobody changed
    them.
    """
    return _told(translation.get_language() or settings.LANGUAGE_CODE).get(text, text)


@cache
def _told(language: str) -> dict[str, str]:
    """Titles, formulas, units, sources and limits as in English -> in a language."""
    return dict(zip(_texts(settings.LANGUAGE_CODE), _texts(language), strict=True))


def _texts(language: str) -> list[str]:
    with translation.override(language):
        return [
            text
            for one in entries("")
            for text in (one.title, one.formula, one.unit, one.source, one.limits)
        ]


def reason(key: str) -> str:
    """Why an indicator isn't known."""
    return {
        "nobody": _("nobody is in service"),
        "no_posts": _("no posts are recorded"),
        "no_ages": _("no dates of birth are recorded"),
        "no_ratings": _("nothing is assessed yet"),
        "no_profiles": _("no profile asks for a competency"),
        "no_plan": _("there is no development plan with a calendar"),
        "no_places": _("the plan holds no places that count here"),
        "no_costs": _("the plan has no costs"),
        "no_lines": _("no cost of the plan falls on a line of the chart of accounts"),
        "none_due": _("no quarter with sessions is over yet"),
        "none_returned": _("nobody was due to teach back a course outside"),
        "no_emoluments": _("personal emoluments of a year are not stated among the constants"),
        "no_budget": _("no training budget is recorded"),
        "no_key_posts": _("no key posts are marked"),
        "no_twice": _("no critical gap was assessed at both times"),
        "no_attendance": _("no attendance is recorded"),
        "no_answers": _("nothing is known yet of training that is over"),
        "no_links": _("no module that is to move an indicator is due yet"),
        "none_recommended": _("no recommendation of assistance was due yet"),
        "no_duplicates": _("no activity with an amount was concluded to be a duplicate"),
        "too_few": _("too few people stand behind it to be told"),
    }[key]
