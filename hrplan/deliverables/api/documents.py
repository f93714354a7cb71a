"""REST: the three documents as they stand, their checks, and versions made of them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import rules
from hrplan.deliverables.api.versions import VersionSerializer
from hrplan.deliverables.models import (
    DocumentKind,
    DocumentVersion,
)
from hrplan.deliverables.usecases import checks as kept
from hrplan.deliverables.usecases import (
    documents,
    versions,
)


class InForceSerializer(serializers.Serializer):
    """The version that is in force, and the submission that put it there."""

    version = serializers.IntegerField(source="version.pk")
    submission = serializers.IntegerField(source="submission.pk")


class DocumentSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    title = serializers.CharField()
    version = VersionSerializer(allow_null=True)
    versions = serializers.IntegerField()
    faults = serializers.IntegerField(allow_null=True)
    stale = serializers.IntegerField()
    in_force = InForceSerializer(allow_null=True)


class CheckSerializer(serializers.Serializer):
    number = serializers.IntegerField()
    title = serializers.CharField()
    looked_at = serializers.IntegerField()
    holds = serializers.BooleanField()
    state = serializers.CharField()
    faults = serializers.ListField(child=serializers.CharField())
    stops = serializers.CharField()


class FreezeSerializer(serializers.Serializer):
    internal = serializers.BooleanField(default=False)
    language = serializers.CharField(default="", allow_blank=True, max_length=10)


class DocumentViewSet(MemberMixin, viewsets.GenericViewSet):
    """The three documents with the latest version of each, and the way to new versions."""

    serializer_class = DocumentSerializer
    queryset = DocumentVersion.objects.none()
    pagination_class = None
    filter_backends = ()

    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_documents(self.request.member))
        lines = documents.document_lines(self.request.member.administration, by=self.request.member)
        return Response(self.get_serializer(lines, many=True).data)

    @extend_schema(request=FreezeSerializer, responses={202: RunSerializer})
    @action(detail=False, methods=["post"])
    def freeze(self, request: Request, **kwargs: Any) -> Response:
        asked = FreezeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        run = versions.ask_for_versions(by=self.request.member, **asked.validated_data)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=CheckSerializer(many=True))
    @action(detail=False)
    def checks(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_checks(self.request.member))
        found = kept.kept_checks(self.request.member.administration)
        return Response(CheckSerializer(found.lines if found else (), many=True).data)

    @extend_schema(request=None, responses={202: RunSerializer})
    @checks.mapping.post
    def check_again(self, request: Request, **kwargs: Any) -> Response:
        run = kept.ask_for_checks(by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)
