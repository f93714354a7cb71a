"""Forms of framework versions: the version, its groups, its competencies, the crosswalk."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from competencies.models import Competency, CompetencyGroup, Crosswalk, Framework
from hrplan.core.row_forms import RowForm

PARTS = {
    "text": _("What is seen"),
    "knowledge": _("What has to be known"),
    "skill": _("What has to be mastered"),
}
DRAFT = Framework.State.DRAFT


class NewVersionForm(RowForm):
    """A version that is begun as the one in force."""

    class Meta:
        model = Framework
        fields = ("version", "title")
        help_texts = {
            "version": _("Such as 2.0."),
            "title": _("It starts with all that the version in force says."),
        }


class VersionForm(RowForm):
    """What a version says of itself."""

    class Meta:
        model = Framework
        fields = ("version", "title", "language", "provider", "licence", "provenance")
        widgets = {"provenance": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"provenance": _("On what it rests and who worked on it.")}


class GroupForm(RowForm):
    """A group of competencies."""

    class Meta:
        model = CompetencyGroup
        fields = ("code", "title", "assessed_by", "in_gap_totals")
        help_texts = {
            "assessed_by": _("How its competencies are assessed, such as by test or by a panel."),
            "in_gap_totals": _("Values are assessed and shown, but not summed into gaps."),
        }


class NewGroupForm(GroupForm):
    """A group that is added to a draft."""

    class Meta:
        model = CompetencyGroup
        fields = ("framework", *GroupForm.Meta.fields)
        help_texts = GroupForm.Meta.help_texts

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(state=DRAFT)


class NewCompetencyForm(RowForm):
    """A competency that is added to a group of a draft."""

    class Meta:
        model = Competency
        fields = ("group", "code", "title", "definition", "basis", "weight")
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 2}),
            "weight": forms.Select(choices=[(1, "1"), (2, "2"), (3, "3")]),
        }
        help_texts = {
            "weight": _("Importance across the administration, from 1 to 3."),
            "definition": _("What somebody does who holds it, in a sentence."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(framework__state=DRAFT).select_related("framework")


class CompetencyForm(NewCompetencyForm):
    """A competency with what is seen, known and mastered at each level of the scale."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        said = {row.level: row for row in self.instance.level_texts.all()}
        self.steps = [one for one in self.instance.framework.levels.all() if one.level]
        for step in self.steps:
            for part, label in PARTS.items():
                self.fields[f"{part}_{step.level}"] = forms.CharField(
                    label=f"{step.level} {step.name}: {label}",
                    required=False,
                    max_length=4000,
                    initial=getattr(said.get(step.level), part, ""),
                    widget=forms.Textarea(attrs={"rows": 2}),
                )

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(framework=self.instance.framework_id)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["texts"] = {
            step.level: {part: found.pop(f"{part}_{step.level}", "") for part in PARTS}
            for step in self.steps
        }
        return found


class _CompetencyOfVersion(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} {obj.title} ({obj.framework.version})"


class CrosswalkForm(RowForm):
    """How a competency of the version in force stands to one of another version."""

    source = _CompetencyOfVersion(Competency.objects.all(), label=_("Competency in force"))
    target = _CompetencyOfVersion(Competency.objects.all(), label=_("Competency of the other"))

    class Meta:
        model = Crosswalk
        fields = ("source", "relation", "target", "note")

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        ours = rows.select_related("framework").order_by("framework__version", "position")
        in_force = Framework.State.IN_FORCE
        held = ours.filter(framework__state=in_force)
        others = ours.exclude(framework__state=in_force)
        if self.instance.pk:
            return ours.filter(framework=getattr(self.instance, name).framework_id)
        return held if name == "source" else others
