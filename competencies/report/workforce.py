"""The section on the workforce of today."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies import wording
from competencies.report.numbers import count_table, withheld_note
from competencies.usecases.figures import CompetenceFigures
from competencies.usecases.workforce import CountTable, WorkforceProfile
from hrplan.core.figures import day, number, percent
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    Block,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Pyramid,
    Section,
    Series,
    Table,
)


def workforce_section(figures: CompetenceFigures) -> Section | None:
    """Strength against establishment, and the staff by rank, age, service, gender, education."""
    seen = figures.workforce
    if not seen.strength:
        return None
    blocks: list[Block] = [
        Paragraph(_strength_words(figures), style="lead"),
        KeyFigures(_strength_tiles(seen)),
        _establishment_table(figures),
        count_table(
            _("Staff by rank and gender"), _("Rank"), seen.by_rank, seen.limit, key="rank-gender"
        ),
        *_pyramids(seen),
        count_table(
            _("Staff by highest education"),
            _("Education"),
            seen.by_education,
            seen.limit,
            key="education",
        ),
        Paragraph(_leaver_words(figures)),
    ]
    return Section(_("Workforce profile"), tuple(blocks), key="workforce")


def _pyramids(seen: WorkforceProfile) -> list[Block]:
    """Both pyramids, with a note where a band is withheld."""
    drawn: list[Block] = [chart for chart in (age_pyramid(seen), service_pyramid(seen)) if chart]
    note = withheld_note(seen.limit, seen.by_age, seen.by_service) if drawn else ""
    if note:
        words = _("“withheld” stands where the tables have a dash.")
        drawn.append(Paragraph(words, style="note"))
    return drawn


def _strength_words(figures: CompetenceFigures) -> str:
    seen = figures.workforce
    return _(
        "On %(day)s the administration had %(strength)s people in service: %(officers)s customs "
        "officers and %(support)s support staff, in %(units)d units. Of %(posts)s established "
        "posts %(filled)s were filled and %(vacant)s vacant."
    ) % {
        "day": day(seen.as_of),
        "strength": number(seen.strength),
        "officers": number(seen.officers),
        "support": number(seen.support),
        "units": sum(1 for unit in seen.units if unit.strength),
        "posts": number(seen.posts),
        "filled": number(seen.filled),
        "vacant": number(seen.vacant),
    }


def _strength_tiles(seen: WorkforceProfile) -> tuple[KeyFigure, ...]:
    retiring = _("%(n)s vacant of %(posts)s") % {"n": seen.vacant, "posts": seen.posts}
    leaving = _("%(n)s leavers in twelve months") % {"n": seen.leavers}
    key = _("%(n)s of them vacant") % {"n": seen.vacant_key_posts}
    return (
        KeyFigure(number(seen.strength), _("people in service")),
        KeyFigure(percent(seen.vacancy_rate, 1), _("vacancy rate"), retiring),
        KeyFigure(percent(seen.turnover, 1), _("turnover"), leaving),
        KeyFigure(number(seen.key_posts), _("key posts"), key),
    )


def _establishment_table(figures: CompetenceFigures) -> Table:
    seen = figures.workforce
    units = [unit for unit in seen.units if unit.posts or unit.strength]
    rows = [
        (u.title, number(u.posts), number(u.filled), number(u.vacant), number(u.strength))
        for u in units
    ]
    total = (
        _("All units"), number(seen.posts), number(seen.filled), number(seen.vacant),
        number(seen.strength),
    )  # fmt: skip
    return Table(
        _("Establishment and strength by unit"),
        (_("Unit"), _("Posts"), _("Filled"), _("Vacant"), _("In service")),
        (*rows, total),
        align=aligned(1, 4),
        widths=(4, 1, 1, 1, 1),
        total=True,
        note=_("In service counts all staff of the unit, also those without an established post."),
        key="establishment",
    )


def _leaver_words(figures: CompetenceFigures) -> str:
    seen, outlook = figures.workforce, figures.outlook
    words = ngettext(
        "In the twelve months before %(day)s one person left the service;",
        "In the twelve months before %(day)s %(leavers)d people left the service;",
        seen.leavers,
    ) % {"leavers": seen.leavers, "day": day(seen.as_of)}
    ahead = outlook.overall.past + outlook.overall.due
    more = _("%(ahead)d will have reached the age of %(age)d within %(years)d years.") % {
        "ahead": ahead,
        "age": outlook.constants.retirement_age,
        "years": outlook.constants.outlook_years,
    }
    acting = ngettext(
        "%(acting)d post is filled by an officer acting in it.",
        "%(acting)d posts are filled by officers acting in them.",
        seen.acting,
    ) % {"acting": seen.acting}
    return f"{words} {more} {acting}" if seen.acting else f"{words} {more}"


def age_pyramid(seen: WorkforceProfile) -> Pyramid | None:
    """The staff by age and gender; None where neither is known."""
    return _pyramid(seen.by_age, _("Staff by age and gender"), _("Age in years"), seen, "ages")


def service_pyramid(seen: WorkforceProfile) -> Pyramid | None:
    """The staff by years of service and gender; None where neither is known."""
    caption = _("Staff by years of service and gender")
    return _pyramid(seen.by_service, caption, _("Years of service"), seen, "services")


def _pyramid(
    table: CountTable, caption: str, head: str, seen: WorkforceProfile, key: str
) -> Pyramid | None:
    sides = [
        number
        for number, name in enumerate(table.columns)
        if name in (wording.gender_words("f"), wording.gender_words("m"))
    ]
    if len(sides) != 2:
        return None
    left, right = (
        Series(table.columns[side], tuple(row.values[side] for row in table.rows)) for side in sides
    )
    known = [row for row in table.rows if row.total is not None]
    widest = max(known, key=lambda row: row.total or 0, default=None)
    words = _("%(caption)s, %(n)d people.") % {"caption": caption, "n": seen.strength}
    if widest is not None:
        words += " " + _("The largest band is %(band)s with %(n)d people.") % {
            "band": widest.title, "n": widest.total or 0,
        }  # fmt: skip
    return Pyramid(
        caption=caption,
        unit=_("people"),
        alternative=words,
        label_title=head,
        labels=tuple(row.title for row in table.rows),
        left=left,
        right=right,
        absent=_("withheld"),
        key=key,
    )
