"""REST resources of the framework, its competencies and the job profiles."""

from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.api.base import Kept, Removable
from competencies.forms import rest
from competencies.forms.rest_imports import MatchSerializer
from competencies.models import (
    Competency,
    CompetencyGroup,
    Crosswalk,
    Framework,
    JobProfile,
    Requirement,
)
from competencies.usecases import (
    framework_files,
    framework_rows,
    frameworks,
    matching,
    organisation,
    profiles,
    versions,
)
from competencies.usecases.version_report import version_report
from hrplan.core.access import require
from hrplan.core.http import key_asked
from hrplan.core.lan import base_address


class FrameworkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Versions of the competency framework; a new one begins as the one in force."""

    kept, begun = rest.VersionKept, rest.VersionBegun
    add, change = versions.begin_version, versions.change_version
    remove = versions.remove_version
    model = Framework
    related = ("administration",)
    serializer_class = rest.FrameworkSerializer

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True, filter_backends=())
    def case(self, request: Request, **kwargs: Any) -> Response:
        """The framework as a CASE 1.0 package."""
        base = base_address(request._request)
        return Response(framework_files.package_of(self.get_object(), base))

    @extend_schema(responses=rest.VersionReportSerializer)
    @action(detail=True)
    def report(self, request: Request, **kwargs: Any) -> Response:
        """What putting the version in force would carry over, and what stands against it."""
        require(rules.can_change_framework(self.request.member))
        return Response(rest.VersionReportSerializer(version_report(self.get_object())).data)

    @extend_schema(request=None, responses=rest.VersionReportSerializer)
    @action(detail=True, methods=["post"], url_path="put-in-force")
    def put_in_force(self, request: Request, **kwargs: Any) -> Response:
        """Let the version count from now on; the one in force is retired."""
        done = versions.put_in_force(self.get_object(), by=self.request.member)
        return Response(rest.VersionReportSerializer(done).data)

    @extend_schema(request=None, responses=rest.FrameworkSerializer)
    @action(detail=True, methods=["post"], url_path="carry-demands")
    def carry_demands(self, request: Request, **kwargs: Any) -> Response:
        """Give profiles under the draft what they ask of the same competencies today."""
        draft = self.get_object()
        versions.carry_demands(draft, by=self.request.member)
        return Response(rest.FrameworkSerializer(draft).data)

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
        found: Framework = get_object_or_404(self.get_queryset(), pk=key_asked(asked))
        return found

    @extend_schema(request=None, responses=rest.FrameworkSerializer)
    @action(detail=False, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Take in the framework and the job profiles that come with hrplan."""
        member = self.request.member
        framework = frameworks.adopt_framework(member.administration, by=member)
        frameworks.adopt_profiles(member.administration, by=member)
        return Response(rest.FrameworkSerializer(framework).data)


class GroupViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Groups of competencies of all versions."""

    kept, begun = rest.GroupKept, rest.GroupAdded
    add, change = framework_rows.add_group, framework_rows.change_group
    remove = framework_rows.remove_group
    model = CompetencyGroup
    related = ("administration", "framework")
    serializer_class = rest.GroupAdded


class CrosswalkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """How competencies of two versions stand to each other."""

    kept = rest.CrosswalkKept
    add, change = framework_rows.add_pair, framework_rows.change_pair
    remove = framework_rows.remove_pair
    model = Crosswalk
    related = ("administration", "source", "target")
    serializer_class = rest.CrosswalkKept


class CompetencyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Competencies of all versions."""

    kept, begun = rest.CompetencyKept, rest.CompetencyAdded
    add, change = framework_rows.add_competency, framework_rows.change_competency
    remove = framework_rows.remove_competency
    model = Competency
    related = ("group", "framework", "administration")
    serializer_class = rest.CompetencySerializer


class ProfileViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Job profiles with their requirements."""

    kept, begun = rest.ProfileKept, rest.ProfileBegun
    add, change = organisation.add_profile, organisation.change_profile
    remove = organisation.remove_profile
    model = JobProfile
    serializer_class = rest.ProfileSerializer

    def get_queryset(self) -> QuerySet:
        own = Requirement.objects.filter(competency__framework=F("profile__framework"))
        return super().get_queryset().prefetch_related(Prefetch("requirements", own))

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
        profiles.change_requirement(profile, topic, by=self.request.member, **values)
        return Response(rest.ProfileSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=rest.ProfileSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **kwargs: Any) -> Response:
        """Put a draft profile in force."""
        profile = profiles.approve_profile(self.get_object(), by=self.request.member)
        return Response(rest.ProfileSerializer(profile).data)
