"""Sheets of a campaign: all that one source says of one person, filled in at once or as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.models import Assessment, Campaign, Competency, StaffMember
from competencies.usecases.campaigns import asked_in
from competencies.usecases.gaps import Demands, GapAnalysis, demands
from competencies.usecases.staff import record_assessment
from hrplan.core.access import require
from hrplan.core.frames import rows_of
from hrplan.core.models import Member

EXAMPLES_FROM = 3  # a supervisor's level from which an example has to be given


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One competency on a sheet, with what was said of it in this campaign."""

    competency: Competency
    texts: Mapping[int, str]
    level: Decimal | None
    evidence: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person as one source sees them."""

    campaign: Campaign
    person: StaffMember
    source: str
    top: int
    lines: tuple[SheetLine, ...]

    @property
    def done(self) -> int:
        return sum(1 for line in self.lines if line.level is not None)


@dataclass(frozen=True, slots=True)
class Entry:
    """What is said of one competency; None for the level says nothing."""

    level: Decimal | None
    evidence: str = ""


Wanted = tuple[StaffMember, str]  # the person, and as whom one rates


def sheets_of(
    campaign: Campaign, wanted: Sequence[Wanted], asked: GapAnalysis | None = None
) -> list[Sheet]:
    """The sheets, read at once; without those that the campaign doesn't ask for.

    An analysis that stands already, as for a file of many sheets, saves reading again what is
    asked of the people; then the level texts are left out, too.
    """
    owner = campaign.administration
    people = StaffMember.objects.filter(pk__in=[person.pk for person, _source in wanted])
    held = asked or demands(owner, people, as_of=owner.as_of)
    of_them = held.asked.people["staff"].isin([person.code for person, _source in wanted])
    cells = asked_in(campaign, held).within(of_them.to_numpy()).required()
    if held.framework is None or cells.empty:
        return []
    order = _known(asked) if asked else _with_texts(held)
    said = _said(campaign, people)
    of_person = cells.groupby("staff", observed=True)["competency"].agg(frozenset).to_dict()
    top = frames.top_level(held.framework)
    return [
        Sheet(
            campaign,
            person,
            source,
            top,
            tuple(
                _line(topic, asked is None, said.get((person.pk, source, topic.pk)))
                for topic in order
                if topic.code in of_person[person.code]
            ),
        )
        for person, source in wanted
        if source in campaign.sources and person.code in of_person
    ]


def _known(asked: GapAnalysis) -> list[Competency]:
    """The competencies as the analysis has read them, in their order."""
    return [
        Competency(pk=row.pk, code=row.competency, title=row.title)
        for row in rows_of(asked.competencies)
    ]


def _with_texts(held: Demands | GapAnalysis) -> list[Competency]:
    topics = Competency.objects.filter(framework=held.framework).select_related("group")
    return list(topics.prefetch_related("level_texts").order_by("group__position", "position"))


def _line(topic: Competency, with_texts: bool, rating: Assessment | None) -> SheetLine:
    told = topic.level_texts.all() if with_texts else ()
    texts = {row.level: row.text for row in told}
    if rating is None:
        return SheetLine(topic, texts, None, "")
    return SheetLine(topic, texts, rating.level, rating.evidence)


def _said(
    campaign: Campaign, people: QuerySet[StaffMember]
) -> dict[tuple[int, str, int], Assessment]:
    """The latest ratings in the campaign, by person, source and competency."""
    rows = Assessment.objects.filter(
        staff_member__in=people,
        source__in=campaign.sources,
        rated_on__gte=campaign.opens_on,
        revoked_on=None,
    ).order_by("rated_on")
    return {(row.staff_member_id, row.source, row.competency_id): row for row in rows}


@transaction.atomic
def fill_sheet(held: Sheet, entries: Mapping[int, Entry], *, by: Member) -> int:
    """Record what differs from what the sheet says, as rated today; says how many ratings.

    An empty level leaves what was said. Refused for a closed campaign, off the scale, and without
    an example for a supervisor's level from EXAMPLES_FROM.
    """
    require(rules.can_assess(by, held.person, held.source))
    if held.campaign.state != Campaign.State.OPEN:
        raise ValidationError(_("This campaign takes no ratings now."))
    written, faults = 0, []
    for line in held.lines:
        entry = entries.get(line.competency.pk, Entry(None))
        if entry.level is None or (entry.level, entry.evidence) == (line.level, line.evidence):
            continue
        if _lacks_example(held.source, entry):
            words = _("%(title)s: give an example for level %(level)s.")
            faults.append(words % {"title": line.competency.title, "level": entry.level})
            continue
        try:
            row = record_assessment(
                held.person,
                line.competency,
                source=held.source,
                level=entry.level,
                evidence=entry.evidence,
                rated_on=held.campaign.administration.as_of,
                by=by,
            )
        except ValidationError as refusal:
            faults += [f"{line.competency.title}: {words}" for words in refusal.messages]
            continue
        Assessment.objects.filter(pk=row.pk).update(campaign=held.campaign)
        written += 1
    if faults:
        raise ValidationError(faults)
    return written


def _lacks_example(source: str, entry: Entry) -> bool:
    high = entry.level is not None and entry.level >= EXAMPLES_FROM
    return source == Assessment.Source.SUPERVISOR and high and not entry.evidence.strip()


def sheet_for(campaign: Campaign, person: StaffMember, source: str, *, by: Member) -> Sheet:
    """The sheet that a member is to fill in. Refused for a source the member may not rate as."""
    require(rules.can_assess(by, person, source))
    found = sheets_of(campaign, [(person, source)])
    require(bool(found))
    return found[0]
