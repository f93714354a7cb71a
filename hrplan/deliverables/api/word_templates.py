"""REST: the administration's own Word templates."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    WordTemplate,
)
from hrplan.deliverables.usecases import (
    word_templates,
)
from hrplan.documents.word_template import Findings


class UnknownPlaceholderSerializer(serializers.Serializer):
    name = serializers.CharField()
    nearest = serializers.CharField()


class TemplateFindingsSerializer(serializers.Serializer):
    """What a template has and lacks for our documents."""

    missing_styles = serializers.ListField(child=serializers.CharField(), source="missing")
    filled = serializers.ListField(child=serializers.CharField())
    unknown = serializers.SerializerMethodField()
    has_own_cover = serializers.BooleanField()
    has_page_numbers = serializers.BooleanField()

    @extend_schema_field(UnknownPlaceholderSerializer(many=True))
    def get_unknown(self, found: Findings) -> list[dict[str, str]]:
        return [{"name": name, "nearest": nearest} for name, nearest in found.unknown]


class WordTemplateSerializer(serializers.ModelSerializer):
    class Meta:
        model = WordTemplate
        fields = ("id", "name", "digest", "size", "is_in_use", "added_at")
        read_only_fields = fields


class WordTemplateFileSerializer(serializers.Serializer):
    file = serializers.FileField()


class WordTemplateViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """The administration's own Word templates, of which one may be in use."""

    serializer_class = WordTemplateSerializer
    lookup_value_converter = "int"
    pagination_class = None
    filter_backends = ()

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return WordTemplate.objects.none()
        require(rules.can_keep_templates(self.request.member))
        return word_templates.templates(self.request.member.administration)

    @extend_schema(
        request={"multipart/form-data": WordTemplateFileSerializer},
        responses={201: WordTemplateSerializer},
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Bring a template; nothing is in use by it."""
        asked = WordTemplateFileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        member = self.request.member
        row = word_templates.add_template(
            member.administration, asked.validated_data["file"], by=member
        )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    def get_parsers(self) -> list[Any]:
        """A file comes as a form; the other doors take what is usual."""
        own = getattr(self, "action_map", {}).get("post") == "create"
        return [MultiPartParser()] if own else super().get_parsers()

    @extend_schema(responses=TemplateFindingsSerializer)
    @action(detail=True)
    def findings(self, request: Request, **kwargs: Any) -> Response:
        """Styles and placeholders: what the template lacks, what is filled, what is unknown."""
        found = word_templates.findings_of(self.get_object())
        return Response(TemplateFindingsSerializer(found).data)

    @extend_schema(request=None, responses=WordTemplateSerializer)
    @action(detail=True, methods=["post"])
    def use(self, request: Request, **kwargs: Any) -> Response:
        """Let the next versions take this template."""
        row = self.get_object()
        word_templates.use_template(row, by=self.request.member)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=False, methods=["post"])
    def ours(self, request: Request, **kwargs: Any) -> Response:
        """Let the next versions look as without a template."""
        member = self.request.member
        word_templates.use_ours(member.administration, by=member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Remove a template that is neither in use nor that of a version."""
        word_templates.remove_template(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
