"""What comes in by pages of the register; the use cases check and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_rows
from hrplan.core.row_forms import DayInput, ListField, RowForm
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner


class PartnerForm(RowForm):
    class Meta:
        model = Partner
        fields = ("code", "name", "kind")


class ActivityForm(RowForm):
    competencies = ListField(
        label=_("Competencies it builds"),
        required=False,
        help_text=_("Codes of the framework, parted by semicolons."),
    )
    role_groups = ListField(
        label=_("Groups of staff it is for"), required=False, help_text=_("Parted by semicolons.")
    )

    class Meta:
        model = Activity
        fields = (
            "code",
            "identifier",
            "title",
            "description",
            "measure",
            "kind",
            "status",
            "starts_on",
            "ends_on",
            "implementing",
            "funding",
            "competencies",
            "role_groups",
            "level_from",
            "level_to",
            "places",
            "amount",
            "nominate_by",
            "note",
            "source",
        )
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "nominate_by": DayInput(),
            "description": forms.Textarea(attrs={"rows": 3}),
        }


class RecommendationForm(RowForm):
    class Meta:
        model = AidRecommendation
        fields = ("activity", "number", "text", "owner", "due_on")
        widgets = {
            "due_on": DayInput(),
            "text": forms.Textarea(attrs={"rows": 3}),
        }


class FollowForm(forms.Form):
    """When a recommendation was carried out, and what shows it."""

    done_on = forms.DateField(label=_("Done on"), widget=DayInput())
    evidence = forms.CharField(label=_("What shows it"), max_length=300)


class RulingForm(forms.Form):
    """What was concluded with the partners on two activities."""

    other = forms.ModelChoiceField(Activity.objects.none(), label=_("The other activity"))
    verdict = forms.ChoiceField(label=_("Conclusion"), choices=OverlapRuling.Verdict.choices)
    note = forms.CharField(
        label=_("What was agreed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Activity.objects.of(activity.administration).exclude(pk=activity.pk)
        offer_rows(self, "other", rows)
