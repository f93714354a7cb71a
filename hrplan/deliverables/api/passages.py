"""REST: own texts in the documents, and the order of their sections."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, OpenApiTypes, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.rest import MemberMixin
from hrplan.deliverables import rules
from hrplan.deliverables.models import (
    DocumentKind,
    DocumentVersion,
)
from hrplan.deliverables.usecases import (
    outlines,
    passages,
)


class PassageTextSerializer(serializers.Serializer):
    section = serializers.CharField(max_length=60)
    text = serializers.CharField(allow_blank=True, max_length=20_000)
    language = serializers.CharField(default="", allow_blank=True, max_length=10)


class MovedFigureSerializer(serializers.Serializer):
    name = serializers.CharField()
    words = serializers.CharField()
    before = serializers.CharField()
    now = serializers.CharField()


class OutlinePlaceSerializer(serializers.Serializer):
    section = serializers.CharField(source="key")
    title = serializers.CharField()
    text = serializers.CharField()
    is_on = serializers.BooleanField()
    is_annex = serializers.BooleanField()
    needed = serializers.CharField()
    stale = MovedFigureSerializer(many=True)
    unknown = serializers.ListField(child=serializers.CharField())


class SectionSerializer(serializers.Serializer):
    section = serializers.CharField(max_length=60)


class StepSerializer(SectionSerializer):
    step = serializers.ChoiceField(choices=("up", "down"))


class TurnSerializer(SectionSerializer):
    is_on = serializers.BooleanField()


class ConfirmPassageSerializer(SectionSerializer):
    kind = serializers.ChoiceField(choices=DocumentKind.choices)
    language = serializers.CharField(default="", allow_blank=True, max_length=10)
    seen = serializers.DateTimeField(required=False, allow_null=True, default=None)


class LiveFigureSerializer(serializers.Serializer):
    name = serializers.CharField()
    words = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField()


class LiveFiguresSerializer(serializers.Serializer):
    """The figures as they were read last; `read_at` null before any was."""

    read_at = serializers.DateTimeField(allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    figures = LiveFigureSerializer(many=True)


def _known(kind: str) -> str:
    """The document of an address; one that there is none of is not found."""
    if kind not in DocumentKind.values:
        raise Http404
    return kind


class PassageViewSet(MemberMixin, viewsets.GenericViewSet):
    """The administration's own texts in a document: one for each section."""

    serializer_class = PassageTextSerializer
    queryset = DocumentVersion.objects.none()
    lookup_field = "kind"
    pagination_class = None
    filter_backends = ()

    @extend_schema(responses={204: None})
    @action(detail=False, methods=["post"], url_path="strategy")
    def strategy(self, request: Request, **kwargs: Any) -> Response:
        return self._write(request, DocumentKind.STRATEGY)

    @extend_schema(responses={204: None})
    @action(detail=False, methods=["post"], url_path="plan")
    def plan(self, request: Request, **kwargs: Any) -> Response:
        return self._write(request, DocumentKind.PLAN)

    @extend_schema(responses={204: None})
    @action(detail=False, methods=["post"], url_path="calendar")
    def calendar(self, request: Request, **kwargs: Any) -> Response:
        return self._write(request, DocumentKind.CALENDAR)

    def _write(self, request: Request, kind: str) -> Response:
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner = self.request.member.administration
        passages.write_passage(owner, kind, by=self.request.member, **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ConfirmPassageSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def confirm(self, request: Request, **kwargs: Any) -> Response:
        """Say that a text still holds with its figures as they are."""
        asked = ConfirmPassageSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner = self.request.member.administration
        passages.confirm_passage(owner, by=self.request.member, **asked.validated_data)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=LiveFiguresSerializer)
    @action(detail=False)
    def figures(self, request: Request, **kwargs: Any) -> Response:
        """The figures that a text can name, with their values as they were read last."""
        require(rules.can_freeze(self.request.member))
        owner = self.request.member.administration
        reading = passages.reading_of(owner)
        found = {
            "read_at": reading and reading.read_at,
            "as_of": reading and reading.as_of,
            "figures": passages.figure_lines(owner, reading),
        }
        return Response(LiveFiguresSerializer(found).data)


class OutlineViewSet(MemberMixin, viewsets.GenericViewSet):
    """The sections of a document in order, each printed or left out."""

    serializer_class = OutlinePlaceSerializer
    queryset = DocumentVersion.objects.none()
    lookup_field = "kind"
    lookup_value_converter = "str"
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        responses=OutlinePlaceSerializer(many=True),
        parameters=[OpenApiParameter("language", OpenApiTypes.STR)],
    )
    def retrieve(self, request: Request, kind: str, **kwargs: Any) -> Response:
        require(rules.can_freeze(self.request.member))
        return self._places(kind, request.query_params.get("language", ""))

    @extend_schema(request=StepSerializer, responses=OutlinePlaceSerializer(many=True))
    @action(detail=True, methods=["post"])
    def move(self, request: Request, kind: str, **kwargs: Any) -> Response:
        """Move a section a place up or down among its like."""
        asked = StepSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner, member = self.request.member.administration, self.request.member
        outlines.move_section(owner, _known(kind), by=member, **asked.validated_data)
        return self._places(kind)

    @extend_schema(request=TurnSerializer, responses=OutlinePlaceSerializer(many=True))
    @action(detail=True, methods=["post"])
    def turn(self, request: Request, kind: str, **kwargs: Any) -> Response:
        """Print a section or leave it out."""
        asked = TurnSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        owner, member = self.request.member.administration, self.request.member
        outlines.turn_section(owner, _known(kind), by=member, **asked.validated_data)
        return self._places(kind)

    def _places(self, kind: str, language: str = "") -> Response:
        places = outlines.outline(self.request.member.administration, _known(kind), language)
        return Response(self.get_serializer(places, many=True).data)
