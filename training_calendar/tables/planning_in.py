"""Planning tables taken in: what an administration lacks is made, what differs is changed.

An imported instance becomes one validated assessment per row at the horizon's start, with
profiles approved by import; rows that the administration already has are left as they are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from competencies import frames as people
from competencies.models import (
    Assessment,
    Competency,
    CompetencyGroup,
    Framework,
    JobProfile,
    Level,
    Requirement,
    StaffLevel,
    StaffMember,
    Unit,
)
from competencies.tables import refuse_above_scale
from hrplan.core.models import Administration, Holiday
from hrplan.core.tables import CHUNK, Row
from hrplan.core.workdays import is_workday
from hrplan.core.working_calendar import working_calendar
from training_calendar.analysis.cover import max_away
from training_calendar.models import Budget, PlanningParameters, Travel
from training_calendar.tables.planning import JOIN, horizon

Rows = Sequence[Row]
Writer = Callable[[Administration, Rows, Rows], None]
IMPORTED = "imported"
TOP_LEVEL = 5


def codes_of(model: type[Model], administration: Administration) -> dict[str, int]:
    """The rows of a model by code."""
    rows = model._default_manager.filter(administration=administration)
    return dict(rows.values_list("code", "pk"))


def put(
    administration: Administration,
    model: type[Model],
    key: str,
    rows: tuple[Rows, Rows],
    values: Callable[[Row], dict[str, Any]],
    new: Callable[[Row], dict[str, Any]] = lambda row: {},
) -> None:
    """Make the rows that are missing by code; change those that differ. `new` : on making only."""
    added, changed = rows
    known = codes_of(model, administration)
    model._default_manager.bulk_create(
        (
            model(administration=administration, code=row[key], **values(row), **new(row))
            for row in added
            if row[key] not in known
        ),
        batch_size=CHUNK,
    )
    for row in changed:
        model._default_manager.filter(pk=known[row[key]]).update(**values(row))


def calendar(administration: Administration, added: Rows, changed: Rows) -> None:
    """Horizon, quarters without money yet, and the holidays that the rule for them lacks."""
    days = sorted([*added, *changed], key=lambda row: row["date"])
    if horizon(administration) is None:
        PlanningParameters.objects.create(
            administration=administration,
            horizon_start=days[0]["date"],
            horizon_end=days[-1]["date"],
        )
    _holidays(administration, days)
    known = set(
        Budget.objects.filter(administration=administration).values_list("quarter", flat=True)
    )
    for name in dict.fromkeys(row["quarter"] for row in days):
        dates = [row["date"] for row in days if row["quarter"] == name]
        if name not in known:
            Budget.objects.create(
                administration=administration,
                quarter=name,
                starts_on=dates[0],
                ends_on=dates[-1],
                amount=0,
            )


def _holidays(administration: Administration, days: Rows) -> None:
    working = working_calendar(administration, {row["date"].year for row in days})
    for row in days:
        day, on = row["date"], bool(row["workday"])
        if on == is_workday(working, day):
            continue
        if on and day.weekday() in working.weekend:
            words = _("%(day)s is a working day, but lies on the administration's week-end.")
            raise ValidationError(words % {"day": day.isoformat()})
        kind = Holiday.Kind.REMOVED if on else Holiday.Kind.ADDED
        Holiday.objects.update_or_create(
            administration=administration,
            date=day,
            defaults={"kind": kind, "name": _("day of the planning calendar")},
        )


def stations(administration: Administration, added: Rows, changed: Rows) -> None:
    def values(row: Row) -> dict[str, Any]:
        return {
            "region": row["region_id"],
            "kind": row["kind"] or "",
            "duty_pattern": row["shift"] or "",
            "max_away_share": _share(row),
        }

    put(administration, Unit, "station_id", (added, changed), values,
         lambda row: {"title": row["station_id"], "is_station": True})  # fmt: skip


def _share(row: Row) -> Decimal:
    """The share that leads to the most people away; the one stated if it does."""
    heads, most = row.get("headcount") or 0, row["max_away"]
    stated = row.get("max_away_pct")
    if stated is not None and stated <= 1 and max_away(heads, float(stated)) == most:
        return Decimal(stated)
    return min(Decimal(1), round(Decimal(most * 2 + 1) / Decimal(2 * max(1, heads)), 3))


def travel(administration: Administration, added: Rows, changed: Rows) -> None:
    for row in [*added, *changed]:
        Travel.objects.update_or_create(
            administration=administration,
            from_region=row["from_region"],
            to_region=row["to_region"],
            defaults={"cost": row["trip_cost"]},
        )


def competencies(administration: Administration, added: Rows, changed: Rows) -> None:
    framework = people.current_framework(administration) or _framework(administration)
    groups = {group.code: group for group in framework.groups.all()}
    known = dict(framework.competencies.values_list("code", "pk"))
    for place, row in enumerate(added, start=len(known)):
        family = str(row["family"] or IMPORTED)[:20]
        if family not in groups:
            groups[family] = CompetencyGroup.objects.create(
                administration=administration,
                framework=framework,
                code=family,
                title=family,
                position=len(groups),
            )
        if row["competency_id"] not in known:
            Competency.objects.create(
                administration=administration,
                framework=framework,
                group=groups[family],
                code=row["competency_id"],
                title=row["competency_id"],
                weight=row["weight"],
                position=place,
            )
    for row in changed:
        Competency.objects.filter(pk=known[row["competency_id"]]).update(weight=row["weight"])


def _framework(administration: Administration) -> Framework:
    made = Framework.objects.create(
        administration=administration,
        code=IMPORTED,
        version="1",
        title=_("Imported framework"),
        provenance=_("Made by the import of a planning instance."),
    )
    Level.objects.bulk_create(
        Level(framework=made, level=level, name=str(level)) for level in range(TOP_LEVEL + 1)
    )
    return made


def role_profiles(administration: Administration, added: Rows, changed: Rows) -> None:
    """Roles as approved profiles; a combined role whose parts are profiles asks nothing new."""
    framework = people.current_framework(administration)
    if framework is None:
        raise ValidationError(_("Import the competencies before the role profiles."))
    refuse_above_scale(administration, "required_level", [*added, *changed])
    _profiles(administration, framework, [row["role_id"] for row in added])
    known, topics = codes_of(JobProfile, administration), dict(
        framework.competencies.values_list("code", "pk")
    )  # fmt: skip
    rows = Requirement.objects.filter(profile__administration=administration)
    held = set(rows.values_list("profile", "competency"))
    pairs = [
        (known[row["role_id"]], topics[row["competency_id"]], row)
        for row in [*added, *changed]
        if row["role_id"] in known
    ]
    Requirement.objects.bulk_create(
        Requirement(
            profile_id=profile,
            competency_id=topic,
            level=row["required_level"],
            weight=row["weight"],
        )
        for profile, topic, row in pairs
        if (profile, topic) not in held
    )
    changes = {id(row) for row in changed}
    for profile, topic, row in pairs:
        if id(row) in changes:
            own = Requirement.objects.filter(profile=profile, competency=topic)
            own.update(level=row["required_level"], weight=row["weight"])


def _profiles(administration: Administration, framework: Framework, roles: Iterable[str]) -> None:
    known = codes_of(JobProfile, administration)
    JobProfile.objects.bulk_create(
        JobProfile(
            administration=administration,
            framework=framework,
            code=role,
            title=role,
            staff_level=StaffLevel.OFFICERS,
            state=JobProfile.State.APPROVED,
        )
        for role in dict.fromkeys(roles)
        if role not in known and not set(role.split(JOIN)) <= set(known)
    )


def staff(administration: Administration, added: Rows, changed: Rows) -> None:
    units, profiles = codes_of(Unit, administration), codes_of(JobProfile, administration)

    def values(row: Row) -> dict[str, Any]:
        role = row["role_id"] or ""
        main = role if role in profiles else role.split(JOIN)[0]
        return {
            "unit_id": units[row["station_id"]],
            "profile_id": profiles.get(main),
            "grade": row["grade"] or 1,
        }

    put(administration, StaffMember, "staff_id", (added, changed), values)
    known = codes_of(StaffMember, administration)
    through = StaffMember.secondary_profiles.through
    through.objects.bulk_create(
        (
            through(staffmember_id=known[row["staff_id"]], jobprofile_id=profiles[part])
            for row in [*added, *changed]
            if row["role_id"] and row["role_id"] not in profiles
            for part in row["role_id"].split(JOIN)[1:]
            if part in profiles
        ),
        ignore_conflicts=True,
    )


def assessments(administration: Administration, added: Rows, changed: Rows) -> None:
    """One validated rating per row at the horizon's start, but never in the future.

    A changed one is a new rating of the day.
    """
    refuse_above_scale(administration, "level", [*added, *changed])
    framework = people.current_framework(administration)
    own = horizon(administration)
    known = codes_of(StaffMember, administration)
    topics = dict(Competency.objects.filter(framework=framework).values_list("code", "pk"))
    rated = Assessment.objects.filter(administration=administration)
    pairs = set(rated.values_list("staff_member", "competency"))
    first = min(own.horizon_start, administration.as_of) if own else administration.as_of

    def rating(row: Row, day: date) -> Assessment:
        return Assessment(
            administration=administration,
            staff_member_id=known[row["staff_id"]],
            competency_id=topics[row["competency_id"]],
            source=Assessment.Source.VALIDATED,
            level=row["level"],
            rated_on=day,
            evidence=_("taken in with a planning instance"),
        )

    made = [rating(row, first) for row in added]
    new = [one for one in made if (one.staff_member_id, one.competency_id) not in pairs]
    Assessment.objects.bulk_create(new, batch_size=CHUNK)
    Assessment.objects.bulk_create(
        [rating(row, administration.as_of) for row in changed], batch_size=CHUNK
    )


WRITERS: Mapping[str, Writer] = {
    "calendar": calendar,
    "stations": stations,
    "travel": travel,
    "competencies": competencies,
    "role_profiles": role_profiles,
    "staff": staff,
    "assessments": assessments,
}
