"""Sections on the interventions one by one, on measures other than training, on trainers."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hrplan.core.figures import labelled, listed, money, number, percent
from hrplan.core.titles import told
from hrplan.documents.nodes import Block, Paragraph, Section, Table
from training_calendar import wording
from training_calendar.models import Module
from training_calendar.report.days import days
from training_calendar.usecases.contents import PlanContents
from training_calendar.usecases.interventions import InterventionDetail
from training_calendar.usecases.sessions_list import Lift
from training_calendar.usecases.supply import TrainerSupply

FULL = 0.9
"""Share of the days of a quarter from which a trainer counts as fully used."""


def sheets_section(contents: PlanContents) -> Section | None:
    """One sheet per intervention, in order of rank."""
    if not contents.sheets:
        return None
    words = ngettext(
        "%(count)s intervention follows, with need, audience, cost and the proof of success.",
        "%(count)s interventions follow in order of priority. Each states the need it answers, "
        "for whom it is, what it costs and what will show that it worked. Nothing has to come "
        "before a module unless its sheet says so.",
        len(contents.sheets),
    )
    return Section(
        _("Intervention sheets"),
        (
            Paragraph(words % {"count": number(len(contents.sheets))}, "lead"),
            *(_sheet(sheet, contents.currency) for sheet in contents.sheets),
        ),
        key="sheets",
    )


def lift_words(lift: Lift) -> str:
    """What a module lifts, in words."""
    words = _("%(title)s from level %(low)d to %(high)d")
    return words % {"title": lift.title, "low": lift.level_from, "high": lift.level_to}


def _sheet(sheet: InterventionDetail, currency: str) -> Table:
    line = sheet.intervention
    proof = [line.evaluation.rstrip("."), line.indicator]
    rows = [
        (_("Need"), line.need_text),
        (_("Lifts"), "; ".join(lift_words(lift) for lift in sheet.lifts)),
        (_("For whom"), _audience(sheet)),
        (_("How"), _how(sheet)),
        (_("Cost and payer"), _cost(sheet, currency)),
        (_("Duty"), line.duty),
        (_("Owner"), line.owner),
        (_("Proof"), ". ".join(part for part in proof if part)),
    ]
    shown = tuple(row for row in rows if row[1])
    title = f"{line.code} {line.title}"
    columns = (_("Item"), _("What is planned"))
    return Table(title, columns, shown, widths=(1, 5.5), key=f"sheet-{line.code}")


def _audience(sheet: InterventionDetail) -> str:
    people, audience = _people(sheet), sheet.intervention.audience
    return labelled(people, audience) if audience else people


def _people(sheet: InterventionDetail) -> str:
    count = sheet.intervention.people
    words = ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}
    parts = [words]
    if sheet.sessions:
        words = ngettext("%(count)s session", "%(count)s sessions", len(sheet.sessions))
        parts.append(words % {"count": number(len(sheet.sessions))})
        first = min(row.starts_on for row in sheet.sessions)
        last = max(row.ends_on for row in sheet.sessions)
        parts.append(days(first, last))
    elif sheet.outside:
        parts.append(_("outside the sessions, each at their own dates"))
    if sheet.sessions and sheet.outside:
        words = _("%(count)s outside the sessions, at their own dates")
        parts.append(words % {"count": number(sheet.outside)})
    return ", ".join(parts)


def _how(sheet: InterventionDetail) -> str:
    module = sheet.intervention.module
    if module is None:
        return ""
    words = _("%(mode)s, %(provider)s: %(hours)s") % {
        "mode": capfirst(wording.mode(module.mode)),
        "provider": module.provider.name,
        "hours": _hours(module),
    }
    if sheet.requires:
        before = _("after %(modules)s") % {
            "modules": listed([told(m.title) for m in sheet.requires])
        }
        words += ", " + before
    return words


def _hours(module: Module) -> str:
    """Hours with somebody who teaches and hours alone; what there is none of is not told."""
    taught = _("%(hours)s hours") % {"hours": number(module.hours)}
    alone = _("%(hours)s hours of own study") % {"hours": number(module.self_study_hours)}
    if not module.self_study_hours:
        return taught
    return listed([taught, alone]) if module.hours else alone


def _cost(sheet: InterventionDetail, currency: str) -> str:
    """What it costs in all and a person, who pays, and how sure that is."""
    line = sheet.intervention
    if not sheet.cost:
        words = _("No cash: the time of the training unit and of those who learn")
        return f"{words} ({line.source})" if line.source else words
    kinds = dict.fromkeys(row.funding_words for row in sheet.sessions)
    given = {
        "cost": money(sheet.cost, currency),
        "each": number(sheet.cost / max(1, line.people)),
        "class": _(", later ").join(kinds) or str(line.get_funding_display()),
        "source": line.source,
    }
    if not line.source:
        return _("%(cost)s (%(each)s a person), %(class)s") % given
    return _("%(cost)s (%(each)s a person), from: %(source)s (%(class)s)") % given


def measures_section(contents: PlanContents) -> Section | None:
    """What the diagnostic recommends where training is no answer."""
    if not contents.measures:
        return None
    words = _(
        "Not every shortfall is a want of knowledge. Where people know how but may not, cannot "
        "or do not, a course changes nothing. The diagnostic recommends these measures instead."
    )
    by_when = wording.done_by("")
    rows = tuple(
        (
            line.code,
            line.title,
            line.finding.title.partition(":")[0].rstrip() if line.finding else "",
            line.owner or "–",
            line.indicator.removeprefix(by_when) or "–",
        )
        for line in contents.measures
    )
    table = Table(
        _("Measures other than training"),
        (_("No."), _("Measure"), _("Answers the finding on"), _("Owner"), _("Done by")),
        rows,
        widths=(0.6, 3.6, 2.5, 2.5, 1.7),
        key="measures",
    )
    return Section(_("Non-training measures"), (Paragraph(words, "lead"), table), key="measures")


def trainers_section(contents: PlanContents) -> Section | None:
    """Who gives the sessions, with what accreditation, and how far they are used."""
    trainers = contents.supply.trainers
    if not trainers:
        return None
    internal = [trainer for trainer in trainers if trainer.is_internal]
    words = _(
        "%(all)s trainers give the sessions, %(own)s of them officers of the administration."
    ) % {"all": number(len(trainers)), "own": number(len(internal))}
    full = [t.trainer.code for t in trainers if _is_full(t)]
    if full:
        words += " " + ngettext(
            "%(count)s is used to the full in at least one quarter; an absence moves sessions.",
            "%(count)s are used to the full in at least one quarter; an absence moves sessions.",
            len(full),
        ) % {"count": number(len(full))}
    blocks: tuple[Block, ...] = (Paragraph(words, "lead"), _trainer_table(contents))
    return Section(_("Trainer and mentor capacity"), blocks, key="trainers")


def _is_full(trainer: TrainerSupply) -> bool:
    return any(load.most and load.days >= FULL * load.most for load in trainer.loads)


def _trainer_table(contents: PlanContents) -> Table:
    rows = []
    for trainer in contents.supply.trainers:
        most = max((load.days / load.most for load in trainer.loads if load.most), default=None)
        rows.append(
            (
                trainer.trainer.code,
                _("internal") if trainer.is_internal else _provider(trainer),
                trainer.trainer.accreditation or "–",
                number(len(trainer.modules)),
                number(trainer.days),
                percent(most),
            )
        )
    return Table(
        _("Trainers and their load"),
        (
            _("Trainer"), _("From"), _("Accreditation"), _("Modules"), _("Days in the plan"),
            _("Fullest quarter"),
        ),
        tuple(rows),
        align=("left", "left", "left", "right", "right", "right"),
        widths=(1, 1.6, 3, 1, 1.2, 1.2),
        note=_(
            "Fullest quarter: days of sessions in the quarter with the heaviest load, as a share "
            "of the days agreed with the trainer for it."
        ),
        key="trainer-load",
    )  # fmt: skip


def _provider(trainer: TrainerSupply) -> str:
    return trainer.trainer.provider.name if trainer.trainer.provider else _("external")
