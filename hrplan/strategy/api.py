"""REST resources of the strategy: its rows, its indicators' values, milestones, costs."""

from dataclasses import asdict
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.api import RunSerializer
from hrplan.core.models import TenantModel
from hrplan.core.rest import MemberMixin, RowSerializer
from hrplan.strategy import forms, rules
from hrplan.strategy import models as rows
from hrplan.strategy.usecases import (
    changes,
    costs,
    indicators,
    kept,
    proposals,
    read,
    recording,
    roadmap,
)


class RowViewSet(MemberMixin, viewsets.ModelViewSet):
    """Rows of the strategy in force; readers read, the HR officer changes."""

    model: type[TenantModel]
    strategy = "strategy"  # path to the strategy; "" hangs on the administration alone
    lookup_value_converter = "int"
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        require(rules.can_see_strategy(self.request.member))
        seen = self.model.objects.visible_to(self.request.member)
        return seen.filter(**{f"{self.strategy}__is_current": True}) if self.strategy else seen

    def create(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_change_strategy(self.request.member))
        data = self._valid(request)
        owner = self.request.member.administration
        made = changes.add_row(self.model, owner, by=self.request.member, **data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_change_strategy(self.request.member))
        row = self.get_object()
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = changes.change_row(row, by=self.request.member, **serializer.validated_data)
        return Response(self.get_serializer(changed).data)

    def perform_destroy(self, instance: Any) -> None:
        changes.remove_row(instance, by=self.request.member)

    def _valid(self, request: Request) -> dict[str, Any]:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)


def _resource(
    model: type[models.Model], names: tuple[str, ...], path: str = "strategy"
) -> type[RowViewSet]:
    """A resource of one kind of row, with the fields its form has."""
    name = model.__name__
    meta = type("Meta", (), {"model": model, "fields": ("id", *names)})
    serializer = type(f"{name}Serializer", (RowSerializer,), {"Meta": meta})
    words = {"__doc__": model.__doc__, "model": model, "strategy": path}
    return type(f"{name}ViewSet", (RowViewSet,), {**words, "serializer_class": serializer})


def _fields(form: type[forms.RowForm]) -> tuple[str, ...]:
    return tuple(form.Meta.fields)  # type: ignore[attr-defined]


class MeasurementSerializer(RowSerializer):
    class Meta:
        model = rows.Measurement
        fields = ("id", "indicator", "measured_on", "value", "note")
        validators = ()  # a value of the same day is replaced


