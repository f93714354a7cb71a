"""The shape of the budget calendar in REST."""

from rest_framework import serializers


class BudgetCalendarSerializer(serializers.Serializer):
    """The two days of a budget round, which come back each year; null is not known."""

    call_closes_on = serializers.DateField(allow_null=True, default=None)
    estimates_pass_on = serializers.DateField(allow_null=True, default=None)
