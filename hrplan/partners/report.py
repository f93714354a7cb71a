"""The section on external assistance: the register, duplicates resolved, deadlines."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, money, number
from hrplan.core.tracing import RowSet, Traces, made_of
from hrplan.documents.nodes import Align, Block, Bullets, Paragraph, Section, Table
from hrplan.partners import rules, wording
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling
from hrplan.partners.usecases.register import (
    ActivityLine,
    AssistanceRegister,
    FollowThrough,
    OverlapLine,
)
from training_calendar.report.days import days

ACTIVITIES = RowSet(
    "activities",
    lambda owner: Activity.objects.filter(administration=owner),
    "partners:activity_list",
    rules.can_see_register,
)
RULINGS = replace(
    ACTIVITIES,
    table="overlap_rulings",
    rows=lambda owner: OverlapRuling.objects.filter(administration=owner),
    page="partners:overlap_list",
)
ADVICE = replace(
    ACTIVITIES,
    table="aid_recommendations",
    rows=lambda owner: AidRecommendation.objects.filter(administration=owner),
)
TRACES: Traces = {
    "assistance": made_of(ACTIVITIES, RULINGS, ADVICE, by="overlap"),
    "assistance-register": made_of(ACTIVITIES),
    "overlaps": made_of(RULINGS, ACTIVITIES, by="overlap"),
    "partner-activities": made_of(ACTIVITIES),
}


def assistance_section(register: AssistanceRegister) -> Section | None:
    """External assistance (HR development plan, section 12)."""
    if not register.activities:
        return None
    blocks: list[Block] = [Paragraph(_summary(register), "lead"), _table(register)]
    if register.unassigned:
        titles = tuple(one.title for one in register.unassigned)
        blocks += [Paragraph(_("For these needs no partner was found yet.")), Bullets(titles)]
    blocks += _overlaps(register)
    blocks += _follow_through(register)
    return Section(_("External assistance"), tuple(blocks), key="assistance")


def deadlines_section(register: AssistanceRegister) -> Section | None:
    """Activities of partners for which people can still be nominated (training calendar, 6)."""
    if not register.deadlines:
        return None
    columns = (_("Nominate by"), _("Activity"), _("Dates"), _("Given by"), _("Places"))
    rows = tuple(
        (
            day(one.nominate_by),
            one.title,
            _dates(one),
            one.implementing or _("nobody yet"),
            str(one.places) if one.places is not None else _("not stated"),
        )
        for one in register.deadlines
    )
    align: tuple[Align, ...] = ("left", "left", "left", "left", "right")
    caption = _("Partners' activities open for nomination")
    table = Table(caption, columns, rows, align, (2, 5, 3, 3, 1.2), key="partner-deadlines")
    return Section(_("Partners' activities"), (table,), key="partner-activities")


def _dates(line: ActivityLine) -> str:
    if line.starts_on is None:
        return _("no date")
    return days(line.starts_on, line.ends_on or line.starts_on)


def _summary(register: AssistanceRegister) -> str:
    n = len(register.activities)
    words = ngettext(
        "The register of assistance held %(n)d activity on %(day)s.",
        "The register of assistance held %(n)d activities on %(day)s.",
        n,
    ) % {"n": n, "day": day(register.as_of)}
    givers = {one.implementing for one in register.activities if one.implementing}
    if givers:
        words += " " + _("Partners are: %s.") % "; ".join(sorted(givers))
    return words


def _table(register: AssistanceRegister) -> Table:
    columns = (_("Activity"), _("Dates"), _("Partner"), _("Builds"), _("Status"))
    rows = tuple(
        (
            one.title,
            _dates(one),
            _partner(one),
            "; ".join(title for _code, title in one.competencies) or _("not stated"),
            wording.activity_status(one.status),
        )
        for one in register.activities
    )
    note = _(
        "The partner gives the activity; who pays for it is said where it is known. The register "
        "also holds levels, places, amounts and sources."
    )
    caption = _("Register of assistance")
    widths = (3.2, 2.2, 2.8, 4.4, 1.8)
    return Table(caption, columns, rows, widths=widths, note=note, key="assistance-register")


def _partner(line: ActivityLine) -> str:
    giver = line.implementing or _("nobody yet")
    if not line.funding:
        return giver
    if line.funding == line.implementing:
        return _("%(giver)s, who also pays") % {"giver": giver}
    return _("%(giver)s, paid by %(payer)s") % {"giver": giver, "payer": line.funding}


def _overlaps(register: AssistanceRegister) -> tuple[Block, ...]:
    """Pairs concluded on, and those still to be cleared."""
    ruled = [one for one in register.overlaps if one.ruling]
    blocks: list[Block] = []
    if ruled:
        columns = (_("Activities"), _("Likeness"), _("Conclusion"), _("What was agreed"))
        rows = tuple(_ruled(one) for one in ruled)
        caption = _("Activities that look alike, and what was concluded with the partners")
        align: tuple[Align, ...] = ("left", "right", "left", "left")
        blocks.append(Table(caption, columns, rows, align, (5, 1.7, 2.7, 4.6), key="overlaps"))
    if register.to_clear:
        words = ngettext(
            "One more pair of activities looks alike and has to be cleared with the partners "
            "before anybody is nominated:",
            "%(n)d more pairs of activities look alike and have to be cleared with the partners "
            "before anybody is nominated:",
            len(register.to_clear),
        )
        pairs = (f"{one.first.title} – {one.second.title}" for one in register.to_clear)
        blocks += [Paragraph(words % {"n": len(register.to_clear)}), Bullets(tuple(pairs))]
    return tuple(blocks)


def _ruled(one: OverlapLine) -> tuple[str, ...]:
    if one.ruling is None:
        raise ValueError("only pairs that were concluded on are printed")
    titles = f"{one.first.title} – {one.second.title}"
    return titles, number(one.score, 2), one.ruling.verdict_words, one.ruling.note


def _follow_through(register: AssistanceRegister) -> tuple[Block, ...]:
    """What became of the advice given so far."""
    found = register.follow_through
    told = [*_done(found), *_avoided(found, register.currency)]
    return (Paragraph(" ".join(told)),) if told else ()


def _done(found: FollowThrough) -> list[str]:
    if not found.due:
        return []
    words = ngettext(
        "Of %(n)d recommendation of earlier missions that has fallen due,",
        "Of %(n)d recommendations of earlier missions that have fallen due,",
        found.due,
    ) % {"n": found.due}
    done = ngettext("%(done)d was carried out.", "%(done)d were carried out.", found.done)
    return [f"{words} {done % {'done': found.done}}"]


def _avoided(found: FollowThrough, currency: str) -> list[str]:
    if not found.duplicates:
        return []
    words = ngettext(
        "%(n)d duplicate was merged or declined.",
        "%(n)d duplicates were merged or declined.",
        found.duplicates,
    ) % {"n": found.duplicates}
    if found.avoided:
        amount = money(found.avoided, currency)
        words += " " + _("What they would have cost: %(amount)s.") % {"amount": amount}
    return [words]
