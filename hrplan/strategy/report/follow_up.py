"""Sections on following up: indicators, reporting, definitions, consultation record."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day, labelled, number
from hrplan.documents.nodes import (
    Align,
    Block,
    Bullets,
    LineChart,
    Paragraph,
    Section,
    Series,
    Table,
    Text,
)
from hrplan.strategy import wording
from hrplan.strategy.report.figures import aimed, figure, measured
from hrplan.strategy.usecases.contents import StrategyContents
from hrplan.strategy.usecases.lines import Computed, IndicatorLine, PointLine
from hrplan.strategy.usecases.points import OF_NONE


def monitoring_section(contents: StrategyContents) -> Section | None:
    """The sheet of indicators, moved targets, and the rules of reporting."""
    lines = contents.overview.indicators
    rules = [rule for rule in contents.rules if rule.kind in ("reporting", "evaluation")]
    if not lines and not rules:
        return None
    blocks: list[Block] = []
    if lines:
        blocks += [Paragraph(_standing(lines)), _sheet(lines)]
    if contents.overview.points:
        blocks.append(points_section(contents.overview.points))
    if moved := _moved(lines):
        blocks.append(moved)
    if rules:
        items = tuple((Text(f"{rule.title}. ", bold=True), Text(rule.text)) for rule in rules)
        blocks.append(Section(_("Reports and reviews"), (Bullets(items),)))
    return Section(_("Monitoring, evaluation and reporting"), tuple(blocks), key="monitoring")


def _standing(lines: tuple[IndicatorLine, ...]) -> str:
    words = ngettext(
        "%(n)d indicator shows whether the strategy works.",
        "%(n)d indicators show whether the strategy works.",
        len(lines),
    ) % {"n": len(lines)}
    complete = sum(line.is_complete for line in lines)
    if complete == len(lines):
        words += " " + _("Each has a baseline, a target, an owner and a source.")
    else:
        more = _("%(complete)d of them have a baseline, a target, an owner and a source.")
        words += " " + more % {"complete": complete}
    unmeasured = sum(line.latest is None for line in lines)
    if unmeasured:
        words += " " + ngettext(
            "%(n)d has no value but its baseline yet.",
            "%(n)d have no value but their baseline yet.",
            unmeasured,
        ) % {"n": unmeasured}
    return words


def _sheet(lines: tuple[IndicatorLine, ...]) -> Table:
    columns = (
        _("Indicator"), _("Unit"), _("Better"), _("Baseline"), _("Latest"), _("Target"), _("By"),
        _("Standing"),
    )  # fmt: skip
    return Table(
        _("Sheet of indicators"),
        columns,
        tuple(
            (
                f"{line.code} {line.title}",
                line.unit,
                line.better_words,
                figure(line.baseline),
                figure(line.latest.value) if line.latest else "–",
                aimed(line, ""),
                day(line.target_on),
                line.standing_words,
            )
            for line in lines
        ),
        align=("left", "left", "left", "right", "right", "right", "left", "left"),
        widths=(5, 1.6, 1.4, 1.6, 1.4, 1.4, 2.4, 2.2),
        key="indicators",
    )


def points_section(points: tuple[PointLine, ...]) -> Section:
    """Progress under each reference point; those of no point last."""
    words = _(
        "An indicator stands under each reference point that it serves; where it names none, "
        "under those of its objective."
    )
    blocks = [block for one in points for block in _point(one)]
    title = _("Progress under the reference points")
    return Section(title, (Paragraph(words), *blocks), key="points")


def _point(one: PointLine) -> tuple[Block, ...]:
    title = one.title or _("Of no single point")
    columns = (_("Indicator"), _("Baseline"), _("Latest"), _("Target"), _("Standing"))
    rows = tuple(
        (
            f"{line.code} {line.title}",
            measured(line.baseline, line.unit),
            measured(line.latest.value, line.unit) if line.latest else "–",
            aimed(line, line.unit),
            line.standing_words,
        )
        for line in one.indicators
    )
    key = f"point-{one.code or OF_NONE}"
    align: tuple[Align, ...] = ("left", "right", "right", "right", "left")
    told = labelled(title, point_words(one))
    return Paragraph(told), Table(title, columns, rows, align, (5, 2, 2, 2, 2.4), key=key)


def point_words(one: PointLine) -> str:
    """How many of a point's indicators are reached or nearer; what can't be judged counts apart."""
    words = ngettext(
        "%(n)d of %(judged)d indicator measured against a target is reached or nearer.",
        "%(n)d of %(judged)d indicators measured against a target are reached or nearer.",
        one.judged,
    ) % {"n": one.on_course, "judged": one.judged}
    if not one.judged:
        words = _("No indicator is measured against a target yet.")
    if one.unjudged:
        words += " " + ngettext(
            "%(n)d isn't measured, has no target or is only watched.",
            "%(n)d aren't measured, have no target or are only watched.",
            one.unjudged,
        ) % {"n": one.unjudged}
    return words


def _moved(lines: tuple[IndicatorLine, ...]) -> Table | None:
    rows = tuple(
        (
            f"{line.code} {line.title}",
            day(move.changed_on),
            _before_after(move.before, move.band_before),
            _before_after(move.after, move.band_after),
            move.reason,
        )
        for line in lines
        for move in line.moves
    )
    if not rows:
        return None
    columns = (_("Indicator"), _("Moved on"), _("From"), _("To"), _("Why"))
    align: tuple[Align, ...] = ("left", "left", "right", "right", "left")
    return Table(_("Targets moved"), columns, rows, align, (4, 2, 1.2, 1.2, 5), key="moved-targets")


def _before_after(target: Decimal | None, band: str) -> str:
    return f"{figure(target)} ({band})" if band and target is not None else band or figure(target)


def indicator_annex(contents: StrategyContents) -> Section | None:
    """How every indicator is worked out, and what today's rows give for those computed."""
    lines = contents.overview.indicators
    if not lines and not contents.computed:
        return None
    blocks: list[Block] = []
    if lines:
        columns = (
            _("Indicator"), _("How it is worked out"), _("Source"), _("Owner"), _("Limits"),
        )  # fmt: skip
        rows = tuple(
            (
                f"{line.code} {line.title}",
                line.formula or _("not stated"),
                line.source or _("not stated"),
                line.owner or _("not named"),
                line.limits or _("not stated"),
            )
            for line in lines
        )
        caption = _("Definitions of the indicators")
        blocks.append(Table(caption, columns, rows, widths=(4, 5, 3, 3, 5), key="definitions"))
    if contents.computed:
        blocks += _computed(contents)
    return Section(
        _("Indicator definitions"), tuple(blocks), annex=True, landscape=True, key="indicator-annex"
    )


