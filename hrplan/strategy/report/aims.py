"""Sections on what the strategy aims at: foreword, mandate, vision, objectives, duties."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import day
from hrplan.documents.nodes import (
    Block,
    Bullets,
    Callout,
    Paragraph,
    Section,
    Table,
    Text,
)
from hrplan.strategy.report.figures import aimed, measured
from hrplan.strategy.usecases.contents import StrategyContents
from hrplan.strategy.usecases.lines import IndicatorLine, ObjectiveLine, ObligationLine


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A text of several paragraphs, parted by empty lines."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(Paragraph(part) for part in parts if part)


def foreword_section(contents: StrategyContents) -> Section | None:
    """The foreword of the head of the administration."""
    if not contents.overview.foreword:
        return None
    return Section(_("Foreword"), paragraphs(contents.overview.foreword), key="foreword")


def mandate_section(contents: StrategyContents) -> Section | None:
    """Mandate and functions, and the duties in law and reform that ask for people's skills."""
    blocks: list[Block] = list(paragraphs(contents.overview.mandate))
    if contents.obligations:
        blocks.append(
            Section(_("Duties in law and reform"), obligation_blocks(contents), key="obligations")
        )
    if not blocks:
        return None
    return Section(_("Mandate and strategic context"), tuple(blocks), key="mandate")


def obligation_blocks(contents: StrategyContents) -> tuple[Block, ...]:
    """What the duties come to, and their table."""
    rows = contents.obligations
    soon = [row for row in rows if row.state in ("overdue", "soon")]
    first = ngettext(
        "%(n)d duty in law or reform asks for new skills or for a measure on staff.",
        "%(n)d duties in law or reform ask for new skills or for measures on staff.",
        len(rows),
    ) % {"n": len(rows)}
    if soon:
        first += " " + ngettext(
            "%(n)d of them is overdue or falls due within twelve months of %(as_of)s.",
            "%(n)d of them are overdue or fall due within twelve months of %(as_of)s.",
            len(soon),
        ) % {"n": len(soon), "as_of": day(contents.overview.as_of)}
    columns = (_("No."), _("Duty and its source"), _("Due"), _("Training it asks for"))
    table = Table(
        _("Duties that ask for training"),
        columns,
        tuple(_obligation(row) for row in rows),
        widths=(1.4, 5, 2.2, 5),
        shading=tuple(("", "", "bad" if row.state == "overdue" else "", "") for row in rows),
        key="duties",
    )
    return (Paragraph(first), table)


def _obligation(row: ObligationLine) -> tuple[str, ...]:
    topics = "; ".join(title for _code, title in row.competencies)
    need = row.training_need.rstrip(".")
    training = f"{need} ({topics})" if need and topics else need or topics
    return row.code, f"{row.title} ({row.source})", day(row.due_on), training or _("none stated")


def vision_section(contents: StrategyContents) -> Section | None:
    """Vision, principles and values."""
    overview = contents.overview
    if not overview.vision and not overview.principles:
        return None
    blocks: list[Block] = []
    if overview.vision:
        blocks.append(Callout("note", overview.vision, title=_("Vision")))
    if overview.principles:
        blocks.append(Paragraph(_("These principles bind everybody who decides on people.")))
        items = tuple(
            (Text(f"{title}. ", bold=True), Text(text)) for _pk, title, text in overview.principles
        )
        blocks.append(Bullets(items))
    return Section(_("Vision, principles and values"), tuple(blocks), key="vision")


def objectives_section(contents: StrategyContents) -> Section | None:
    """The objectives: why, what they serve, by which indicators they are judged."""
    objectives = contents.overview.objectives
    if not objectives:
        return None
    overview = contents.overview
    first = ngettext(
        "The strategy sets %(n)d objective for %(start)s to %(end)s.",
        "The strategy sets %(n)d objectives for %(start)s to %(end)s. Each answers weaknesses "
        "that the diagnostic showed and is judged by the indicators under it.",
        len(objectives),
    )
    values = {
        "n": len(objectives),
        "start": day(overview.starts_on),
        "end": day(overview.ends_on),
    }
    return Section(
        _("Strategic objectives"),
        (
            Paragraph(first % values, "lead"),
            *_links(objectives),
            *(_objective(row, contents.findings) for row in objectives),
        ),
        key="objectives",
    )


def _links(objectives: tuple[ObjectiveLine, ...]) -> tuple[Block, ...]:
    """Which objective serves which corporate objective."""
    if not any(row.corporate for row in objectives):
        return ()
    rows = tuple(
        (
            f"{row.code} {row.title}",
            "; ".join(f"{code} {title}" for code, title in row.corporate) or _("none"),
            "; ".join(row.domains) or _("none"),
        )
        for row in objectives
    )
    columns = (_("Objective"), _("Corporate objectives it serves"), _("Domains it answers"))
    caption = _("Objectives, what they serve and what they answer")
    return (Table(caption, columns, rows, widths=(4, 5, 3), key="objective-links"),)


def _objective(row: ObjectiveLine, findings: Mapping[str, str]) -> Section:
    blocks: list[Block] = list(paragraphs(row.rationale))
    facts = []
    if row.owner:
        facts.append(_("Owner: %s.") % row.owner)
    if row.reference_points:
        facts.append(_("It serves: %s.") % ", ".join(row.reference_points).lower())
    if row.finding_codes:
        named = "; ".join(f"{code} {findings.get(code, '')}".strip() for code in row.finding_codes)
        facts.append(_("Findings it answers: %s.") % named)
    if row.initiatives:
        named = "; ".join(f"{code} {title}" for _pk, code, title in row.initiatives)
        facts.append(_("Initiatives: %s.") % named)
    if facts:
        blocks.append(Paragraph(" ".join(facts)))
    if row.indicators:
        caption = _("Indicators of objective %s") % row.code
        key = f"indicators-{row.code}"
        blocks.append(indicator_table(caption, row.indicators, key))
    else:
        words = _("No indicator is set for this objective yet.")
        blocks.append(Callout("caution", words))
    return Section(f"{row.code} {row.title}", tuple(blocks), key=f"objective-{row.code.lower()}")


def indicator_table(caption: str, rows: tuple[IndicatorLine, ...], key: str = "") -> Table:
    """Baseline and target of indicators, with owner and source."""
    columns = (_("Indicator"), _("Baseline"), _("Target"), _("By"), _("Owner"))
    return Table(
        caption,
        columns,
        tuple(
            (
                f"{row.code} {row.title}",
                measured(row.baseline, row.unit),
                aimed(row, row.unit),
                day(row.target_on),
                row.owner or _("not named"),
            )
            for row in rows
        ),
        align=("left", "right", "right", "left", "left"),
        widths=(4.5, 2, 2, 2.4, 3),
        key=key,
    )
