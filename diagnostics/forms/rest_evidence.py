"""Shapes of what REST gives and takes of evidence and findings."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from diagnostics.models import (
    Cause,
    CorporateObjective,
    DocumentReview,
    Interview,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.usecases.citing import SourceGroup
from hrplan.core.rest import RowSerializer


class CauseSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Cause.Kind.choices)
    text = serializers.CharField(max_length=4000)


class RecommendationSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=4000)
    owner = serializers.CharField(max_length=120, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    is_training = serializers.BooleanField(required=False)
    competency = serializers.CharField(max_length=20, required=False, allow_blank=True)


class FindingSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    kind = serializers.CharField()
    rank = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    evidence = serializers.CharField()
    severity = serializers.FloatField()
    domain_code = serializers.CharField()
    domain_title = serializers.CharField()
    causes = CauseSerializer(many=True)
    recommendations = RecommendationSerializer(many=True)


class FindingsSerializer(serializers.Serializer):
    weaknesses = FindingSerializer(many=True)
    strengths = FindingSerializer(many=True)
    noted = FindingSerializer(many=True)


class ReferenceDocumentSerializer(serializers.ModelSerializer):
    exercise = serializers.IntegerField(source="exercise_id")

    class Meta:
        model = ReferenceDocument
        fields = ("id", "exercise", "code", "title", "status", "dated_on", "domain", "link")
        validators: tuple[Any, ...] = ()


class InterviewSerializer(RowSerializer):
    class Meta:
        model = Interview
        fields = ("id", "exercise", "code", "guide", "held_on", "place", "function", "notes")
        validators: tuple[Any, ...] = ()


class SwotSerializer(RowSerializer):
    class Meta:
        model = SwotItem
        fields = ("id", "exercise", "kind", "text")
        validators: tuple[Any, ...] = ()


class ReviewSerializer(RowSerializer):
    class Meta:
        model = DocumentReview
        fields = ("id", "exercise", "document", "summary", "on_people")
        validators: tuple[Any, ...] = ()


class CorporateObjectiveSerializer(RowSerializer):
    class Meta:
        model = CorporateObjective
        fields = ("id", "code", "title", "measure", "status", "source")
        validators: tuple[Any, ...] = ()


class CitedSerializer(serializers.Serializer):
    cited = serializers.ListField(child=serializers.CharField(max_length=60))


class CitableSerializer(serializers.Serializer):
    mark = serializers.CharField()
    title = serializers.CharField()


class SourceGroupSerializer(serializers.Serializer):
    kind = serializers.CharField()
    title = serializers.CharField()
    sources = serializers.SerializerMethodField()

    @extend_schema_field(CitableSerializer(many=True))
    def get_sources(self, group: SourceGroup) -> list[dict[str, str]]:
        return [{"mark": mark, "title": title} for mark, title in group.sources]
