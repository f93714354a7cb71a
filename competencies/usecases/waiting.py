"""What waits for somebody's decision: second signatures, appeals, proposals."""

from dataclasses import dataclass

from competencies import rules
from competencies.models import Appeal, Assessment, Proposal, StaffMember, own_row
from hrplan.core.models import Member, Role

MOST = 50  # of one kind on one page; the oldest first


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a member may decide, and their own appeals and proposals under way."""

    signatures: tuple[Assessment, ...]
    appeals: tuple[Appeal, ...]
    proposals: tuple[Proposal, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.signatures or self.appeals or self.proposals)


def waiting_for(member: Member) -> Waiting:
    """What stands open of the people whom the member may see.

    Second signatures are asked for levels of campaigns that may count for promotion.
    """
    people = StaffMember.objects.visible_to(member)
    others = people.exclude(pk__in=own_row(member))
    decided = others if rules.can_see_small_cells(member) else people
    about = ("staff_member__administration", "competency")
    signatures = Assessment.objects.visible_to(member).filter(
        source=Assessment.Source.VALIDATED,
        campaign__may_affect_promotion=True,
        second_by=None,
        revoked_on=None,
        staff_member__in=others,
    )
    appeals = Appeal.objects.visible_to(member).filter(
        decided_on=None, assessment__staff_member__in=people
    )
    proposals = Proposal.objects.visible_to(member).filter(
        state=Proposal.State.OPEN, staff_member__in=decided
    )
    signs = rules.can_see_small_cells(member) or member.role == Role.MANAGER
    return Waiting(
        tuple(signatures.exclude(by=member).select_related(*about).order_by("rated_on")[:MOST])
        if signs
        else (),
        tuple(appeals.select_related("assessment__staff_member", "assessment__competency")[:MOST]),
        tuple(proposals.select_related(*about)[:MOST]),
    )
