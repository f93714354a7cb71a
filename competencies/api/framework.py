"""REST resources of the framework, its competencies and the job profiles."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.api.base import Kept, Removable, Resource
from competencies.forms import rest
from competencies.forms.rest_imports import MatchSerializer
from competencies.models import (
    Competency,
    Framework,
    JobProfile,
)
from competencies.usecases import (
    framework_files,
    frameworks,
    matching,
    organisation,
)
from hrplan.core.access import require
from hrplan.core.lan import base_address


class FrameworkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Versions of the competency framework."""

    model = Framework
    serializer_class = rest.FrameworkSerializer

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, filter_backends=())
    def case(self, request: Request, **kwargs: Any) -> Response:
        """The framework as a CASE 1.0 package."""
        base = base_address(request._request)
        return Response(framework_files.package_of(self.get_object(), base))

    @extend_schema(
        parameters=[OpenApiParameter("to", OpenApiTypes.INT)],
        responses=MatchSerializer(many=True),
    )
    @action(detail=True, filter_backends=(), pagination_class=None)
    def matches(self, request: Request, **kwargs: Any) -> Response:
        """For each competency the nearest ones of the framework `to`, or of the one in force."""
        source = self.get_object()
        require(rules.can_change_framework(self.request.member))
        asked = request.query_params.get("to")
        target = self._framework(asked) if asked else matching.counterpart(source)
        lines = matching.suggested_matches(source, target) if target else ()
        return Response(MatchSerializer(lines, many=True).data)

    def _framework(self, asked: str) -> Framework:
        is_key = asked.isascii() and asked.isdigit() and len(asked) < 19
        found: Framework = get_object_or_404(self.get_queryset(), pk=int(asked) if is_key else 0)
        return found

    @extend_schema(request=None, responses=rest.FrameworkSerializer)
    @action(detail=False, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Take in the framework and the job profiles that come with hrplan."""
        member = self.request.member
        framework = frameworks.adopt_framework(member.administration, by=member)
        frameworks.adopt_profiles(member.administration, by=member)
        return Response(rest.FrameworkSerializer(framework).data)


class CompetencyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Competencies of all frameworks."""

    model = Competency
    related = ("group",)
    serializer_class = rest.CompetencySerializer


class ProfileViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Job profiles with their requirements."""

    kept, begun = rest.ProfileKept, rest.ProfileBegun
    add, change = organisation.add_profile, organisation.change_profile
    remove = organisation.remove_profile
    model = JobProfile
    serializer_class = rest.ProfileSerializer

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("requirements")

    @extend_schema(request=rest.RequirementChange, responses=rest.ProfileSerializer)
    @action(detail=True, methods=["post"])
    def requirement(self, request: Request, **kwargs: Any) -> Response:
        """Set what the profile asks for in one competency; level 0 asks for nothing."""
        profile = self.get_object()
        asked = rest.RequirementChange(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        seen = Competency.objects.visible_to(self.request.member)
        topic = get_object_or_404(seen, pk=values.pop("competency"))
        frameworks.change_requirement(profile, topic, by=self.request.member, **values)
        return Response(rest.ProfileSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=rest.ProfileSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **kwargs: Any) -> Response:
        """Put a draft profile in force."""
        profile = frameworks.approve_profile(self.get_object(), by=self.request.member)
        return Response(rest.ProfileSerializer(profile).data)
