"""REST resource of evaluation: figures by level, and of whom something is due."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading
from training_calendar.forms import evaluating as shapes
from training_calendar.usecases import evaluating, evaluation_figures


class EvaluationViewSet(Reading):
    """What evaluations show, and what is due of whom; answers go to the place itself."""

    serializer_class = shapes.EvaluationFiguresSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_evaluation(member)

    @extend_schema(responses=shapes.EvaluationFiguresSerializer)
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Levels 1 to 3 and teach-back, with n and missing."""
        found = evaluation_figures.evaluation_figures(self.request.member)
        return Response(shapes.EvaluationFiguresSerializer(found).data)

    @extend_schema(responses=shapes.DueSerializer(many=True))
    @action(detail=False)
    def behaviour(self, request: Request, **kwargs: Any) -> Response:
        """Of whom the supervisor has to say what is used at work."""
        found = evaluating.behaviour_due(self.request.member)
        return Response(shapes.DueSerializer(found, many=True).data)

    @extend_schema(responses=shapes.DueSerializer(many=True))
    @action(detail=False, url_path="teach-back")
    def teach_back(self, request: Request, **kwargs: Any) -> Response:
        """Who came back from a course outside and has not taught it yet."""
        found = evaluating.teach_back_due(self.request.member)
        return Response(shapes.DueSerializer(found, many=True).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("evaluation", EvaluationViewSet, "evaluation"),
)
