"""The shapes of REST for editing the calendar by hand."""

from rest_framework import serializers

from training_calendar.forms.rest import CODE, result
from training_calendar.models import HandChange
from training_calendar.usecases import (
    conflict_words,
    foreseeing,
    places,
    placing,
    replanning,
    unplaced,
)

CodeList = serializers.ListField(child=serializers.CharField())


class SupplyAsked(serializers.Serializer):
    """A venue and a trainer by code, where one is wished for."""

    venue = serializers.CharField(**CODE, allow_blank=True)
    trainer = serializers.CharField(**CODE, allow_blank=True)


class PlaceAsked(SupplyAsked):
    starts_on = serializers.DateField()


class MoveAsked(PlaceAsked):
    reason = serializers.CharField(max_length=300)


WishSerializer = result(places.Wish, "starts_on venue trainer")
PlaceFoundSerializer = result(
    places.FreePlace,
    "ends_on shift venue trainer other_venue other_trainer cost_change in_the_way",
    wish=WishSerializer(),
)
NewPlaceSerializer = result(
    placing.NewPlace,
    "ends_on venue trainer people asked cost in_the_way away",
    wish=WishSerializer(),
)
UnplacedSerializer = result(unplaced.Unplaced, "pk code title needs reason")
ToldSerializer = result(conflict_words.Told, "rule words place session person station day")
ForeseenSerializer = result(
    foreseeing.Foreseen,
    "ends_on venue trainer is_closed effects coming",
    wish=WishSerializer(),
    in_the_way=ToldSerializer(many=True),
    warnings=ToldSerializer(many=True),
)
ReplanLineSerializer = result(replanning.ReplanLine, "code title words pk")
ReplanProposalSerializer = result(
    replanning.ReplanProposal,
    "reason people again moved effects is_stale",
    run=serializers.IntegerField(source="run.pk"),
    lines=ReplanLineSerializer(many=True),
)
BlockedSerializer = result(
    places.Blocked,
    "first last closed",
    words=serializers.DictField(child=serializers.CharField()),
    days=serializers.DictField(child=CodeList),
)


class HandChangeSerializer(serializers.ModelSerializer):
    sessions = serializers.SerializerMethodField()

    class Meta:
        model = HandChange
        fields = ["pk", "kind", "session_code", "on", "sessions", "undone_on"]
        read_only_fields = fields

    def get_sessions(self, change: HandChange) -> int:
        """How many sessions it touched."""
        return len(change.after)


class UndoAsked(serializers.Serializer):
    change = serializers.IntegerField(min_value=1)


class ReplanAsked(serializers.Serializer):
    run = serializers.IntegerField(min_value=1)
