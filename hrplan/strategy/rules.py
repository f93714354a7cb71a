"""Who may do what with the strategy, its indicators, initiatives and risks."""

from hrplan.core.access import INSIDE, has_role
from hrplan.core.models import Member, Role, TenantModel

READERS = INSIDE | {Role.REVIEWER}


def can_see_strategy(member: Member) -> bool:
    """Those who lead inside the administration, and the ministry's reviewer."""
    return has_role(member, READERS)


def can_change_strategy(member: Member) -> bool:
    """The HR officer keeps the strategy and what hangs on it."""
    return member.role == Role.HR_OFFICER


def can_change(member: Member, row: TenantModel) -> bool:
    """The HR officer changes rows of the own administration."""
    own = member.administration_id == row.administration_id  # type: ignore[attr-defined]
    return own and can_change_strategy(member)
