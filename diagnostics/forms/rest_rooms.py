"""Shapes of what REST gives and takes of workshops, their agenda, rounds and papers."""

from typing import Any

from rest_framework import serializers

from diagnostics.models import (
    AgendaItem,
    Existence,
    Participant,
    Use,
    Workshop,
)
from hrplan.core.api import RunSerializer


class WorkshopSerializer(serializers.ModelSerializer):
    class Meta:
        model = Workshop
        fields = (
            *("id", "exercise", "code", "title", "place", "starts_on", "ends_on"),
            *("closed_on", "facilitator", "attribution", "names_outliers", "pace"),
        )
        read_only_fields = fields


class WorkshopInSerializer(serializers.ModelSerializer):
    class Meta:
        model = Workshop
        fields = ("title", "code", "place", "starts_on", "ends_on")
        validators: tuple[Any, ...] = ()


class InvitedSerializer(serializers.Serializer):
    """Somebody on the list; one of the two is enough."""

    name = serializers.CharField(max_length=200, required=False, allow_blank=True)
    function = serializers.CharField(max_length=120, required=False, allow_blank=True)


class ParticipantSerializer(serializers.ModelSerializer):
    """Where votes are given by role, the name stays out."""

    name = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = ("id", "code", "name", "function", "member")
        read_only_fields = fields

    def get_name(self, row: Participant) -> str:
        return "" if row.workshop.attribution == Workshop.Attribution.ROLE else row.name


class ParticipantInSerializer(InvitedSerializer):
    member = serializers.IntegerField(
        min_value=1, max_value=2**31, allow_null=True, required=False, help_text="own account"
    )


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
