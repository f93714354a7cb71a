"""The annex of what the ministry decided line by line, and what that does to the figures."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, labelled, number, signed
from hrplan.deliverables import wording
from hrplan.deliverables.analysis.ruled import Ruled
from hrplan.documents.nodes import Paragraph, Section, Table


def ruled_annex(ruled: Ruled | None, currency: str) -> Section | None:
    """The lines with their rulings, then the figures before and after; none without any."""
    if ruled is None or not ruled.lines:
        return None
    told = ngettext(
        "Submission %(n)d was approved in part on %(day)s: %(lines)d line was cut or accepted on a "
        "condition. This document is drawn up without what was cut; nothing takes its place.",
        "Submission %(n)d was approved in part on %(day)s: %(lines)d lines were cut or accepted on "
        "a condition. This document is drawn up without what was cut; nothing takes its place.",
        len(ruled.lines),
    )
    values = {"n": ruled.submission, "day": day(ruled.on), "lines": len(ruled.lines)}
    lines = Table(
        _("What was decided line by line"),
        (_("Line"), _("Decision"), _("Reason or condition"), _("Cost, %(c)s") % {"c": currency}),
        tuple(
            (
                labelled(one.kind, one.title),
                one.ruling,
                one.condition,
                "–" if one.amount is None else number(one.amount),
            )
            for one in ruled.lines
        ),
        align=("left", "left", "left", "right"),
        widths=(4.5, 1.8, 4.2, 1.5),
        key="ruled-lines",
    )
    figures = Table(
        _("What the decision does to the figures"),
        (_("Figure"), _("As submitted"), _("As approved"), _("Change")),
        tuple(
            (
                wording.ruled_figure(one.key),
                number(one.before),
                number(one.after),
                signed(one.after - one.before),
            )
            for one in ruled.effects
        ),
        align=("left", "right", "right", "right"),
        widths=(5, 2, 2, 2),
        key="ruled-effect",
    )
    blocks = (Paragraph(told % values), lines, figures)
    return Section(_("What the ministry decided"), blocks, annex=True, key="ruled")
