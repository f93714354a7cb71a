"""What comes in by pages of the strategy; the use cases check and save."""

from typing import Any, cast

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hrplan.core.row_forms import DayInput, ListField, RowForm
from hrplan.strategy.models import (
    Consultation,
    Indicator,
    Initiative,
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
)


class StrategyRowForm(RowForm):
    """A row of the strategy in force hangs on others of the same strategy."""

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name in ("objective", "initiative"):
            return rows.filter(strategy__is_current=True)
        return rows


def _form(
    kind: type[models.Model],
    names: tuple[str, ...],
    *,
    lists: tuple[str, ...] = (),
    short: tuple[str, ...] = (),
) -> type[RowForm]:
    """A form of a model: days with a date picker, long texts of four rows or, if short, two."""
    widgets: dict[str, forms.Widget] = {}
    for name in names:
        field = kind._meta.get_field(name)
        if isinstance(field, models.DateField):
            widgets[name] = DayInput()
        elif isinstance(field, models.TextField):
            widgets[name] = forms.Textarea(attrs={"rows": 2 if name in short else 4})
    made = {
        name: ListField(
            label=cast(models.Field[Any, Any], kind._meta.get_field(name)).verbose_name,
            required=False,
            help_text=_("Codes, parted by semicolons."),
        )
        for name in lists
    }
    meta = type("Meta", (), {"model": kind, "fields": names, "widgets": widgets})
    return type(f"{kind.__name__}Form", (StrategyRowForm,), {"Meta": meta, **made})


StrategyForm = _form(
    Strategy,
    ("code", "title", "exercise", "starts_on", "ends_on", "vision", "mandate", "foreword"),
)
PrincipleForm = _form(Principle, ("title", "text", "position"))
ObjectiveForm = _form(
    Objective,
    (
        "code",
        "title",
        "rationale",
        "corporate_objectives",
        "domains",
        "reference_points",
        "owner",
    ),
    lists=("domains", "reference_points"),
)
_INDICATOR = ("code", "title", "objective", "formula", "unit", "better", "baseline")
_MORE = ("baseline_on", "target", "target_on", "owner", "source", "reference_points")
IndicatorForm = _form(
    Indicator, (*_INDICATOR, *_MORE), lists=("reference_points",), short=("formula",)
)
# A target that stands is moved on the indicator's page, where the reason is asked for.
IndicatorChangeForm = _form(
    Indicator,
    (*_INDICATOR, *(name for name in _MORE if not name.startswith("target"))),
    lists=("reference_points",),
    short=("formula",),
)
InitiativeForm = _form(
    Initiative,
    (
        "code",
        "theme",
        "title",
        "objective",
        "action",
        "owner",
        "starts_on",
        "ends_on",
        "depends_on",
        "legal_change",
    ),
)
MilestoneForm = _form(Milestone, ("initiative", "title", "due_on"))
RiskForm = _form(Risk, ("code", "title", "likelihood", "impact", "owner", "mitigation", "scope"))
CostForm = _form(
    StrategyCost,
    (
        "initiative",
        "fiscal_year",
        "budget_line",
        "title",
        "quantity",
        "unit",
        "rate",
        "amount",
        "funding",
        "source",
        "rate_source",
        "is_recurrent",
    ),
)
ObligationForm = _form(
    Obligation,
    ("code", "title", "source", "due_on", "training_need", "competencies"),
    lists=("competencies",),
)
DecisionForm = _form(RequestedDecision, ("number", "text", "body"))
ResponsibilityForm = _form(
    Responsibility,
    ("task", "responsible", "accountable", "consulted", "informed", "position"),
)
PolicyRuleForm = _form(PolicyRule, ("kind", "title", "text", "position"))
ConsultationForm = _form(Consultation, ("held_on", "body", "view"))


class MeasurementForm(forms.Form):
    """The value of an indicator on one day."""

    measured_on = forms.DateField(label=_("Day"), widget=DayInput())
    value = forms.DecimalField(label=_("Value"), max_digits=12, decimal_places=2)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class TargetForm(forms.Form):
    """A target moved, with the reason that is printed with it."""

    target = forms.DecimalField(label=_("New target"), max_digits=12, decimal_places=2)
    target_on = forms.DateField(
        label=_("To be reached by"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: the day stays as it is."),
    )
    reason = forms.CharField(
        label=_("Why it is moved"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class DoneForm(forms.Form):
    """The day on which something was done."""

    done_on = forms.DateField(label=_("Done on"), widget=DayInput())
