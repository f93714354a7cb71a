"""REST resources of promotion: rounds with both lists, and candidacies; for the office alone."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.api.base import Kept, Removable
from competencies.forms import rest_ahead as rest
from competencies.models import Candidacy, PromotionRound
from competencies.usecases import promotions, shadow_run
from hrplan.core.models import Member


class RoundViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Rounds of promotion with their rules."""

    kept = serializer_class = rest.RoundKept
    add, change = promotions.add_round, promotions.change_round
    remove = promotions.remove_round
    model = PromotionRound
    related = ("administration", "profile")

    def allowed(self, member: Member) -> bool:
        return rules.can_see_promotions(member)

    @extend_schema(responses=rest.OutcomeSerializer)
    @action(detail=True)
    def outcome(self, request: Request, **kwargs: Any) -> Response:
        """The list by seniority beside that by competency, each place explained."""
        row = self.get_object()
        seen = shadow_run.outcome(row, self.request.member.administration)
        shown = rest.OutcomeSerializer(seen, context={"is_shadow": row.is_shadow})
        return Response(shown.data)

    @extend_schema(request=None, responses=rest.RoundKept)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, **kwargs: Any) -> Response:
        """Let the rules of the round bind."""
        row = promotions.publish_round(self.get_object(), by=self.request.member)
        return Response(self.get_serializer(row).data)

    @extend_schema(request=None, responses=rest.RoundKept)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, **kwargs: Any) -> Response:
        """Close a published round."""
        row = promotions.close_round(self.get_object(), by=self.request.member)
        return Response(self.get_serializer(row).data)


class CandidacyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Officers who stand in a round."""

    kept = serializer_class = rest.CandidacyKept
    add, change = promotions.add_candidacy, promotions.change_candidacy
    remove = promotions.remove_candidacy
    model = Candidacy
    related = ("administration", "round", "staff_member")

    def allowed(self, member: Member) -> bool:
        return rules.can_see_promotions(member)
