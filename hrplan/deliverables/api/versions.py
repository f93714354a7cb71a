"""REST: frozen versions, their files, their comparison, and files that came back."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.http import key_asked
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    DocumentVersion,
)
from hrplan.deliverables.usecases import (
    comparing,
    files,
    places,
    returned,
)
from hrplan.documents.comparing import Change
from hrplan.documents.marks import accepted, rejected


class VersionSerializer(serializers.ModelSerializer):
    files = serializers.SerializerMethodField()

    class Meta:
        model = DocumentVersion
        fields = (
            "id",
            "kind",
            "number",
            "language",
            "is_internal",
            "as_of",
            "title",
            "digest",
            "made_at",
            "files",
        )
        read_only_fields = fields

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_files(self, version: DocumentVersion) -> dict[str, str]:
        """Format -> address of the file."""
        slug = self.context["request"].member.administration.slug
        address = reverse("deliverables:file", args=[slug, version.pk])
        return {name: f"{address}?format={name}" for name in files.formats_of(version.kind)}


class ChangedSerializer(serializers.Serializer):
    """A block that differs; `before` and `after` are its words, `was_in` where it moved from."""

    kind = serializers.CharField()
    what = serializers.CharField()
    section = serializers.CharField()
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()
    was_in = serializers.CharField()

    def get_before(self, change: Change) -> str:
        return "" if change.kind == "added" else rejected(change.words)

    def get_after(self, change: Change) -> str:
        return "" if change.kind == "removed" else accepted(change.words)


class NumberChangedSerializer(serializers.Serializer):
    section = serializers.CharField()
    subject = serializers.CharField(source="label")
    old = serializers.CharField()
    new = serializers.CharField()


class VersionsComparedSerializer(serializers.Serializer):
    old = serializers.IntegerField()
    new = serializers.IntegerField()
    changes = ChangedSerializer(many=True)
    numbers = NumberChangedSerializer(many=True)


class VersionPlaceSerializer(serializers.Serializer):
    anchor = serializers.CharField()
    kind = serializers.CharField()
    within = serializers.CharField()
    words = serializers.CharField()
    said = serializers.CharField()


class ReturnedFileSerializer(serializers.Serializer):
    file = serializers.FileField()
    from_ministry = serializers.BooleanField(default=True)


class TakenInSerializer(serializers.Serializer):
    comments = serializers.IntegerField()
    changes = serializers.IntegerField()
    around = serializers.IntegerField()
    unmatched = serializers.IntegerField()
    known = serializers.IntegerField()


class VersionViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Frozen versions: hash, date of the data, addresses of the files."""

    serializer_class = VersionSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return DocumentVersion.objects.none()
        require(rules.can_see_documents(self.request.member))
        return DocumentVersion.objects.visible_to(self.request.member).defer("tree", "snapshot")

    @extend_schema(
        request={"multipart/form-data": ReturnedFileSerializer}, responses=TakenInSerializer
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def returned(self, request: Request, **kwargs: Any) -> Response:
        """Take in a Word file of the version that came back with comments and changes."""
        version = self.get_object()
        asked = ReturnedFileSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        found = returned.take_in(version, by=self.request.member, **asked.validated_data)
        return Response(TakenInSerializer(found).data)

    @extend_schema(responses=VersionPlaceSerializer(many=True))
    @action(detail=True, pagination_class=None)
    def places(self, request: Request, **kwargs: Any) -> Response:
        """The places of a version that can be commented on, in reading order."""
        found = places.places_of(self.get_object())
        return Response(VersionPlaceSerializer(found, many=True).data)

    @extend_schema(
        responses=VersionsComparedSerializer,
        parameters=[OpenApiParameter("with", OpenApiTypes.INT)],
    )
    @action(detail=True)
    def comparison(self, request: Request, **kwargs: Any) -> Response:
        """What differs from another version, the one before unless told."""
        version = self.get_object()
        old, new = comparing.in_order(version, self._other(version))
        found = comparing.comparison(old, new)
        told = {"old": old.pk, "new": new.pk, "changes": found.changes, "numbers": found.numbers}
        return Response(VersionsComparedSerializer(told).data)

    def _other(self, version: DocumentVersion) -> DocumentVersion:
        if wanted := self.request.query_params.get("with", ""):
            rows = comparing.comparable(version, by=self.request.member)
            return get_object_or_404(rows, pk=key_asked(wanted))
        found = comparing.version_before(version, by=self.request.member)
        if found is None:
            raise Http404
        return found
