"""What waits for somebody's decision: second signatures, appeals, proposals."""

from dataclasses import dataclass

from django.db.models import QuerySet

from competencies import rules
from competencies.models import Appeal, Assessment, Proposal, StaffMember, own_row
from hrplan.core.models import Member, Role

MOST = 50  # of one kind on one page; the oldest first


@dataclass(frozen=True, slots=True)
class Waiting:
    """What a member may decide, and what others decide of the people whom the member sees."""

    signatures: tuple[Assessment, ...]
    appeals: tuple[Appeal, ...]
    proposals: tuple[Proposal, ...]
    under_way: tuple[Proposal, ...]  # others decide on them

    @property
    def is_empty(self) -> bool:
        return not (self.signatures or self.appeals or self.proposals or self.under_way)


def proposals_to_decide(member: Member) -> QuerySet[Proposal]:
    """The open proposals that the member may decide on, the oldest first."""
    if not rules.can_decide_proposals(member):
        return Proposal.objects.none()
    people = StaffMember.objects.visible_to(member).exclude(pk__in=own_row(member))
    rows = _open_proposals(member).filter(staff_member__in=people)
    return rows.exclude(proposed_by=member).order_by("proposed_on", "pk")


def _open_proposals(member: Member) -> QuerySet[Proposal]:
    rows = Proposal.objects.visible_to(member).filter(state=Proposal.State.OPEN)
    return rows.select_related("staff_member__administration", "competency")


def waiting_for(member: Member) -> Waiting:
    """What stands open of the people whom the member may see.

    Second signatures are asked for levels of campaigns that may count for promotion.
    """
    people = StaffMember.objects.visible_to(member)
    others = people.exclude(pk__in=own_row(member))
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
    decided = proposals_to_decide(member)
    others_decide = _open_proposals(member).filter(staff_member__in=people)
    signs = rules.can_see_small_cells(member) or member.role == Role.MANAGER
    return Waiting(
        tuple(signatures.exclude(by=member).select_related(*about).order_by("rated_on")[:MOST])
        if signs
        else (),
        tuple(appeals.select_related("assessment__staff_member", "assessment__competency")[:MOST]),
        tuple(decided[:MOST]),
        tuple(others_decide.exclude(pk__in=decided.order_by().values("pk"))[:MOST]),
    )
