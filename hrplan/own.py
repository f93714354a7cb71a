"""A person's own page, made for a phone: what to do next, my gaps, my courses, my levels."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from competencies import rules
from competencies.models import Assessment, Campaign, MemberScope, StaffMember
from competencies.usecases.campaigns import campaign_coverage
from competencies.usecases.gaps import GapAnalysis, GapTotal, gap_analysis
from hrplan.core.access import MemberRequest, member_required, require
from hrplan.core.frames import rows_of
from hrplan.core.http import page
from hrplan.core.models import Member
from training_calendar.usecases.calendar_windows import Place, enrolments_of

WIDEST = 5  # gaps that are shown at once


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A campaign in which the person rates themselves."""

    campaign: Campaign
    asked: int
    done: int


@dataclass(frozen=True, slots=True)
class OwnGap:
    """A competency in which the person is short of what is asked [level]."""

    title: str
    required: int
    held: float
    gap: float
    critical: bool


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What one person finds about themselves; courses to come first, the nearest first."""

    person: StaffMember
    total: GapTotal
    gaps: tuple[OwnGap, ...]
    more_gaps: int
    sheets: tuple[OwnSheet, ...]
    ahead: tuple[Place, ...]
    behind: tuple[Place, ...]

    @property
    def next_sheet(self) -> OwnSheet | None:
        """The sheet to go on with."""
        return next((one for one in self.sheets if one.done < one.asked), None)


def own_page(member: Member) -> OwnPage | None:
    """The member's own page; None where they stand for no staff member."""
    scope = MemberScope.objects.filter(member=member).select_related(
        "staff_member__unit", "staff_member__profile"
    )
    held = scope.first()
    if held is None or held.staff_member is None:
        return None
    owner, person = member.administration, held.staff_member
    rows = list(Assessment.objects.filter(staff_member=person))
    analysis = gap_analysis(owner, people=StaffMember.objects.filter(pk=person.pk), rows=rows)
    wide = _gaps(analysis)
    places = enrolments_of(person, member=member)
    today = owner.as_of
    return OwnPage(
        person=person,
        total=analysis.overall,
        gaps=wide[:WIDEST],
        more_gaps=max(0, len(wide) - WIDEST),
        sheets=tuple(_sheets(Campaign.objects.of(owner), analysis)),
        ahead=tuple(one for one in places if one.ends_on >= today),
        behind=tuple(one for one in places if one.ends_on < today),
    )


def _gaps(analysis: GapAnalysis) -> tuple[OwnGap, ...]:
    """The critical first, then the widest."""
    topics = analysis.competencies
    titles = dict(zip(topics["competency"], topics["title"], strict=True))
    cells = analysis.cells[analysis.cells["gap"] > 0]
    cells = cells.sort_values(["critical", "gap"], ascending=[False, False], kind="stable")
    return tuple(
        OwnGap(
            titles[row.competency],
            int(row.required),
            float(row.held),
            float(row.gap),
            bool(row.critical),
        )
        for row in rows_of(cells)
    )


def _sheets(campaigns: QuerySet[Campaign], analysis: GapAnalysis) -> list[OwnSheet]:
    found = []
    for campaign in campaigns.filter(state=Campaign.State.OPEN):
        table = campaign_coverage(campaign, analysis)
        mine = table[table["source"] == Assessment.Source.SELF]
        if len(mine):
            found.append(OwnSheet(campaign, int(mine["asked"].sum()), int(mine["done"].sum())))
    return found


@require_GET
@member_required
def own(request: MemberRequest) -> HttpResponse:
    """The page of the one who reads it."""
    require(rules.can_see_people(request.member))
    seen = own_page(request.member)
    context = {"own": seen, "person": seen.person if seen else None}
    return page(request, "journey/own_page.html", context)
