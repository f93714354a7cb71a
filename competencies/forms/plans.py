"""Forms of an individual plan: what is agreed, and its review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import IndividualPlan
from hrplan.core.row_forms import DayInput, RowForm


class AgreeForm(RowForm):
    """What a person and the supervisor agree."""

    class Meta:
        model = IndividualPlan
        fields = ("agreed_on", "text", "review_on")
        widgets = {
            "agreed_on": DayInput(),
            "review_on": DayInput(),
            "text": forms.Textarea(attrs={"rows": 8}),
        }
        labels = {"text": _("What is agreed")}
        help_texts = {
            "text": _("What the person will learn or do, by when, and what the supervisor gives."),
            "review_on": _("Usually half a year later."),
        }


class ReviewForm(RowForm):
    """What became of a plan; both fields are needed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            field.required = True
        self.initial["reviewed_on"] = (
            self.instance.reviewed_on or self.instance.administration.as_of
        )

    class Meta:
        model = IndividualPlan
        fields = ("reviewed_on", "outcome")
        widgets = {"reviewed_on": DayInput(), "outcome": forms.Textarea(attrs={"rows": 5})}
