"""What the resources of the chain share."""

from typing import Any

from rest_framework import serializers, status, viewsets
from rest_framework.response import Response

from hrplan.core.rest import MemberMixin
from hrplan.deliverables.models import (
    Submission,
)


class ChainViewSet(MemberMixin, viewsets.GenericViewSet):
    """What these resources share: few rows, no pages, no filters."""

    pagination_class = None
    filter_backends = ()
    lookup_value_converter = "int"
    queryset: Any = Submission.objects.none()

    def asked(self, kind: type[serializers.Serializer] | None = None) -> dict[str, Any]:
        """What was asked for, checked in shape; a fault is a 400 naming the field."""
        context = self.get_serializer_context()
        found = (kind or self.get_serializer_class())(data=self.request.data, context=context)
        found.is_valid(raise_exception=True)
        return dict(found.validated_data)

    def told(self, row: Any, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(row).data, status=code)
