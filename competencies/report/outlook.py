"""The section on the years ahead: retirements, stock, successors."""

from collections import Counter
from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.usecases.constants import WorkforceConstants
from competencies.usecases.figures import CompetenceFigures
from competencies.usecases.forecast import Stock
from competencies.usecases.outlook import Exposure
from competencies.usecases.succession import KeyPost
from hrplan.core.figures import number, percent
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Block,
    Paragraph,
    Section,
    Table,
)


def outlook_section(figures: CompetenceFigures) -> Section | None:
    """Retirements ahead, the stock by layer of staff, key posts and who is ready for them."""
    seen = figures.outlook
    if not seen.overall.people:
        return None
    whole, rule = seen.overall, seen.constants
    blocks: tuple[Block | None, ...] = (
        Paragraph(_retirement_words(whole, rule), style="lead"),
        _stock_table(figures),
        *_successor_blocks(figures),
    )
    kept = tuple(block for block in blocks if block is not None)
    return Section(_("Workforce and succession outlook"), kept, key="outlook")


def _retirement_words(whole: Exposure, rule: WorkforceConstants) -> str:
    """Who reaches the age of retirement; what nobody lacks or passed is not mentioned."""
    if not whole.n:
        return _("No date of birth is known, so nothing can be said on retirements.")
    values = {
        "n": number(whole.n),
        "past": number(whole.past),
        "age": rule.retirement_age,
        "due": number(whole.due),
        "years": rule.outlook_years,
        "share": percent(whole.exposure, 1),
        "missing": number(whole.missing),
    }
    words = _("%(due)s of %(n)s people reach the age of %(age)s within %(years)s years: %(share)s.")
    if not whole.due:
        words = _("Nobody among %(n)s people reaches the age of %(age)s within %(years)s years.")
    if whole.past:
        words = _(
            "%(due)s of %(n)s people reach the age of %(age)s within %(years)s years, and %(past)s "
            "are past it: together %(share)s."
        )
    if whole.missing:
        words += " " + _("The date of birth of %(missing)s more is not known.")
    return words % values


def _stock_table(figures: CompetenceFigures) -> Table | None:
    seen = figures.outlook
    if not seen.stock:
        return None
    years = seen.constants.outlook_years
    ends = [str(seen.as_of.year + year) for year in range(1, years + 1)]
    groups: dict[str, list[Stock]] = {}
    for line in seen.stock:
        groups.setdefault(line.title, []).append(line)
    rows = tuple(_stock_row(title, lines) for title, lines in groups.items())
    rule = seen.constants
    note = _(
        "People in post each %(month)s, with the recruits who are planned and %(intake)s a year "
        "beside them. Groups of "
        "%(small)d and more lose %(rate)s a year besides retirements; for smaller ones a rate "
        "says nothing, so a range stands instead, from two leavers a year to none."
    ) % {
        "month": date_format(seen.as_of, "F"),
        "intake": number(rule.intake_a_year),
        "small": rule.small_group,
        "rate": percent(rule.leaver_rate, 0),
    }
    if figures.limit is not None:
        note += " " + _("Layers in which only a few retire are told together.")
    return Table(
        _("The stock of staff in the years ahead"),
        (_("Staff level"), _("Now"), *ends),
        rows,
        align=aligned(1, len(ends) + 1),
        widths=(3, 1, *((1,) * len(ends))),
        note=note,
        key="stock",
    )


def _stock_row(title: str, lines: Sequence[Stock]) -> tuple[str, ...]:
    """One layer of staff; where there are several scenarios, from the lowest to the highest."""
    ends = []
    for year in zip(*(line.years for line in lines), strict=True):
        low, high = number(min(year)), number(max(year))
        ends.append(low if low == high else f"{low} – {high}")
    return (capfirst(title), number(lines[0].now), *ends)


def _successor_blocks(figures: CompetenceFigures) -> list[Block]:
    posts = figures.outlook.key_posts
    if not posts:
        return []
    words = _(
        "%(covered)s of %(posts)s key posts have at least one person besides the holder who "
        "already meets every critical requirement; %(open)s have none."
    ) % {
        "covered": number(figures.outlook.covered),
        "posts": number(len(posts)),
        "open": number(len(posts) - figures.outlook.covered),
    }
    return [Paragraph(words), _key_post_table(posts, figures.limit)]


def _key_post_table(posts: Sequence[KeyPost], limit: int | None) -> Table:
    """Posts alike told once with their number; that all are filled is not said in each row."""
    alike = Counter(
        (
            post.title,
            f"{post.unit} ({_('vacant')})" if post.vacant else post.unit,
            _ready(post.ready_now, limit),
            _ready(post.one_to_two_years, limit),
        )
        for post in posts
    )
    return Table(
        _("Key posts and those ready to take them over"),
        (_("Post"), _("Unit"), _("Posts"), _("Ready now"), _("In one to two years")),
        tuple((*row[:2], number(count), *row[2:]) for row, count in alike.items()),
        align=aligned(2, 3),
        widths=(3.6, 3.8, 0.8, 1.6, 1.6),
        note=_(
            "Ready now: every critical requirement of the profile is met. In one to two years: no "
            "critical gap is wider than one level."
        ),
        key="key-posts",
    )


def _ready(people: int, limit: int | None) -> str:
    """Successors; outside the office a small number is told as some or none."""
    if limit is None or people == 0 or people >= limit:
        return _("none") if people == 0 else number(people)
    return _("fewer than %(limit)d") % {"limit": limit}
