"""REST resources of what an exercise rests on and what it found."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from diagnostics import rules
from diagnostics.api.base import Readers, valid
from diagnostics.forms.rest_evidence import (
    CauseSerializer,
    CitedSerializer,
    FindingSerializer,
    RecommendationSerializer,
    ReferenceDocumentSerializer,
)
from diagnostics.models import (
    Exercise,
    Finding,
    ReferenceDocument,
)
from diagnostics.usecases import (
    citing,
    documents,
    evidence_rows,
    findings,
)
from hrplan.core.access import require
from hrplan.core.models import Member


class DocumentViewSet(
    Readers, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet
):
    """The register of documents; a code that is there is said anew."""

    model = ReferenceDocument
    serializer_class = ReferenceDocumentSerializer
    lookup_value_converter = "int"

    @extend_schema(request=ReferenceDocumentSerializer, responses=ReferenceDocumentSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        values = valid(self.get_serializer(data=request.data))
        seen = Exercise.objects.visible_to(self.request.member).select_related("administration")
        exercise = get_object_or_404(seen, pk=values.pop("exercise_id"))
        row = documents.register_document(exercise, by=self.request.member, **values)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)


class EvidenceViewSet(Readers, viewsets.ModelViewSet):
    """What was heard and read: read inside, kept by the HR officer and the facilitator."""

    lookup_value_converter = "int"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def allows(self, member: Member) -> bool:
        return rules.can_see_exercise(member)

    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_prepare(member))
        values = valid(self.get_serializer(data=request.data))
        owner = member.administration
        made = evidence_rows.add_row(self.model, owner, by=member, **values)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_prepare(self.request.member))
        row = self.get_object()
        values = valid(self.get_serializer(row, data=request.data, partial=True))
        changed = evidence_rows.change_row(row, by=self.request.member, **values)
        return Response(self.get_serializer(changed).data)

    def perform_destroy(self, instance: Any) -> None:
        evidence_rows.remove_row(instance, by=self.request.member)


def evidence_of(kind: type[Any], serializer: type[serializers.BaseSerializer]) -> type[Any]:
    """A resource of one kind of evidence."""
    words = {"__doc__": kind.__doc__, "model": kind, "serializer_class": serializer}
    return type(f"{kind.__name__}ViewSet", (EvidenceViewSet,), words)


class FindingViewSet(Readers, viewsets.GenericViewSet):
    """One finding, its causes and recommendations."""

    model = Finding
    serializer_class = FindingSerializer
    lookup_value_converter = "int"

    def retrieve(self, request: Request, **kwargs: Any) -> Response:
        return Response(self.get_serializer(findings.finding_line(self.get_object())).data)

    @extend_schema(request=CitedSerializer, responses=CitedSerializer)
    @action(detail=True, methods=["put"])
    def cited(self, request: Request, **kwargs: Any) -> Response:
        """Say what a finding rests on beside the votes, by the marks of its exercise's sources."""
        values = valid(CitedSerializer(data=request.data))
        row = citing.cite(self.get_object(), values["cited"], by=self.request.member)
        return Response(CitedSerializer(row).data)

    @extend_schema(request=CauseSerializer, responses={201: CauseSerializer})
    @action(detail=True, methods=["post"])
    def causes(self, request: Request, **kwargs: Any) -> Response:
        values = valid(CauseSerializer(data=request.data))
        made = findings.add_cause(self.get_object(), by=self.request.member, **values)
        return Response(CauseSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=RecommendationSerializer, responses={201: RecommendationSerializer})
    @action(detail=True, methods=["post"])
    def recommendations(self, request: Request, **kwargs: Any) -> Response:
        values = valid(RecommendationSerializer(data=request.data))
        made = findings.add_recommendation(self.get_object(), by=self.request.member, **values)
        return Response(RecommendationSerializer(made).data, status=status.HTTP_201_CREATED)
