"""The section on gaps: the widest, by layer, by unit, and what hangs on one person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from competencies.report.numbers import WITHHELD
from competencies.usecases.figures import BandLine, CompetenceFigures
from competencies.usecases.gaps import GapTotal
from competencies.usecases.heat_maps import GapLine, HeatCell
from hrplan.core.figures import listed, number, percent
from hrplan.documents.alignment import aligned
from hrplan.documents.nodes import (
    BarChart,
    Block,
    Callout,
    HeatMap,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)

TOP = 15
DRAWN = 10  # bars that leave room for text on the page
SLIGHT = 2.0  # [levels] a map without a wider mean gap shades by half levels


def gap_section(figures: CompetenceFigures) -> Section | None:
    """Gaps by competency, layer, profile and unit; heat map; what hangs on one person."""
    total = figures.analysis.overall
    if not total.n:
        return None
    lead = _(
        "The staff in service lack %(index)s of what their job profiles ask for, weighted by "
        "importance. %(short)s of %(n)s assessed levels lie below the requirement, and "
        "%(misses)s of %(critical)s critical ones by a level or more. A further %(missing)s "
        "levels were not assessed and are in none of these figures.%(apart)s"
    ) % {
        "apart": _apart(figures),
        "index": percent(total.index, 1),
        "short": number(total.short),
        "n": number(total.n),
        "misses": number(total.critical_misses),
        "critical": number(total.critical_n),
        "missing": number(total.missing),
    }
    blocks: tuple[Block, ...] = (
        Paragraph(lead, style="lead"),
        KeyFigures(_gap_tiles(figures, total)),
        Section(_("The widest gaps"), _top_blocks(figures), key="top-gaps"),
        Section(_("Gaps by staff level and job profile"), _who_blocks(figures), key="gaps-who"),
        Section(_("Gaps by unit"), _where_blocks(figures), key="gaps-where"),
        Section(_("Competencies that hang on one person"), _bench_blocks(figures), key="bench"),
    )
    return Section(_("Gap analysis"), blocks, key="gaps")


def _apart(figures: CompetenceFigures) -> str:
    """Which groups of competencies these sums leave out, as a sentence of its own."""
    topics = figures.analysis.competencies
    out = list(topics.loc[~topics["in_gap_totals"].astype(bool), "group_title"].unique())
    return " " + _("%(groups)s stay out of them too.") % {"groups": listed(out)} if out else ""


def _gap_tiles(figures: CompetenceFigures, total: GapTotal) -> tuple[KeyFigure, ...]:
    n = _("n = %(n)s, %(missing)s not assessed") % {
        "n": number(total.n), "missing": number(total.missing),
    }  # fmt: skip
    critical = _("of %(n)s assessed critical levels") % {"n": number(total.critical_n)}
    people = _("of %(n)s with a profile") % {"n": number(figures.quality.asked)}
    single = _("of %(n)s competencies") % {"n": number(len(figures.bench.lines))}
    return (
        KeyFigure(percent(total.index, 1), _("gap index"), n),
        KeyFigure(number(total.critical_misses), _("critical misses"), critical),
        KeyFigure(number(figures.quality.assessed), _("people assessed"), people),
        KeyFigure(number(len(figures.bench.single_points)), _("single-point competencies"), single),
    )


def _top_blocks(figures: CompetenceFigures) -> tuple[Block, ...]:
    seen = [(line, line.total) for line in figures.by_competency if line.in_totals and line.total]
    lines = seen[:TOP]
    if not lines:
        return (Paragraph(_("Too few people stand behind each competency to show its gap.")),)
    first, total = lines[0]
    words = _(
        "The largest shortfall, weighted by importance, is in %(title)s: %(short)s of %(n)s people "
        "assessed stand below the level asked of them, by %(mean)s levels on average over all."
    ) % {
        "title": first.title,
        "short": number(total.short),
        "n": number(total.n),
        "mean": number(total.mean_gap, 2),
    }
    chart = BarChart(
        caption=_("The widest gaps, weighted by importance"),
        unit=_("weighted person-levels"),
        alternative=words,
        label_title=_("Competency"),
        labels=tuple(line.title for line, _total in lines[:DRAWN]),
        values=tuple(total.weighted_gap for _line, total in lines[:DRAWN]),
        key="top-gaps-chart",
    )
    return (Paragraph(words), chart, _top_table(lines))


def widest_gaps(figures: CompetenceFigures) -> tuple[Block, ...]:
    """The widest gaps as text and picture, for a document that only quotes them."""
    return _top_blocks(figures)[:2]


def _top_table(lines: Sequence[tuple[GapLine, GapTotal]]) -> Table:
    note = _(
        "Gap index: weighted levels missing among weighted levels required. Sure gap: the weighted "
        "gap multiplied by the confidence of each level; where it is far smaller, test before "
        "training."
    )
    columns = (
        _("Competency"), _("Assessed"), _("Not assessed"), _("Below"), _("Mean gap"),
        _("Gap index"), _("Weighted gap"), _("Sure gap"),
    )  # fmt: skip
    rows = tuple((line.title, *_gap_row(total)) for line, total in lines)
    return Table(
        _("The %(count)d widest gaps") % {"count": len(lines)},
        columns,
        rows,
        align=aligned(1, 7),
        widths=(4, 1.1, 1.1, 1, 1, 1, 1.2, 1.1),
        note=note,
        key="top-gaps-table",
    )


def _gap_row(total: GapTotal | None) -> tuple[str, ...]:
    if total is None:
        return (WITHHELD,) * 7
    return (
        number(total.n),
        number(total.missing),
        number(total.short),
        number(total.mean_gap, 2),
        percent(total.index),
        number(total.weighted_gap),
        number(total.adjusted_gap),
    )


def _short_row(total: GapTotal | None) -> tuple[str, ...]:
    if total is None:
        return (WITHHELD,) * 6
    return (
        number(total.people),
        number(total.n),
        number(total.missing),
        number(total.mean_gap, 2),
        percent(total.index),
        number(total.critical_misses),
    )


def _short_table(caption: str, head: str, rows: list[tuple[str, ...]], key: str) -> Table:
    columns = (
        head, _("People"), _("Assessed"), _("Not assessed"), _("Mean gap"), _("Gap index"),
        _("Critical misses"),
    )  # fmt: skip
    hidden = [row[0] for row in rows if set(row[1:]) == {WITHHELD}]
    shown = [row for row in rows if row[0] not in hidden]
    note = ""
    if hidden:
        words = _("Withheld, because few people stand behind their figures: %(titles)s.")
        note = words % {"titles": listed(hidden)}
    widths = (4, 1, 1.1, 1.1, 1, 1, 1.1)
    return Table(
        caption, columns, tuple(shown), align=aligned(1, 6), widths=widths, note=note, key=key
    )


def _who_blocks(figures: CompetenceFigures) -> tuple[Block, ...]:
    bands = [(capfirst(line.title), *_short_row(line.total)) for line in figures.by_band]
    profiles = [(line.title, *_short_row(line.total)) for line in figures.by_profile]
    blocks: list[Block] = []
    if shown := _indices(figures.by_band):
        index, title = max(shown, key=itemgetter(0))
        words = _(
            "Of the layers of staff, %(title)s lack most: %(index)s of what is asked of them."
        ) % {"title": title, "index": percent(index)}
        blocks.append(Paragraph(words))
    blocks += [
        _short_table(_("Gaps by staff level"), _("Staff level"), bands, "gaps-bands"),
        _short_table(_("Gaps by job profile"), _("Job profile"), profiles, "gaps-profiles"),
    ]
    return tuple(blocks)


def _where_blocks(figures: CompetenceFigures) -> tuple[Block, ...]:
    units = [(line.title, *_short_row(line.total)) for line in figures.by_unit]
    table = _short_table(_("Gaps by unit"), _("Unit"), units, "gaps-units")
    chart = _heat_chart(figures)
    if chart is None:
        return (table,)
    words = _(
        "The map shows how many levels the people of each unit lack on average in the "
        "competencies with the widest gaps. A hatched cell is not asked for, or too few were "
        "assessed in it to be shown."
    )
    return (table, Paragraph(words), chart)


def _heat_chart(figures: CompetenceFigures) -> HeatMap | None:
    """Units against the competencies with the widest gaps; units withheld whole are left out."""
    heat = figures.heat
    wide = [line.pk for line in figures.by_competency if line.in_totals and line.total][:TOP]
    places = [n for pk in wide for n, column in enumerate(heat.columns) if column.pk == pk]
    shown = [row for row in heat.rows if any(_mean(row.cells[n]) is not None for n in places)]
    means = [mean for row in shown for n in places if (mean := _mean(row.cells[n])) is not None]
    if not means:
        return None
    return HeatMap(
        caption=_("Mean gap by unit, in the competencies with the widest gaps"),
        unit=_("levels"),
        alternative=_heat_words(figures.by_unit),
        label_title=_("Competency"),
        rows=tuple(heat.columns[place].title for place in places),
        columns=tuple(row.title for row in shown),
        values=tuple(tuple(_mean(row.cells[place]) for row in shown) for place in places),
        top=min(float(figures.analysis.top_level), SLIGHT if max(means) <= SLIGHT else 2 * SLIGHT),
        tone="gap",
        absent=_("not shown"),
        key="heat-map",
    )


def _mean(cell: HeatCell | None) -> float | None:
    return None if cell is None or cell.hidden else cell.mean_gap


def _heat_words(lines: Sequence[GapLine]) -> str:
    shown = _indices(lines)
    if not shown:
        return _("Gaps by unit and competency.")
    index, title = max(shown, key=itemgetter(0))
    return _("Gaps by unit and competency; %(unit)s lacks most, %(index)s of what is asked.") % {
        "unit": title,
        "index": percent(index),
    }


def _indices(lines: Iterable[GapLine | BandLine]) -> list[tuple[float, str]]:
    """The gap index and the title of each line that has one."""
    return [
        (line.total.index, line.title)
        for line in lines
        if line.total is not None and line.total.index is not None
    ]


def _bench_blocks(figures: CompetenceFigures) -> tuple[Block, ...]:
    bench, rule = figures.bench, figures.bench.constants
    points = bench.single_points
    blocks: list[Block] = []
    if points:
        words = _(
            "%(count)d competencies are held at level %(level)d or above by fewer than %(people)d "
            "people in the whole administration: %(titles)s."
        ) % {
            "count": len(points), "level": rule.single_point_level,
            "people": rule.single_point_people, "titles": "; ".join(line.title for line in points),
        }  # fmt: skip
        blocks.append(Paragraph(words))
    else:
        words = _(
            "Every competency is held at level %(level)d or above by at least %(people)d people."
        ) % {"level": rule.single_point_level, "people": rule.single_point_people}
        blocks.append(Paragraph(words))
    alone = Counter(line.title for line in bench.dependencies)
    if alone:
        words = _(
            "Within units, a critical competency is met by exactly one of several people of whom "
            "it is asked in %(count)d cases. One absence there leaves the work uncovered."
        ) % {"count": len(bench.dependencies)}
        rows = tuple((title, number(count)) for title, count in alone.most_common(TOP))
        table = Table(
            _("Critical competencies met by one person only"),
            (_("Competency"), _("Units concerned")),
            rows,
            align=aligned(1, 1),
            widths=(4, 1),
            key="dependencies",
        )
        blocks += [Callout("caution", words), table]
    return tuple(blocks)
