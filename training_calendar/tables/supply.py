"""How the tables of training supply stand in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from competencies.models import IN_FORCE
from hrplan.core.models import Administration
from hrplan.core.tables import CHUNK, Door, ModelTable, Row, same
from training_calendar.models import (
    Budget,
    Closure,
    ExchangeRate,
    FundingSource,
    Leave,
    Module,
    Offer,
    Outcome,
    PlanningParameters,
    Prerequisite,
    Programme,
    Provider,
    Trainer,
    TrainerAbsence,
    Travel,
    Venue,
    VenueClosure,
)
from training_calendar.tables import accounts

CURRENT = {"competency": {"framework__state": IN_FORCE}}
SPAN = {"starts_on": "starts_on", "ends_on": "ends_on"}


@dataclass(frozen=True, slots=True)
class PairTable:
    """The door of a many-to-many relation: rows of two codes, none of them ever changed.

    other : the field that names a row of the other side
    """

    name: str
    model: type[models.Model]
    relation: str
    columns: tuple[str, str]
    other: str = "code"

    def _pairs(self, administration: Administration) -> models.QuerySet:
        rows = self.model._default_manager.filter(administration=administration)
        return rows.filter(**{f"{self.relation}__isnull": False})

    def rows(self, administration: Administration) -> list[dict[str, str]]:
        names = ("code", f"{self.relation}__{self.other}")
        found = self._pairs(administration).order_by(*names).values_list(*names)
        return [dict(zip(self.columns, pair, strict=True)) for pair in found]

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        field: Any = self.model._meta.get_field(self.relation)
        mine = _codes(self.model, administration)
        theirs = _codes(field.related_model, administration, self.other)
        through = field.remote_field.through
        source, target = field.m2m_column_name(), field.m2m_reverse_name()
        own, other = self.columns
        through._default_manager.bulk_create(
            [through(**{source: mine[r[own]], target: theirs[r[other]]}) for r in added],
            batch_size=CHUNK,
            ignore_conflicts=True,
        )


def _codes(
    model: type[models.Model], administration: Administration, name: str = "code"
) -> dict[str, int]:
    rows = model._default_manager.filter(administration=administration)
    return dict(rows.values_list(name, "pk"))


DOORS: tuple[Door, ...] = (
    ModelTable(
        "providers", Provider, {"provider": "code", **same("name", "kind")}, ("provider",)
    ),
    ModelTable(
        "training_modules",
        Module,
        {
            "module": "code",
            "title": "title",
            "provider": "provider__code",
            **same(
                "mode", "hours", "self_study_hours", "days", "venue_kind", "min_group",
                "max_group", "cost_session", "cost_person", "price_basis", "price_source",
                "price_date", "travel", "lead_days", "validity_months", "language",
                "certificate", "evaluation", "min_service_years", "audience_levels",
                "audience_profiles", "is_offered", "evidence_url", "checked_on",
            ),
        },
        ("module",),
        lists=frozenset({"audience_levels", "audience_profiles"}),
    ),
    ModelTable(
        "outcomes",
        Outcome,
        {
            "module": "module__code",
            "competency": "competency__code",
            **same("level_from", "level_to"),
        },
        ("module", "competency"),
        owner="module__administration",
        within=CURRENT,
    ),
    ModelTable(
        "module_prerequisites",
        Prerequisite,
        {"module": "module__code", "requires": "requires__code"},
        ("module", "requires"),
        owner="module__administration",
    ),
    ModelTable(
        "programmes",
        Programme,
        {
            "programme": "code",
            "title": "title",
            "provider": "provider__code",
            **same("award", "delivery"),
            "requires": "requires__code",
        },
        ("programme",),
    ),
    PairTable("programme_modules", Programme, "modules", ("programme", "module")),
    ModelTable(
        "trainers",
        Trainer,
        {
            "trainer": "code",
            **same("name", "region"),
            "staff": "staff_member__code",
            "provider": "provider__code",
            **same("max_days_quarter", "accreditation", "accredited_until"),
        },
        ("trainer",),
    ),
    PairTable("trainer_modules", Trainer, "modules", ("trainer", "module")),
    ModelTable(
        "trainer_absences",
        TrainerAbsence,
        {"trainer": "trainer__code", **SPAN},
        ("trainer", "starts_on"),
        owner="trainer__administration",
    ),
    ModelTable(
        "training_venues",
        Venue,
        {"venue": "code", **same("title", "region", "kind", "capacity", "cost_day")},
        ("venue",),
    ),
    ModelTable(
        "venue_closures",
        VenueClosure,
        {"venue": "venue__code", **SPAN},
        ("venue", "starts_on"),
        owner="venue__administration",
    ),
    ModelTable(
        "closures",
        Closure,
        {**SPAN, **same("scope", "region"), "unit": "unit__code", "reason": "reason"},
        ("starts_on", "ends_on", "scope", "region", "unit", "reason"),
    ),
    ModelTable(
        "staff_leave",
        Leave,
        {"staff": "staff_member__code", **SPAN},
        ("staff", "starts_on"),
        owner="staff_member__administration",
    ),
    ModelTable(
        "quarter_budgets",
        Budget,
        same("quarter", "starts_on", "ends_on", "amount", "source"),
        ("quarter",),
    ),
    ModelTable(
        "offers",
        Offer,
        {
            "offer": "code",
            "module": "module__code",
            **same("starts_on", "ends_on", "places", "region", "nominate_by", "funding"),
        },
        ("offer",),
    ),
    ModelTable("exchange_rates", ExchangeRate, same("currency", "rate", "on", "source"),
               ("currency",)),
    accounts.DOOR,
    ModelTable(
        "funding_sources",
        FundingSource,
        {
            "source": "code",
            **same("name", "kind", "starts_on", "ends_on", "amount", "pays_travel", "conditions"),
        },
        ("source",),
    ),
    PairTable("source_quarters", FundingSource, "quarters", ("source", "quarter"), "quarter"),
    PairTable("source_offers", FundingSource, "offers", ("source", "offer")),
    PairTable("source_modules", FundingSource, "modules", ("source", "module")),
    ModelTable("trips", Travel, same("from_region", "to_region", "cost"),
               ("from_region", "to_region")),
    ModelTable(
        "planning_parameters",
        PlanningParameters,
        same(
            "horizon_start", "horizon_end", "discount_beta", "lambda_cost", "lambda_smooth",
            "per_diem", "max_days_staff_year",
        ),
        ("horizon_start",),
    ),
)  # fmt: skip
