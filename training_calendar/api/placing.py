"""REST resources of modules without a session: listed with the reason, judged, given a date."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import rest
from training_calendar.forms import rest_editing as shapes
from training_calendar.models import Module
from training_calendar.usecases import placing, session_detail, unplaced
from training_calendar.usecases.places import Wish


class UnplacedViewSet(Reading):
    """Modules with open needs and no session, and the ways to give one a date."""

    model = Module
    serializer_class = shapes.UnplacedSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_plan(member)

    @extend_schema(responses=shapes.UnplacedSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """The widest open gap first."""
        found = unplaced.unplaced(self.current_calendar()).modules
        return Response(shapes.UnplacedSerializer(found, many=True).data)

    @extend_schema(request=shapes.SupplyAsked, responses=shapes.BlockedSerializer)
    @action(detail=True, methods=["post"])
    def blocked(self, request: Request, **kwargs: Any) -> Response:
        """The days on which a first session cannot begin as the calendar stands, and the rules."""
        wanted = asked(shapes.SupplyAsked, request.data)
        found = placing.blocked_days(*self._asked(), by=self.request.member, **wanted)
        return Response(shapes.BlockedSerializer(found).data)

    @extend_schema(request=None, responses=shapes.NewPlaceSerializer(many=True))
    @action(detail=True, methods=["post"])
    def places(self, request: Request, **kwargs: Any) -> Response:
        """Where most of those who need it can come, the soonest first."""
        found = placing.nearest_places(*self._asked(), by=self.request.member)
        return Response(shapes.NewPlaceSerializer(found, many=True).data)

    @extend_schema(request=shapes.PlaceAsked, responses=shapes.ForeseenSerializer)
    @action(detail=True, methods=["post"])
    def foresee(self, request: Request, **kwargs: Any) -> Response:
        """What a first session there would break and bring."""
        wish = Wish(**asked(shapes.PlaceAsked, request.data))
        found = placing.foresee(*self._asked(), wish, by=self.request.member)
        return Response(shapes.ForeseenSerializer(found).data)

    @extend_schema(request=shapes.MoveAsked, responses={201: rest.SessionAnswer})
    @action(detail=True, methods=["post"])
    def place(self, request: Request, **kwargs: Any) -> Response:
        """Give the module its first session, with those who need it and can come."""
        wanted = asked(shapes.MoveAsked, request.data)
        made = placing.place_module(*self._asked(), by=self.request.member, **wanted)
        found = session_detail.session_detail(made, member=self.request.member)
        return Response(rest.SessionAnswer(found).data, status=status.HTTP_201_CREATED)

    def _asked(self) -> tuple[Any, Module]:
        calendar = self.current_calendar()
        require(rules.can_change_calendar(self.request.member, calendar))
        return calendar, self.get_object()


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("unplaced", UnplacedViewSet, "unplaced"),
)
