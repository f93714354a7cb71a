"""REST resources of the ground floor: the administration, holidays, runs, the audit trail."""

from typing import Any

from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core import rules, runs, usecases
from hrplan.core.access import require
from hrplan.core.models import Administration, AuditEntry, Holiday, Run
from hrplan.core.rest import MemberMixin


class AdministrationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Administration
        fields = ("slug", *usecases.SETTINGS, "is_demonstration")
        read_only_fields = ("slug", "is_demonstration")


class HolidaySerializer(serializers.ModelSerializer):
    class Meta:
        model = Holiday
        fields = ("id", "date", "name", "kind")


class RunSerializer(serializers.ModelSerializer):
    class Meta:
        model = Run
        fields = (
            "id",
            "kind",
            "state",
            "progress",
            "message",
            "asked_at",
            "started_at",
            "finished_at",
            "result",
            "error",
        )
        read_only_fields = fields


class AuditEntrySerializer(serializers.ModelSerializer):
    class Meta:
        model = AuditEntry
        fields = ("id", "at", "action", "table", "row", "fields")
        read_only_fields = fields


class AdministrationViewSet(MemberMixin, viewsets.GenericViewSet):
    """The administration itself and its settings."""

    serializer_class = AdministrationSerializer
    queryset = Administration.objects.none()
    pagination_class = None
    filter_backends = ()

    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_settings(self.request.member))
        return Response(self.get_serializer(self.request.member.administration).data)

    @action(detail=False, methods=["patch"], url_path="settings")
    def change(self, request: Request, **kwargs: Any) -> Response:
        serializer = self.get_serializer(
            self.request.member.administration, data=request.data, partial=True
        )
        serializer.is_valid(raise_exception=True)
        changed = usecases.change_settings(
            self.request.member.administration, by=self.request.member, **serializer.validated_data
        )
        return Response(self.get_serializer(changed).data)


class HolidayViewSet(
    MemberMixin, mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet
):
    """Days of the administration's own."""

    serializer_class = HolidaySerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Holiday.objects.none()
        require(rules.can_see_settings(self.request.member))
        return Holiday.objects.visible_to(self.request.member)

    def create(self, request: Request, **kwargs: Any) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        made = usecases.set_holiday(
            self.request.member.administration,
            on=data["date"],
            name=data["name"],
            kind=data.get("kind", Holiday.Kind.ADDED),
            by=self.request.member,
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def perform_destroy(self, instance: Holiday) -> None:
        usecases.remove_holiday(instance, by=self.request.member)


class RunViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """Long work: state, progress, result; and a way to stop it."""

    serializer_class = RunSerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Run.objects.none()
        require(rules.can_see_office(self.request.member))
        return Run.objects.visible_to(self.request.member)

    @action(detail=True, methods=["post"])
    def stop(self, request: Request, **kwargs: Any) -> Response:
        run = self.get_object()
        runs.stop(run, by=self.request.member)
        run.refresh_from_db()
        return Response(self.get_serializer(run).data)


class AuditViewSet(MemberMixin, viewsets.ReadOnlyModelViewSet):
    """What was done, by row and field; never what the values were."""

    serializer_class = AuditEntrySerializer
    lookup_value_converter = "int"

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return AuditEntry.objects.none()
        require(rules.can_see_office(self.request.member))
        return AuditEntry.objects.visible_to(self.request.member)


ROUTES = (
    ("administration", AdministrationViewSet, "administration"),
    ("holidays", HolidayViewSet, "holidays"),
    ("runs", RunViewSet, "runs"),
    ("audit", AuditViewSet, "audit"),
)