class TargetSerializer(serializers.Serializer):
    target = serializers.DecimalField(max_digits=12, decimal_places=2, required=False)
    band_low = serializers.DecimalField(max_digits=12, decimal_places=2, required=False)
    band_high = serializers.DecimalField(max_digits=12, decimal_places=2, required=False)
    target_on = serializers.DateField(required=False, allow_null=True)
    reason = serializers.CharField(max_length=300)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The two ends of the band become one; half a band is refused."""
        ends = [attrs.pop(name) for name in ("band_low", "band_high") if name in attrs]
        if len(ends) == 1:
            words = _("State both ends of the band, the lower one first.")
            raise serializers.ValidationError(words)
        return {**attrs, "band": tuple(ends) or None}


class DoneSerializer(serializers.Serializer):
    done_on = serializers.DateField()


class MeasurementViewSet(MemberMixin, viewsets.GenericViewSet):
    """Values of indicators: read them, record one."""

    serializer_class = MeasurementSerializer
    queryset = rows.Measurement.objects.none()

    @extend_schema(responses=MeasurementSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_strategy(self.request.member))
        seen = rows.Measurement.objects.visible_to(self.request.member)
        found = self.paginate_queryset(seen.filter(indicator__strategy__is_current=True))
        return self.get_paginated_response(self.get_serializer(found, many=True).data)

    def create(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_change_strategy(self.request.member))
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = dict(serializer.validated_data)
        indicator = data.pop("indicator")
        made = indicators.record_measurement(indicator, by=self.request.member, **data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


_Indicators = _resource(rows.Indicator, _fields(forms.IndicatorForm))
_Milestones = _resource(
    rows.Milestone, (*_fields(forms.MilestoneForm), "done_on"), "initiative__strategy"
)


class ComputedSerializer(serializers.Serializer):
    """An indicator as the records give it; where it is not known, why."""

    code = serializers.CharField()
    title = serializers.CharField()
    formula = serializers.CharField()
    unit = serializers.CharField()
    better = serializers.CharField()
    level = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    reason = serializers.CharField(allow_blank=True)


class IndicatorViewSet(_Indicators):  # type: ignore[misc, valid-type]
    """Indicators; their targets are moved with a reason."""

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("modules")

    @extend_schema(request=TargetSerializer)
    @action(detail=True, methods=["post"], url_path="move-target")
    def move_target(self, request: Request, **kwargs: Any) -> Response:
        row = self.get_object()
        given = TargetSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        indicators.move_target(row, by=self.request.member, **given.validated_data)
        row.refresh_from_db()
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses={201: MeasurementSerializer})
    @action(detail=True, methods=["post"], url_path="record-computed")
    def record_computed(self, request: Request, **kwargs: Any) -> Response:
        """Record what the records give today as the value of the day."""
        made = recording.record_computed(self.get_object(), by=self.request.member)
        return Response(MeasurementSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=ComputedSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def computed(self, request: Request, **kwargs: Any) -> Response:
        """What the records gave when last computed; each with its n, what is missing, or why."""
        require(rules.can_see_strategy(self.request.member))
        found = kept.kept_indicators(self.request.member.administration)
        lines = found.lines if found else ()
        return Response(ComputedSerializer(lines, many=True).data)

    @extend_schema(request=None, responses={202: RunSerializer})
    @computed.mapping.post
    def compute_again(self, request: Request, **kwargs: Any) -> Response:
        """Compute them from the records as they stand; long work."""
        run = kept.ask_for_indicators(by=self.request.member)
        return Response(RunSerializer(run).data, status=status.HTTP_202_ACCEPTED)


class MilestoneViewSet(_Milestones):  # type: ignore[misc, valid-type]
    """Milestones; they are completed and reopened by a request of its own."""

    @extend_schema(request=DoneSerializer)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, **kwargs: Any) -> Response:
        given = DoneSerializer(data=request.data)
        row = self.get_object()
        given.is_valid(raise_exception=True)
        done = changes.complete_milestone(row, by=self.request.member, **given.validated_data)
        return Response(self.get_serializer(done).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, **kwargs: Any) -> Response:
        row = changes.reopen_milestone(self.get_object(), by=self.request.member)
        return Response(self.get_serializer(row).data)


MilestoneViewSet.serializer_class.Meta.read_only_fields = ("done_on",)


class WeaknessSerializer(serializers.Serializer):
    """A weakness without an objective, and what one that answers it would begin with."""

    code = serializers.CharField()
    title = serializers.CharField()
    domain_code = serializers.CharField()
    domain = serializers.CharField()
    severity = serializers.FloatField()
    evidence = serializers.IntegerField()
    subject = serializers.CharField()
    rationale = serializers.CharField(allow_blank=True)
    corporate_objectives = serializers.ListField(
        source="corporate_pks", child=serializers.IntegerField()
    )


class ProposedInitiativeSerializer(serializers.Serializer):
    """A recommendation without an initiative; theme and objective where they can be told."""

    mark = serializers.CharField()
    finding = serializers.CharField(source="finding_title")
    text = serializers.CharField()
    owner = serializers.CharField(allow_blank=True)
    due_on = serializers.DateField(allow_null=True)
    is_training = serializers.BooleanField()
    theme = serializers.CharField(allow_blank=True)
    objective = serializers.IntegerField(source="objective_pk", allow_null=True)


class ProposalsSerializer(serializers.Serializer):
    """What the findings propose and the strategy has not taken up."""

    weaknesses = WeaknessSerializer(many=True)
    recommendations = ProposedInitiativeSerializer(many=True)


class StrategyViewSet(_resource(rows.Strategy, _fields(forms.StrategyForm), "")):  # type: ignore[misc]
    """Strategies; one is in force. Its costs and its road map are worked out."""

    http_method_names = ("get", "post", "patch", "head", "options")

    def _current(self, request: Request) -> rows.Strategy:
        require(rules.can_see_strategy(self.request.member))
        found = read.current_strategy(self.request.member.administration)
        if found is None:
            raise NotFound
        return found

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def costs(self, request: Request, **kwargs: Any) -> Response:
        """Costs by year, budget line, source and funding, training included."""
        return Response(asdict(costs.cost_summary(self._current(request))))

    @extend_schema(responses=ProposalsSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def proposals(self, request: Request, **kwargs: Any) -> Response:
        """Weaknesses without an objective, recommendations without an initiative."""
        owner = self.request.member.administration
        found = proposals.proposals(owner, by=self.request.member)
        if found is None:
            raise NotFound
        return Response(ProposalsSerializer(found).data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def roadmap(self, request: Request, **kwargs: Any) -> Response:
        """Initiatives by quarter of the fiscal year."""
        return Response(asdict(roadmap.roadmap(self._current(request))))


ROUTES = (
    ("strategies", StrategyViewSet, "strategies"),
    ("principles", _resource(rows.Principle, _fields(forms.PrincipleForm)), "principles"),
    ("objectives", _resource(rows.Objective, _fields(forms.ObjectiveForm)), "objectives"),
    ("indicators", IndicatorViewSet, "indicators"),
    ("measurements", MeasurementViewSet, "measurements"),
    (
        "initiatives",
        _resource(rows.Initiative, (*_fields(forms.InitiativeForm), "cut_on")),
        "initiatives",
    ),
    ("milestones", MilestoneViewSet, "milestones"),
    ("risks", _resource(rows.Risk, _fields(forms.RiskForm)), "risks"),
    (
        "strategy-costs",
        _resource(rows.StrategyCost, (*_fields(forms.CostForm), "cut_on"), "initiative__strategy"),
        "strategy-costs",
    ),
    ("obligations", _resource(rows.Obligation, _fields(forms.ObligationForm), ""), "obligations"),
    (
        "requested-decisions",
        _resource(rows.RequestedDecision, _fields(forms.DecisionForm)),
        "requested-decisions",
    ),
    (
        "responsibilities",
        _resource(rows.Responsibility, _fields(forms.ResponsibilityForm)),
        "responsibilities",
    ),
    ("policy-rules", _resource(rows.PolicyRule, _fields(forms.PolicyRuleForm), ""), "policy-rules"),
    (
        "consultations",
        _resource(rows.Consultation, _fields(forms.ConsultationForm)),
        "consultations",
    ),
)
