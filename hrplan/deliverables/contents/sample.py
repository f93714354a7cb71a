"""A short document that shows each kind of content, to see what a template makes of it."""

from datetime import date

from django.utils.translation import gettext as _

from hrplan.documents.nodes import (
    BarChart,
    Bullets,
    Callout,
    Document,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Text,
)


def sample(administration: str, as_of: date, language: str) -> Document:
    """Cover, contents, one page of text and a wide one; every figure is invented."""
    return Document(
        title=_("Sample document"),
        subtitle=_("How documents look in this template"),
        administration=administration,
        version="0",
        as_of=as_of,
        language=language,
        notice=_("Sample: every figure is invented"),
        sections=(_text(), _wide()),
    )


def _text() -> Section:
    return Section(
        _("Text"),
        (
            Paragraph(_("A paragraph that opens a section."), style="lead"),
            KeyFigures((KeyFigure("120", _("people"), _("invented")), KeyFigure("7", _("units")))),
            Paragraph(
                (Text(_("Running text, with a link to ")), Text("", to="sample-table"), Text("."))
            ),  # fmt: skip
            Bullets((_("First of a list"), _("Second of a list"))),
            Bullets((_("First of a counted list"), _("Second of a counted list")), ordered=True),
            Callout("decision", _("Something that is to be decided.")),
            Section(_("Table"), (_table(), Paragraph(_("Somebody's own words."), style="quote"))),
        ),
    )


def _table() -> Table:
    return Table(
        caption=_("People by unit"),
        columns=(_("Unit"), _("People"), _("Share")),
        rows=(("A", "80", "67 %"), ("B", "40", "33 %"), (_("Total"), "120", "100 %")),
        align=("left", "right", "right"),
        total=True,
        note=_("Invented figures."),
        key="sample-table",
    )


def _wide() -> Section:
    chart = BarChart(
        caption=_("People by unit"),
        unit=_("people"),
        labels=("A", "B"),
        values=(80.0, 40.0),
        alternative=_("Unit A has 80 people, unit B 40."),
    )
    return Section(_("Wide page"), (chart,), landscape=True)
