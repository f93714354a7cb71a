"""What comes in about evaluations months later: what is used at work, what is taught back; REST."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from hrplan.core.row_forms import DayInput
from training_calendar.models import BehaviourReport, TeachBack


class BehaviourForm(forms.Form):
    """What a supervisor says of one person."""

    use = forms.ChoiceField(
        label=_("What was learnt, at work"),
        choices=BehaviourReport.Use.choices,
        widget=forms.RadioSelect,
    )
    has_sample = forms.BooleanField(
        label=_("I looked at a piece of work, or at cases"), required=False
    )
    words = forms.CharField(
        label=_("What did you see?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The office and those who lead the person read it, and the person may ask."),
    )


class TeachBackForm(forms.Form):
    """A session given to colleagues."""

    held_on = forms.DateField(label=_("Held on"), widget=DayInput())
    people = forms.IntegerField(label=_("Colleagues who came"), min_value=1, max_value=30000)


class BehaviourAsked(serializers.Serializer):
    use = serializers.ChoiceField(choices=BehaviourReport.Use.choices)
    has_sample = serializers.BooleanField(required=False, default=False)
    words = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class BehaviourSerializer(serializers.ModelSerializer):
    class Meta:
        model = BehaviourReport
        fields = ("enrolment", "use", "has_sample", "words", "on")


class TeachBackAsked(serializers.Serializer):
    held_on = serializers.DateField()
    people = serializers.IntegerField(min_value=1, max_value=30000)


class TeachBackSerializer(serializers.ModelSerializer):
    class Meta:
        model = TeachBack
        fields = ("enrolment", "held_on", "people")


class FigureSerializer(serializers.Serializer):
    """Null in place of it where too few stand behind it."""

    value = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    missing = serializers.IntegerField()


class ModuleLineSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    reaction = FigureSerializer(allow_null=True)
    learning = FigureSerializer(allow_null=True)
    behaviour = FigureSerializer(allow_null=True)


class TaughtBackSerializer(serializers.Serializer):
    returned = serializers.IntegerField()
    held = serializers.IntegerField()
    in_time = serializers.IntegerField()
    overdue = serializers.IntegerField()
    share = serializers.FloatField(allow_null=True)


class EvaluationFiguresSerializer(serializers.Serializer):
    """Levels 1 to 3 altogether, over what may be told, and by module."""

    reaction = FigureSerializer()
    learning = FigureSerializer()
    behaviour = FigureSerializer()
    back = TaughtBackSerializer()
    lines = ModuleLineSerializer(many=True)


class DueSerializer(serializers.Serializer):
    """One person of whom an answer is due."""

    enrolment = serializers.IntegerField(source="place.pk")
    staff_member = serializers.IntegerField(source="place.staff_member_id")
    module = serializers.IntegerField(source="place.module_id")
    due_on = serializers.DateField()