def _computed(contents: StrategyContents) -> tuple[Block, ...]:
    stated = {line.code: line for line in contents.overview.indicators}
    words = _(
        "These values follow from the records as they stood on %(as_of)s; those on training say "
        "what the development plan would reach. A baseline that differs was taken on another day, "
        "from another source, or before there was a plan."
    )
    columns = (
        _("Indicator"), _("Formula"), _("Computed"), _("Counts over"), _("Missing"),
        _("Stated baseline"),
    )  # fmt: skip
    rows = tuple(
        (
            f"{one.code} {stated[one.code].title if one.code in stated else one.title}",
            one.formula,
            _value(one),
            number(one.n),
            number(one.missing),
            _baseline(stated.get(one.code)),
        )
        for one in contents.computed
    )
    align: tuple[Align, ...] = ("left", "left", "right", "right", "right", "right")
    caption = _("Indicators computed from the records")
    table = Table(caption, columns, rows, align, (4, 6, 2.6, 1.6, 1.4, 2.4), key="computed")
    return (Paragraph(words % {"as_of": day(contents.overview.as_of)}), table)


def _value(one: Computed) -> str:
    return measured(one.value, one.unit) if one.value is not None else one.reason


def _baseline(line: IndicatorLine | None) -> str:
    if line is None:
        return _("not in the strategy")
    return measured(line.baseline, line.unit)


def consultation_annex(contents: StrategyContents) -> Section | None:
    """Whom the strategy was discussed with, and what they held."""
    if not contents.consultations:
        return None
    rows = tuple((day(row.held_on), row.body, row.view) for row in contents.consultations)
    columns = (_("Date"), _("Discussed with"), _("What they held"))
    caption = _("Record of consultation")
    table = Table(caption, columns, rows, widths=(2, 3.5, 8), key="consultations")
    return Section(_("Consultation record"), (table,), annex=True, key="consultation-annex")


def indicator_chart(line: IndicatorLine) -> LineChart | None:
    """The values of an indicator from its baseline on, two at least, with the target."""
    values = [(one.measured_on, one.value) for one in line.points]
    if (
        line.baseline is not None
        and line.baseline_on
        and (not values or line.baseline_on < values[0][0])
    ):
        values.insert(0, (line.baseline_on, line.baseline))
    if len(values) < 2:
        return None
    series = [Series(line.title, tuple(float(value) for _day, value in values))]
    if line.target is not None:
        series.append(Series(_("target"), (float(line.target),) * len(values)))
    for name, end in zip((_("band from"), _("band to")), line.ends or (), strict=False):
        series.append(Series(name, (float(end),) * len(values)))
    words = _("%(title)s: %(n)d values, the last %(last)s on %(day)s; %(trend)s.")
    return LineChart(
        caption=f"{line.code} {line.title}",
        unit=line.unit,
        alternative=words
        % {
            "title": line.title,
            "n": len(values),
            "last": measured(values[-1][1], line.unit),
            "day": day(values[-1][0]),
            "trend": wording.trend(line.trend),
        },
        label_title=_("Day"),
        decimals=1,
        labels=tuple(day(one) for one, _value in values),
        series=tuple(series),
    )
