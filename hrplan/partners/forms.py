"""What comes in by pages of the register; the use cases check and save."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_rows
from hrplan.core.models import Administration
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class ListField(forms.CharField):
    """Codes or words in one line, parted by semicolons."""

    def to_python(self, value: Any) -> list[str]:
        return [part.strip() for part in str(value or "").split(";") if part.strip()]

    def prepare_value(self, value: Any) -> str:
        return "; ".join(map(str, value)) if isinstance(value, list) else value or ""

    def validate(self, value: Any) -> None:
        forms.Field.validate(self, value)

    def run_validators(self, value: Any) -> None:
        """Each part is checked by the use case."""


class RowForm(forms.ModelForm):
    """Parses the fields of a row; choices are rows of the administration's own."""

    def __init__(self, *args: Any, administration: Administration, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = field.queryset.filter(administration=administration)

    def _post_clean(self) -> None:
        """The use case checks and saves; the form only parses."""

    def show(self, refusal: ValidationError) -> None:
        """Put the words of a refusal at their fields."""
        words = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
        for name, messages in words.items():
            self.add_error(name if name in self.fields else None, messages)


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
