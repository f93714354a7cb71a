"""Sections on what others fix: external courses, holidays, closures, venues."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import number
from hrplan.core.titles import told
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import Block, Paragraph, Section, Table
from training_calendar import wording
from training_calendar.report.days import day, days
from training_calendar.usecases.contents import CalendarContents


def external_section(contents: CalendarContents) -> Section | None:
    """Courses whose dates others fix, with the last day to nominate."""
    open_offers = [offer for offer in contents.supply.offers if not offer.is_late]
    if not open_offers:
        return None
    taken = [offer for offer in open_offers if offer.is_taken]
    words = ngettext(
        "%(taken)s of %(all)s course with fixed dates is taken up.",
        "%(taken)s of %(all)s courses with fixed dates are taken up. The last day to nominate "
        "binds: forms, tickets and visas have to be ready by then.",
        len(open_offers),
    ) % {"taken": number(len(taken)), "all": number(len(open_offers))}
    rows = tuple(
        (
            told(item.offer.module.title),
            item.offer.module.provider.name,
            item.offer.region,
            days(item.offer.starts_on, item.offer.ends_on),
            day(item.offer.nominate_by),
            f"{item.seats} / {item.offer.places}" if item.is_taken else _("not taken"),
            item.offer.funding or "–",
        )
        for item in open_offers
    )
    table = Table(
        _("External courses and deadlines"),
        (
            _("Course"), _("Provider"), _("Where"), _("Dates"), _("Nominate by"),
            _("Named / places"), _("Funding"),
        ),
        rows,
        align=("left", "left", "left", "left", "left", "right", "left"),
        widths=(3, 1.8, 1.4, 1.8, 1.7, 1.4, 2.8),
        key="external-courses",
    )  # fmt: skip
    return Section(
        _("External and donor courses"), (Paragraph(words, "lead"), table), key="external"
    )


def reference_annex(contents: CalendarContents) -> Section | None:
    """Holidays, closures, venues and trainers."""
    parts = (
        Section(_("Public holidays"), _holidays(contents)),
        Section(_("Closures"), _closures(contents)),
        Section(_("Venues"), _venues(contents)),
    )
    return Section(_("Holidays, closures and venues"), parts, annex=True, key="calendar-reference")


def _holidays(contents: CalendarContents) -> tuple[Block, ...]:
    if not contents.holidays:
        return (Paragraph(_("No holidays fall into the calendar.")),)
    rows = tuple((day(when), name) for when, name in contents.holidays)
    return (Table(_("Holidays"), (_("Day"), _("Holiday")), rows, widths=(1.4, 5), key="holidays"),)


def _closures(contents: CalendarContents) -> tuple[Block, ...]:
    rows = tuple(
        (
            days(c.starts_on, c.ends_on),
            capfirst(str(c.get_scope_display())),
            c.unit.title if c.unit else c.region or "–",
            c.reason or "–",
        )
        for c in contents.supply.closures
    )
    if not rows:
        return (Paragraph(_("No closures are stated.")),)
    heads = (_("Days"), _("What is closed"), _("Where"), _("Why"))
    return (Table(_("Closures"), heads, rows, widths=(2.2, 2.2, 2.4, 3.4), key="closures"),)


def _venues(contents: CalendarContents) -> tuple[Block, ...]:
    rows = tuple(
        (
            item.venue.title,
            item.venue.region,
            wording.venue_kind(item.venue.kind),
            number(item.venue.capacity),
            number(item.venue.cost_day),
            number(item.days),
        )
        for item in contents.supply.venues
    )
    if not rows:
        return (Paragraph(_("No venues are stated.")),)
    heads = (
        _("Venue"), _("Region"), _("Kind"), _("Places"),
        _("A day, %(c)s") % {"c": contents.currency}, _("Days used"),
    )  # fmt: skip
    return (Table(_("Venues"), heads, rows, align=aligned(3, 3), key="venues"),)
