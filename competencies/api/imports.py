"""REST resource of frameworks of other systems: previewed, taken in, or dropped."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.api.base import Resource
from competencies.forms import rest, rest_imports
from competencies.models import FrameworkImport
from competencies.usecases import framework_imports
from hrplan.core.access import require
from hrplan.core.models import Member


class FrameworkImportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Frameworks of Moodle, CASE or ESCO: nothing is written before `confirm`."""

    model = FrameworkImport
    serializer_class = rest_imports.FrameworkImportSerializer
    parser_classes = (MultiPartParser, JSONParser)

    def allowed(self, member: Member) -> bool:
        return rules.can_change_framework(member)

    def get_serializer_class(self) -> type[Any]:
        is_one = self.action in ("retrieve", "create", "narrow")
        return rest_imports.PreviewSerializer if is_one else super().get_serializer_class()

    @extend_schema(
        request={"multipart/form-data": rest_imports.FilesSerializer},
        responses={201: rest_imports.PreviewSerializer},
    )
    def create(self, request: Request, **kwargs: Any) -> Response:
        """Preview the framework in the files sent."""
        member = self.request.member
        require(rules.can_change_framework(member))
        sent = rest_imports.FilesSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        files = sent.validated_data["files"]
        row = framework_imports.receive(files, by=member, narrowed=sent.narrowed())
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=rest_imports.NarrowSerializer, responses=rest_imports.PreviewSerializer)
    @action(detail=True, methods=["post"])
    def narrow(self, request: Request, **kwargs: Any) -> Response:
        """Preview the skills of ESCO anew, with other words or another occupation."""
        row = self.get_object()
        sent = rest_imports.NarrowSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        row = framework_imports.narrow(row, sent.narrowed(), by=self.request.member)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=rest_imports.ConfirmSerializer, responses=rest.FrameworkSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, **kwargs: Any) -> Response:
        """Take the framework in as a version that is not in force."""
        row = self.get_object()
        sent = rest_imports.ConfirmSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        framework = framework_imports.confirm(row, sent.validated_data, by=self.request.member)
        return Response(rest.FrameworkSerializer(framework).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, **kwargs: Any) -> Response:
        """Throw the files away."""
        framework_imports.drop(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
