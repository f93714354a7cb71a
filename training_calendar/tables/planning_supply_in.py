"""Planning tables of supply taken in: modules, rooms, instructors, offers, closures, money."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from competencies import frames as people
from competencies.models import Competency, StaffMember, Unit
from hrplan.core.models import Administration
from hrplan.core.tables import CHUNK, Row
from training_calendar.models import (
    Budget,
    Closure,
    Leave,
    Module,
    Offer,
    Outcome,
    Prerequisite,
    Provider,
    Trainer,
    TrainerAbsence,
    Venue,
    VenueClosure,
)
from training_calendar.tables.planning import horizon
from training_calendar.tables.planning_in import IMPORTED, Rows, Writer, codes_of, put

HOURS_A_DAY = 8


def modules(administration: Administration, added: Rows, changed: Rows) -> None:
    known = set(codes_of(Module, administration))
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

    put(
        administration, Module, "module_id", (added, changed), values,
        lambda row: {
            "title": row["module_id"],
            "provider": provider,
            "hours": row["duration_days"] * HOURS_A_DAY,
        },
    )  # fmt: skip


def module_effects(administration: Administration, added: Rows, changed: Rows) -> None:
    known = codes_of(Module, administration)
    framework = people.current_framework(administration)
    topics = dict(Competency.objects.filter(framework=framework).values_list("code", "pk"))
    for row in [*added, *changed]:
        Outcome.objects.update_or_create(
            module_id=known[row["module_id"]],
            competency_id=topics[row["competency_id"]],
            defaults={"level_to": row["to_level"]},
        )


def prerequisites(administration: Administration, added: Rows, changed: Rows) -> None:
    known = codes_of(Module, administration)
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

    put(administration, Venue, "venue_id", (added, changed), values,
         lambda row: {"title": row["venue_id"]})  # fmt: skip


def instructors(administration: Administration, added: Rows, changed: Rows) -> None:
    def values(row: Row) -> dict[str, Any]:
        return {"region": row["region_id"], "max_days_quarter": row["max_days_quarter"]}

    put(administration, Trainer, "instructor_id", (added, changed), values,
         lambda row: {"name": row["instructor_id"]})  # fmt: skip


def instructor_quals(administration: Administration, added: Rows, changed: Rows) -> None:
    trainers, known = codes_of(Trainer, administration), codes_of(Module, administration)
    through = Trainer.modules.through
    through.objects.bulk_create(
        (
            through(trainer_id=trainers[row["instructor_id"]], module_id=known[row["module_id"]])
            for row in added
        ),
        ignore_conflicts=True,
    )


def external_offers(administration: Administration, added: Rows, changed: Rows) -> None:
    known = codes_of(Module, administration)

    def values(row: Row) -> dict[str, Any]:
        return {
            "module_id": known[row["module_id"]],
            "starts_on": row["start_date"],
            "ends_on": row["end_date"],
            "places": row["seats"],
            "region": row["region_id"],
        }

    put(administration, Offer, "offer_id", (added, changed), values)


def blackouts(administration: Administration, added: Rows, changed: Rows) -> None:
    units = codes_of(Unit, administration)
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
        known = codes_of(owner, administration)
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
