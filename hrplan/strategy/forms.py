"""What comes in by pages of the strategy; the use cases check and save."""

from typing import Any, cast

from django import forms
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from competencies.models import IN_FORCE, Competency
from diagnostics.models import Domain, Finding, Questionnaire, Recommendation
from hrplan.core.choosing import offer_choices
from hrplan.core.filters import Filter
from hrplan.core.models import Administration
from hrplan.core.row_forms import DayInput, RowForm, TagsField
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
from training_calendar.usecases.accounts import chart

Help = dict[str, str | Promise]
POSITION = _("Its place among the others: the smallest comes first.")
OWNER = _("The post that answers for it, not a person's name.")


class StrategyRowForm(RowForm):
    """A row of the strategy in force hangs on others of the same strategy."""

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name in ("objective", "initiative"):
            return rows.filter(strategy__is_current=True)
        return rows


def competency_titles(administration: Administration) -> dict[str, str]:
    """code -> code and title of the competencies of the framework in force."""
    rows = Competency.objects.filter(administration=administration, framework__state=IN_FORCE)
    pairs = rows.order_by("position").values_list("code", "title")
    return {code: f"{code} {title}" for code, title in pairs}


def domain_titles(administration: Administration) -> dict[str, str]:
    """code -> title of the domains of the questionnaires the strategy's exercise uses."""
    used = Questionnaire.objects.filter(exercises__strategies__in=_current(administration))
    rows = Domain.objects.filter(questionnaire__in=used).order_by("questionnaire", "position")
    return dict(rows.values_list("code", "title"))


def finding_titles(administration: Administration) -> dict[str, str]:
    """code -> title of the weaknesses found in the strategy's exercise, the gravest first."""
    rows = Finding.objects.filter(
        exercise__strategies__in=_current(administration), kind=Finding.Kind.WEAKNESS, rank__gt=0
    )
    return {code: f"{code} {title}" for code, title in rows.values_list("code", "title")}


def recommendation_titles(administration: Administration) -> dict[str, str]:
    """mark -> finding and text of what is recommended there and no initiative carries out yet."""
    carried = Initiative.objects.filter(strategy__in=_current(administration))
    taken = {mark for marks in carried.values_list("recommendations", flat=True) for mark in marks}
    rows = Recommendation.objects.filter(
        finding__exercise__strategies__in=_current(administration)
    ).order_by("finding__code", "position")
    found = rows.values_list("finding__rank", "finding__code", "position", "text")
    ordered = sorted(found, key=lambda row: (row[0] == 0, row[0]))  # what is only noted is last
    titles = {f"{code}:{place}": f"{code} {text}" for _rank, code, place, text in ordered}
    return {mark: title for mark, title in titles.items() if mark not in taken}


def point_titles(administration: Administration) -> dict[str, str]:
    """code -> title of the reference points of the same questionnaires."""
    used = Questionnaire.objects.filter(exercises__strategies__in=_current(administration))
    found: dict[str, str] = {}
    for references in used.values_list("references", flat=True):
        found |= references.get("reference_points", {})
    return found


def _current(administration: Administration) -> QuerySet[Strategy]:
    return Strategy.objects.filter(administration=administration, is_current=True)


TAGS = {
    "competencies": competency_titles,
    "domains": domain_titles,
    "findings": finding_titles,
    "recommendations": recommendation_titles,
    "reference_points": point_titles,
}


def _form(
    kind: type[models.Model],
    names: tuple[str, ...],
    *,
    rows: dict[str, int] | None = None,
    helped: Help | None = None,
) -> type[RowForm]:
    """A form of a model: days with a date picker, tags by their titles, help where it is needed.

    rows : lines of a long text, four where nothing is said
    """
    widgets: dict[str, forms.Widget] = {}
    made: dict[str, forms.Field] = {}
    for name in names:
        field = cast("models.Field[Any, Any]", kind._meta.get_field(name))
        if name in TAGS:
            words = (helped or {}).get(name, "")
            made[name] = TagsField(TAGS[name], label=capfirst(field.verbose_name), help_text=words)
        elif isinstance(field, models.DateField):
            widgets[name] = DayInput()
        elif isinstance(field, models.TextField):
            widgets[name] = forms.Textarea(attrs={"rows": (rows or {}).get(name, 4)})
        elif isinstance(field, models.ManyToManyField):
            widgets[name] = forms.CheckboxSelectMultiple()
    meta = {"model": kind, "fields": names, "widgets": widgets, "help_texts": helped or {}}
    parts = {"Meta": type("Meta", (), meta), **made}
    return type(f"{kind.__name__}Form", (StrategyRowForm,), parts)


