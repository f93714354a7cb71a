"""The shapes of REST for the training effect and the people behind it."""

from rest_framework import serializers

from training_calendar.forms.rest import CODE, result
from training_calendar.usecases import effect_people, training_effect


class AskedEffect(serializers.Serializer):
    before = serializers.DateField(required=False, default=None, allow_null=True)


class AskedBehind(AskedEffect):
    competency = serializers.CharField(**CODE)
    module = serializers.CharField(**CODE)
    trained = serializers.BooleanField(required=False, default=True)


EffectSideSerializer = result(
    training_effect.EffectSide, "people n missing risen fallen before now change"
)
_EffectLine = result(
    training_effect.EffectLine,
    "key title",
    trained=EffectSideSerializer(allow_null=True),
    others=EffectSideSerializer(allow_null=True),
)


class EffectLineSerializer(_EffectLine):  # type: ignore[misc, valid-type]
    """The two groups beside each other; a side that is null is withheld."""

    difference = serializers.FloatField(allow_null=True)


TrainingEffectSerializer = result(
    training_effect.TrainingEffect,
    "before now completed begun",
    total=EffectLineSerializer(),
    by_competency=EffectLineSerializer(many=True),
    by_module=EffectLineSerializer(many=True),
)
_Behind = result(
    effect_people.Behind,
    "pk name unit competency competency_title modules ended_on before now",
)


class BehindSerializer(_Behind):  # type: ignore[misc, valid-type]
    """A person in a competency; `why_not` says why the pair is in no mean."""

    change = serializers.FloatField(allow_null=True)
    why_not = serializers.CharField(allow_blank=True)
