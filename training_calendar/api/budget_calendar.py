"""REST resource of the budget calendar."""

from typing import Any

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from training_calendar.api.planning import Reading, asked
from training_calendar.forms.rest_budget_calendar import BudgetCalendarSerializer
from training_calendar.usecases import budget_calendar


class BudgetCalendarViewSet(Reading):
    """When calls for the Estimates close, and when they pass."""

    serializer_class = BudgetCalendarSerializer

    @extend_schema(responses=forced_singular_serializer(BudgetCalendarSerializer))
    def list(self, request: Request, **kwargs: Any) -> Response:
        return self._answer()

    @extend_schema(request=BudgetCalendarSerializer, responses=BudgetCalendarSerializer)
    def create(self, request: Request, **kwargs: Any) -> Response:
        """State both days anew."""
        member = self.request.member
        wanted = asked(BudgetCalendarSerializer, request.data)
        budget_calendar.set_budget_calendar(member.administration, wanted, by=member)
        return self._answer()

    def _answer(self) -> Response:
        held = budget_calendar.stated(self.request.member.administration)
        return Response(BudgetCalendarSerializer(held).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("budget-calendar", BudgetCalendarViewSet, "budget-calendar"),
)
