"""A document with every kind of node, and its texts, for the tests of the renderers."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date

from hrplan.documents.nodes import (
    BarChart,
    Bullets,
    CalendarChart,
    Callout,
    ChangeChart,
    Chart,
    Closure,
    Document,
    Group,
    HeatMap,
    KeyFigure,
    KeyFigures,
    LineChart,
    MaturityProfile,
    PageBreak,
    Paragraph,
    Point,
    Pyramid,
    RadarChart,
    Reference,
    ScatterChart,
    Section,
    Series,
    Span,
    StackedBar,
    Table,
    Text,
)

CHARTS: tuple[Chart, ...] = (
    BarChart(
        caption="Widest gaps",
        unit="person-levels",
        labels=("Valuation", "Origin"),
        values=(12.0, None),
        marks=Series("Target", (6.0, 3.0)),
        alternative="Valuation is widest.",
    ),
    StackedBar(
        caption="Cost by year",
        unit="BZD",
        labels=("2016", "2017"),
        series=(Series("Training vote", (10.0, 20.0)), Series("Donors", (5.0, None))),
    ),
    RadarChart(
        caption="Maturity today",
        unit="level",
        labels=("Planning", "Recruitment", "Learning"),
        series=(Series("2016", (2.0, None, 3.5)),),
    ),
    MaturityProfile(
        caption="Votes by domain",
        unit="level",
        labels=("Planning", "Learning"),
        values=(2.4, None),
        lows=(1.0, None),
        highs=(4.0, None),
    ),
    HeatMap(
        caption="Gaps by unit",
        unit="levels",
        rows=("Valuation", "Origin"),
        columns=("Airport", "Port"),
        values=((0.0, 1.5), (None, 4.0)),
        key="heat",
    ),
    Pyramid(
        caption="Age of the staff",
        unit="staff members",
        labels=("under 30", "30 and over"),
        left=Series("Women", (3.0, 8.0)),
        right=Series("Men", (4.0, 9.0)),
    ),
    LineChart(
        caption="Strength expected",
        unit="staff members",
        labels=("2016", "2017", "2018"),
        series=(Series("Strength", (200.0, None, 180.0)),),
    ),
    CalendarChart(
        caption="Year at a glance",
        unit="session",
        rows=("Airport", "Port"),
        first=date(2016, 4, 1),
        last=date(2017, 3, 31),
        spans=(
            Span(0, date(2016, 5, 2), date(2016, 5, 6), "S1", "Classroom"),
            Span(0, date(2016, 5, 4), date(2016, 7, 4), "S2", "E-learning"),
            Span(1, date(2016, 6, 1), date(2016, 6, 1), "S3", "Classroom"),
            Span(1, date(2016, 9, 1), date(2016, 9, 1), "Proof", "Classroom", milestone=True),
        ),
        closures=(Closure(date(2016, 12, 15), date(2017, 1, 5), "Christmas traffic"),),
    ),
    ChangeChart(
        caption="Maturity before and after",
        unit="level",
        labels=("Planning", "Learning", "Reward"),
        before=Series("2016", (1.4, 2.0, None)),
        after=Series("2018", (2.6, None, None)),
    ),
    ScatterChart(
        caption="Agreement against importance",
        unit="at stake",
        across="agreement",
        points=(
            Point("Planning", 0.5, 75.0, "D1"),
            Point("Learning", 0.5, 75.0),
            Point("Reward", -1.0, 100.0, "D10"),
        ),
        left=-1,
        right=1,
        bottom=0,
        top=100,
        across_from=0.4,
        missing=("Careers",),
    ),
)

GAPS = Table(
    caption="Gaps by job",
    columns=("Job", "Held", "Missing"),
    rows=(("Examination", "", ""), ("Examiner", "1.5", "not assessed"), ("Total", "3.0", "12")),
    align=("left", "right", "right"),
    groups=(Group("", 1), Group("Levels", 2)),
    subheads=(0,),
    shading=(("", "", ""), ("", "gap-2", "unknown"), ("", "", "")),
    total=True,
    note="One job was not assessed.",
    key="gaps-table",
)

SAMPLE = Document(
    title="Human Resources Strategy",
    subtitle="April 2016 to March 2019",
    administration="Customs and Excise Department",
    version="0.3",
    as_of=date(2016, 2, 12),
    edition="Edition for the ministry",
    notice="Invented demonstration data",
    control=(("Status", "draft"), ("Prepared by", "the human resources unit")),
    cover=CHARTS[0],
    sections=(
        Section("Foreword", (Paragraph("A word before.", style="lead"),), numbered=False),
        Section(
            "Summary",
            (
                KeyFigures((KeyFigure("200", "staff members", "23 support staff"),)),
                Paragraph((Text("See "), Text("", to="gaps-table", bold=True), Text(" below."))),
                Callout("decision", "Approve the profiles."),
                Callout("caution", "One holder only.", title="Dependencies"),
                Bullets(("First thing", "Second thing"), ordered=True),
                Bullets(("Loose thing",)),
                PageBreak(),
                Section("Evidence", (GAPS, Paragraph("Said by one.", style="quote"))),
            ),
        ),
        Section("Calendar", (Section("At a glance", CHARTS, landscape=True),)),
        Section("Sources", (Reference("1", "Corporate plan", "https://example.org"),), annex=True),
    ),
)


def with_text(text: str) -> Document:
    """A small document in which every place that takes words holds the given ones."""
    table = Table(caption=text, columns=(text,), rows=((text,),), note=text, key="t")
    bars = BarChart(caption=text, unit=text, labels=(text,), values=(1.0,), alternative=text)
    blocks = (
        *(Paragraph(text), Paragraph((Text(text, bold=True, to="t"),)), Bullets((text,))),
        *(Callout("note", text, text), Reference(text, text, text), table, bars),
        KeyFigures((KeyFigure(text, text, text),)),
    )
    return Document(
        title=text,
        administration=text,
        version=text,
        as_of=date(2016, 2, 12),
        sections=(Section(text, blocks, key=text),),
        subtitle=text,
        edition=text,
        notice=text,
        control=((text, text),),
    )


def texts(node: object, *, within_charts: bool = False) -> Iterator[str]:
    """Every text of a tree that a reader shall see; of a chart only its caption."""
    if isinstance(node, Chart) and not within_charts:
        yield node.caption
    elif isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from texts(item)
    elif is_dataclass(node):
        hidden = {"key", "to", "style", "kind", "align", "shading", "language", "alternative"}
        for field in fields(node):
            if field.name not in hidden:
                yield from texts(getattr(node, field.name))
