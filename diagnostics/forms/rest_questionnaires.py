"""Shapes of REST: questionnaires and the parts of a draft, named as in a content file."""

from typing import Any

from rest_framework import serializers

from diagnostics.library.content import EXISTENCE, LEVEL, TESTS, USE
from diagnostics.library.edits import LevelEdit

CODE = r"^[a-z0-9-]+$"


def _text(size: int = 4000, **options: Any) -> serializers.CharField:
    return serializers.CharField(max_length=size, **options)


def _lines() -> serializers.ListField:
    return serializers.ListField(child=_text(300), required=False, max_length=50)


class BeginSerializer(serializers.Serializer):
    """A questionnaire begun without questions."""

    title = _text(200)
    code = serializers.RegexField(CODE, max_length=60)
    language = serializers.RegexField(r"^[a-z]{2}(-[A-Z]{2})?$", default="en")


class VersionSerializer(serializers.Serializer):
    version = _text(9, required=False, help_text="empty: the next one")


class HeadSerializer(serializers.Serializer):
    title = _text(200)
    version = _text(9)
    provider = _text(120)
    licence = _text(60)
    provenance = _text()


class LevelSerializer(serializers.Serializer):
    was = serializers.IntegerField(
        allow_null=True, default=None, help_text="the level it was; empty: a new one"
    )
    name = _text(200)
    meaning = _text(allow_blank=True, default="")


class StageSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=(*EXISTENCE, *USE))
    label = _text(200)  # type: ignore[assignment]
    meaning = _text(allow_blank=True, default="")
    caps_at = serializers.IntegerField(
        allow_null=True, default=None, min_value=0, max_value=10, help_text="a level as it was"
    )


class ScaleSerializer(serializers.Serializer):
    """The levels from the lowest up; steps that aren't sent stay."""

    lowest = serializers.IntegerField(min_value=0, max_value=1)
    levels = serializers.ListField(child=LevelSerializer(), min_length=2, max_length=10)
    existence = StageSerializer(many=True, default=())
    use = StageSerializer(many=True, default=())

    def values(self) -> dict[str, Any]:
        """What `drafts.change_scale` takes."""
        given = self.validated_data
        stages = {
            (of, row["code"]): {name: row[name] for name in ("label", "meaning", "caps_at")}
            for of in ("existence", "use")
            for row in given[of]
        }
        levels = [LevelEdit(**row) for row in given["levels"]]
        return {"lowest": given["lowest"], "levels": levels, "stages": stages}


class DraftDomainSerializer(serializers.Serializer):
    title = _text(200)
    purpose = _text(allow_blank=True, required=False)
    cross_cutting = serializers.BooleanField(required=False)
    documents = _lines()
    framework_sections = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=999), required=False
    )
    arusha_8 = serializers.ListField(child=_text(39), required=False)


class AnchorSerializer(serializers.Serializer):
    level = serializers.IntegerField(min_value=0, max_value=10)
    text = _text()


class ConditionSerializer(serializers.Serializer):
    """When a question is asked; existence and use take `is` and `is_not`."""

    question = _text(20)
    of = serializers.ChoiceField(choices=(LEVEL, "existence", "use"))
    test = serializers.ChoiceField(choices=TESTS)
    value = _text(10, help_text="a level, or a step of existence or use")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A level is a number, what else is asked a step."""
        known: Any = {"existence": EXISTENCE, "use": USE}.get(
            attrs["of"], tuple(map(str, range(11)))
        )
        if attrs["value"] not in known:
            raise serializers.ValidationError({"value": f"known: {', '.join(known)}"})
        if attrs["of"] == LEVEL:
            return {**attrs, "value": int(attrs["value"])}
        if attrs["test"] not in TESTS[:2]:
            raise serializers.ValidationError({"test": f"known: {', '.join(TESTS[:2])}"})
        return attrs


class DraftQuestionSerializer(serializers.Serializer):
    code = _text(20, required=False)
    text = _text()
    subject = _text(200)
    help = _text(allow_blank=True, required=False)
    weight = serializers.FloatField(min_value=0.01, max_value=99, required=False)
    anchors = AnchorSerializer(many=True, required=False)
    evidence = _lines()
    tags = serializers.ListField(child=_text(39), required=False, max_length=20)
    relevant = ConditionSerializer(required=False, allow_null=True)


class ShiftSerializer(serializers.Serializer):
    code = _text(20, help_text="of a domain or a question")
    steps = serializers.ChoiceField(choices=((-1, "up"), (1, "down")))


class CodeSerializer(serializers.Serializer):
    code = _text(20, help_text="of a domain or a question")


class ItemSerializer(serializers.Serializer):
    """The texts of an item of a baseline form."""

    title = _text(200)
    prompt = _text()
    help = _text(allow_blank=True, required=False)
    documents = _lines()


class MappingSerializer(serializers.Serializer):
    """What a question of a version follows in the version before; empty: it is new."""

    code = _text(20)
    title = serializers.CharField(read_only=True)
    before = _text(20, allow_blank=True)


class FaultSerializer(serializers.Serializer):
    part = serializers.CharField(help_text="code or name of what it lies in")
    place = serializers.CharField()
    reason = serializers.CharField()
    advice = serializers.CharField()


class ContentSerializer(serializers.Serializer):
    """A whole questionnaire in the shape of a content file."""

    content = serializers.JSONField()
