"""The shapes of REST for what is compared before it is put in place."""

from rest_framework import serializers

from training_calendar.forms.rest_releases import DifferencesAnswer


class ComparedFigureSerializer(serializers.Serializer):
    """unit : share [0..1], money, points, or nothing for a count; null where it is not known."""

    key = serializers.CharField()
    words = serializers.CharField()
    unit = serializers.CharField()
    before = serializers.FloatField(allow_null=True)
    after = serializers.FloatField(allow_null=True)


class BesideAnswer(serializers.Serializer):
    """A proposed plan beside the one in force."""

    plan = serializers.IntegerField(source="found.plan.pk")
    figures = ComparedFigureSerializer(many=True)
    calendar = DifferencesAnswer()


class ImprovementAnswer(serializers.Serializer):
    """Better dates beside the calendar as it stands; `run` is what takes them names."""

    run = serializers.IntegerField(source="found.run.pk")
    is_better = serializers.BooleanField(source="found.is_better")
    is_stale = serializers.BooleanField(source="found.is_stale")
    figures = ComparedFigureSerializer(many=True)
    calendar = DifferencesAnswer()


class FoundAsked(serializers.Serializer):
    """The run whose result was looked at."""

    run = serializers.IntegerField(min_value=1)
