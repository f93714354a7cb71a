"""The HR Strategy on slides: which nodes of the frozen document become which slide.

Every figure is taken from the document by the key of its section, table or chart, so that no slide
can say another one. A slide whose nodes are not in the document is left out.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from textwrap import shorten

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import labelled
from hrplan.documents.nodes import (
    BarChart,
    Block,
    Bullets,
    CalendarChart,
    Callout,
    Chart,
    Document,
    KeyFigures,
    Paragraph,
    Rich,
    Section,
    Span,
    Table,
    Text,
    leaves,
    plain,
)
from hrplan.documents.outline import Layout, laid_out
from hrplan.documents.slides import Deck, Part, Slide
from hrplan.documents.words import Words

BARS = 6  # of a chart of bars
RISKS = 5
LETTERS = 34  # of an objective beside its bar
ROADMAP = "roadmap-chart-"


@dataclass(frozen=True, slots=True, eq=False)
class Quoted:
    """The frozen document that slides quote, by its keys."""

    document: Document
    layout: Layout
    words: Words
    sections: dict[str, Section]
    nodes: dict[str, Table | Chart]

    def table(self, key: str) -> Table | None:
        found = self.nodes.get(key)
        return found if isinstance(found, Table) else None

    def chart(self, key: str) -> Chart | None:
        found = self.nodes.get(key)
        return found if isinstance(found, Chart) else None

    def blocks(self, key: str) -> tuple[Block, ...]:
        """What stands in a section itself, without the sections in it."""
        found = self.sections.get(key)
        return found.blocks if found else ()

    def tiles(self, key: str) -> tuple[KeyFigures, ...]:
        return tuple(block for block in self.blocks(key) if isinstance(block, KeyFigures))

    def opening(self, key: str) -> Paragraph | None:
        """What opens a section, as plain text: a slide has no links."""
        found = (block for block in self.blocks(key) if isinstance(block, Paragraph))
        first = next((one for one in found if one.style == "lead"), None)
        return Paragraph(plain(first.text)) if first else None

    def places(self, *keys: str) -> str:
        """Where in the document it stands, for the notes."""
        named = [self._place(key) for key in keys if key in self.layout.targets]
        words = _("Source: %(places)s of “%(title)s”, version %(version)s.")
        return words % {
            "places": "; ".join(named),
            "title": self.document.title,
            "version": self.document.version,
        }

    def _place(self, key: str) -> str:
        label = self.layout.targets[key][1]
        named = self.sections[key].title if key in self.sections else self.nodes[key].caption
        return _("%(label)s “%(title)s”") % {"label": label, "title": named}


def strategy_deck(document: Document, words: Words, digest: str) -> Deck:
    """About twelve slides for the presentation to the minister; digest : of the version."""
    source = _source(document, words)
    makers: tuple[Callable[[Quoted], Slide | None], ...] = (
        _case, _maturity, _missing, _objectives, _roadmap, _costs, _plan, _budgets, _risks,
        _decisions,
    )  # fmt: skip
    made = (make(source) for make in makers)
    version = f"{words.version} {document.version}"
    return Deck(
        title=document.title,
        subtitle=document.subtitle,
        administration=document.administration,
        version=document.version,
        as_of=document.as_of,
        lines=(f"{version}, {words.as_of} {words.date(document.as_of)}", document.edition),
        slides=(*(slide for slide in made if slide is not None), _control(source, digest)),
        language=document.language,
        notice=document.notice,
        foot=f"{document.administration} · {version}",
        notes=_("The slides quote the document “%(title)s”; where they say less, it holds.")
        % {"title": document.title},
    )


def _source(document: Document, words: Words) -> Quoted:
    nodes = {
        leaf.key: leaf for leaf in leaves(document.sections) if isinstance(leaf, Table | Chart)
    }
    sections = {one.key: one for one in _sections(document.sections)}
    return Quoted(document, laid_out(document, words), words, sections, nodes)


def _sections(blocks: Iterable[Block]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)


def _slide(source: Quoted, title: str, keys: tuple[str, ...], *parts: Part | None) -> Slide | None:
    """A slide of the parts that are there; None where none is."""
    there = tuple(part for part in parts if part is not None)
    return Slide(title, there, source.places(*keys)) if there else None


def _case(source: Quoted) -> Slide | None:
    told = source.opening("summary")
    tiles = source.tiles("summary")[:1]
    return _slide(source, _("The case in figures"), ("summary",), *tiles, told)


def _maturity(source: Quoted) -> Slide | None:
    key = "maturity-profile"
    return _slide(source, _("How people are managed today"), ("diagnostic", key), source.chart(key))


def _missing(source: Quoted) -> Slide | None:
    key = "top-gaps-chart"
    chart = source.chart(key)
    if isinstance(chart, BarChart):
        chart = replace(chart, labels=chart.labels[:BARS], values=chart.values[:BARS])
    return _slide(source, _("What is missing most"), ("missing-most", key), chart)


def _objectives(source: Quoted) -> Slide | None:
    key = "summary-objectives"
    return _slide(source, _("Objectives and their targets"), ("objectives", key), source.table(key))


def _roadmap(source: Quoted) -> Slide | None:
    """One bar an objective, from the first day of its initiatives to the last, with milestones."""
    charts = [
        node
        for key, node in source.nodes.items()
        if key.startswith(ROADMAP) and isinstance(node, CalendarChart)
    ]
    keys = ("roadmap", *(chart.key for chart in charts))
    return _slide(source, _("Road map"), keys, _by_objective(charts) if charts else None)


def _by_objective(charts: list[CalendarChart]) -> CalendarChart:
    spans = [span for chart in charts for span in chart.spans]
    kinds = list(dict.fromkeys(span.kind for span in spans))
    shown: list[Span] = []
    for row, kind in enumerate(kinds):
        own = [span for span in spans if span.kind == kind]
        bars = [span for span in own if not span.milestone]
        if bars:
            first, last = min(span.first for span in bars), max(span.last for span in bars)
            shown.append(Span(row, first, last))
        days = sorted({span.first for span in own if span.milestone})
        shown += [Span(row, day, day, milestone=True) for day in days]
    words = ngettext(
        "%(n)d objective over time, with the days of its milestones.",
        "%(n)d objectives over time, each with the days of its milestones.",
        len(kinds),
    )
    return replace(
        charts[0],
        caption=_("Objectives and milestones"),
        alternative=words % {"n": len(kinds)},
        rows=tuple(shorten(kind, LETTERS, placeholder=" …") for kind in kinds),
        spans=tuple(shown),
    )


def _costs(source: Quoted) -> Slide | None:
    key = "costs-funding"
    tiles = source.tiles("costs")[:1]
    return _slide(source, _("What it costs and who pays"), ("costs", key), *tiles,
                  source.table(key))  # fmt: skip


def _plan(source: Quoted) -> Slide | None:
    key = "plan-in-figures"
    return _slide(source, _("The development plan in figures"), (key,), *source.tiles(key))


def _budgets(source: Quoted) -> Slide | None:
    """Each budget with the first of what it leaves out."""
    key = "budget-case-table"
    table = source.table(key)
    if table is not None:
        rows = (tuple(cell.partition("\n")[0] for cell in row) for row in table.rows)
        table = _columns(replace(table, rows=tuple(rows)), (0, 1, 2, 4, 5, 6), len(table.rows))
    return _slide(source, _("What less or more money means"), ("budget-case", key), table)


def _risks(source: Quoted) -> Slide | None:
    """The gravest with their score and what is done about them."""
    key = "risks-table"
    table = source.table(key)
    if table is not None:
        table = _columns(table, (0, 3, 5), RISKS)
    return _slide(source, _("Risks"), ("risks", key), table)


def _columns(table: Table, wanted: tuple[int, ...], most: int) -> Table:
    """Some columns of the first rows of a table."""
    return replace(
        table,
        columns=tuple(table.columns[at] for at in wanted),
        rows=tuple(tuple(row[at] for at in wanted) for row in table.rows[:most]),
        align=tuple(table.align[at] for at in wanted) if table.align else (),
        widths=tuple(table.widths[at] for at in wanted) if table.widths else (),
        shading=(),
        note="",
    )


def _decisions(source: Quoted) -> Slide | None:
    asked = [block for block in source.blocks("decisions") if isinstance(block, Callout)]
    items: tuple[Rich, ...] = tuple(
        (Text(labelled(one.title, ""), bold=True), Text(plain(one.text)))
        for one in asked
        if one.kind == "decision"
    )
    return _slide(source, _("What is asked for"), ("decisions",), Bullets(items) if items else None)


def _control(source: Quoted, digest: str) -> Slide:
    """Which version the slides are made of, and how to tell that they are unchanged."""
    document, words = source.document, source.words
    rows = (
        (_("Document"), f"{document.title}, {words.version.lower()} {document.version}"),
        (_("Administration"), document.administration),
        (words.as_of, words.date(document.as_of)),
        (_("Edition"), document.edition),
        ("SHA-256", digest),
        (
            _("How to check"),
            _(
                "The administration can check from this file whether it was changed since version "
                "%(n)s."
            )
            % {"n": document.version},
        ),
    )
    table = Table(
        words.control,
        (words.item, _("Value")),
        tuple(row for row in rows if row[1]),
        widths=(2, 9),
    )
    note = _("The control page of the document has all details of the version.")
    return Slide(words.control, (table,), note)
