"""Learning paths: kept by HR with their steps, and where a person stands on the own one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from competencies.models import LearningPath, StaffMember
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member, Role
from training_calendar import rules
from training_calendar.analysis.progress import Step, StepState, next_step, step_states
from training_calendar.models import Calendar, Certificate, Enrolment, PathStep, TrainingSession
from training_calendar.usecases.attended import attended
from training_calendar.usecases.programme_progress import Progress, progress_of
from training_calendar.usecases.releases import places_told


@transaction.atomic
def add_path(administration: Administration, *, by: Member, **fields: Any) -> LearningPath:
    """Begin a path of a staff level or of a job profile. Refused where it has one."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    return _path_saved(LearningPath(administration=administration), fields, "add", by=by)


@transaction.atomic
def change_path(path: LearningPath, *, by: Member, **fields: Any) -> LearningPath:
    """Change a path. Refused for a level or a profile that has another."""
    require(rules.can_keep_path(by, path))
    return _path_saved(path, fields, "change", by=by)


@transaction.atomic
def remove_path(path: LearningPath, *, by: Member) -> None:
    """Take a path away, its steps with it."""
    require(rules.can_keep_path(by, path))
    record("remove", path, by=by)
    path.delete()


def _path_saved(
    path: LearningPath, fields: dict[str, Any], action: str, *, by: Member
) -> LearningPath:
    level = fields.get("staff_level", path.staff_level)
    profile = fields.get("profile", path.profile)
    if profile is not None and profile.staff_level != level:
        words = _("This job profile belongs to another level: %(level)s.")
        said = {"level": profile.get_staff_level_display()}
        raise ValidationError({"profile": words % said})
    rows = LearningPath.objects.filter(administration=path.administration, profile=profile)
    same = rows.filter(staff_level=level) if profile is None else rows
    if same.exclude(pk=path.pk).exists():
        raise ValidationError(_("There is a path of this already; change that one."))
    saved: LearningPath = save_row(path, fields, action, by=by)
    return saved


@transaction.atomic
def add_step(administration: Administration, *, by: Member, **fields: Any) -> PathStep:
    """Add a step to a path: one module or one programme. Refused in a place that is taken."""
    require(rules.can_plan(by) and by.administration_id == administration.pk)
    return _step_saved(PathStep(administration=administration), fields, "add", by=by)


@transaction.atomic
def change_step(step: PathStep, *, by: Member, **fields: Any) -> PathStep:
    """Change a step of a path."""
    require(rules.can_keep_path(by, step))
    return _step_saved(step, fields, "change", by=by)


@transaction.atomic
def remove_step(step: PathStep, *, by: Member) -> None:
    """Take a step out of its path; the others keep their places."""
    require(rules.can_keep_path(by, step))
    record("remove", step, by=by)
    step.delete()


def _step_saved(step: PathStep, fields: dict[str, Any], action: str, *, by: Member) -> PathStep:
    module, programme = (fields.get(name, getattr(step, name)) for name in ("module", "programme"))
    if (module is None) == (programme is None):
        raise ValidationError({"module": _("Choose a module or a programme, one of the two.")})
    path = fields.get("path") or step.path
    place = fields.get("position", step.position)
    if PathStep.objects.filter(path=path, position=place).exclude(pk=step.pk).exists():
        raise ValidationError({"position": _("Another step has this place.")})
    saved: PathStep = save_row(step, fields, action, by=by)
    return saved


def path_of(person: StaffMember) -> LearningPath | None:
    """The path of the person's job profile, else that of its level; none without a profile."""
    if person.profile is None:
        return None
    level = Q(profile=None, staff_level=person.profile.staff_level)
    rows = LearningPath.objects.filter(level | Q(profile=person.profile_id))
    own = rows.filter(administration=person.administration)
    return own.order_by(F("profile").asc(nulls_last=True)).first()


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a path, and where the person stands with it."""

    step: PathStep
    standing: StepState


@dataclass(frozen=True, slots=True)
class Development:
    """How far a person is on the own path, and in programmes."""

    person: StaffMember
    path: LearningPath | None
    steps: tuple[StepLine, ...]
    ahead: StepLine | None
    programmes: tuple[Progress, ...]

    @property
    def done(self) -> int:
        return sum(line.standing.state == "done" for line in self.steps)


def development_of(person: StaffMember) -> Development:
    """The person's path with its steps done, planned, late and open; the next one; programmes."""
    owner = person.administration
    known = attended(owner, [person.pk])[person.pk]
    programmes = progress_of(person, known)
    path = path_of(person)
    rows: Sequence[PathStep] = ()
    if path is not None:
        rows = list(PathStep.objects.filter(path=path).select_related("module", "programme"))
    states = step_states(
        [_pure(row) for row in rows],
        done=known.done.keys(),
        planned=known.planned.keys(),
        programmes={one.programme.code: one.standing.state for one in programmes},
        joined_on=person.joined_on,
        known_from=_known_from(owner),
        as_of=owner.as_of,
    )
    lines = tuple(StepLine(row, state) for row, state in zip(rows, states, strict=True))
    place = next_step(states)
    ahead = None if place is None else lines[place]
    return Development(person, path, lines, ahead, programmes)


def _known_from(administration: Administration) -> date | None:
    """The first day of which attendance could be recorded: that of the first calendar."""
    rows = Calendar.objects.filter(administration=administration)
    return rows.aggregate(first=Min("starts_on"))["first"]


def places_of(person: StaffMember, *, member: Member) -> QuerySet[Enrolment]:
    """The places of a person in the plan in force, and those attended in any, in their order.

    Staff see of the plan what the last release told them.
    """
    rows = Enrolment.objects.filter(
        Q(calendar__plan__is_current=True) | Q(attendance__isnull=False), staff_member=person
    )
    if member.role == Role.STAFF:
        same = {"module": OuterRef("module"), "starts_on": OuterRef("starts_on")}
        told = Exists(places_told(person).filter(**same))
        rows = rows.filter(told | Q(attendance__isnull=False))
    cancelled = TrainingSession.Status.CANCELLED
    related = rows.exclude(session__status=cancelled).select_related("module", "attendance")
    standing = Prefetch(
        "certificates", Certificate.objects.filter(revoked_on=None), to_attr="standing_certificates"
    )
    return related.order_by("starts_on").prefetch_related(standing)


def _pure(row: PathStep) -> Step:
    pointed = row.programme or row.module
    if pointed is None:
        raise ValueError("a step of a path is a module or a programme")
    return Step(pointed.code, row.programme is not None, row.within_months)
