"""Who may do what with the administration's own settings, runs and audit trail."""

from hrplan.core.access import OFFICE, has_role
from hrplan.core.models import Member, Role


def can_change_settings(member: Member) -> bool:
    """HR officers keep the administration's settings and holidays."""
    return member.role == Role.HR_OFFICER


def can_see_settings(member: Member) -> bool:
    """Everybody inside reads the settings that shape the figures; coordinators don't."""
    return member.role != Role.COORDINATOR


def can_see_office(member: Member) -> bool:
    """Runs, imports and the audit trail are the office's."""
    return has_role(member, OFFICE)


def can_import(member: Member) -> bool:
    """HR officers take tables in."""
    return member.role == Role.HR_OFFICER
