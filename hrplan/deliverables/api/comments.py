"""REST: comments on places of a version, and their answers."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.http import key_asked
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    Comment,
    DocumentVersion,
)
from hrplan.deliverables.usecases import (
    comments,
)


class CommentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Comment
        fields = ("id", "version", "anchor", "place", "text", "quote", "before", "after",
                  "said_by", "is_from_ministry", "made_at",
                  "outcome", "answer", "answered_at")  # fmt: skip
        read_only_fields = fields


class RemarkSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    anchor = serializers.CharField(max_length=200)
    text = serializers.CharField(max_length=comments.LONGEST)


class CommentAnswerSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(choices=Comment.Outcome.choices)
    text = serializers.CharField(
        max_length=comments.LONGEST, required=False, allow_blank=True, default=""
    )


class CommentViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Comments on versions and their answers; `?version=` narrows them to one."""

    serializer_class = CommentSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Comment.objects.none()
        require(rules.can_see_documents(self.request.member))
        rows = Comment.objects.visible_to(self.request.member)
        wanted = self.request.query_params.get("version", "")
        return rows.filter(version=key_asked(wanted)) if wanted else rows

    @extend_schema(parameters=[OpenApiParameter("version", OpenApiTypes.INT)])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(request=RemarkSerializer, responses={201: CommentSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Comment on a place of a version: one of `versions/<id>/places/`."""
        asked = RemarkSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        seen = DocumentVersion.objects.visible_to(self.request.member)
        version = get_object_or_404(seen.select_related("administration"), pk=said.pop("version"))
        made = comments.comment(version, by=self.request.member, **said)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=CommentAnswerSerializer, responses=CommentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, **kwargs: Any) -> Response:
        """Say what becomes of a comment."""
        asked = CommentAnswerSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = comments.answer(self.get_object(), by=self.request.member, **asked.validated_data)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        """Take a comment back that is not answered."""
        comments.withdraw(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
