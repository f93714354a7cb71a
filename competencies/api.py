"""REST resources of floor 1: the same use cases and refusals as the pages."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from competencies import rules
from competencies.forms import AskedLines, AskedRows, RatingSerializer, RequirementChange
from competencies.models import (
    Assessment,
    Competency,
    Framework,
    JobProfile,
    Requirement,
    StaffMember,
    Unit,
)
from competencies.usecases import frameworks, gaps, heat_maps, quality, staff, workforce
from hrplan.core.access import require
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


class FrameworkSerializer(serializers.ModelSerializer):
    class Meta:
        model = Framework
        fields = ["id", "code", "version", "title", "language", "licence", "is_current"]


class FrameworkViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Versions of the competency framework."""

    model = Framework
    serializer_class = FrameworkSerializer

    @extend_schema(request=None, responses=FrameworkSerializer)
    @action(detail=False, methods=["post"])
    def adopt(self, request: Request, **kwargs: Any) -> Response:
        """Take in the framework and the job profiles that come with hrplan."""
        member = self.request.member
        framework = frameworks.adopt_framework(member.administration, by=member)
        frameworks.adopt_profiles(member.administration, by=member)
        return Response(FrameworkSerializer(framework).data)


class CompetencySerializer(serializers.ModelSerializer):
    group = serializers.CharField(source="group.title", read_only=True)

    class Meta:
        model = Competency
        fields = ["id", "framework", "code", "title", "definition", "basis", "weight", "group"]


class CompetencyViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Competencies of all frameworks."""

    model = Competency
    related = ("group",)
    serializer_class = CompetencySerializer


class RequirementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Requirement
        fields = ["competency", "level", "weight", "critical"]


class ProfileSerializer(serializers.ModelSerializer):
    requirements = RequirementSerializer(many=True, read_only=True)

    class Meta:
        model = JobProfile
        fields = [
            *("id", "framework", "code", "title", "band", "family", "staff_level", "purpose"),
            *("state", "requirements"),
        ]


class ProfileViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Job profiles with their requirements."""

    model = JobProfile
    serializer_class = ProfileSerializer

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("requirements")

    @extend_schema(request=RequirementChange, responses=ProfileSerializer)
    @action(detail=True, methods=["post"])
    def requirement(self, request: Request, **kwargs: Any) -> Response:
        """Set what the profile asks for in one competency; level 0 asks for nothing."""
        profile = self.get_object()
        asked = RequirementChange(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        seen = Competency.objects.visible_to(self.request.member)
        topic = get_object_or_404(seen, pk=values.pop("competency"))
        frameworks.change_requirement(profile, topic, by=self.request.member, **values)
        return Response(ProfileSerializer(self.get_object()).data)

    @extend_schema(request=None, responses=ProfileSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, **kwargs: Any) -> Response:
        """Put a draft profile in force."""
        profile = frameworks.approve_profile(self.get_object(), by=self.request.member)
        return Response(ProfileSerializer(profile).data)


class UnitSerializer(serializers.ModelSerializer):
    class Meta:
        model = Unit
        fields = [
            *("id", "code", "title", "kind", "parent", "region", "is_station", "duty_pattern"),
            *("shifts", "minimum_on_duty", "max_away_share"),
        ]


class UnitViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Units and stations."""

    model = Unit
    serializer_class = UnitSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_figures(member)


class StaffSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code", read_only=True)
    profile = serializers.CharField(source="profile.code", read_only=True, default=None)

    class Meta:
        model = StaffMember
        fields = ["id", "code", "name", "kind", "unit", "profile", "rank", "grade"]


class LineSerializer(serializers.Serializer):
    competency = serializers.CharField()
    title = serializers.CharField()
    required = serializers.IntegerField(allow_null=True)
    critical = serializers.BooleanField()
    held = serializers.FloatField(allow_null=True)
    gap = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    basis = serializers.CharField()
    status = serializers.CharField()


class StaffProfileSerializer(serializers.Serializer):
    as_of = serializers.DateField()
    lines = LineSerializer(many=True)
    others = LineSerializer(many=True)


class AssessmentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Assessment
        fields = ["id", "competency", "source", "level", "rated_on", "valid_until", "evidence"]


class StaffViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Staff members whose data the member may see."""

    model = StaffMember
    related = ("unit", "profile", "administration")
    serializer_class = StaffSerializer

    def allowed(self, member: Member) -> bool:
        return rules.can_see_people(member)

    @extend_schema(responses=StaffProfileSerializer)
    @action(detail=True)
    def profile(self, request: Request, **kwargs: Any) -> Response:
        """Required and held levels of one person, with gaps and confidence."""
        return Response(StaffProfileSerializer(staff.staff_profile(self.get_object())).data)

    @extend_schema(request=RatingSerializer, responses=AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def assess(self, request: Request, **kwargs: Any) -> Response:
        """Record one rating."""
        person = self.get_object()
        asked = RatingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        seen = Competency.objects.visible_to(self.request.member)
        topic = get_object_or_404(seen, pk=values.pop("competency"))
        row = staff.record_assessment(person, topic, by=self.request.member, **values)
        return Response(AssessmentSerializer(row).data, status=201)


class TotalSerializer(serializers.Serializer):
    people = serializers.IntegerField()
    pairs = serializers.IntegerField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    short = serializers.IntegerField()
    gap = serializers.FloatField()
    weighted_gap = serializers.FloatField()
    adjusted_gap = serializers.FloatField()
    index = serializers.FloatField(allow_null=True)
    mean_gap = serializers.FloatField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    critical_misses = serializers.IntegerField()


class GapLineSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    in_totals = serializers.BooleanField()
    total = TotalSerializer(allow_null=True)


class HeatCellSerializer(serializers.Serializer):
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    mean_gap = serializers.FloatField(allow_null=True)
    index = serializers.FloatField(allow_null=True)
    hidden = serializers.BooleanField()


class HeatRowSerializer(serializers.Serializer):
    """A row of the heat map; a null cell asks for nothing."""

    key = serializers.CharField()
    title = serializers.CharField()
    cells = serializers.ListField(child=HeatCellSerializer(allow_null=True))
    total = HeatCellSerializer()


class HeatColumnSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    total = HeatCellSerializer()


class HeatMapSerializer(serializers.Serializer):
    by = serializers.CharField()
    rows = HeatRowSerializer(many=True)
    columns = HeatColumnSerializer(many=True)
    overall = HeatCellSerializer()


class GapViewSet(MemberMixin, viewsets.ViewSet):
    """Gaps in total; a null total and a hidden cell are withheld for small numbers."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=["competency", "unit", "profile"])],
        responses=GapLineSerializer(many=True),
    )
    def list(self, request: Request, **kwargs: Any) -> Response:
        """Gaps by competency, unit or job profile, the widest first."""
        asked = AskedLines(data=request.query_params)
        asked.is_valid(raise_exception=True)
        analysis = gaps.gap_analysis(self.request.member.administration)
        lines = heat_maps.gap_lines(
            analysis, asked.validated_data["by"], limit=rules.small_cell_limit(self.request.member)
        )
        return Response(GapLineSerializer(lines, many=True).data)

    @extend_schema(
        parameters=[OpenApiParameter("by", str, enum=["unit", "profile"])],
        responses=HeatMapSerializer,
    )
    @action(detail=False)
    def heat_map(self, request: Request, **kwargs: Any) -> Response:
        """Gaps of units or job profiles against competencies."""
        asked = AskedRows(data=request.query_params)
        asked.is_valid(raise_exception=True)
        analysis = gaps.gap_analysis(self.request.member.administration)
        heat = heat_maps.heat_map(
            analysis, asked.validated_data["by"], limit=rules.small_cell_limit(self.request.member)
        )
        return Response(HeatMapSerializer(heat).data)


class SourceSerializer(serializers.Serializer):
    source = serializers.CharField()
    ratings = serializers.IntegerField()
    people = serializers.IntegerField()


class QualitySerializer(serializers.Serializer):
    people = serializers.IntegerField()
    asked = serializers.IntegerField()
    assessed = serializers.IntegerField()
    pairs = serializers.IntegerField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    ratings = serializers.IntegerField()
    validated_ratings = serializers.IntegerField()
    confidence = serializers.FloatField(allow_null=True)
    sources = SourceSerializer(many=True)


class BenchLineSerializer(serializers.Serializer):
    competency = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()


class WorkforceSerializer(serializers.Serializer):
    as_of = serializers.DateField()
    strength = serializers.IntegerField()
    officers = serializers.IntegerField()
    support = serializers.IntegerField()
    posts = serializers.IntegerField()
    filled = serializers.IntegerField()
    vacant = serializers.IntegerField()
    acting = serializers.IntegerField()
    leavers = serializers.IntegerField()
    vacancy_rate = serializers.FloatField(allow_null=True)
    turnover = serializers.FloatField(allow_null=True)


class ExposureSerializer(serializers.Serializer):
    people = serializers.IntegerField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    past = serializers.IntegerField()
    due = serializers.IntegerField()
    exposure = serializers.FloatField(allow_null=True)


class WorkforceViewSet(MemberMixin, viewsets.ViewSet):
    """The workforce in total, its outlook, the bench and the quality of the assessments."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        require(rules.can_see_figures(self.request.member))

    @extend_schema(responses=WorkforceSerializer)
    @action(detail=False)
    def strength(self, request: Request, **kwargs: Any) -> Response:
        """Strength, posts and leavers."""
        seen = workforce.workforce_profile(
            self.request.member.administration, limit=rules.small_cell_limit(self.request.member)
        )
        return Response(WorkforceSerializer(seen).data)

    @extend_schema(responses=ExposureSerializer)
    @action(detail=False)
    def outlook(self, request: Request, **kwargs: Any) -> Response:
        """Who reaches the age of retirement within the years of the outlook."""
        owner = self.request.member.administration
        seen = workforce.workforce_outlook(owner, gaps.gap_analysis(owner))
        return Response(ExposureSerializer(seen.overall).data)

    @extend_schema(responses=BenchLineSerializer(many=True))
    @action(detail=False)
    def bench(self, request: Request, **kwargs: Any) -> Response:
        """Whether each competency has enough holders."""
        owner = self.request.member.administration
        lines = quality.bench_depth(owner, gaps.gap_analysis(owner)).lines
        return Response(BenchLineSerializer(lines, many=True).data)

    @extend_schema(responses=QualitySerializer)
    @action(detail=False)
    def assessments(self, request: Request, **kwargs: Any) -> Response:
        """Coverage, sources and confidence of the assessments."""
        owner = self.request.member.administration
        seen = quality.assessment_quality(owner, gaps.gap_analysis(owner))
        return Response(QualitySerializer(seen).data)


ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("frameworks", FrameworkViewSet, "framework"),
    ("competencies", CompetencyViewSet, "competency"),
    ("profiles", ProfileViewSet, "profile"),
    ("units", UnitViewSet, "unit"),
    ("staff", StaffViewSet, "staff"),
    ("gaps", GapViewSet, "gap"),
    ("workforce", WorkforceViewSet, "workforce"),
)
