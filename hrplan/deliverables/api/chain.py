"""REST: the steps of the chain, voices, delegations, and rules passed over."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.core.rest import RowSerializer
from hrplan.deliverables import rules
from hrplan.deliverables.api.base import ChainViewSet
from hrplan.deliverables.models import (
    Body,
    ChainStep,
    CheckOverride,
    Delegation,
)
from hrplan.deliverables.usecases import (
    chain,
    overrides,
)

OUTSIDE = [one for one in Body.choices if one[0] != Body.HOUSE]


class ChainStepSerializer(RowSerializer):
    """A step of the chain; without an id where it is that of the usual chain."""

    class Meta:
        model = ChainStep
        fields = ("id", *chain.FIELDS)


class VoiceSerializer(serializers.Serializer):
    """A reviewer, by the key of the seat, and the body that they speak for."""

    id = serializers.IntegerField(source="member.pk", read_only=True)
    reviewer = serializers.CharField(source="member.user", read_only=True)
    body = serializers.ChoiceField(choices=OUTSIDE, allow_blank=True)


class DelegationSerializer(RowSerializer):
    class Meta:
        model = Delegation
        fields = ("id", "delegate", "starts_on", "ends_on")


class OverrideSerializer(serializers.ModelSerializer):
    class Meta:
        model = CheckOverride
        fields = ("number", "reason", "at")
        read_only_fields = ("at",)


class ChainStepViewSet(ChainViewSet):
    """The steps that submissions go through; the HR officer keeps them."""

    serializer_class = ChainStepSerializer

    def get_queryset(self) -> QuerySet[ChainStep]:
        if getattr(self, "swagger_fake_view", False):
            return ChainStep.objects.none()
        require(rules.can_delegate(self.request.member))
        return ChainStep.objects.visible_to(self.request.member)

    def list(self, request: Request, **kwargs: Any) -> Response:
        """The chain as it is stated, or the usual one."""
        require(rules.can_delegate(self.request.member))
        found = chain.steps_of(self.request.member.administration)
        return Response(self.get_serializer(found, many=True).data)

    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        made = chain.add_step(member.administration, by=member, **self.asked())
        return self.told(made, status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        row = self.get_object()
        asked = self.get_serializer(row, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        return self.told(chain.change_step(row, by=self.request.member, **asked.validated_data))

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        chain.remove_step(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class VoiceViewSet(ChainViewSet):
    """For which body each reviewer speaks; the HR officer says it."""

    serializer_class = VoiceSerializer
    queryset = Member.objects.none()

    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_keep_chain(self.request.member))
        found = chain.reviewers(self.request.member.administration)
        return Response(self.get_serializer(found, many=True).data)

    def update(self, request: Request, pk: int, **kwargs: Any) -> Response:
        """State the body of a reviewer; an empty one: any."""
        seats = Member.objects.filter(administration=self.request.member.administration)
        found = get_object_or_404(seats.select_related("user"), pk=pk)
        body = self.asked()["body"]
        chain.speak_for(found, body, by=self.request.member)
        return self.told(chain.Spoken(found, body))


class DelegationViewSet(ChainViewSet):
    """Whom one lets act for oneself."""

    serializer_class = DelegationSerializer

    def get_queryset(self) -> QuerySet[Delegation]:
        if getattr(self, "swagger_fake_view", False):
            return Delegation.objects.none()
        require(rules.can_delegate(self.request.member))
        rows = Delegation.objects.visible_to(self.request.member)
        return rows.filter(principal=self.request.member)

    def list(self, request: Request, **kwargs: Any) -> Response:
        return Response(self.get_serializer(self.get_queryset(), many=True).data)

    def create(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_delegate(self.request.member))
        asked = self.asked()
        made = chain.delegate(to=asked.pop("delegate"), by=self.request.member, **asked)
        return self.told(made, status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, **kwargs: Any) -> Response:
        chain.end_delegation(self.get_object(), by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)


class OverrideViewSet(ChainViewSet):
    """Why documents go on although a rule does not hold: the head says it and takes it back."""

    serializer_class = OverrideSerializer
    queryset = CheckOverride.objects.none()
    lookup_field = "number"

    def list(self, request: Request, **kwargs: Any) -> Response:
        require(rules.can_see_checks(self.request.member))
        rows = CheckOverride.objects.visible_to(self.request.member)
        return Response(self.get_serializer(rows, many=True).data)

    def create(self, request: Request, **kwargs: Any) -> Response:
        """Say why; a later reason takes the place of the first."""
        member = self.request.member
        require(rules.can_override(member))
        asked = self.asked()
        made = overrides.override(
            member.administration, asked["number"], asked["reason"], by=member
        )
        return self.told(made, status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, number: int, **kwargs: Any) -> Response:
        overrides.take_back(self.request.member.administration, number, by=self.request.member)
        return Response(status=status.HTTP_204_NO_CONTENT)