StrategyForm = _form(
    Strategy,
    ("code", "title", "exercise", "starts_on", "ends_on", "vision", "mandate", "foreword"),
    rows={"mandate": 8, "foreword": 12},
    helped={
        "code": _("A short name without blanks, such as hr-2016-2019."),
        "exercise": _("The diagnostic whose findings the strategy answers."),
        "vision": _("Where the administration will stand at the end, in two or three sentences."),
        "foreword": _("Printed as the first section of the document."),
    },
)
PrincipleForm = _form(Principle, ("title", "text", "position"), helped={"position": POSITION})
ObjectiveForm = _form(
    Objective,
    (
        "code",
        "title",
        "rationale",
        "corporate_objectives",
        "domains",
        "findings",
        "reference_points",
        "owner",
    ),
    helped={
        "code": _("Short and used once, such as SO7."),
        "rationale": _("What the diagnostic found that makes it needed."),
        "findings": _("Weaknesses that the strategy's diagnostic found, the gravest first."),
        "owner": OWNER,
    },
)
_INDICATOR = ("code", "title", "objective", "formula", "unit", "better", "baseline")
_AIM = ("target", "target_on", "band_low", "band_high")
_LAST = ("owner", "source", "limits", "reference_points", "modules")
_INDICATOR_HELP: Help = {
    "code": _(
        "Short and used once, such as K40. Where the catalogue has the code, an empty formula, "
        "unit, direction, source or limits is taken from there."
    ),
    "formula": _("How the value is worked out, in words."),
    "unit": _("Such as %, days or hours; it is written after each value."),
    "better": _("The direction in which the value shall move; empty: as the catalogue has it."),
    "band_low": _("For a value that is best between two ends; both are stated or none."),
    "limits": _("How far the figure can be trusted, and what it leaves out."),
    "owner": OWNER,
    "source": _("The list or register the value is taken from."),
    "modules": _("Its value before and after their sessions is set side by side."),
}
_INDICATOR_ROWS = {"formula": 2, "limits": 2}
IndicatorForm = _form(
    Indicator,
    (*_INDICATOR, "baseline_on", *_AIM, *_LAST),
    rows=_INDICATOR_ROWS,
    helped=_INDICATOR_HELP,
)
# A target or a band that stands is moved on the indicator's page, where the reason is asked for.
IndicatorChangeForm = _form(
    Indicator,
    (*_INDICATOR, "baseline_on", *_LAST),
    rows=_INDICATOR_ROWS,
    helped=_INDICATOR_HELP,
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
        "recommendations",
    ),
    helped={
        "code": _("Short and used once, such as A25."),
        "action": _("What is done, step by step."),
        "owner": OWNER,
        "depends_on": _("What must stand first; a code in brackets names another initiative."),
        "legal_change": _("The law, order or consent it needs."),
        "recommendations": _(
            "Of the strategy's diagnostic, those no other initiative carries out."
        ),
    },
)
MilestoneForm = _form(
    Milestone,
    ("initiative", "title", "due_on"),
    helped={"title": _("Something that can be shown when it is there.")},
)
RiskForm = _form(
    Risk,
    ("code", "title", "likelihood", "impact", "owner", "mitigation", "scope"),
    helped={
        "code": _("Short and used once, such as R15."),
        "likelihood": _("1 hardly ever, 5 almost surely."),
        "impact": _("1 hardly felt, 5 the aim is missed."),
        "owner": OWNER,
        "mitigation": _("What is done so that it does not happen, or hurts less."),
        "scope": _("The document whose list of risks prints it."),
    },
)
_CostForm = _form(
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
        "priced_on",
        "is_recurrent",
    ),
    helped={
        "fiscal_year": _("Such as 2016/17."),
        "unit": _("What the quantity counts, such as days."),
        "rate": _("The price of one unit, in the currency of the administration."),
        "amount": _("Quantity times rate."),
        "rate_source": _("The tariff, invoice or offer the rate is taken from."),
        "priced_on": _("The day on which the rate held. Empty: not known."),
        "is_recurrent": _("The same is needed in the years after."),
    },
)


