"""REST resources of tables in and out: files previewed, taken in or dropped; all tables out."""

from typing import Any

from drf_spectacular.utils import OpenApiTypes, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core import rules
from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.models import Import, Run
from hrplan.core.rest import MemberMixin
from hrplan.imports.usecases import exports, imports


class ImportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Import
        fields = ("id", "name", "at", "existing", "state", "counts", "faults")
        read_only_fields = fields


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField()
    existing = serializers.ChoiceField(choices=Import.Existing.choices)

    def validate_file(self, file: Any) -> Any:
        return imports.takeable(file)


class WrittenSerializer(serializers.Serializer):
    written = serializers.DictField(child=serializers.IntegerField())


class ImportViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Files of tables: previewed when they are sent; nothing is written before `confirm`."""

    serializer_class = ImportSerializer
    parser_classes = (MultiPartParser, JSONParser)
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Import.objects.none()
        require(rules.can_import(self.request.member))
        return Import.objects.visible_to(self.request.member)

    @extend_schema(
        request={"multipart/form-data": UploadSerializer}, responses={201: ImportSerializer}
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_import(self.request.member))
        sent = UploadSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        row = imports.upload(**sent.validated_data, by=self.request.member)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=WrittenSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, **kwargs: Any) -> Response:
        written = imports.confirm(self.get_object(), by=self.request.member)
        return Response({"written": written})

    @extend_schema(request=None, responses={204: OpenApiTypes.NONE})
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, **kwargs: Any) -> Response:
        imports.drop(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ExportViewSet(MemberMixin, viewsets.GenericViewSet):
    """Workbooks of every table: asked for as long work, kept for three days."""

    serializer_class = RunSerializer
    queryset = Run.objects.none()
    pagination_class = None
    filter_backends = ()

    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_import(self.request.member))
        found = exports.kept(self.request.member.administration)
        return Response(self.get_serializer(found, many=True).data)

    @extend_schema(request=None, responses={202: RunSerializer})
    def create(self, request: Request, **kwargs: Any) -> Response:
        run = exports.ask(by=self.request.member)
        return Response(self.get_serializer(run).data, status=status.HTTP_202_ACCEPTED)


ROUTES = [("imports", ImportViewSet, "import"), ("exports", ExportViewSet, "export")]
