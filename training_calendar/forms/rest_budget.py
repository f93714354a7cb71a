"""The shapes of REST for the budget case."""

from rest_framework import serializers

from training_calendar.forms.rest import result
from training_calendar.usecases import budget_case as case

CasePartSerializer = result(case.CasePart, "competency title reason points")
LeftOutSerializer = result(case.CasePart, "competency title reason", "MostLeftOpen")
NextStepSerializer = result(
    case.NextStep, "share money closed each_thousand", closes=CasePartSerializer(many=True)
)
CaseStepSerializer = result(
    case.CaseStep,
    "share budget cost closed total closed_share people",
    left_out=LeftOutSerializer(many=True),
    then=NextStepSerializer(allow_null=True),
)


class BudgetCaseAnswer(serializers.Serializer):
    """The budgets worked out, the smallest first; `missing` names the shares that were not.

    Figures on fewer than `limit` people or needs are null; without a limit none is withheld. What
    is left out has no points: those of two budgets would give away what a step withholds.
    """

    steps = CaseStepSerializer(many=True)
    missing = serializers.ListField(child=serializers.FloatField())
    limit = serializers.IntegerField(allow_null=True)
