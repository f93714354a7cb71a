"""What the resources of this floor have in common."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.core.rest import MemberMixin


class Resource(MemberMixin, viewsets.GenericViewSet):
    """A resource of one administration: rows start at `visible_to`, keys are whole numbers."""

    lookup_value_converter = "int"
    model: type[Any]
    related: tuple[str, ...] = ()

    def allowed(self, member: Member) -> bool:
        """Whether the role reads this resource at all."""
        return rules.can_see_framework(member)

    def get_queryset(self) -> QuerySet:
        rows = self.model.objects
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        require(self.allowed(self.request.member))
        return rows.visible_to(self.request.member).select_related(*self.related)


class Kept(Resource):
    """A resource whose rows the HR officer adds and changes, by the use cases of the pages."""

    kept: type[Any]  # serializer of what comes in
    begun: type[Any] | None = None  # of a new one, where that takes more
    add: Callable[..., Any]
    change: Callable[..., Any]

    def get_serializer_class(self) -> type[Any]:
        if self.action == "create":
            return self.begun or self.kept
        return self.kept if self.action == "partial_update" else super().get_serializer_class()

    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_keep_people(member))
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = type(self).add(member.administration, by=member, **serializer.validated_data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        row, member = self.get_object(), self.request.member
        require(rules.can_keep_people(member))
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = type(self).change(row, by=member, **serializer.validated_data)
        return Response(self.get_serializer(changed).data)


class Removable(mixins.DestroyModelMixin):
    """Rows that can be taken away once nothing hangs on them."""

    remove: Callable[..., None]

    def perform_destroy(self, instance: Any) -> None:
        type(self).remove(instance, by=self.request.member)  # type: ignore[attr-defined]
