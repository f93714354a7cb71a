"""Every conflict and warning of the working calendar in one order, each with where to look."""

from dataclasses import dataclass

from hrplan.core.models import Member
from training_calendar.models import Calendar, TrainingSession
from training_calendar.usecases.conflict_words import Told, alike, told_groups
from training_calendar.usecases.releases import last_findings

AROUND = 25
"""Issues told before and after the one that is looked at."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing to settle; `session` is the number of the session it lies in, if in one."""

    blocks: bool
    told: Told
    session: int | None


@dataclass(frozen=True, slots=True)
class Issues:
    """The issues around one of them; `count` of all, `at` its number from 1, 0 where none is."""

    count: int
    at: int
    around: tuple[tuple[int, Issue], ...]

    @property
    def issue(self) -> Issue | None:
        """The one that is looked at."""
        return dict(self.around).get(self.at)


def issues(calendar: Calendar, *, member: Member, at: int = 1) -> Issues:
    """What the last check found and the further rules: what blocks a release first.

    at : the one that is looked at; beyond the last, the last. Only those around it are told.
    """
    findings = last_findings(calendar)
    blocking, warning = alike(findings.blocks), alike(findings.warnings)
    groups = (*blocking, *warning)
    at = max(min(at, len(groups)), min(1, len(groups)))
    first, last = max(0, at - AROUND), at + AROUND
    found = told_groups(groups[first:last], member=member)
    codes = {one.session for one in found if one.session}
    rows = TrainingSession.objects.filter(calendar=calendar, code__in=codes)
    keys = dict(rows.values_list("code", "pk")) if codes else {}
    return Issues(
        len(groups),
        at,
        tuple(
            (number, Issue(number <= len(blocking), one, keys.get(one.session)))
            for number, one in enumerate(found, start=first + 1)
        ),
    )
