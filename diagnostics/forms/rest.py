"""Shapes of what REST gives and takes of exercises: results, comparison, steps, tables."""

from typing import Any

from rest_framework import serializers

from diagnostics.models import (
    Exercise,
    Questionnaire,
)
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
    code = serializers.CharField()
    label = serializers.CharField()
    kind = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.CharField()
    columns = serializers.ListField(child=serializers.CharField())
    column_codes = serializers.ListField(child=serializers.CharField())
    lines = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class BaselineItemSerializer(serializers.Serializer):
    code = serializers.CharField()
    title = serializers.CharField()
    prompt = serializers.CharField()
    is_answered = serializers.BooleanField()

    def get_fields(self) -> dict[str, Any]:
        """With two names that a serializer has for itself."""
        own = {"fields": BaselineFieldSerializer(many=True), "source": serializers.CharField()}
        return {**super().get_fields(), **own}


class AnswerSerializer(serializers.Serializer):
    field = serializers.CharField(max_length=80, help_text="`field` or `table.column`")
    line = serializers.IntegerField(min_value=1, max_value=1_000, default=1)
    value = serializers.CharField(allow_blank=True, max_length=4_000)


class ItemAnswerSerializer(serializers.Serializer):
    """What is known of an item: dates as 2016-02-12, numbers with a point, codes of choices."""

    values = AnswerSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        """With a name that a serializer has for itself."""
        source = serializers.CharField(max_length=200, allow_blank=True, required=False, default="")
        return {**super().get_fields(), "source": source}


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
