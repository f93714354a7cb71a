"""Shapes of REST: what a diagnostic takes in and gives out."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from diagnostics.models import (
    AgendaItem,
    Cause,
    CorporateObjective,
    DocumentReview,
    Exercise,
    Existence,
    Interview,
    Questionnaire,
    ReferenceDocument,
    SwotItem,
    Use,
    Workshop,
)
from diagnostics.usecases.citing import SourceGroup
from hrplan.core.api import RunSerializer
from hrplan.core.rest import RowSerializer


class QuestionnaireSerializer(serializers.ModelSerializer):
    class Meta:
        model = Questionnaire
        fields = (
            *("id", "code", "version", "kind", "title", "language", "licence", "provenance"),
            *("is_draft", "replaces"),
        )


class ExerciseSerializer(serializers.ModelSerializer):
    class Meta:
        model = Exercise
        fields = ("id", "code", "title", "state", "starts_on", "ends_on", "owner", "purpose")
        read_only_fields = fields


class ExerciseInSerializer(RowSerializer):
    """What an exercise is begun with; questionnaires are those of the administration."""

    class Meta:
        model = Exercise
        fields = ("code", "title", "questionnaires", "starts_on", "ends_on", "owner", "purpose")
        validators: tuple[Any, ...] = ()


class StepDatesSerializer(serializers.Serializer):
    key = serializers.ChoiceField(choices=Exercise.State.choices)
    planned_on = serializers.DateField(allow_null=True, default=None)
    done_on = serializers.DateField(allow_null=True, default=None)
    owner = serializers.CharField(max_length=120, allow_blank=True, default="")


class WorkshopSerializer(serializers.ModelSerializer):
    class Meta:
        model = Workshop
        fields = (
            *("id", "exercise", "code", "title", "place", "starts_on", "ends_on"),
            *("closed_on", "facilitator", "attribution", "names_outliers", "pace"),
        )
        read_only_fields = fields


class RoomSetUpSerializer(serializers.ModelSerializer):
    class Meta:
        model = Workshop
        fields = ("attribution", "names_outliers", "pace")


class AgendaSerializer(serializers.ModelSerializer):
    class Meta:
        model = AgendaItem
        fields = ("id", "day", "half", "title", "captures", "page_name", "is_done")
        validators: tuple[Any, ...] = ()


class AgendaMoveSerializer(serializers.Serializer):
    up = serializers.BooleanField(help_text="towards the beginning")


class PaperSerializer(serializers.Serializer):
    """Minutes or a close-out report: the last request, the last one made, and its files."""

    asked = RunSerializer(allow_null=True)
    made = RunSerializer(allow_null=True)
    files = serializers.DictField(child=serializers.CharField(), help_text="format -> address")


class SettledSerializer(serializers.Serializer):
    level = serializers.IntegerField()
    existence = serializers.CharField()
    use = serializers.CharField()
    rationale = serializers.CharField()
    evidence = serializers.CharField()
    dissent = serializers.CharField()


class QuestionResultSerializer(serializers.Serializer):
    """Figures of one question; null is not known, never zero."""

    code = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    weight = serializers.FloatField()
    score = serializers.FloatField(allow_null=True)
    basis = serializers.CharField()
    level_name = serializers.CharField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="votes of “don't know”")
    not_applicable = serializers.IntegerField(help_text="votes of “does not apply”")
    is_small = serializers.BooleanField(help_text="too few votes for figures of agreement")
    distribution = serializers.ListField(child=serializers.ListField())
    median = serializers.FloatField(allow_null=True)
    lower = serializers.FloatField(allow_null=True, help_text="lower quartile")
    upper = serializers.FloatField(allow_null=True, help_text="upper quartile")
    lowest = serializers.FloatField(allow_null=True)
    highest = serializers.FloatField(allow_null=True)
    agreement = serializers.FloatField(allow_null=True, help_text="van der Eijk's A")
    within_group = serializers.FloatField(allow_null=True, help_text="r_wg")
    apart = serializers.IntegerField()
    is_polarised = serializers.BooleanField()
    is_disputed = serializers.BooleanField()
    capped_from = serializers.FloatField(allow_null=True)
    cap = serializers.CharField()
    settled = SettledSerializer(allow_null=True)


class DomainResultSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    score = serializers.FloatField(allow_null=True)
    level_name = serializers.CharField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    not_applicable = serializers.IntegerField()
    agreed = serializers.IntegerField()
    lowest = serializers.FloatField(allow_null=True)
    highest = serializers.FloatField(allow_null=True)
    agreement = serializers.FloatField(allow_null=True)
    questions = QuestionResultSerializer(many=True)


class NotAskedSerializer(serializers.Serializer):
    """A question that earlier answers left out: neither scored nor missing."""

    code = serializers.CharField()
    title = serializers.CharField()
    condition = serializers.CharField()


class ResultsSerializer(serializers.Serializer):
    title = serializers.CharField()
    questionnaire = serializers.CharField()
    overall = serializers.FloatField(allow_null=True)
    overall_name = serializers.CharField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    not_applicable = serializers.IntegerField()
    participants = serializers.IntegerField()
    votes = serializers.IntegerField()
    dont_knows = serializers.IntegerField()
    not_applicable_votes = serializers.IntegerField()
    small_group = serializers.IntegerField()
    domains = DomainResultSerializer(many=True)
    not_asked = NotAskedSerializer(many=True)


class RoundResultSerializer(serializers.Serializer):
    """One revealed round; the moves are of people with a level in it and in the one before."""

    workshop = serializers.CharField()
    number = serializers.IntegerField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()
    not_applicable = serializers.IntegerField()
    is_small = serializers.BooleanField()
    distribution = serializers.ListField(child=serializers.ListField())
    median = serializers.FloatField(allow_null=True)
    agreement = serializers.FloatField(allow_null=True)
    earlier_median = serializers.FloatField(allow_null=True)
    both = serializers.IntegerField()
    up = serializers.IntegerField()
    down = serializers.IntegerField()
    nearer = serializers.IntegerField()
    farther = serializers.IntegerField()


class QuestionRoundsSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    rounds = RoundResultSerializer(many=True)


class RoleResultSerializer(serializers.Serializer):
    role = serializers.CharField(help_text="empty: those too small to be shown, taken together")
    people = serializers.IntegerField()
    votes = serializers.IntegerField()
    distance = serializers.FloatField()
    apart = serializers.IntegerField()


class RoomAgreementSerializer(serializers.Serializer):
    questions = QuestionRoundsSerializer(many=True)
    roles = RoleResultSerializer(many=True)
    limit = serializers.IntegerField()


class SideSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    starts_on = serializers.DateField()
    questionnaire = serializers.CharField()
    participants = serializers.IntegerField()
    overall = serializers.FloatField(allow_null=True)


class DomainChangeSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    n = serializers.IntegerField(help_text="questions with a score both times")
    only_before = serializers.IntegerField()
    only_after = serializers.IntegerField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    change = serializers.FloatField(allow_null=True)
    up = serializers.IntegerField()
    down = serializers.IntegerField()


class QuestionChangeSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    domain_code = serializers.CharField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)
    change = serializers.FloatField(allow_null=True)
    agreement_before = serializers.FloatField(allow_null=True)
    agreement_after = serializers.FloatField(allow_null=True)
    followed = serializers.CharField(help_text="its code in the earlier exercise; empty: none")


class ComparisonSerializer(serializers.Serializer):
    """Two exercises on the same questionnaire; means over what both have scored."""

    before = SideSerializer()
    after = SideSerializer()
    change = serializers.FloatField(allow_null=True)
    n = serializers.IntegerField()
    domains = DomainChangeSerializer(many=True)
    questions = QuestionChangeSerializer(many=True)


class StepSerializer(serializers.Serializer):
    key = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    planned_on = serializers.DateField(allow_null=True)
    done_on = serializers.DateField(allow_null=True)
    owner = serializers.CharField()


class BaselineFieldSerializer(serializers.Serializer):
    label = serializers.CharField()
    kind = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    lines = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class BaselineItemSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    prompt = serializers.CharField()
    is_answered = serializers.BooleanField()
    fields_ = BaselineFieldSerializer(many=True, source="fields")
    source_ = serializers.CharField(source="source")


class CauseSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Cause.Kind.choices)
    text = serializers.CharField(max_length=4000)


class RecommendationSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=4000)
    owner = serializers.CharField(max_length=120, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False, allow_null=True)
    is_training = serializers.BooleanField(required=False)
    competency = serializers.CharField(max_length=20, required=False, allow_blank=True)


class FindingSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    kind = serializers.CharField()
    rank = serializers.IntegerField()
    title = serializers.CharField()
    text = serializers.CharField()
    evidence = serializers.CharField()
    severity = serializers.FloatField()
    domain_code = serializers.CharField()
    domain_title = serializers.CharField()
    causes = CauseSerializer(many=True)
    recommendations = RecommendationSerializer(many=True)


class FindingsSerializer(serializers.Serializer):
    weaknesses = FindingSerializer(many=True)
    strengths = FindingSerializer(many=True)
    noted = FindingSerializer(many=True)


class ReferenceDocumentSerializer(serializers.ModelSerializer):
    exercise = serializers.IntegerField(source="exercise_id")

    class Meta:
        model = ReferenceDocument
        fields = ("id", "exercise", "code", "title", "status", "dated_on", "domain", "link")
        validators: tuple[Any, ...] = ()


class InterviewSerializer(RowSerializer):
    class Meta:
        model = Interview
        fields = ("id", "exercise", "code", "guide", "held_on", "place", "function", "notes")
        validators: tuple[Any, ...] = ()


class SwotSerializer(RowSerializer):
    class Meta:
        model = SwotItem
        fields = ("id", "exercise", "kind", "text")
        validators: tuple[Any, ...] = ()


class ReviewSerializer(RowSerializer):
    class Meta:
        model = DocumentReview
        fields = ("id", "exercise", "document", "summary", "on_people")
        validators: tuple[Any, ...] = ()


class CorporateObjectiveSerializer(RowSerializer):
    class Meta:
        model = CorporateObjective
        fields = ("id", "code", "title", "measure", "status", "source")
        validators: tuple[Any, ...] = ()


class CitedSerializer(serializers.Serializer):
    cited = serializers.ListField(child=serializers.CharField(max_length=60))


class CitableSerializer(serializers.Serializer):
    mark = serializers.CharField()
    title = serializers.CharField()


class SourceGroupSerializer(serializers.Serializer):
    kind = serializers.CharField()
    title = serializers.CharField()
    sources = serializers.SerializerMethodField()

    @extend_schema_field(CitableSerializer(many=True))
    def get_sources(self, group: SourceGroup) -> list[dict[str, str]]:
        return [{"mark": mark, "title": title} for mark, title in group.sources]


class ProgressSerializer(serializers.Serializer):
    id = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    title = serializers.CharField()
    state = serializers.CharField()
    rounds = serializers.IntegerField()
    votes = serializers.IntegerField()


class VoteShownSerializer(serializers.Serializer):
    participant = serializers.CharField()
    level = serializers.IntegerField(allow_null=True)
    does_not_apply = serializers.BooleanField()
    existence = serializers.CharField()
    use = serializers.CharField()
    note = serializers.CharField()


class RoundShownSerializer(serializers.Serializer):
    """Before the reveal only the count; `votes` is filled for the workshop's facilitator alone."""

    id = serializers.IntegerField(source="pk")
    number = serializers.IntegerField()
    state = serializers.CharField()
    count = serializers.IntegerField()
    distribution = serializers.ListField(child=serializers.ListField())
    dont_knows = serializers.IntegerField()
    not_applicable = serializers.IntegerField()
    median = serializers.FloatField(allow_null=True)
    votes = VoteShownSerializer(many=True)


