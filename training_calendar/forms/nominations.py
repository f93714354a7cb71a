"""What comes in about nominations: a filter, and names sent; and REST."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from hrplan.core.filters import Filter
from training_calendar.analysis.nominating import STATES
from training_calendar.models import Module


class NominationFilter(Filter):
    """Narrows the list of courses that ask for names."""

    state = forms.ChoiceField(label=_("State"), required=False)
    module = forms.ChoiceField(label=_("Module"), required=False)


class SentForm(forms.Form):
    """Which course the names were sent for."""

    module = forms.ModelChoiceField(queryset=Module.objects.none())
    starts_on = forms.DateField()

    def __init__(self, data: Any, modules: Any) -> None:
        super().__init__(data)
        self.fields["module"].queryset = modules  # type: ignore[attr-defined]


class CourseSerializer(serializers.Serializer):
    """A course to come that asks for names by a day."""

    module = serializers.IntegerField()
    session = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    due_on = serializers.DateField()
    people = serializers.IntegerField()
    sent = serializers.IntegerField()
    late = serializers.IntegerField()
    state = serializers.ChoiceField(choices=STATES)


class SentAsked(serializers.Serializer):
    module = serializers.IntegerField(min_value=1, max_value=2**31)
    starts_on = serializers.DateField()


class SentAnswer(serializers.Serializer):
    sent = serializers.IntegerField()


class LackSerializer(serializers.Serializer):
    title = serializers.CharField()
    held = serializers.FloatField(allow_null=True)
    required = serializers.IntegerField()  # type: ignore[assignment]
    leads_to = serializers.IntegerField()


class ApplicationSerializer(serializers.Serializer):
    """What is known for an application; the rest is filled in by hand."""

    staff_member = serializers.IntegerField(source="person.pk")
    module = serializers.IntegerField(source="place.module_id")
    due_on = serializers.DateField(allow_null=True)
    years = serializers.IntegerField(allow_null=True)
    lacks = LackSerializer(many=True)
