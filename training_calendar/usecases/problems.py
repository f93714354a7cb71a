"""The planning problem of a calendar, kept between requests while nothing it is made from changes.

What it is made from is read as it stands each time, in one query and the levels of everybody, and
told apart by its content: no change can be missed, and another administration's rows are not asked.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db import models
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONArray

from competencies import frames as people
from competencies.models import (
    Competency,
    CompetencyGroup,
    Exemption,
    Framework,
    JobProfile,
    Level,
    Requirement,
    StaffMember,
    Unit,
)
from competencies.usecases import derived
from hrplan.core.models import Batch, Holiday
from training_calendar.models import (
    Budget,
    Calendar,
    Closure,
    Consent,
    Enrolment,
    FundingSource,
    Leave,
    Module,
    NeedRuling,
    Offer,
    Outcome,
    PlanningParameters,
    Prerequisite,
    Programme,
    Trainer,
    TrainerAbsence,
    Travel,
    Venue,
    VenueClosure,
)
from training_calendar.solver import check as checker
from training_calendar.solver.facts import Instance, Session
from training_calendar.solver.solution import Check
from training_calendar.usecases import instances

MOST = 2
"""Problems kept by a process at most; the one asked for longest ago goes first."""
OWN = "administration"
ROWS: Mapping[type[models.Model], str] = {
    **dict.fromkeys((Batch, Holiday), OWN),
    **dict.fromkeys((Competency, CompetencyGroup, Exemption, Framework, JobProfile), OWN),
    **dict.fromkeys((StaffMember, Unit, Budget, Closure, Module, NeedRuling, Offer), OWN),
    FundingSource: OWN,
    FundingSource.modules.through: "fundingsource__administration",
    FundingSource.quarters.through: "fundingsource__administration",
    **dict.fromkeys((Consent, PlanningParameters, Programme, Trainer, Travel, Venue), OWN),
    Level: "framework__administration",
    Requirement: "profile__administration",
    StaffMember.secondary_profiles.through: "staffmember__administration",
    Leave: "staff_member__administration",
    Outcome: "module__administration",
    Prerequisite: "module__administration",
    Programme.modules.through: "programme__administration",
    Trainer.modules.through: "trainer__administration",
    TrainerAbsence: "trainer__administration",
    VenueClosure: "venue__administration",
}
"""What a problem is made from beside levels and the plan, and how it leads to who owns it."""


@dataclass(slots=True)
class _Kept:
    version: str
    problem: Instance
    judged: tuple[tuple[Session, ...], Check] | None = None


_kept: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def problem_of(calendar: Calendar) -> Instance:
    """The problem that a calendar answers, as `instances.calendar_instance`; not to be changed."""
    version = version_of(calendar)
    with _lock:
        known = _kept.get(calendar.pk)
        if known is not None and known.version == version:
            _kept.move_to_end(calendar.pk)
            return known.problem
    made = instances.calendar_instance(calendar)
    if version_of(calendar) == version:  # else something changed while it was made
        _keep(calendar.pk, _Kept(version, made))
    return made


def judged(problem: Instance, sessions: tuple[Session, ...]) -> Check:
    """What the checker says of sessions; its last answer is kept with a problem that is kept."""
    with _lock:
        known = next((one for one in _kept.values() if one.problem is problem), None)
    if known and known.judged and known.judged[0] == sessions:
        return known.judged[1]
    found = checker.check(problem, sessions)
    if known:
        known.judged = sessions, found
    return found


def _keep(key: int, made: _Kept) -> None:
    with _lock:
        _kept[key] = made
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)


def forget() -> None:
    """Keep nothing any more."""
    with _lock:
        _kept.clear()


def version_of(calendar: Calendar) -> str:
    """Two problems of a calendar differ only where this differs."""
    owner, plan = calendar.administration, calendar.plan
    own = [(field.attname, getattr(owner, field.attname)) for field in owner._meta.concrete_fields]
    told = hashlib.blake2b(repr((calendar.pk, plan.as_of, plan.budget_share, own)).encode())
    parts = [_told(rows) for rows in _rows(calendar)]
    for row in sorted(parts[0].union(*parts[1:], all=True)):
        told.update(row.encode())
    told.update(_levels(calendar))
    return told.hexdigest()


def _rows(calendar: Calendar) -> Iterator[QuerySet]:
    for model, path in ROWS.items():
        yield model._base_manager.filter(**{path: calendar.administration_id})
    yield Enrolment.objects.filter(calendar=calendar, session=None)


def _told(rows: QuerySet) -> QuerySet:
    """Each row as one text: its table and all its columns."""
    columns: list[Any] = [F(field.attname) for field in rows.model._meta.concrete_fields]
    table = Value(rows.model._meta.label)
    text = Cast(JSONArray(table, *columns), TextField())
    return rows.order_by().values_list(text, flat=True)


def _levels(calendar: Calendar) -> bytes:
    """The levels of everybody in service on the day of the plan."""
    owner, day = calendar.administration, calendar.plan.as_of
    framework = people.current_framework(owner)
    if framework is None:
        return b""
    topics = people.competencies(framework)["pk"].tolist()
    found = derived.read(owner, framework, topics, people.serving(owner, day), as_of=day)
    return found.level.tobytes()