class RoomSerializer(serializers.Serializer):
    state = serializers.CharField()
    rounds = RoundShownSerializer(many=True)


class RatingSerializer(serializers.Serializer):
    existence = serializers.ChoiceField(choices=Existence.choices, required=False, allow_blank=True)
    use = serializers.ChoiceField(choices=Use.choices, required=False, allow_blank=True)


class VoteSerializer(RatingSerializer):
    participant = serializers.CharField(max_length=20, help_text="code in the workshop")
    level = serializers.IntegerField(allow_null=True, min_value=0, max_value=20)
    does_not_apply = serializers.BooleanField(required=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=500)


class AgreementSerializer(RatingSerializer):
    level = serializers.IntegerField(min_value=0, max_value=20)
    rationale = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    evidence = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    cited = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        help_text="marks of evidence, as the exercise's `evidence` lists them",
    )
    dissent = serializers.CharField(required=False, allow_blank=True, max_length=4000)
    follow_up = serializers.CharField(required=False, allow_blank=True, max_length=4000)


class FacilitatorSerializer(serializers.Serializer):
    facilitator = serializers.IntegerField(min_value=1, max_value=2**31)


class TableLineSerializer(serializers.Serializer):
    title = serializers.CharField()
    now = serializers.FloatField(allow_null=True)
    settled = serializers.IntegerField(allow_null=True)
    dissent = serializers.CharField()


class TableVoteSerializer(serializers.Serializer):
    pk = serializers.IntegerField()
    title = serializers.CharField()
    lines = TableLineSerializer(many=True)


class PutTableSerializer(serializers.Serializer):
    table = serializers.CharField(max_length=80)


class TakeTableSerializer(serializers.Serializer):
    table = serializers.IntegerField(min_value=1, max_value=2**31 - 1)