class CostForm(_CostForm):  # type: ignore[valid-type, misc]
    """A cost line; its budget line is one of the chart of accounts, or the one it has."""

    budget_line = forms.ChoiceField(
        label=_("Budget line"),
        help_text=_("A line of the chart of accounts, which the HR officer keeps."),
    )

    def __init__(self, *args: Any, administration: Administration, **options: Any) -> None:
        super().__init__(*args, administration=administration, **options)
        offered, held = dict(chart(administration).titles), self.instance.budget_line
        if held and held not in offered:
            words = gettext("%(code)s (not on the chart of accounts)")
            offered = {held: words % {"code": held}, **offered}
        offer_choices(self, "budget_line", [("", _("Choose a line")), *offered.items()])


ObligationForm = _form(
    Obligation,
    ("code", "title", "source", "due_on", "training_need", "competencies"),
    helped={
        "code": _("Short and used once, such as TFA-7.1."),
        "source": _("The law, order or agreement, with its article."),
        "due_on": _("Empty: it holds without a date."),
        "training_need": _("Who must be able to do what."),
    },
)
DecisionForm = _form(
    RequestedDecision,
    ("number", "text", "body"),
    helped={
        "number": _("Its number in the list of decisions."),
        "body": _("Such as the Ministry of Finance or the Public Service Commission."),
    },
)
ResponsibilityForm = _form(
    Responsibility,
    ("task", "responsible", "accountable", "consulted", "informed", "position"),
    helped={
        "responsible": _("Who does the work."),
        "accountable": _("Who answers for it: one post."),
        "consulted": _("Who is asked before."),
        "informed": _("Who is told after."),
        "position": POSITION,
    },
)
PolicyRuleForm = _form(
    PolicyRule,
    ("kind", "title", "text", "position"),
    helped={"kind": _("The section of the documents that prints it."), "position": POSITION},
)
ConsultationForm = _form(
    Consultation,
    ("held_on", "body", "view"),
    helped={"body": _("With whom it was discussed."), "view": _("What they held, in short.")},
)


class MeasurementForm(forms.Form):
    """The value of an indicator on one day."""

    measured_on = forms.DateField(label=_("Day"), widget=DayInput())
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=12,
        decimal_places=2,
        help_text=_("In the unit of the indicator, without the unit."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)


class TargetForm(forms.Form):
    """A target moved, with the reason that is printed with it."""

    target = forms.DecimalField(
        label=_("New target"),
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("Empty: the target stays as it is."),
    )
    band_low = forms.DecimalField(
        label=_("New lower end of the band"), max_digits=12, decimal_places=2, required=False
    )
    band_high = forms.DecimalField(
        label=_("New upper end of the band"),
        max_digits=12,
        decimal_places=2,
        required=False,
        help_text=_("Both ends, or none where the band stays as it is."),
    )
    target_on = forms.DateField(
        label=_("To be reached by"),
        required=False,
        widget=DayInput(),
        help_text=_("Empty: the day stays as it is."),
    )
    reason = forms.CharField(
        label=_("Why it is moved"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed with the old and the new target."),
    )

    def clean(self) -> dict[str, Any]:
        """The two ends of the band become one; half a band is refused."""
        given = super().clean() or {}
        low, high = given.pop("band_low", None), given.pop("band_high", None)
        if (low is None) != (high is None):
            raise forms.ValidationError(_("State both ends of the band, the lower one first."))
        given["band"] = None if low is None else (low, high)
        return given


class DoneForm(forms.Form):
    """The day on which something was done."""

    done_on = forms.DateField(label=_("Done on"), widget=DayInput())


class IndicatorFilter(Filter):
    """Narrows the indicators."""

    objective = forms.ChoiceField(label=_("Objective"), required=False)
    point = forms.ChoiceField(label=_("Reference point"), required=False)
    standing = forms.ChoiceField(label=_("Standing"), required=False)


class InitiativeFilter(Filter):
    """Narrows the initiatives."""

    theme = forms.ChoiceField(label=_("Theme"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)


class CostFilter(Filter):
    """Narrows the cost lines of the initiatives."""

    year = forms.ChoiceField(label=_("Fiscal year"), required=False)
    funding = forms.ChoiceField(label=_("Funding"), required=False)
