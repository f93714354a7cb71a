"""What comes in and goes out by REST of the years ahead, staffing and promotion."""

from typing import Any

from rest_framework import serializers

from competencies.forms.ahead import CandidacyForm, IntakeForm, RoundForm, WorkloadForm
from competencies.forms.outlook import BY, SCENARIOS, STATES
from competencies.models import Candidacy, PlannedIntake, PromotionRound, Workload
from hrplan.core.rest import RowSerializer


class WorkloadKept(RowSerializer):
    class Meta:
        model = Workload
        fields = ("id", *WorkloadForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class IntakeKept(RowSerializer):
    class Meta:
        model = PlannedIntake
        fields = ("id", *IntakeForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class RoundKept(RowSerializer):
    class Meta:
        model = PromotionRound
        fields = ("id", *RoundForm.Meta.fields, "state")
        read_only_fields = ("state",)
        validators: tuple[Any, ...] = ()


class CandidacyKept(RowSerializer):
    class Meta:
        model = Candidacy
        fields = ("id", *CandidacyForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class AskedForecast(serializers.Serializer):
    by = serializers.ChoiceField(choices=BY, default="level")
    scenario = serializers.ChoiceField(choices=SCENARIOS, default="")
    unit = serializers.CharField(max_length=20, default="", allow_blank=True)
    profile = serializers.CharField(max_length=20, default="", allow_blank=True)


class AskedSkills(serializers.Serializer):
    only_critical = serializers.BooleanField(default=True)
    group = serializers.CharField(max_length=20, default="", allow_blank=True)
    state = serializers.ChoiceField(choices=STATES, default="")


class ForecastLineSerializer(serializers.Serializer):
    """A group; who sees no small cells gets no flows."""

    key = serializers.CharField()
    title = serializers.CharField()
    now = serializers.IntegerField()
    retirements = serializers.SerializerMethodField()
    intake = serializers.SerializerMethodField()
    scenarios = serializers.SerializerMethodField()

    def get_retirements(self, line: Any) -> list[int] | None:
        return None if self.context["limit"] else list(line.retirements)

    def get_intake(self, line: Any) -> list[int] | None:
        return None if self.context["limit"] else list(line.intake)

    def get_scenarios(self, line: Any) -> dict[str, list[float]]:
        return {name: list(years) for name, years in line.scenarios}


class ForecastSerializer(serializers.Serializer):
    as_of = serializers.DateField()
    ends = serializers.ListField(child=serializers.DateField())
    people = serializers.IntegerField()
    usual = serializers.ListField(child=serializers.FloatField())
    low = serializers.ListField(child=serializers.FloatField())
    high = serializers.ListField(child=serializers.FloatField())
    lines = serializers.SerializerMethodField()

    def get_lines(self, seen: Any) -> list[dict[str, Any]]:
        return [ForecastLineSerializer(line, context=self.context).data for line in seen.lines]


class RetirementSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    unit = serializers.CharField()
    profile = serializers.CharField()
    post = serializers.CharField()
    is_key = serializers.BooleanField()
    retires_on = serializers.DateField()


class SkillLineSerializer(serializers.Serializer):
    """A level; outsiders get bands in place of counts, and no days."""

    competency = serializers.CharField()
    title = serializers.CharField()
    level = serializers.IntegerField()
    needed = serializers.IntegerField()
    able = serializers.SerializerMethodField()
    bands = serializers.ListField(child=serializers.CharField())
    state = serializers.CharField()
    lead_months = serializers.IntegerField()
    short_from = serializers.SerializerMethodField()
    start_by = serializers.SerializerMethodField()

    def get_able(self, line: Any) -> list[int] | None:
        return None if self.context["limit"] else list(line.able)

    def get_short_from(self, line: Any) -> str | None:
        return self._day(line.short_from)

    def get_start_by(self, line: Any) -> str | None:
        return self._day(line.start_by)

    def _day(self, day: Any) -> str | None:
        if day is None:
            return None
        return str(day.year) if self.context["limit"] else day.isoformat()


class KeyPostSerializer(serializers.Serializer):
    """A key post; outsiders read only whether there is somebody, and no day of retirement."""

    id = serializers.IntegerField(source="pk")
    post = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    vacant = serializers.BooleanField()
    is_covered = serializers.SerializerMethodField()
    ready_now = serializers.SerializerMethodField()
    one_to_two_years = serializers.SerializerMethodField()
    retires_on = serializers.SerializerMethodField()

    def get_is_covered(self, post: Any) -> bool:
        return bool(post.ready_now)

    def get_ready_now(self, post: Any) -> int | None:
        return None if self.context["limit"] else post.ready_now

    def get_one_to_two_years(self, post: Any) -> int | None:
        return None if self.context["limit"] else post.one_to_two_years

    def get_retires_on(self, post: Any) -> str | None:
        hidden = self.context["limit"] or post.retires_on is None
        return None if hidden else post.retires_on.isoformat()


class SuccessionSerializer(serializers.Serializer):
    as_of = serializers.DateField()
    covered = serializers.IntegerField()
    bench = serializers.SerializerMethodField()
    posts = KeyPostSerializer(many=True)

    def get_bench(self, seen: Any) -> float | None:
        return None if self.context["limit"] else seen.bench


class WorkloadNeedSerializer(serializers.Serializer):
    activity = serializers.CharField()
    volume = serializers.IntegerField(allow_null=True)
    minutes = serializers.FloatField(allow_null=True)
    share = serializers.FloatField(allow_null=True)
    standard = serializers.FloatField(allow_null=True)
    people = serializers.FloatField(allow_null=True)


class StaffNeedSerializer(serializers.Serializer):
    unit = serializers.CharField()
    profile = serializers.CharField()
    required = serializers.FloatField(allow_null=True)
    whole = serializers.IntegerField(allow_null=True)
    posts = serializers.IntegerField()
    people = serializers.IntegerField()
    ratio = serializers.FloatField(allow_null=True)
    difference = serializers.IntegerField(allow_null=True)
    activities = WorkloadNeedSerializer(many=True)


class EquityLineSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    people = serializers.IntegerField(allow_null=True)
    mean_gap = serializers.FloatField(allow_null=True)
    index = serializers.FloatField(allow_null=True)
    ready = serializers.IntegerField(allow_null=True)
    short = serializers.IntegerField(allow_null=True)
    unassessed = serializers.IntegerField(allow_null=True)
    key_posts = serializers.IntegerField(allow_null=True)


class EquityTableSerializer(serializers.Serializer):
    by = serializers.CharField()
    lines = EquityLineSerializer(many=True)


class StandingSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    staff_member = serializers.IntegerField(source="staff_pk")
    service = serializers.FloatField(allow_null=True)
    share = serializers.FloatField(allow_null=True)
    merit = serializers.FloatField(allow_null=True)
    state = serializers.CharField()
    seniority = serializers.IntegerField()
    place = serializers.IntegerField(allow_null=True)
    moved = serializers.IntegerField(allow_null=True)
    is_protected = serializers.BooleanField()
    why = serializers.CharField()


class OutcomeSerializer(serializers.Serializer):
    counted_on = serializers.DateField()
    is_shadow = serializers.SerializerMethodField()
    protected = serializers.IntegerField()
    differing = serializers.IntegerField()
    standings = StandingSerializer(many=True)

    def get_is_shadow(self, seen: Any) -> bool:
        return bool(self.context["is_shadow"])
