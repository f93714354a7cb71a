"""The annexes every document carries: checks, constants and sources, what is left out, terms."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from competencies.report.framework import constants_table as competence_constants
from competencies.report.framework import level_glossary
from diagnostics.report.detail import constants_table as diagnostic_constants
from hrplan.core.figures import day, number, percent
from hrplan.deliverables import wording
from hrplan.deliverables.analysis.checks import COST_TOLERANCE, TOP_GAPS, Outcome
from hrplan.deliverables.analysis.responses import Response
from hrplan.deliverables.contents.evidence import Evidence
from hrplan.documents.nodes import Block, Bullets, Callout, Paragraph, Section, Table
from training_calendar.report.constants import constants_table as planning_constants

FAULTS_SHOWN = 10


def checks_annex(outcomes: Sequence[Outcome]) -> Section:
    """The twelve rules with what they found; every fault is shown up to a limit that is stated."""
    rows = tuple(
        (
            str(outcome.number),
            wording.check_title(outcome.number),
            number(outcome.looked_at),
            wording.check_state(outcome),
        )
        for outcome in outcomes
    )
    shading = tuple(("", "", "", _tone(outcome)) for outcome in outcomes)
    table = Table(
        _("Consistency of the three documents"),
        (_("No."), _("Rule"), _("Looked at"), _("Result")),
        rows,
        align=("left", "left", "right", "left"),
        widths=(0.7, 7, 1.4, 2),
        shading=shading,
        key="checks",
    )
    broken = [outcome for outcome in outcomes if not outcome.holds]
    first = _(
        "These rules are checked each time the documents are drawn up. A rule that does not hold "
        "is shown here with its faults. It keeps the documents from being sent, unless the head "
        "says why they go on all the same; the reason stands beside it."
    )
    blocks: list[Block] = [Paragraph(first), table]
    blocks += [_faults(outcome) for outcome in broken]
    return Section(_("Consistency checks"), tuple(blocks), annex=True, key="consistency")


def _tone(outcome: Outcome) -> str:
    if not outcome.looked_at:
        return ""
    return "good" if outcome.holds else "bad"


def _faults(outcome: Outcome) -> Section:
    items = [wording.fault_words(fault) for fault in outcome.faults[:FAULTS_SHOWN]]
    more = len(outcome.faults) - FAULTS_SHOWN
    if more > 0:
        items.append(_("and %(n)s more of the same kind") % {"n": number(more)})
    title = _("Rule %(number)d does not hold") % {"number": outcome.number}
    blocks: list[Block] = [
        Callout("caution", wording.check_title(outcome.number), title=title),
        Bullets(tuple(items)),
    ]
    if outcome.override:
        why = _("Why the documents go on all the same: %(reason)s")
        blocks.append(Paragraph(why % {"reason": outcome.override}))
    return Section(title, tuple(blocks), numbered=False)


def constants_annex(evidence: Evidence, counts: Mapping[str, int]) -> Section:
    """Every constant in force and every table of data behind the figures."""
    tables: list[Block] = [_settings(evidence), competence_constants(evidence.competence.constants)]
    if evidence.results is not None:
        tables.append(diagnostic_constants(evidence.results))
    if evidence.plan_overview is not None:
        tables.append(planning_constants(evidence.plan_overview.constants))
    words = _(
        "Nothing in this document rests on a figure that is not stated here or in the tables "
        "themselves. The records are those of %(name)s as they stood on %(day)s."
    )
    values = {"name": evidence.administration.name, "day": day(evidence.as_of)}
    blocks = (Paragraph(words % values), _sources(counts), *tables)
    return Section(_("Data sources and constants"), blocks, annex=True, key="constants")


def _sources(counts: Mapping[str, int]) -> Table:
    rows = tuple((wording.source(key), number(count)) for key, count in counts.items())
    return Table(
        _("Records behind the figures"),
        (_("Records"), _("Number")),
        rows,
        align=("left", "right"),
        widths=(6, 1),
        key="sources",
    )


def _settings(evidence: Evidence) -> Table:
    owner = evidence.administration
    rows = [
        (_("Date that stands for today in every figure"), day(evidence.as_of)),
        (_("Currency"), owner.currency),
        (_("First month of the fiscal year"), str(owner.fiscal_year_month)),
        (_("Counts below this are withheld from outside readers"), number(owner.small_cell_limit)),
        (_("Costs of calendar and plan may differ by"), percent(COST_TOLERANCE)),
        (_("Widest gaps that must be answered"), number(TOP_GAPS)),
    ]
    if owner.seed is not None:
        rows.append((_("Seed of the invented data"), str(owner.seed)))
    return Table(
        _("Settings of the administration and of the documents"),
        (_("Setting"), _("Value")),
        tuple(rows),
        align=("left", "right"),
        widths=(5, 2),
        key="settings",
    )


def left_out_annex(left_out: Sequence[str], taken_out: Sequence[str] = ()) -> Section | None:
    """The sections without data, and apart from them those that the administration turned off."""
    blocks: list[Block] = []
    if left_out:
        words = _(
            "These sections of the usual outline are left out because there are no data for them "
            "yet:"
        )
        blocks += [Paragraph(words), Bullets(tuple(left_out))]
    if taken_out:
        words = _("These sections of the usual outline are left out by the administration:")
        blocks += [Paragraph(words), Bullets(tuple(taken_out))]
    if not blocks:
        return None
    return Section(_("Sections left out"), tuple(blocks), annex=True, key="left-out")


def glossary_annex(evidence: Evidence) -> Section:
    """The terms the documents use, and the levels of the scale."""
    terms = Table(
        _("Terms"),
        (_("Term"), _("Meaning")),
        wording.glossary(),
        widths=(2, 7),
        key="terms",
    )
    levels = level_glossary(evidence.competence)
    blocks: tuple[Block, ...] = (terms, levels) if levels else (terms,)
    return Section(_("Glossary"), blocks, annex=True, key="glossary")


def responses_annex(found: Sequence[Response]) -> Section | None:
    """What the ministry remarked on earlier versions, and what became of it; nobody is named."""
    if not found:
        return None
    table = Table(
        _("Comments of the ministry and answers"),
        (_("Place"), _("Comment"), _("Answer"), _("What changed")),
        tuple(
            (
                f"{one.place} ({one.version})",
                wording.said_words(one),
                wording.answer_words(one),
                wording.changed_and_now(one),
            )
            for one in found
        ),
        widths=(2.4, 3.2, 3.2, 2.4),
        note=_("In brackets: the version that the comment was about."),
        key="responses",
    )
    words = _(
        "What was remarked on earlier versions of this document and answered since is listed here "
        "with what became of the place."
    )
    return Section(_("Response matrix"), (Paragraph(words), table), annex=True, key="responses")
