"""REST resource of nominations: by when names are due, and that they were sent."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from hrplan.core.access import require
from hrplan.core.models import Member
from training_calendar import rules
from training_calendar.api.planning import Reading, asked
from training_calendar.forms import nominations as shapes
from training_calendar.models import Module
from training_calendar.usecases import nominations


class NominationViewSet(Reading):
    """Courses to come that ask for names, with the numbers of the people one may see."""

    serializer_class = shapes.CourseSerializer

    def allows(self, member: Member) -> bool:
        return rules.can_see_nominees(member)

    @extend_schema(responses=shapes.CourseSerializer(many=True))
    def list(self, request: Request, **kwargs: Any) -> Response:
        """The nearest day first."""
        found = nominations.courses(self.request.member)
        return Response(shapes.CourseSerializer(found, many=True).data)

    @extend_schema(request=shapes.SentAsked, responses=shapes.SentAnswer)
    @action(detail=False, methods=["post"])
    def sent(self, request: Request, **kwargs: Any) -> Response:
        """Write down that the names for a course were sent today."""
        member = self.request.member
        require(rules.can_plan(member))
        said = asked(shapes.SentAsked, request.data)
        module = get_object_or_404(Module.objects.visible_to(member), pk=said["module"])
        count = nominations.note_sent(
            member.administration, module=module, starts_on=said["starts_on"], by=member
        )
        return Response(shapes.SentAnswer({"sent": count}).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("nominations", NominationViewSet, "nomination"),
)
