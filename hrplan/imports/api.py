"""REST resources of tables in and out: files previewed, taken in or dropped; all tables out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.library.staff_lists.dates import DAY, MONTH
from competencies.library.staff_lists.matching import FIELDS, ListMapping
from competencies.library.staff_lists.words import plain
from hrplan.core import rules
from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.models import Import, Run
from hrplan.core.rest import MemberMixin
from hrplan.exchange.preview import Existing
from hrplan.imports.usecases import exports, imports, sheets, staff_lists, taking_back

MOST_DIGITS = 5  # of the position of a column


class ImportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Import
        fields = ("id", "name", "at", "existing", "state", "counts", "faults", "is_staff_list")
        read_only_fields = fields


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField()
    existing = serializers.ChoiceField(choices=Import.Existing.choices)
    is_staff_list = serializers.BooleanField(
        default=False, help_text="a staff list with headings of its own: tell its columns next"
    )

    def validate_file(self, file: Any) -> Any:
        return imports.takeable(file)


class ListMappingSerializer(serializers.Serializer):
    sheet = serializers.CharField(max_length=200)
    row = serializers.IntegerField(min_value=1, help_text="of the headings, the last of them")
    columns = serializers.DictField(
        child=serializers.ChoiceField(choices=FIELDS), help_text="position from 0: field"
    )
    dates = serializers.ChoiceField(choices=["", DAY, MONTH], default="")
    unit = serializers.CharField(default="", allow_blank=True, max_length=20)
    values = serializers.DictField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True)), default=dict
    )
    existing = serializers.ChoiceField(
        choices=Import.Existing.choices, default=Import.Existing.UPDATE
    )

    def validate_columns(self, columns: dict[str, str]) -> dict[str, str]:
        if not all(position.isdecimal() and len(position) < MOST_DIGITS for position in columns):
            raise serializers.ValidationError(_("Columns are numbered from 0."))
        return columns

    def validate_values(self, values: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
        return {name: {plain(word): code for word, code in words.items()}
                for name, words in values.items()}  # fmt: skip


class UnknownSerializer(serializers.Serializer):
    field = serializers.CharField()
    word = serializers.CharField()
    count = serializers.IntegerField()
    near = serializers.CharField()


class ColumnsSerializer(serializers.Serializer):
    sheets = serializers.ListField(child=serializers.CharField())
    remembered = serializers.BooleanField()
    headings = serializers.DictField(child=serializers.CharField())
    mapping = ListMappingSerializer(allow_null=True)
    unknown = UnknownSerializer(many=True)


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

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, **kwargs: Any) -> Response:
        imports.drop(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, **kwargs: Any) -> Response:
        """Undo an import while nothing of it has changed since."""
        taking_back.take_back(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=ColumnsSerializer)
    @action(detail=True)
    def columns(self, request: Request, **kwargs: Any) -> Response:
        """How a staff list would be read: as its headings and cells propose, or as remembered.

        Empty for an import whose columns can't be told, or no longer.
        """
        row = self.get_object()
        looked = sheets.look(row) if staff_lists.can_be_mapped(row) else None
        return Response(ColumnsSerializer(staff_lists.told(looked)).data)

    @extend_schema(request=ListMappingSerializer, responses=ImportSerializer)
    @columns.mapping.post
    def tell(self, request: Request, **kwargs: Any) -> Response:
        """Say what the columns and words of a staff list stand for; it is previewed."""
        row = self._list()
        sent = ListMappingSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        existing = Existing(values.pop("existing"))
        looked = sheets.look(row, values["sheet"], values["row"])
        mapping = ListMapping.of(values)
        done = staff_lists.map_columns(row, looked, mapping, existing, by=self.request.member)
        return Response(self.get_serializer(done).data)

    def _list(self) -> Import:
        row: Import = self.get_object()
        if not staff_lists.can_be_mapped(row):
            raise ValidationError(_("The columns of this file can no longer be told."))
        return row


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
