"""REST resources of priorities, of the rulings on needs, of funding sources and budget lines."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies.api.base import Kept, Removable
from competencies.rules import can_see_small_cells, small_cell_limit
from hrplan.core.models import Member
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import rest_needs as shapes
from training_calendar.models import BudgetLine, FundingSource, NeedRuling
from training_calendar.rules import can_see_supply
from training_calendar.usecases import accounts, funding_sources, priority_list, rulings


class PriorityViewSet(Reading):
    """All needs by competency and job profile, the most pressing first."""

    serializer_class = shapes.PriorityLineSerializer

    @extend_schema(
        parameters=[shapes.AskedPriorities], responses=shapes.PriorityLineSerializer(many=True)
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """The whole list, or one band, profile, competency or cause of it."""
        member = self.request.member
        lines = priority_list.need_priorities(member.administration, limit=small_cell_limit(member))
        wanted = asked(shapes.AskedPriorities, request.query_params)
        rows = priority_list.narrowed(lines, **wanted)
        return Response(shapes.PriorityLineSerializer(rows, many=True).data)


class RulingViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """What is ruled about needs: cause, top band, link, deadline. Read by the office alone."""

    kept = shapes.RulingKept
    add, change = rulings.add_ruling, rulings.change_ruling
    remove = rulings.remove_ruling
    model = NeedRuling
    related = ("administration", "competency", "profile")
    serializer_class = shapes.RulingKept

    def allowed(self, member: Member) -> bool:
        return can_see_small_cells(member)

    @extend_schema(request=None, responses=shapes.RulingKept)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **kwargs: Any) -> Response:
        """Approve the place in the top band that another member proposed."""
        done = rulings.approve_ruling(self.get_object(), by=self.request.member)
        return Response(shapes.RulingKept(done).data)


class SourceViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Who pays for training, in which window, under which conditions."""

    kept = shapes.SourceKept
    add, change = funding_sources.add_source, funding_sources.change_source
    remove = funding_sources.remove_source
    model = FundingSource
    related = ("administration",)
    serializer_class = shapes.SourceKept

    def get_queryset(self) -> QuerySet[FundingSource]:
        return super().get_queryset().prefetch_related("quarters", "offers", "modules")

    def allowed(self, member: Member) -> bool:
        return can_see_supply(member)


class LineViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """The chart of accounts: the lines of the budget, and which items of cost fall on each."""

    kept = shapes.LineKept
    add, change, remove = accounts.add_line, accounts.change_line, accounts.remove_line
    model = BudgetLine
    related = ("administration",)
    serializer_class = shapes.LineKept

    def allowed(self, member: Member) -> bool:
        return can_see_supply(member)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("priorities", PriorityViewSet, "priority"),
    ("need-rulings", RulingViewSet, "need-ruling"),
    ("funding-sources", SourceViewSet, "funding-source"),
    ("budget-lines", LineViewSet, "budget-line"),
)
