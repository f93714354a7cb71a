"""How the tables of strategy stand in the database: rows of the strategy in force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hrplan.core.models import Administration
from hrplan.core.tables import Door, ModelTable, Row, same
from hrplan.strategy.library.catalogue import by_code
from hrplan.strategy.library.filling import filled
from hrplan.strategy.models import (
    Consultation,
    Indicator,
    Initiative,
    Measurement,
    Milestone,
    Objective,
    Obligation,
    PolicyRule,
    Principle,
    RequestedDecision,
    Responsibility,
    Risk,
    Strategy,
    StrategyCost,
    TargetChange,
)

OF = {"strategy": "strategy__code"}
POINTS = frozenset({"reference_points"})


@dataclass(frozen=True, slots=True)
class StrategyTable(ModelTable):
    """The strategies of an administration: one taken in as in force ends the one before."""

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        ModelTable.save(self, administration, added, changed)
        stated = [row for row in [*added, *changed] if row.get("is_current")]
        if stated:
            last = max(stated, key=lambda row: row["starts_on"])
            others = self.queryset(administration).exclude(code=last["strategy"])
            others.update(is_current=False)


@dataclass(frozen=True, slots=True)
class CurrentTable(ModelTable):
    """A table of the strategy in force: its rows, and the codes it points to, are of that one.

    strategy : path from the model to its strategy
    current : the relations that point to rows of a strategy
    """

    strategy: str = "strategy"
    current: tuple[str, ...] = ()

    def queryset(self, administration: Administration) -> models.QuerySet:
        rows = ModelTable.queryset(self, administration)
        return rows.filter(**{f"{self.strategy}__is_current": True})

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        if "strategy" in self.columns:
            _refuse_another(administration, self.name, [*added, *changed])
        own: dict[str, Any] = {
            "strategy__administration": administration,
            "strategy__is_current": True,
        }
        bound = replace(self, within=dict.fromkeys(self.current, own))
        ModelTable.save(bound, administration, added, changed)


@dataclass(frozen=True, slots=True)
class IndicatorTable(CurrentTable):
    """Indicators: what is left empty is taken from the catalogue's entry of the code."""

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        known = by_code(administration.currency)
        given = [[filled(row, known.get(row["indicator"])) for row in rows]
                 for rows in (added, changed)]  # fmt: skip
        for row in (*given[0], *given[1]):
            _refuse_half_bands(row)
        CurrentTable.save(self, administration, *given)


def _refuse_half_bands(row: Row) -> None:
    """Refuse what the database would: half a band, or one where no band is meant."""
    low, high = row.get("band_low"), row.get("band_high")
    words = ""
    if (low is None) != (high is None) or (low is not None and low >= high):
        words = _("Indicator %(code)s: state both ends of the band, the lower one first.")
    elif low is not None and row["better"] != Indicator.Better.BAND:
        words = _("Indicator %(code)s: only one that is better within a band has a band.")
    if words:
        raise ValidationError(words % {"code": row["indicator"]})


def _refuse_another(administration: Administration, table: str, rows: Sequence[Row]) -> None:
    """Refuse rows of a strategy that isn't in force: the table shows only the one that is."""
    current = Strategy.objects.filter(administration=administration, is_current=True)
    known = set(current.values_list("code", flat=True))
    others = sorted({str(row["strategy"]) for row in rows if row["strategy"] not in known})
    if others:
        words = _("Table %(table)s holds rows of %(names)s, which is not the strategy in force.")
        raise ValidationError(words % {"table": table, "names": ", ".join(others)})


# fmt: off
DOORS: tuple[Door, ...] = (
    StrategyTable(
        "strategy", Strategy,
        {"strategy": "code", "title": "title", "exercise": "exercise__code",
         **same("starts_on", "ends_on", "vision", "mandate", "foreword", "is_current")},
        ("strategy",),
    ),
    CurrentTable(
        "principles", Principle, {**OF, **same("title", "text", "position")},
        ("strategy", "title"),
    ),
    CurrentTable(
        "objectives", Objective,
        {**OF, "objective": "code",
         **same("title", "rationale", "reference_points", "domains", "findings", "owner")},
        ("strategy", "objective"), lists=POINTS | {"domains", "findings"},
    ),
    CurrentTable(
        "objective_links", Objective.corporate_objectives.through,
        {"objective": "objective__code", "corporate_objective": "corporateobjective__code"},
        ("objective", "corporate_objective"),
        owner="objective__administration", strategy="objective__strategy", current=("objective",),
    ),
    IndicatorTable(
        "indicators", Indicator,
        {**OF, "indicator": "code", "objective": "objective__code",
         **same("title", "formula", "unit", "better", "baseline", "baseline_on", "target",
                 "target_on", "band_low", "band_high", "owner", "source", "limits",
                 "reference_points")},
        ("strategy", "indicator"), lists=POINTS, current=("objective",),
    ),
    CurrentTable(
        "indicator_modules", Indicator.modules.through,
        {"indicator": "indicator__code", "module": "module__code"},
        ("indicator", "module"),
        owner="indicator__administration", strategy="indicator__strategy", current=("indicator",),
    ),
    CurrentTable(
        "measurements", Measurement,
        {"indicator": "indicator__code", **same("measured_on", "value", "note")},
        ("indicator", "measured_on"), strategy="indicator__strategy", current=("indicator",),
    ),
    CurrentTable(
        "target_changes", TargetChange,
        {"indicator": "indicator__code", **same("changed_on", "before", "after", "band_before",
                                                  "band_after", "reason")},
        ("indicator", "changed_on"), strategy="indicator__strategy", current=("indicator",),
    ),
    CurrentTable(
        "initiatives", Initiative,
        {**OF, "initiative": "code", "objective": "objective__code",
         **same("theme", "title", "action", "owner", "starts_on", "ends_on", "depends_on",
                 "legal_change", "recommendations")},
        ("strategy", "initiative"), lists=frozenset({"recommendations"}), current=("objective",),
    ),
    CurrentTable(
        "milestones", Milestone,
        {"initiative": "initiative__code", **same("title", "due_on", "done_on")},
        ("initiative", "title"), strategy="initiative__strategy", current=("initiative",),
    ),
    CurrentTable(
        "risks", Risk,
        {**OF, "risk": "code",
         **same("title", "likelihood", "impact", "owner", "mitigation", "scope")},
        ("strategy", "risk"),
    ),
    CurrentTable(
        "strategy_costs", StrategyCost,
        {"initiative": "initiative__code",
         **same("fiscal_year", "budget_line", "title", "quantity", "unit", "rate", "amount",
                 "funding", "source", "rate_source", "priced_on", "is_recurrent")},
        ("initiative", "fiscal_year", "budget_line", "title"),
        strategy="initiative__strategy", current=("initiative",),
    ),
    ModelTable(
        "obligations", Obligation,
        {"obligation": "code", **same("title", "source", "due_on", "training_need",
                                       "competencies")},
        ("obligation",), lists=frozenset({"competencies"}),
    ),
    CurrentTable(
        "requested_decisions", RequestedDecision, {**OF, **same("number", "text", "body")},
        ("strategy", "number"),
    ),
    CurrentTable(
        "responsibilities", Responsibility,
        {**OF, **same("task", "responsible", "accountable", "consulted", "informed", "position")},
        ("strategy", "task"),
    ),
    ModelTable("policy_rules", PolicyRule, same("kind", "title", "text", "position"),
               ("kind", "title")),
    CurrentTable(
        "consultations", Consultation, {**OF, **same("held_on", "body", "view")},
        ("strategy", "held_on", "body"),
    ),
)
# fmt: on
