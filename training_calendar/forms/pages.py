"""What comes in by pages of training: filters, the wish for a plan, changes to a session."""

from collections.abc import Sequence
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from competencies.models import IN_FORCE, Competency, Unit
from hrplan.core.choosing import without_choice
from hrplan.core.filters import Choices, Filter
from hrplan.core.models import Administration
from training_calendar.models import (
    Budget,
    Calendar,
    Intervention,
    Mode,
    Module,
    NeedRuling,
    Provider,
)

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
REASON_HELP = _("Kept with the change and printed in the log of the calendar.")


class ModuleFilter(Filter):
    """Narrows the catalogue."""

    words = forms.CharField(label=_("Title or code"), required=False, max_length=100)
    provider = forms.ChoiceField(label=_("Provider"), required=False)
    mode = forms.ChoiceField(label=_("Mode"), required=False)
    competency = forms.ChoiceField(label=_("Competency"), required=False)


class NeedFilter(Filter):
    """Narrows the needs."""

    competency = forms.ChoiceField(label=_("Competency"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    reason = forms.ChoiceField(label=_("Why it stays open"), required=False)
    change = forms.ChoiceField(label=_("What would meet it"), required=False)


class PriorityFilter(Filter):
    """Narrows the list of priorities."""

    band = forms.ChoiceField(label=_("Band"), required=False)
    profile = forms.ChoiceField(label=_("Job profile"), required=False)
    competency = forms.ChoiceField(label=_("Competency"), required=False)
    cause = forms.ChoiceField(label=_("Cause"), required=False)


class ProgressFilter(Filter):
    """Narrows the people in a programme."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    profile = forms.ChoiceField(label=_("Job profile"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)


TRAINED: Choices = [("yes", _("completed training")), ("no", _("attended none"))]


class BehindFilter(Filter):
    """Narrows the people behind the training effect; the day is that of the figures."""

    before = forms.DateField(required=False, widget=forms.HiddenInput())
    trained = forms.ChoiceField(label=_("Who"), required=False, choices=TRAINED)
    competency = forms.ChoiceField(label=_("Competency"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)


class AttendanceForm(forms.Form):
    """What somebody attended."""

    hours = forms.DecimalField(
        label=_("Hours attended"), min_value=0, max_digits=6, decimal_places=1
    )
    is_completed = forms.BooleanField(
        label=_("Completed"),
        required=False,
        help_text=_("Proposes the levels the module leads to; somebody decides on each."),
    )


class CalendarFilter(Filter):
    """Narrows the calendar."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)
    unit = forms.ChoiceField(label=_("Station or unit"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)


class TimelineFilter(CalendarFilter):
    """The same, and what the rows of the timeline are."""

    by = forms.ChoiceField(
        label=_("A row for each"),
        required=False,
        choices=[
            ("venue", _("venue")),
            ("trainer", _("trainer")),
            ("unit", _("station or unit")),
            ("module", _("module")),
        ],
    )

    def hide_trainers(self) -> None:
        """Rows of trainers bear names, which not everybody sees."""
        without_choice(self, "by", "trainer")


class CoverFilter(Filter):
    """The quarter whose weeks are shown."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)


class InterventionFilter(Filter):
    """Narrows the interventions of a plan."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    funding = forms.ChoiceField(label=_("Funding"), required=False)


class PlanForm(forms.Form):
    """What a plan is asked for with."""

    budget_percent = forms.IntegerField(
        label=_("Share of the budget"),
        min_value=10,
        max_value=200,
        initial=100,
        help_text=_("In per cent of the money entered by quarter."),
    )
    effort = forms.IntegerField(
        label=_("Effort"),
        min_value=1,
        max_value=400,
        help_text=_(
            "Passes of the search: more find better plans and take longer, for 200 people a second "
            "each or less. The page shows how far it is, and you can stop it."
        ),
    )


class ReasonForm(forms.Form):
    """Why a session is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON_HELP)


def with_quarter(query: QueryDict, quarters: Sequence[Budget], on: date) -> QueryDict:
    """The address asked for, with the quarter of a day where it names none; empty means all."""
    if "quarter" in query or not quarters:
        return query
    data = query.copy()
    data["quarter"] = next((q.quarter for q in quarters if q.ends_on >= on), quarters[0].quarter)
    return data


def quarter_span(quarters: Sequence[Budget], label: str) -> tuple[date, date] | None:
    """First and last day of the quarter of that name; None for all."""
    return next(((q.starts_on, q.ends_on) for q in quarters if q.quarter == label), None)


def provider_choices(administration: Administration) -> Choices:
    rows = Provider.objects.filter(administration=administration, modules__isnull=False)
    return list(rows.distinct().values_list("code", "name"))


def competency_choices(administration: Administration) -> Choices:
    rows = Competency.objects.filter(administration=administration, framework__state=IN_FORCE)
    pairs = rows.order_by("position").values_list("code", "title")
    return [(code, f"{code} {title}") for code, title in pairs]


def unit_choices(administration: Administration) -> Choices:
    return list(Unit.objects.filter(administration=administration).values_list("code", "title"))


def quarter_choices(quarters: Sequence[Budget]) -> Choices:
    return [(quarter.quarter, quarter.quarter) for quarter in quarters]


def module_choices(calendar: Calendar | None) -> Choices:
    """The modules that have a session in the calendar."""
    rows = Module.objects.filter(sessions__calendar=calendar).distinct() if calendar else ()
    return [(module.code, f"{module.code} {module.title}") for module in rows]


MODES: Choices = [(mode.value, mode.label) for mode in Mode]
KINDS: Choices = [(kind.value, kind.label) for kind in Intervention.Kind]
FUNDING: Choices = [(funding.value, funding.label) for funding in Intervention.Funding]
CAUSES: Choices = [("none", _("nobody looked")), *NeedRuling.Cause.choices]
