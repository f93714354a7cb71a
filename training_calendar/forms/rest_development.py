"""The shapes of REST for learning paths, progress, attendance and what modules lift."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from competencies.models import LearningPath
from hrplan.core.rest import RowSerializer
from training_calendar.analysis import progress
from training_calendar.forms.rows import PathForm, StepForm
from training_calendar.models import Attendance, Enrolment, Outcome, PathStep
from training_calendar.usecases import learning_paths


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


class OutcomeKept(RowSerializer):
    class Meta:
        model = Outcome
        fields = ("id", "module", "competency", "level_from", "level_to")
        validators: tuple[Any, ...] = ()


class PathStandingSerializer(serializers.Serializer):
    units = serializers.IntegerField()
    done = serializers.IntegerField()
    missing = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(
        choices=[progress.FINISHED, progress.UNDER_WAY, progress.PLANNED]
    )


class ProgrammeProgressSerializer(serializers.Serializer):
    """One person in one programme."""

    programme = serializers.IntegerField(source="programme.pk")
    staff = serializers.IntegerField(source="person.pk")
    standing = PathStandingSerializer()
    awarded_on = serializers.DateField(allow_null=True)


class AskedProgress(serializers.Serializer):
    unit = serializers.CharField(required=False, default="", max_length=40)
    profile = serializers.CharField(required=False, default="", max_length=40)
    state = serializers.ChoiceField(
        choices=[progress.FINISHED, progress.UNDER_WAY, progress.PLANNED],
        required=False,
        default="",
    )


class StepLineSerializer(serializers.Serializer):
    step = serializers.IntegerField(source="step.pk")
    state = serializers.CharField(source="standing.state")
    due_on = serializers.DateField(source="standing.due_on", allow_null=True)


class DevelopmentSerializer(serializers.Serializer):
    """One person on the own path, and in programmes; `next` is null where nothing is ahead."""

    staff = serializers.IntegerField(source="person.pk")
    path = serializers.SerializerMethodField()
    steps = StepLineSerializer(many=True)
    next = StepLineSerializer(source="ahead", allow_null=True)
    programmes = ProgrammeProgressSerializer(many=True)

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_path(self, found: learning_paths.Development) -> int | None:
        return found.path.pk if found.path else None


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
