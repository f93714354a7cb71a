"""Forms of rulings on needs, of money, of learning paths, and of what modules lift."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from competencies.forms.pages import CompetencyField, offer_competencies
from competencies.models import IN_FORCE, Competency, LearningPath, Level
from hrplan.core.choosing import offer_choices
from hrplan.core.models import Administration
from hrplan.core.row_forms import DayInput, RowForm, TagsField
from training_calendar import wording
from training_calendar.analysis.costs import ON_LINES
from training_calendar.models import (
    BudgetLine,
    ExchangeRate,
    FundingSource,
    NeedRuling,
    Outcome,
    PathStep,
)


class RulingForm(RowForm):
    """What is ruled about a need."""

    class Meta:
        model = NeedRuling
        fields = ("competency", "profile", "cause", "ground", "link", "deadline", "reason")
        widgets = {"deadline": DayInput(), "reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "profile": _("Empty: all job profiles. One on a profile goes before one on all."),
            "cause": _(
                "Why people fall short. Training answers the first and the last; with any other"
                " cause the plan trains nobody for it. Empty: nobody looked, and it is trained."
            ),
            "ground": _("Counts once another member, of HR or the head, has approved it."),
            "link": _("Empty: as the duties in law and reform make it."),
            "deadline": _("Of a law, a system or a retirement; a near one is urgent."),
            "reason": _("Due with a place in the top band, and with a cause but the first."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name == "competency":
            return rows.filter(framework__state=IN_FORCE)
        return rows


class SourceForm(RowForm):
    """Who pays for training, in which window, under which conditions."""

    class Meta:
        model = FundingSource
        fields = (
            *("code", "name", "kind", "starts_on", "ends_on", "amount", "quarters", "offers"),
            *("modules", "pays_travel", "conditions"),
        )
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "conditions": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "starts_on": _("What it pays for begins within its window; empty: no limit."),
            "amount": _("Empty: not known, or no cash but courses."),
            "quarters": _("Whose money holds this amount; if it drops out they have less."),
            "offers": _("Courses that are not held if it drops out."),
            "modules": _("Empty: any module."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.select_related("module") if name == "offers" else rows


class RateForm(RowForm):
    """What a unit of the catalogue's currency is worth, on which day, and who says so."""

    class Meta:
        model = ExchangeRate
        fields = ("currency", "rate", "on", "source")
        widgets = {"on": DayInput()}
        help_texts = {
            "currency": _("Three letters of ISO 4217, such as BZD: that of the catalogue."),
            "rate": _("How much of your own currency one unit of it is; above 0."),
            "on": _("The day on which it was so."),
            "source": _("Such as the central bank. Each module names it with its price."),
        }


def cost_items(administration: Administration) -> dict[str, str]:
    """The items of cost that fall on budget lines, in words."""
    return {item: wording.cost_item(item) for item in ON_LINES}


class LineForm(RowForm):
    """A budget line, and the items of the cost of training that fall on it."""

    items = TagsField(
        cost_items,
        label=_("Cost items"),
        help_text=_("What a new plan puts on this line. An item stands on one line at most."),
    )

    class Meta:
        model = BudgetLine
        fields = ("code", "title", "items", "is_travel")
        help_texts = {
            "code": _("As the Estimates have it, such as 31-3."),
            "is_travel": _("Its amounts count in the share of travel."),
        }


class PathForm(RowForm):
    """What a staff level, or one job profile, is to learn."""

    class Meta:
        model = LearningPath
        fields = ("staff_level", "profile", "aim", "route", "hours_a_year", "position")
        labels = {"position": _("Place in the list")}
        widgets = {
            "aim": forms.Textarea(attrs={"rows": 2}),
            "route": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "profile": _("Empty: the path of the whole level. One of a profile goes before it."),
            "route": _("How: the mix of classes, own study and practice."),
        }


class StepForm(RowForm):
    """One step of a learning path."""

    class Meta:
        model = PathStep
        fields = ("path", "position", "module", "programme", "milestone", "within_months")
        help_texts = {
            "module": _("Choose a module or a programme, not both."),
            "milestone": _("Such as: before promotion to supervisor."),
            "within_months": _("Counted from the day of joining; empty: no day."),
        }


class OutcomeForm(RowForm):
    """A competency that a module lifts; the levels are those of the scale in force."""

    competency = CompetencyField(label=_("Competency"))
    level_from = forms.TypedChoiceField(
        label=_("Level needed before"),
        coerce=int,
        help_text=_("Who holds less is not sent. 0: the module begins with nothing."),
    )
    level_to = forms.TypedChoiceField(
        label=_("Level reached"),
        coerce=int,
        help_text=_("What somebody holds who has completed the module."),
    )

    class Meta:
        model = Outcome
        fields = ("competency", "level_from", "level_to")

    def __init__(self, *args: Any, administration: Administration, **options: Any) -> None:
        super().__init__(*args, administration=administration, **options)
        own = Competency.objects.filter(administration=administration, framework__state=IN_FORCE)
        offer_competencies(self, own)
        rows = Level.objects.filter(
            framework__administration=administration, framework__state=IN_FORCE
        )
        scale = [(level, f"{level} {name}") for level, name in rows.values_list("level", "name")]
        offer_choices(self, "level_from", scale[:-1])
        offer_choices(self, "level_to", [("", _("Choose a level")), *scale[1:]])
