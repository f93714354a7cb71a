"""What comes in about what was delivered: a quarter, a cost paid; and REST."""

from django import forms
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from hrplan.core.filters import Filter


class DeliveredFilter(Filter):
    """Narrows what was delivered to a quarter."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)


class CostForm(forms.Form):
    """What a session cost in the end."""

    cost_paid = forms.DecimalField(
        label=_("Cost paid"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("All that was paid for the session; empty: not known yet."),
    )


class CostAsked(serializers.Serializer):
    cost_paid = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=0, allow_null=True
    )


class AskedDelivered(serializers.Serializer):
    quarter = serializers.CharField(required=False, default="", max_length=20)


class MeasureSerializer(serializers.Serializer):
    """Delivered is null where it is not known."""

    planned = serializers.FloatField()
    delivered = serializers.FloatField(allow_null=True)


class SumSerializer(serializers.Serializer):
    planned = serializers.FloatField()
    delivered = serializers.FloatField()
    n = serializers.IntegerField()
    missing = serializers.IntegerField()


class SessionLineSerializer(serializers.Serializer):
    pk = serializers.IntegerField()
    code = serializers.CharField()
    is_cancelled = serializers.BooleanField()
    planned_from = serializers.DateField()
    planned_to = serializers.DateField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    late = serializers.IntegerField(allow_null=True)
    seats = MeasureSerializer()
    hours = MeasureSerializer()
    cost = MeasureSerializer()


class DeliveredSerializer(serializers.Serializer):
    """Sessions that are over: planned as first told, and what came of them."""

    lines = SessionLineSerializer(many=True)
    moved = serializers.IntegerField()
    cancelled = serializers.IntegerField()
    ahead = serializers.IntegerField()
    seats = SumSerializer()
    hours = SumSerializer()
    cost = SumSerializer()
    gap = SumSerializer(allow_null=True)
