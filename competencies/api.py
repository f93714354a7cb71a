"""REST resources of floor 1: the same use cases and refusals as the pages."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.forms import rest
from competencies.models import (
    Competency,
    Framework,
    JobProfile,
    Post,
    StaffMember,
    Unit,
)
from competencies.usecases import (
    framework_files,
    frameworks,
    gaps,
    heat_maps,
    individual_plans,
    organisation,
    people,
    quality,
    staff,
    workforce,
)
from hrplan.core.access import require
from hrplan.core.lan import base_address
from hrplan.core.models import Member
from hrplan.core.rest import MemberMixin


class Resource(MemberMixin, viewsets.GenericViewSet):
    """A resource of one administration: rows start at `visible_to`, keys are whole numbers."""

    lookup_value_converter = "int"
    model: type[Any]
    related: tuple[str, ...] = ()

    def allowed(self, member: Member) -> bool:
        """Whether the role reads this resource at all."""
        return rules.can_see_framework(member)

    def get_queryset(self) -> QuerySet:
        rows = self.model.objects
        if getattr(self, "swagger_fake_view", False):
            return rows.none()
        require(self.allowed(self.request.member))
        return rows.visible_to(self.request.member).select_related(*self.related)


class Kept(Resource):
    """A resource whose rows the HR officer adds and changes, by the use cases of the pages."""

    kept: type[Any]  # serializer of what comes in
    begun: type[Any] | None = None  # of a new one, where that takes more
    add: Callable[..., Any]
    change: Callable[..., Any]

    def get_serializer_class(self) -> type[Any]:
        if self.action == "create":
            return self.begun or self.kept
        return self.kept if self.action == "partial_update" else super().get_serializer_class()

    def create(self, request: Request, **kwargs: Any) -> Response:
        member = self.request.member
        require(rules.can_keep_people(member))
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = type(self).add(member.administration, by=member, **serializer.validated_data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        row, member = self.get_object(), self.request.member
        require(rules.can_keep_people(member))
        serializer = self.get_serializer(row, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changed = type(self).change(row, by=member, **serializer.validated_data)
        return Response(self.get_serializer(changed).data)


class Removable(mixins.DestroyModelMixin):
    """Rows that can be taken away once nothing hangs on them."""

    remove: Callable[..., None]

    def perform_destroy(self, instance: Any) -> None:
        type(self).remove(instance, by=self.request.member)  # type: ignore[attr-defined]


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


class UnitViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Units and stations."""

    kept = rest.UnitKept
    add, change = organisation.add_unit, organisation.change_unit
    remove = organisation.remove_unit
    model = Unit
    serializer_class = rest.UnitSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)


class PostViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Removable, Kept):
    """Established posts."""

    kept = rest.PostKept
    add, change = organisation.add_post, organisation.change_post
    remove = organisation.remove_post
    model = Post
    related = ("administration",)
    serializer_class = rest.PostKept

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)


class StaffViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Kept):
    """Staff members whose data the member may see."""

    kept = rest.PersonKept
    add, change = people.add_person, people.change_person
    model = StaffMember
    related = ("unit", "profile", "administration")
    serializer_class = rest.StaffSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_people(member)

    @extend_schema(responses=rest.StaffProfileSerializer)
    @action(detail=True)
    def profile(self, request: Request, **kwargs: Any) -> Response:
        """Required and held levels of one person, with gaps and confidence."""
        return Response(rest.StaffProfileSerializer(staff.staff_profile(self.get_object())).data)

    @extend_schema(responses=rest.IndividualPlanSerializer(many=True))
    @action(detail=True, pagination_class=None, url_path="individual-plans")
    def plans(self, request: Request, **kwargs: Any) -> Response:
        """What was agreed with the person, the latest first."""
        rows = self.get_object().plans.all()
        return Response(rest.IndividualPlanSerializer(rows, many=True).data)

    @extend_schema(
        request=rest.IndividualPlanSerializer, responses={201: rest.IndividualPlanSerializer}
    )
    @plans.mapping.post
    def agree(self, request: Request, **kwargs: Any) -> Response:
        """Write down what was agreed with the person."""
        person = self.get_object()
        require(rules.can_agree(self.request.member, person))
        asked = rest.IndividualPlanSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = individual_plans.agree(person, by=self.request.member, **asked.validated_data)
        return Response(rest.IndividualPlanSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=rest.PlanReviewSerializer, responses=rest.IndividualPlanSerializer)
    @action(detail=True, methods=["post"], url_path="individual-plans/<int:plan>/review")
    def review(self, request: Request, plan: int, **kwargs: Any) -> Response:
        """Say what became of a plan."""
        person = self.get_object()
        require(rules.can_agree(self.request.member, person))
        rows = person.plans.select_related("administration", "staff_member")
        asked = rest.PlanReviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        row = get_object_or_404(rows, pk=plan)
        done = individual_plans.review(row, by=self.request.member, **asked.validated_data)
        return Response(rest.IndividualPlanSerializer(done).data)

    @extend_schema(responses=OpenApiTypes.OBJECT)
    @action(detail=True)
    def data(self, request: Request, **kwargs: Any) -> Response:
        """A copy of everything that is held about the person, by table."""
        return Response(people.person_data(self.get_object(), by=self.request.member))

    @extend_schema(request=None, responses=rest.StaffSerializer)
    @action(detail=True, methods=["post"])
    def forget(self, request: Request, **kwargs: Any) -> Response:
        """Erase who somebody was who has left; figures of past years stay."""
        gone = people.forget_person(self.get_object(), by=self.request.member)
        return Response(rest.StaffSerializer(gone).data)

    @extend_schema(request=rest.RatingSerializer, responses=rest.AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def assess(self, request: Request, **kwargs: Any) -> Response:
        """Record one rating."""
        person = self.get_object()
        asked = rest.RatingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        seen = Competency.objects.visible_to(self.request.member)
        topic = get_object_or_404(seen, pk=values.pop("competency"))
        row = staff.record_assessment(person, topic, by=self.request.member, **values)
        return Response(rest.AssessmentSerializer(row).data, status=201)


class GapViewSet(MemberMixin, viewsets.ViewSet):
    """Gaps in total; a null total and a hidden cell are withheld for small numbers."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=["competency", "unit", "profile"])],
        responses=rest.GapLineSerializer(many=True),
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Gaps by competency, unit or job profile, the widest first."""
        asked = rest.AskedLines(data=request.query_params)
        asked.is_valid(raise_exception=True)
        analysis = gaps.gap_analysis(self.request.member.administration)
        lines = heat_maps.gap_lines(
            analysis, asked.validated_data["by"], limit=rules.small_cell_limit(self.request.member)
        )
        return Response(rest.GapLineSerializer(lines, many=True).data)

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=["unit", "profile"])],
        responses=rest.HeatMapSerializer,
    )
    @action(detail=False)
    def heat_map(self, request: Request, **kwargs: Any) -> Response:
        """Gaps of units or job profiles against competencies."""
        asked = rest.AskedRows(data=request.query_params)
        asked.is_valid(raise_exception=True)
        analysis = gaps.gap_analysis(self.request.member.administration)
        heat = heat_maps.heat_map(
            analysis, asked.validated_data["by"], limit=rules.small_cell_limit(self.request.member)
        )
        return Response(rest.HeatMapSerializer(heat).data)


class WorkforceViewSet(MemberMixin, viewsets.ViewSet):
    """The workforce in total, its outlook, the bench and the quality of the assessments."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(responses=rest.WorkforceSerializer)
    @action(detail=False)
    def strength(self, request: Request, **kwargs: Any) -> Response:
        """Strength, posts and leavers."""
        seen = workforce.workforce_profile(
            self.request.member.administration, limit=rules.small_cell_limit(self.request.member)
        )
        return Response(rest.WorkforceSerializer(seen).data)

    @extend_schema(responses=rest.ExposureSerializer)
    @action(detail=False)
    def outlook(self, request: Request, **kwargs: Any) -> Response:
        """Who reaches the age of retirement within the years of the outlook."""
        owner = self.request.member.administration
        seen = workforce.workforce_outlook(owner, gaps.gap_analysis(owner))
        return Response(rest.ExposureSerializer(seen.overall).data)

    @extend_schema(responses=rest.BenchLineSerializer(many=True))
    @action(detail=False)
    def bench(self, request: Request, **kwargs: Any) -> Response:
        """Whether each competency has enough holders."""
        owner = self.request.member.administration
        lines = quality.bench_depth(owner, gaps.gap_analysis(owner)).lines
        return Response(rest.BenchLineSerializer(lines, many=True).data)

    @extend_schema(responses=rest.QualitySerializer)
    @action(detail=False)
    def assessments(self, request: Request, **kwargs: Any) -> Response:
        """Coverage, sources and confidence of the assessments."""
        owner = self.request.member.administration
        seen = quality.assessment_quality(owner, gaps.gap_analysis(owner))
        return Response(rest.QualitySerializer(seen).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("frameworks", FrameworkViewSet, "framework"),
    ("competencies", CompetencyViewSet, "competency"),
    ("profiles", ProfileViewSet, "profile"),
    ("units", UnitViewSet, "unit"),
    ("posts", PostViewSet, "post"),
    ("staff", StaffViewSet, "staff"),
    ("gaps", GapViewSet, "gap"),
    ("workforce", WorkforceViewSet, "workforce"),
)
