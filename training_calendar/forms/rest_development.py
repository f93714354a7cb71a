"""The shapes of REST for learning paths, progress and attendance."""

from typing import Any

from rest_framework import serializers

from competencies.models import LearningPath
from hrplan.core.rest import RowSerializer
from training_calendar.analysis import progress
from training_calendar.forms.rows import PathForm, StepForm
from training_calendar.models import Attendance, Enrolment, PathStep


class PathKept(RowSerializer):
    class Meta:
        model = LearningPath
        fields = ("id", *PathForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class StepKept(RowSerializer):
    class Meta:
        model = PathStep
        fields = ("id", *StepForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class StandingSerializer(serializers.Serializer):
    units = serializers.IntegerField()
    done = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(
        choices=[progress.FINISHED, progress.UNDER_WAY, progress.PLANNED]
    )


class ProgressSerializer(serializers.Serializer):
    """One person in one programme."""

    programme = serializers.IntegerField(source="programme.pk")
    staff = serializers.IntegerField(source="person.pk")
    standing = StandingSerializer()
    awarded_on = serializers.DateField(allow_null=True)


class AskedProgress(serializers.Serializer):
    unit = serializers.CharField(required=False, default="", max_length=40)
    profile = serializers.CharField(required=False, default="", max_length=40)
    state = serializers.ChoiceField(
        choices=[progress.FINISHED, progress.UNDER_WAY, progress.PLANNED],
        required=False,
        default="",
    )


class AttendanceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Attendance
        fields = ("hours", "is_completed")


class PlaceSerializer(serializers.ModelSerializer):
    """A place of somebody, with what was attended of it."""

    attendance = AttendanceSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Enrolment
        fields = ("id", "staff_member", "module", "starts_on", "ends_on", "attendance")
