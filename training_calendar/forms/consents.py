"""What comes in by the pages of the station release plan, and by REST."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from competencies.models import StaffMember
from hrplan.core.choosing import offer_choices
from hrplan.core.filters import Filter
from training_calendar.models import Consent


class PlaceFilter(Filter):
    """Narrows the places of the release plan; the month stays as it is."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    state = forms.ChoiceField(label=_("Answer"), required=False)
    month = forms.CharField(required=False, max_length=7, widget=forms.HiddenInput)


class RefuseForm(forms.Form):
    """Why the station keeps somebody."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Read by the office and the managers of the unit; the person may ask for it."),
    )


class PersonForm(forms.Form):
    """One of several people."""

    other = forms.ChoiceField(label=_("With"))

    def __init__(self, data: Any, people: Sequence[tuple[StaffMember, str]]) -> None:
        super().__init__(data)
        self.people = {str(person.pk): person for person, _words in people}
        offer_choices(self, "other", [(str(one.pk), f"{one}: {words}") for one, words in people])

    def person(self) -> StaffMember:
        """Who was chosen."""
        return self.people[self.cleaned_data["other"]]


class ConsentSerializer(serializers.ModelSerializer):
    """The answer of a station for one person and session."""

    class Meta:
        model = Consent
        fields = ("id", "session", "staff_member", "starts_on", "state", "reason", "on")


class RefuseAsked(serializers.Serializer):
    reason = serializers.CharField(max_length=300)


class RefusedAnswer(serializers.Serializer):
    """Who has the place now; null where nobody who waits could take it."""

    given = serializers.IntegerField(source="given.pk", allow_null=True, default=None)


class OtherAsked(serializers.Serializer):
    other = serializers.IntegerField(min_value=1, max_value=2**31)


class WaitingSerializer(serializers.Serializer):
    rank = serializers.IntegerField()
    staff_member = serializers.IntegerField()
    gap = serializers.FloatField()
