"""Every conflict and warning of the working calendar in one order, each with where to look."""

from dataclasses import dataclass

from hrplan.core.models import Member
from training_calendar.models import Calendar, TrainingSession
from training_calendar.usecases.conflict_words import Told, told
from training_calendar.usecases.releases import last_findings


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to settle; `session` is the number of the session it lies in, if in one."""

    blocks: bool
    told: Told
    session: int | None


def issues(calendar: Calendar, *, member: Member) -> tuple[Issue, ...]:
    """What the last check found and the further rules: what blocks a release first."""
    findings = last_findings(calendar)
    found = [
        (blocks, one)
        for blocks, conflicts in ((True, findings.blocks), (False, findings.warnings))
        for one in told(conflicts, member=member)
    ]
    codes = {one.session for _blocks, one in found if one.session}
    rows = TrainingSession.objects.filter(calendar=calendar, code__in=codes)
    keys = dict(rows.values_list("code", "pk")) if codes else {}
    return tuple(Issue(blocks, one, keys.get(one.session)) for blocks, one in found)
