"""REST resources of the shipped catalogue: what it holds, taken in; rates of exchange."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.api.base import Kept, Removable
from hrplan.core.access import require
from hrplan.core.models import Member
from hrplan.core.rest import MemberMixin
from training_calendar import rules
from training_calendar.forms import rest_needs as shapes
from training_calendar.models import ExchangeRate
from training_calendar.usecases import catalogue, rates


class CatalogueViewSet(MemberMixin, viewsets.ViewSet):
    """The modules and programmes that come with hrplan."""

    serializer_class = shapes.ShippedSerializer

    @extend_schema(responses=shapes.ShippedSerializer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """What it holds, what of it is here, and the rate of exchange of its prices."""
        require(rules.can_plan(self.request.member))
        found = catalogue.shipped(self.request.member.administration)
        return Response(shapes.ShippedSerializer(found).data)

    @extend_schema(request=None, responses=shapes.AdoptedSerializer)
    @action(detail=False, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Take it in. Refused where its prices are in another currency and no rate is stated."""
        member = self.request.member
        taken = catalogue.adopt_catalogue(member.administration, by=member)
        return Response(shapes.AdoptedSerializer(taken).data)


class RateViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """What a unit of the catalogue's currency is worth in the administration's own."""

    kept = shapes.RateKept
    add, change, remove = rates.add_rate, rates.change_rate, rates.remove_rate
    model = ExchangeRate
    related = ("administration",)
    serializer_class = shapes.RateKept

    def allowed(self, member: Member) -> bool:
        return rules.can_see_supply(member)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("catalogue", CatalogueViewSet, "catalogue"),
    ("exchange-rates", RateViewSet, "exchange-rate"),
)
