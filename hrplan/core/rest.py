"""What REST resources share: the member at the door, refusals in the words of the pages."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from rest_framework import exceptions, serializers, views
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import member_of
from hrplan.core.models import Member


class MemberApiRequest(Request):
    """A request that came through `MemberMixin`."""

    member: Member


class MemberMixin(views.APIView):
    """Sets `request.member`, as `member_required` does for pages."""

    request: MemberApiRequest

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.request.member = member_of(request.user, kwargs["administration"])


class RowSerializer(serializers.ModelSerializer):
    """A row whose relations are chosen among the administration's own."""

    def get_fields(self) -> dict[str, serializers.Field]:
        found = super().get_fields()
        member = getattr(self.context.get("request"), "member", None)
        for name, field in found.items():
            related: Any = getattr(field, "child_relation", field)
            if isinstance(field, serializers.JSONField):
                words = serializers.CharField(max_length=60)
                found[name] = serializers.ListField(child=words, required=False)
            elif getattr(related, "queryset", None) is not None:
                rows = related.queryset
                own = rows.filter(administration=member.administration) if member else rows.none()
                related.queryset = own
        return found


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """A broken rule is a 400 with the words the form shows; a clash of rows is a 409."""
    if isinstance(error, ValidationError):
        error = exceptions.ValidationError(serializers.as_serializer_error(error))
    if isinstance(error, IntegrityError):
        return Response({"detail": "This contradicts a row that exists."}, status=409)
    return views.exception_handler(error, context)
