"""REST resources of the register: partners, activities, recommendations, overlaps."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.models import TenantModel
from hrplan.core.rest import MemberMixin, RowSerializer
from hrplan.partners import forms, rules
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner
from hrplan.partners.usecases import changes, register


class PartnerSerializer(RowSerializer):
    class Meta:
        model = Partner
        fields = ("id", "code", "name", "kind")


class ActivitySerializer(RowSerializer):
    class Meta:
        model = Activity
        fields = ("id", *forms.ActivityForm.Meta.fields)


class AidRecommendationSerializer(RowSerializer):
    class Meta:
        model = AidRecommendation
        fields = ("id", "activity", "number", "text", "owner", "due_on", "done_on", "evidence")
        read_only_fields = ("done_on", "evidence")


class FollowSerializer(serializers.Serializer):
    done_on = serializers.DateField()
    evidence = serializers.CharField(max_length=300)


class RulingSerializer(RowSerializer):
    class Meta:
        model = OverlapRuling
        fields = ("id", "activity", "other", "verdict", "note", "ruled_on")
        read_only_fields = ("ruled_on",)
        validators = ()  # a later conclusion takes the place of the one before


class RegisterViewSet(
    MemberMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    viewsets.GenericViewSet,
):
    """Rows of the register; readers read, the HR officer adds and changes."""

    model: type[TenantModel]
    lookup_value_converter = "int"

    def get_queryset(self) -> QuerySet:
        if getattr(self, "swagger_fake_view", False):
            return self.model.objects.none()
        require(rules.can_see_register(self.request.member))
        return self.model.objects.visible_to(self.request.member)

    def create(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_change_register(self.request.member))
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = self._make(request, dict(serializer.validated_data))
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def _make(self, request: Request, data: dict[str, Any]) -> models.Model:
        owner = self.request.member.administration
        return changes.add_row(self.model, owner, by=self.request.member, **data)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_change_register(self.request.member))
        row = self.get_object()
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = changes.change_row(row, by=self.request.member, **serializer.validated_data)
        return Response(self.get_serializer(changed).data)


class PartnerViewSet(RegisterViewSet):
    """Who funds or gives assistance."""

    model, serializer_class = Partner, PartnerSerializer


class OverlapPartSerializer(serializers.Serializer):
    part = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    weight = serializers.FloatField()


class OverlapRulingSerializer(serializers.Serializer):
    other = serializers.CharField()
    verdict = serializers.CharField()
    verdict_words = serializers.CharField()
    note = serializers.CharField()
    ruled_on = serializers.DateField()


class OverlapSerializer(serializers.Serializer):
    """Two activities that were compared; score null: not known."""

    first = serializers.IntegerField(source="first.pk")
    second = serializers.IntegerField(source="second.pk")
    score = serializers.FloatField(allow_null=True)
    known = serializers.FloatField()
    likeness = serializers.CharField(source="likeness.value")
    parts = serializers.SerializerMethodField()
    ruling = OverlapRulingSerializer(allow_null=True)

    @extend_schema_field(OverlapPartSerializer(many=True))
    def get_parts(self, line: register.OverlapLine) -> list[dict[str, Any]]:
        names = ("part", "value", "weight")
        return [dict(zip(names, part, strict=True)) for part in line.parts]


class ActivityViewSet(RegisterViewSet):
    """Pieces of assistance, and the pairs of them that look alike."""

    model, serializer_class = Activity, ActivitySerializer

    @extend_schema(responses=OverlapSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def overlaps(self, request: Request, **kwargs: Any) -> Response:
        """Every pair compared: score, share known, what it means, what was concluded."""
        require(rules.can_see_register(self.request.member))
        found = register.overlaps(self.request.member.administration)
        return Response(OverlapSerializer(found, many=True).data)


class RecommendationViewSet(RegisterViewSet):
    """What missions recommended; followed up with evidence."""

    model, serializer_class = AidRecommendation, AidRecommendationSerializer

    @extend_schema(request=FollowSerializer)
    @action(detail=True, methods=["post"])
    def follow(self, request: Request, **kwargs: Any) -> Response:
        row = self.get_object()
        given = FollowSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        done = changes.follow_recommendation(row, by=self.request.member, **given.validated_data)
        return Response(self.get_serializer(done).data)


class RulingViewSet(RegisterViewSet):
    """What was concluded on pairs; concluding again replaces it."""

    model, serializer_class = OverlapRuling, RulingSerializer
    http_method_names = ("get", "post", "head", "options")

    def _make(self, request: Request, data: dict[str, Any]) -> models.Model:
        first, second = data.pop("activity"), data.pop("other")
        return changes.conclude_overlap(first, second, by=self.request.member, **data)


ROUTES = (
    ("partners", PartnerViewSet, "partners"),
    ("activities", ActivityViewSet, "activities"),
    ("aid-recommendations", RecommendationViewSet, "aid-recommendations"),
    ("overlap-rulings", RulingViewSet, "overlap-rulings"),
)
