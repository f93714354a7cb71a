"""What comes in about a session attended: the list, a sign-in code, feedback; pages and REST."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from training_calendar import wording
from training_calendar.usecases.attending import ListLine, Said

STEPS = [(str(number), str(number)) for number in range(1, 6)]


class AttendanceListForm(forms.Form):
    """Hours, completion and result of every place of a session."""

    def __init__(self, data: Any, lines: Sequence[ListLine]) -> None:
        super().__init__(data)
        self.lines = [line for line in lines if line.may_record]
        for line in self.lines:
            key = line.place.pk
            who = str(line.place.staff_member)
            self.fields[f"hours-{key}"] = forms.DecimalField(
                min_value=0, max_digits=6, decimal_places=1, initial=line.hours,
                label=_("Hours of %(who)s") % {"who": who},
            )  # fmt: skip
            self.fields[f"completed-{key}"] = forms.BooleanField(
                required=False, initial=line.is_completed,
                label=_("Completed by %(who)s") % {"who": who},
            )  # fmt: skip
            self.fields[f"before-{key}"] = forms.IntegerField(
                required=False, min_value=0, max_value=100, initial=line.before,
                label=_("Test result of %(who)s before, in per cent") % {"who": who},
            )  # fmt: skip
            self.fields[f"result-{key}"] = forms.IntegerField(
                required=False, min_value=0, max_value=100, initial=line.result,
                label=_("Test result of %(who)s in per cent") % {"who": who},
            )  # fmt: skip

    def row(self, line: ListLine) -> dict[str, Any]:
        """The fields of one place."""
        key = line.place.pk
        names = ("hours", "completed", "before", "result")
        return {name: self[f"{name}-{key}"] for name in names}

    def said(self) -> dict[int, Said]:
        """What the list says, by place."""
        data = self.cleaned_data
        return {
            line.place.pk: Said(
                data[f"hours-{line.place.pk}"],
                data[f"completed-{line.place.pk}"],
                data[f"result-{line.place.pk}"],
                data[f"before-{line.place.pk}"],
            )
            for line in self.lines
        }


class CodeForm(forms.Form):
    """The code shown in the room."""

    code = forms.CharField(
        label=_("Code on the wall"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class FeedbackForm(forms.Form):
    """Eight questions and two open ones."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for number, words in enumerate(wording.reaction_questions(), start=1):
            self.fields[f"question-{number}"] = forms.ChoiceField(
                label=words, choices=STEPS, widget=forms.RadioSelect,
                help_text=_("1: not at all, 5: fully"),
            )  # fmt: skip
        help_text = _("Do not write who you are, or names of others.")
        for name, label in (("best", _("What helped you most?")),
                            ("better", _("What should be better?"))):  # fmt: skip
            self.fields[name] = forms.CharField(
                label=label, required=False, max_length=1000, help_text=help_text,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip

    def answers(self) -> dict[str, Any]:
        """What was answered, as the use case takes it."""
        count = len(wording.reaction_questions())
        data = self.cleaned_data
        scores = [int(data[f"question-{number}"]) for number in range(1, count + 1)]
        return {"scores": scores, "best": data["best"], "better": data["better"]}


class SaidSerializer(serializers.Serializer):
    place = serializers.IntegerField(min_value=1, max_value=2**31)
    hours = serializers.DecimalField(max_digits=6, decimal_places=1, min_value=0)
    is_completed = serializers.BooleanField()
    result = serializers.IntegerField(
        min_value=0, max_value=100, required=False, allow_null=True, default=None
    )
    before = serializers.IntegerField(
        min_value=0, max_value=100, required=False, allow_null=True, default=None
    )


class ListAsked(serializers.Serializer):
    lines = SaidSerializer(many=True, allow_empty=False)


class CountAnswer(serializers.Serializer):
    recorded = serializers.IntegerField()


class CodeAsked(serializers.Serializer):
    code = serializers.CharField(max_length=20)


class FeedbackAsked(serializers.Serializer):
    scores = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=5), min_length=8, max_length=8
    )
    best = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")
    better = serializers.CharField(max_length=1000, required=False, allow_blank=True, default="")


class ReactionSerializer(serializers.Serializer):
    """Means are null where too few answered or the answering goes on."""

    attended = serializers.IntegerField()
    answered = serializers.IntegerField()
    missing = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True)
    means = serializers.ListField(child=serializers.FloatField(), allow_null=True)


class SessionOutcomeSerializer(serializers.Serializer):
    """What was planned of a session, and what came of it."""

    planned = serializers.IntegerField()
    recorded = serializers.IntegerField()
    attended = serializers.IntegerField()
    completed = serializers.IntegerField()
    hours = serializers.DecimalField(max_digits=10, decimal_places=1)
    results = serializers.IntegerField()
    mean_result = serializers.FloatField(allow_null=True)
    reaction = ReactionSerializer()
