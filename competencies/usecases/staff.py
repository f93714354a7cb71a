"""One staff member: what is required, what is held, on what it rests, and rating it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import frames, rules
from competencies.models import (
    Assessment,
    Competency,
    IndividualPlan,
    StaffMember,
)
from competencies.usecases.gaps import GapAnalysis, GapTotal, gap_analysis, known
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.frames import rows_of
from hrplan.core.models import Member

NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class CompetencyLine:
    """One competency of one person; held, gap and confidence None where it isn't assessed.

    `required` is None for a competency that is held without being asked for.
    """

    competency: str
    pk: int
    title: str
    group: str
    in_totals: bool
    required: int | None
    weight: float
    critical: bool
    origin: str  # title of the profile that asks
    held: float | None
    gap: float | None
    confidence: float | None
    basis: str  # sources joined by +
    status: str  # not_assessed | to_validate | estimated | validated
    rated_on: date | None
    critical_miss: bool
    ratings: tuple[Assessment, ...]


@dataclass(frozen=True, slots=True)
class StaffProfile:
    """What one person is asked to hold and holds, with the ratings behind each level."""

    person: StaffMember
    as_of: date
    top_level: int
    lines: tuple[CompetencyLine, ...]
    others: tuple[CompetencyLine, ...]  # held, not asked for
    total: GapTotal
    plans: tuple[IndividualPlan, ...]

    @property
    def history(self) -> tuple[Assessment, ...]:
        """All ratings, the latest first."""
        every = [rating for line in (*self.lines, *self.others) for rating in line.ratings]
        return tuple(sorted(every, key=lambda row: (row.rated_on, row.pk), reverse=True))


def staff_profile(person: StaffMember, *, as_of: date | None = None) -> StaffProfile:
    """The person's requirements with held levels, gaps, confidence and ratings."""
    people = StaffMember.objects.filter(pk=person.pk)
    day = as_of or person.administration.as_of
    rows = list(_ratings(person, day))
    analysis = gap_analysis(
        person.administration, as_of=day, people=people, rows=rows, with_units=False
    )
    ratings: dict[int, list[Assessment]] = {}
    for row in rows:
        ratings.setdefault(row.competency_id, []).append(row)
    lines = tuple(_lines(analysis, ratings))
    return StaffProfile(
        person=person,
        as_of=analysis.as_of,
        top_level=analysis.top_level,
        lines=tuple(line for line in lines if line.required is not None),
        others=tuple(line for line in lines if line.required is None and line.held is not None),
        total=analysis.overall,
        plans=tuple(person.plans.all()),
    )


def _ratings(person: StaffMember, as_of: date) -> Iterable[Assessment]:
    rows = person.assessments.filter(rated_on__lte=as_of).select_related("by__user", "competency")
    return rows.order_by("-rated_on", "source")


def _lines(analysis: GapAnalysis, ratings: dict[int, list[Assessment]]) -> Iterable[CompetencyLine]:
    titles = dict(zip(analysis.profiles["profile"], analysis.profiles["title"], strict=True))
    cells = analysis.cells.set_index("competency").to_dict("index")
    held = analysis.held.set_index("competency").to_dict("index")
    for row in rows_of(analysis.competencies):
        cell, level = cells.get(row.competency), held.get(row.competency)
        if cell is None and level is None:
            continue
        yield CompetencyLine(
            competency=row.competency,
            pk=row.pk,
            title=row.title,
            group=row.group_title,
            in_totals=bool(row.in_gap_totals),
            required=int(cell["required"]) if cell else None,
            weight=float(cell["weight"]) if cell else 0.0,
            critical=bool(cell and cell["critical"]),
            origin=titles.get(cell["origin"], "") if cell else "",
            held=float(level["level"]) if level else None,
            gap=known(cell["gap"]) if cell else None,
            confidence=float(level["confidence"]) if level else None,
            basis=level["basis"] if level else "",
            status=level["status"] if level else NOT_ASSESSED,
            rated_on=pd.Timestamp(level["rated_on"]).date() if level else None,
            critical_miss=bool(cell and cell["critical_miss"]),
            ratings=tuple(ratings.get(row.pk, ())),
        )


def level_of(person: StaffMember, competency: Competency) -> tuple[float | None, int | None]:
    """Held and required level in one competency; None: not assessed, not asked for."""
    profile = staff_profile(person)
    lines = (*profile.lines, *profile.others)
    found = next((one for one in lines if one.pk == competency.pk), None)
    return (found.held, found.required) if found else (None, None)


def next_asked(person: StaffMember, competency: Competency) -> Competency | None:
    """The competency that the person's profile asks for after this one; None after the last."""
    asked = Competency.objects.filter(
        requirements__profile=person.profile_id, framework=competency.framework_id
    )
    order = list(asked.order_by("group__position", "position"))
    later = order[order.index(competency) + 1 :] if competency in order else order
    return later[0] if later else None


@transaction.atomic
def record_assessment(
    person: StaffMember,
    competency: Competency,
    *,
    source: str,
    level: Decimal | float,
    rated_on: date,
    by: Member,
    evidence: str = "",
    valid_until: date | None = None,
) -> Assessment:
    """Record one rating; a second of the same source and day replaces the first.

    Refused off the scale, after the as-of date, without evidence where it validates, for a
    competency of a framework no longer in force, and for a person who has left.
    """
    require(rules.can_assess(by, person, source))
    return write_assessment(
        person,
        competency,
        source=source,
        level=level,
        rated_on=rated_on,
        by=by,
        evidence=evidence,
        valid_until=valid_until,
    )


def write_assessment(
    person: StaffMember,
    competency: Competency,
    *,
    source: str,
    level: Decimal | float,
    rated_on: date,
    by: Member,
    evidence: str = "",
    valid_until: date | None = None,
) -> Assessment:
    """As `record_assessment`, for who has asked already whether the member may.

    What replaces a rating of the same day is signed by nobody yet.
    """
    rated = Decimal(str(level)).quantize(Decimal("0.01"))
    _check(person, competency, source, rated, rated_on, evidence, valid_until)
    row, made = Assessment.objects.update_or_create(
        staff_member=person,
        competency=competency,
        source=source,
        rated_on=rated_on,
        defaults={
            "administration_id": person.administration_id,
            "level": rated,
            "valid_until": valid_until,
            "by": by,
            "evidence": evidence,
            "second_by": None,
            "second_on": None,
        },
    )
    action = "add" if made else "change"
    audit.record(action, row, by=by, fields=["level", "evidence", "valid_until"])
    return row


def _check(
    person: StaffMember,
    competency: Competency,
    source: str,
    level: Decimal,
    rated_on: date,
    evidence: str,
    valid_until: date | None,
) -> None:
    framework = frames.current_framework(person.administration)
    if framework is None or competency.framework_id != framework.pk:
        raise ValidationError(_("This competency is not part of the framework in force."))
    faults = []
    top = frames.top_level(framework)
    if not 0 <= level <= top:
        faults.append(
            _("The level lies off the scale, which runs from 0 to %(top)d.") % {"top": top}
        )
    if rated_on > person.administration.as_of:
        faults.append(_("The rating lies in the future."))
    if valid_until is not None and valid_until < rated_on:
        faults.append(_("The rating expires before it was given."))
    if person.left_on is not None and person.left_on < rated_on:
        faults.append(_("This person had left by then."))
    if source == Assessment.Source.VALIDATED and not evidence.strip():
        faults.append(_("A validated level needs its evidence in a few words."))
    if faults:
        raise ValidationError(faults)
