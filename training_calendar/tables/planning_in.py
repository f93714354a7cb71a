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
from hrplan.core.models import Administration, Holiday
from hrplan.core.tables import CHUNK, Row
from hrplan.core.workdays import is_workday
from hrplan.core.working_calendar import working_calendar
from training_calendar.analysis.cover import max_away
from training_calendar.models import (
    Budget,
    Closure,
    Leave,
    Module,
    Offer,
    Outcome,
    PlanningParameters,
    Prerequisite,
    Provider,
    Trainer,
    TrainerAbsence,
    Travel,
    Venue,
    VenueClosure,
)
from training_calendar.tables.planning import JOIN, horizon

Rows = Sequence[Row]
Writer = Callable[[Administration, Rows, Rows], None]
IMPORTED = "imported"
TOP_LEVEL = 5
HOURS_A_DAY = 8


def _codes(model: type[Model], administration: Administration) -> dict[str, int]:
    rows = model._default_manager.filter(administration=administration)
    return dict(rows.values_list("code", "pk"))


def _put(
    administration: Administration,
    model: type[Model],
    key: str,
    rows: tuple[Rows, Rows],
    values: Callable[[Row], dict[str, Any]],
    new: Callable[[Row], dict[str, Any]] = lambda row: {},
) -> None:
    """Make the rows that are missing by code; change those that differ. `new` : on making only."""
    added, changed = rows
    known = _codes(model, administration)
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

    _put(administration, Unit, "station_id", (added, changed), values,
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
                framework=framework, code=family, title=family, position=len(groups)
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
    _profiles(administration, framework, [row["role_id"] for row in added])
    known, topics = _codes(JobProfile, administration), dict(
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
    known = _codes(JobProfile, administration)
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
    units, profiles = _codes(Unit, administration), _codes(JobProfile, administration)

    def values(row: Row) -> dict[str, Any]:
        role = row["role_id"] or ""
        main = role if role in profiles else role.split(JOIN)[0]
        return {
            "unit_id": units[row["station_id"]],
            "profile_id": profiles.get(main),
            "grade": row["grade"] or 1,
        }

    _put(administration, StaffMember, "staff_id", (added, changed), values)
    known = _codes(StaffMember, administration)
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
    framework = people.current_framework(administration)
    own = horizon(administration)
    known = _codes(StaffMember, administration)
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


def modules(administration: Administration, added: Rows, changed: Rows) -> None:
    known = set(_codes(Module, administration))
    provider = None
    if any(row["module_id"] not in known for row in added):
        provider, _made = Provider.objects.get_or_create(
            administration=administration, code=IMPORTED, defaults={"name": _("Imported")}
        )

    def values(row: Row) -> dict[str, Any]:
        return {
            "mode": row["mode"],
            "days": row["duration_days"],
            "min_group": row["min_seats"],
            "max_group": row["max_seats"],
            "cost_session": row["cost_session"],
            "cost_person": row["cost_seat"],
            "venue_kind": row["venue_kind"] or "",
        }

    _put(
        administration, Module, "module_id", (added, changed), values,
        lambda row: {
            "title": row["module_id"],
            "provider": provider,
            "hours": row["duration_days"] * HOURS_A_DAY,
        },
    )  # fmt: skip


def module_effects(administration: Administration, added: Rows, changed: Rows) -> None:
    known = _codes(Module, administration)
    framework = people.current_framework(administration)
    topics = dict(Competency.objects.filter(framework=framework).values_list("code", "pk"))
    for row in [*added, *changed]:
        Outcome.objects.update_or_create(
            module_id=known[row["module_id"]],
            competency_id=topics[row["competency_id"]],
            defaults={"level_to": row["to_level"]},
        )


def prerequisites(administration: Administration, added: Rows, changed: Rows) -> None:
    known = _codes(Module, administration)
    for row in added:
        Prerequisite.objects.get_or_create(
            module_id=known[row["module_id"]], requires_id=known[row["requires_module_id"]]
        )


def venues(administration: Administration, added: Rows, changed: Rows) -> None:
    def values(row: Row) -> dict[str, Any]:
        return {
            "region": row["region_id"],
            "kind": row["kind"],
            "capacity": row["capacity"],
            "cost_day": row["cost_day"],
        }

    _put(administration, Venue, "venue_id", (added, changed), values,
         lambda row: {"title": row["venue_id"]})  # fmt: skip


def instructors(administration: Administration, added: Rows, changed: Rows) -> None:
    def values(row: Row) -> dict[str, Any]:
        return {"region": row["region_id"], "max_days_quarter": row["max_days_quarter"]}

    _put(administration, Trainer, "instructor_id", (added, changed), values,
         lambda row: {"name": row["instructor_id"]})  # fmt: skip


def instructor_quals(administration: Administration, added: Rows, changed: Rows) -> None:
    trainers, known = _codes(Trainer, administration), _codes(Module, administration)
    through = Trainer.modules.through
    through.objects.bulk_create(
        (
            through(trainer_id=trainers[row["instructor_id"]], module_id=known[row["module_id"]])
            for row in added
        ),
        ignore_conflicts=True,
    )


def external_offers(administration: Administration, added: Rows, changed: Rows) -> None:
    known = _codes(Module, administration)

    def values(row: Row) -> dict[str, Any]:
        return {
            "module_id": known[row["module_id"]],
            "starts_on": row["start_date"],
            "ends_on": row["end_date"],
            "places": row["seats"],
            "region": row["region_id"],
        }

    _put(administration, Offer, "offer_id", (added, changed), values)


def blackouts(administration: Administration, added: Rows, changed: Rows) -> None:
    units = _codes(Unit, administration)
    for row in added:
        station = row["scope"] == Closure.Scope.STATION
        unit: Any = units[row["scope_id"]] if station else None
        Closure.objects.get_or_create(
            administration=administration,
            starts_on=row["from_date"],
            ends_on=row["to_date"],
            scope=row["scope"],
            region="" if station else row["scope_id"] or "",
            unit_id=unit,
        )


def budget(administration: Administration, added: Rows, changed: Rows) -> None:
    own = horizon(administration)
    for row in [*added, *changed]:
        money = Budget.objects.filter(administration=administration, quarter=row["quarter"])
        if not money.update(amount=row["amount"]) and own is not None:
            words = _("Quarter %(quarter)s is not in the calendar.")
            raise ValidationError(words % {"quarter": row["quarter"]})


def _spans(model: type[Model], owner: type[Model], field: str, key: str) -> Writer:
    """Periods of an owner: made where they are missing."""

    def write(administration: Administration, added: Rows, changed: Rows) -> None:
        known = _codes(owner, administration)
        rows = model._default_manager.filter(**{f"{field}__administration": administration})
        held = set(rows.values_list(f"{field}_id", "starts_on", "ends_on"))
        wanted = [(known[row[key]], row["from_date"], row["to_date"]) for row in added]
        model._default_manager.bulk_create(
            (
                model(**{f"{field}_id": pk, "starts_on": first, "ends_on": last})
                for pk, first, last in dict.fromkeys(wanted)
                if (pk, first, last) not in held
            ),
            batch_size=CHUNK,
        )

    return write


WRITERS: Mapping[str, Writer] = {
    "calendar": calendar,
    "stations": stations,
    "travel": travel,
    "competencies": competencies,
    "role_profiles": role_profiles,
    "staff": staff,
    "assessments": assessments,
    "leave": _spans(Leave, StaffMember, "staff_member", "staff_id"),
    "modules": modules,
    "module_effects": module_effects,
    "prerequisites": prerequisites,
    "venues": venues,
    "venue_closed": _spans(VenueClosure, Venue, "venue", "venue_id"),
    "instructors": instructors,
    "instructor_quals": instructor_quals,
    "instructor_unavailable": _spans(TrainerAbsence, Trainer, "trainer", "instructor_id"),
    "external_offers": external_offers,
    "blackouts": blackouts,
    "budget": budget,
}
