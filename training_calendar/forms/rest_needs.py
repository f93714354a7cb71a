"""The shapes of REST for priorities, the rulings on needs, sources and budget lines."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hrplan.core.rest import RowSerializer
from training_calendar.forms.rest import CODE, result
from training_calendar.forms.rows import LineForm, RateForm, RulingForm, SourceForm
from training_calendar.models import BudgetLine, ExchangeRate, FundingSource, NeedRuling
from training_calendar.usecases import catalogue, priority_list


class AskedPriorities(serializers.Serializer):
    band = serializers.ChoiceField(choices=["1", "2", "3"], required=False, default="")
    profile = serializers.CharField(**CODE)
    competency = serializers.CharField(**CODE)
    cause = serializers.ChoiceField(
        choices=["none", *NeedRuling.Cause.values], required=False, default=""
    )


TermSerializer = result(priority_list.Term, "key value points")
_PriorityLine = result(
    priority_list.PriorityLine,
    "rank band competency competency_title profile profile_title deadline priority people "
    "mean_gap weighted_gap adjusted_gap",
    terms=TermSerializer(many=True),
)


class PriorityLineSerializer(_PriorityLine):  # type: ignore[misc, valid-type]
    """A need in its place; figures are null where too few people are behind it."""

    cause = serializers.CharField(allow_blank=True)
    response = serializers.CharField(allow_blank=True)
    ruling = serializers.SerializerMethodField()

    @extend_schema_field({"type": "integer", "nullable": True})
    def get_ruling(self, line: priority_list.PriorityLine) -> int | None:
        return line.ruling.pk if line.ruling else None


AdoptedSerializer = result(
    catalogue.Adopted, "providers modules outcomes programmes unknown_competencies"
)
_Shipped = result(catalogue.Shipped, "currency priced_on modules programmes here needs_rate")


class SourceKept(RowSerializer):
    class Meta:
        model = FundingSource
        fields = ("id", *SourceForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class RateKept(RowSerializer):
    class Meta:
        model = ExchangeRate
        fields = ("id", *RateForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class ShippedSerializer(_Shipped):  # type: ignore[misc, valid-type]
    """The catalogue beside what is here of it; rate is null where none is stated or needed."""

    rate = RateKept(allow_null=True)


class LineKept(RowSerializer):
    class Meta:
        model = BudgetLine
        fields = ("id", *LineForm.Meta.fields)
        validators: tuple[Any, ...] = ()


class RulingKept(RowSerializer):
    class Meta:
        model = NeedRuling
        fields = ("id", *RulingForm.Meta.fields, "approved_on")
        read_only_fields = ("approved_on",)
        validators: tuple[Any, ...] = ()
