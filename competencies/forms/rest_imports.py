"""What goes in and out by REST of frameworks of other systems, and of suggestions."""

from typing import Any

from rest_framework import serializers

from competencies.forms.framework_imports import LANGUAGE
from competencies.library.from_esco import Narrowed
from competencies.models import FrameworkImport
from competencies.usecases import framework_imports
from competencies.wording import fault_words


class FileFaultSerializer(serializers.Serializer):
    place = serializers.CharField()
    reason = serializers.CharField()
    advice = serializers.CharField()
    key = serializers.CharField()

    def to_representation(self, instance: dict[str, Any]) -> Any:
        return super().to_representation(fault_words(instance))


class FrameworkImportSerializer(serializers.ModelSerializer):
    faults = FileFaultSerializer(many=True)
    notes = FileFaultSerializer(many=True)
    groups = serializers.SerializerMethodField()
    competencies = serializers.SerializerMethodField()

    class Meta:
        model = FrameworkImport
        fields = [
            "id", "name", "form", "at", "state", "words", "occupation", "essential_only",
            "groups", "competencies", "faults", "notes", "framework",
        ]  # fmt: skip
        read_only_fields = fields

    def get_groups(self, row: FrameworkImport) -> int:
        return len(row.content.get("groups", ()))

    def get_competencies(self, row: FrameworkImport) -> int:
        return len(row.content.get("competencies", ()))


class PreviewSerializer(FrameworkImportSerializer):
    """With the framework as it was read."""

    content = serializers.JSONField(read_only=True)

    class Meta(FrameworkImportSerializer.Meta):
        fields = [*FrameworkImportSerializer.Meta.fields, "content"]
        read_only_fields = fields


class NarrowSerializer(serializers.Serializer):
    words = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    occupation = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)
    essential_only = serializers.BooleanField(required=False, default=False)

    def narrowed(self) -> Narrowed:
        given = self.validated_data
        return Narrowed(given["words"], given["occupation"], given["essential_only"])


class FilesSerializer(NarrowSerializer):
    files = serializers.ListField(child=serializers.FileField(), allow_empty=False)

    def validate_files(self, files: Any) -> Any:
        return framework_imports.takeable(files)


class ConfirmSerializer(serializers.Serializer):
    """Another short name, version or the like than the file's, where wanted."""

    id = serializers.CharField(required=False, max_length=60)
    version = serializers.CharField(required=False, max_length=9)
    title = serializers.CharField(required=False, max_length=200)
    language = serializers.RegexField(LANGUAGE, required=False, max_length=10)
    provider = serializers.CharField(required=False, allow_blank=True, max_length=120)
    licence = serializers.CharField(required=False, allow_blank=True, max_length=60)


class SuggestionSerializer(serializers.Serializer):
    competency = serializers.IntegerField(source="competency.pk")
    code = serializers.CharField(source="competency.code")
    title = serializers.CharField(source="competency.title")
    score = serializers.FloatField(help_text="0 to 1")


class MatchSerializer(serializers.Serializer):
    competency = serializers.IntegerField(source="source.pk")
    code = serializers.CharField(source="source.code")
    title = serializers.CharField(source="source.title")
    suggestions = SuggestionSerializer(many=True)
