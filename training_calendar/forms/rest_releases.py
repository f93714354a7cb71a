"""The shapes of REST for releases and their differences."""

from rest_framework import serializers

from training_calendar.analysis import differences
from training_calendar.forms.rest import result
from training_calendar.models import Feed, Message, Release
from training_calendar.usecases import differences_shown
from training_calendar.usecases.rule_weights import Weight

ChangedPersonSerializer = result(differences_shown.Person, "pk code name unit")


class ReleaseSerializer(serializers.ModelSerializer):
    """One named release; `warnings` tells how often a rule that only warns was broken."""

    by = serializers.CharField(source="by.user", allow_null=True, default=None, read_only=True)
    warnings = serializers.DictField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = Release
        fields = ("id", "number", "name", "reason", "as_of", "released_at", "by", "warnings")
        read_only_fields = ("number", "as_of", "released_at")


class MessageSerializer(serializers.ModelSerializer):
    """One thing told, or to be told."""

    staff_member = serializers.IntegerField(source="invitation.staff_member_id", read_only=True)
    session_code = serializers.CharField(source="invitation.session_code", read_only=True)

    class Meta:
        model = Message
        fields = (
            *("id", "release", "staff_member", "session_code", "method", "sequence"),
            *("starts_on", "ends_on", "title", "place", "state", "attempts", "done_at", "error"),
        )


class ReleaseAsked(serializers.Serializer):
    name = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=300)


class AskedDifferences(serializers.Serializer):
    """Keys of releases, or `draft`; empty: from the last release to the working calendar."""

    before = serializers.RegexField(r"^(\d{1,9}|draft|none)?$", required=False, default="")
    after = serializers.RegexField(r"^(\d{1,9}|draft|none)?$", required=False, default="")


class StandSerializer(serializers.Serializer):
    """A session as one state has it; its trainer is named inside the administration."""

    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    place = serializers.CharField()


class DifferenceLineSerializer(serializers.Serializer):
    """One session that differs; people are those whom the reader may see."""

    code = serializers.CharField(source="line.stand.code")
    module = serializers.CharField(source="line.stand.module")
    title = serializers.CharField(source="line.stand.title")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=differences.KINDS))
    before = StandSerializer(source="line.before", allow_null=True)
    after = StandSerializer(source="line.after", allow_null=True)
    joined = ChangedPersonSerializer(many=True)
    left = ChangedPersonSerializer(many=True)
    joined_count = serializers.IntegerField()
    left_count = serializers.IntegerField()


class DifferenceCountsSerializer(serializers.Serializer):
    new = serializers.IntegerField()
    moved = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    elsewhere = serializers.IntegerField()
    people = serializers.IntegerField()
    unchanged = serializers.IntegerField()


class DifferencesAnswer(serializers.Serializer):
    before = serializers.CharField()
    after = serializers.CharField()
    counts = DifferenceCountsSerializer()
    lines = DifferenceLineSerializer(many=True)


class WarnedSerializer(serializers.Serializer):
    rule = serializers.CharField()
    words = serializers.CharField()
    station = serializers.CharField()
    session = serializers.CharField()
    day = serializers.DateField(allow_null=True)


class FindingsAnswer(serializers.Serializer):
    """What stands against a release, and what only warns."""

    blocks = WarnedSerializer(many=True)
    warnings = WarnedSerializer(many=True)


class RuleWeightSerializer(serializers.Serializer):
    rule = serializers.CharField()
    words = serializers.CharField(read_only=True)
    weight = serializers.ChoiceField(choices=[weight.value for weight in Weight])
    may_change = serializers.BooleanField(read_only=True)


class RuleWeightAsked(serializers.Serializer):
    rule = serializers.CharField(max_length=10)
    weight = serializers.ChoiceField(choices=[weight.value for weight in Weight])


class FeedSerializer(serializers.ModelSerializer):
    """A live feed; its secret is kept nowhere."""

    title = serializers.CharField(source="__str__", read_only=True)

    class Meta:
        model = Feed
        fields = ("id", "kind", "title", "made_at", "read_on")


class FeedAsked(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Feed.Kind.choices)
    target = serializers.IntegerField(min_value=1, max_value=2**31)


class FeedAnswer(serializers.Serializer):
    feed = FeedSerializer()
    address = serializers.URLField()
