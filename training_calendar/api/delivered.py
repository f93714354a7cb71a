"""REST resource of what was delivered against what was planned."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.rules import small_cell_limit
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import delivered as shapes
from training_calendar.usecases import delivered


class DeliveredViewSet(Reading):
    """Sessions that are over: dates, seats, hours and cost, and the effect on the gap."""

    serializer_class = shapes.DeliveredSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_outcome(member)

    @extend_schema(parameters=[shapes.AskedDelivered], responses=shapes.DeliveredSerializer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Of the plan in force, or of one quarter of it; the gap is null where few are behind."""
        wanted = asked(shapes.AskedDelivered, request.query_params)
        member = self.request.member
        found = delivered.delivered(member.administration, self.span(wanted["quarter"]))
        data = shapes.DeliveredSerializer(found).data
        limit = small_cell_limit(member)
        if limit and 0 < found.gap.n < limit:
            data["gap"] = None
        return Response(data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("delivered", DeliveredViewSet, "delivered"),
)
