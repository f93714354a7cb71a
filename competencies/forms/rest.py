"""What comes in and goes out by REST on this floor."""

from typing import Any

from rest_framework import serializers

from competencies.forms.framework import (
    CrosswalkForm,
    GroupForm,
    NewCompetencyForm,
    NewGroupForm,
    NewVersionForm,
    VersionForm,
)
from competencies.forms.rows import PersonForm, PostForm, ProfileForm, UnitForm
from competencies.models import (
    Assessment,
    Competency,
    CompetencyGroup,
    Crosswalk,
    Framework,
    IndividualPlan,
    JobProfile,
    LevelText,
    Post,
    Requirement,
    StaffMember,
    Unit,
)
from hrplan.core.rest import RowSerializer


class RequirementChange(serializers.Serializer):
    competency = serializers.IntegerField(min_value=1, max_value=2**31)
    level = serializers.IntegerField(min_value=0, max_value=9)
    weight = serializers.IntegerField(min_value=1, max_value=3, default=2)
    critical = serializers.BooleanField(default=False)
    steps = serializers.ListField(child=serializers.CharField(max_length=6), default=list)


class RatingSerializer(serializers.Serializer):
    competency = serializers.IntegerField(min_value=1, max_value=2**31)
    source = serializers.ChoiceField(choices=Assessment.Source.choices)
    level = serializers.DecimalField(max_digits=3, decimal_places=2, min_value=0)
    rated_on = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True, default=None)
    evidence = serializers.CharField(max_length=300, allow_blank=True, default="")


class AskedRows(serializers.Serializer):
    by = serializers.ChoiceField(choices=["unit", "profile"], default="unit")


class AskedLines(serializers.Serializer):
    by = serializers.ChoiceField(choices=["competency", "unit", "profile"], default="competency")


class FrameworkSerializer(serializers.ModelSerializer):
    class Meta:
        model = Framework
        fields = ["id", "code", "version", "title", "language", "licence", "state"]


class VersionBegun(RowSerializer):
    class Meta:
        model = Framework
        fields = ("id", *NewVersionForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class VersionKept(RowSerializer):
    class Meta:
        model = Framework
        fields = ("id", *VersionForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class ProfileChangeSerializer(serializers.Serializer):
    profile = serializers.CharField(source="profile.code")
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class VersionReportSerializer(serializers.Serializer):
    same_scale = serializers.BooleanField()
    ratings = serializers.IntegerField()
    carried = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    profiles = ProfileChangeSerializer(many=True)
    obstacles = serializers.ListField(child=serializers.CharField())


class GroupKept(RowSerializer):
    class Meta:
        model = CompetencyGroup
        fields = ("id", *GroupForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class GroupAdded(GroupKept):
    class Meta(GroupKept.Meta):
        fields = ("id", *NewGroupForm.Meta.fields)


class LevelTextSerializer(serializers.ModelSerializer):
    class Meta:
        model = LevelText
        fields = ("level", "text", "knowledge", "skill")


class SaidAtLevel(serializers.Serializer):
    level = serializers.IntegerField(min_value=1, max_value=9)
    text = serializers.CharField(max_length=4000, allow_blank=True)
    knowledge = serializers.CharField(max_length=4000, allow_blank=True, default="")
    skill = serializers.CharField(max_length=4000, allow_blank=True, default="")


class CompetencyAdded(RowSerializer):
    class Meta:
        model = Competency
        fields = ("id", *NewCompetencyForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class CompetencyKept(CompetencyAdded):
    texts = SaidAtLevel(many=True, required=False, write_only=True)
    level_texts = LevelTextSerializer(many=True, read_only=True)

    class Meta(CompetencyAdded.Meta):
        fields = (*CompetencyAdded.Meta.fields, "texts", "level_texts")

    def validate_texts(self, said: list[dict[str, Any]]) -> dict[int, dict[str, str]]:
        return {one["level"]: {k: v for k, v in one.items() if k != "level"} for one in said}


class CrosswalkKept(RowSerializer):
    class Meta:
        model = Crosswalk
        fields = ("id", *CrosswalkForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class CompetencySerializer(serializers.ModelSerializer):
    group = serializers.CharField(source="group.title", read_only=True)

    class Meta:
        model = Competency
        fields = ["id", "framework", "code", "title", "definition", "basis", "weight", "group"]


class RequirementSerializer(serializers.ModelSerializer):
    class Meta:
        model = Requirement
        fields = ["competency", "level", "weight", "critical", "steps"]


class ProfileSerializer(serializers.ModelSerializer):
    requirements = RequirementSerializer(many=True, read_only=True)

    class Meta:
        model = JobProfile
        fields = [
            *("id", "framework", "code", "title", "band", "family", "staff_level", "purpose"),
            *("state", "requirements"),
        ]


class UnitSerializer(serializers.ModelSerializer):
    class Meta:
        model = Unit
        fields = [
            *("id", "code", "title", "kind", "parent", "region", "is_station", "duty_pattern"),
            *("shifts", "minimum_on_duty", "max_away_share"),
        ]


class UnitKept(RowSerializer):
    duty_weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6), required=False
    )
    peak_months = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=12), required=False
    )

    class Meta:
        model = Unit
        fields = ("id", *UnitForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class PostKept(RowSerializer):
    class Meta:
        model = Post
        fields = ("id", *PostForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class PersonKept(RowSerializer):
    class Meta:
        model = StaffMember
        fields = ("id", *PersonForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class ProfileKept(RowSerializer):
    class Meta:
        model = JobProfile
        fields = ("id", *ProfileForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class ProfileBegun(ProfileKept):
    like = serializers.PrimaryKeyRelatedField(
        queryset=JobProfile.objects.all(), required=False, allow_null=True, write_only=True
    )

    class Meta(ProfileKept.Meta):
        fields = (*ProfileKept.Meta.fields, "like")


class IndividualPlanSerializer(serializers.ModelSerializer):
    class Meta:
        model = IndividualPlan
        fields = ("id", "agreed_on", "text", "review_on", "reviewed_on", "outcome")
        read_only_fields = ("reviewed_on", "outcome")


class PlanReviewSerializer(serializers.Serializer):
    reviewed_on = serializers.DateField()
    outcome = serializers.CharField(max_length=4000)


class StaffSerializer(serializers.ModelSerializer):
    unit = serializers.CharField(source="unit.code", read_only=True)
    profile = serializers.CharField(source="profile.code", read_only=True, default=None)
    supervisor = serializers.CharField(source="supervisor.code", read_only=True, default=None)

    class Meta:
        model = StaffMember
        fields = ["id", "code", "name", "kind", "unit", "profile", "supervisor", "rank", "grade"]


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


class RuleValueSerializer(serializers.Serializer):
    key = serializers.CharField()
    value = serializers.FloatField()
    default = serializers.FloatField()


class RuleChange(serializers.Serializer):
    values = serializers.DictField(child=serializers.FloatField(min_value=0, max_value=240))


class RuleEffectSerializer(serializers.Serializer):
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    doubtful_before = serializers.IntegerField()
    doubtful_after = serializers.IntegerField()
