"""Forms of an exercise: what it asks and when, and the dates and owners of its steps."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diagnostics.models import Exercise, Questionnaire
from hrplan.core.row_forms import DayInput, RowForm

POST = gettext_lazy("The post that answers for it, not a person's name.")


class ExerciseForm(RowForm):
    """A diagnostic: its name, its questionnaires, its days, who answers for it."""

    class Meta:
        model = Exercise
        fields = ("code", "title", "questionnaires", "starts_on", "ends_on", "owner", "purpose")
        widgets = {
            "questionnaires": forms.CheckboxSelectMultiple,
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "purpose": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "code": gettext_lazy("A short name without blanks, used once, such as hr-2018."),
            "title": gettext_lazy("As printed, such as Human-resources diagnostic 2018."),
            "questionnaires": gettext_lazy("At least one that rates maturity."),
            "owner": POST,
            "purpose": gettext_lazy("Why it is held, in two or three sentences."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name != "questionnaires":
            return rows
        return rows.filter(is_draft=False).exclude(kind=Questionnaire.Kind.TABLE)


class StepsForm(forms.Form):
    """Three fields for each state of an exercise: planned for, done on, who answers."""

    def __init__(self, *args: Any, steps: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = list(steps)
        for step in self.steps:
            self._add(f"planned_{step.key}", _("Planned for"), step.planned_on)
            self._add(f"done_{step.key}", _("Done on"), step.done_on)
            self.fields[f"owner_{step.key}"] = forms.CharField(
                label=_("Answers for it"), required=False, max_length=120, initial=step.owner
            )

    def _add(self, name: str, label: str, initial: date | None) -> None:
        self.fields[name] = forms.DateField(
            label=label, required=False, initial=initial, widget=DayInput()
        )

    @property
    def faulty(self) -> list[BoundField]:
        return [bound for bound in self if bound.errors]

    def lines(self) -> Iterator[tuple[Any, list[BoundField]]]:
        """Each step with its three fields."""
        for step in self.steps:
            yield step, [self[f"{part}_{step.key}"] for part in ("planned", "done", "owner")]

    def dates(self) -> dict[str, dict[str, Any]]:
        """State -> planned_on, done_on, owner, as they were sent."""
        given = self.cleaned_data
        return {
            step.key: {
                "planned_on": given[f"planned_{step.key}"],
                "done_on": given[f"done_{step.key}"],
                "owner": given[f"owner_{step.key}"],
            }
            for step in self.steps
        }
