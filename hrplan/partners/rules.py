"""Who may do what with the register of assistance."""

from hrplan.core.access import OFFICE, has_role
from hrplan.core.models import Member, Role, TenantModel

READERS = OFFICE | {Role.REVIEWER, Role.COORDINATOR}


def can_see_register(member: Member) -> bool:
    """The office, the ministry's reviewer and the coordinator of the region."""
    return has_role(member, READERS)


def can_change_register(member: Member) -> bool:
    """The HR officer keeps the register."""
    return member.role == Role.HR_OFFICER


def can_change(member: Member, row: TenantModel) -> bool:
    """The HR officer changes rows of the own administration."""
    own = member.administration_id == row.administration_id  # type: ignore[attr-defined]
    return own and can_change_register(member)
