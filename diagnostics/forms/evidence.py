"""Forms of what was heard and read: interviews, SWOT items, reviews, corporate objectives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from diagnostics.models import (
    CorporateObjective,
    DocumentReview,
    Exercise,
    Interview,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.usecases.evidence_rows import guides
from hrplan.core.choosing import offer_choices, offer_rows
from hrplan.core.row_forms import DayInput, RowForm

NUMBER = _("Given once, for it is cited by it, such as N07.")
POST = _("A post, not a person's name.")


class EvidenceForm(RowForm):
    """A row of an exercise; what a row is cited by is asked for once."""

    fixed: tuple[str, ...] = ()

    def __init__(self, *args: Any, exercise: Exercise, **options: Any) -> None:
        super().__init__(*args, administration=exercise.administration, **options)
        self.exercise = exercise
        if self.instance.pk:
            for name in self.fixed:
                del self.fields[name]


class InterviewForm(EvidenceForm):
    """Notes of one interview."""

    fixed = ("code",)
    guide = forms.ChoiceField(label=_("Guide"))

    class Meta:
        model = Interview
        fields = ("code", "guide", "held_on", "place", "function", "notes")
        widgets = {"held_on": DayInput(), "notes": forms.Textarea(attrs={"rows": 12})}
        help_texts = {"code": NUMBER, "function": POST, "notes": _("What was said; no names.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_choices(self, "guide", [(one["code"], one["title"]) for one in guides(self.exercise)])


class SwotForm(EvidenceForm):
    """One thing that helps or hinders the administration."""

    fixed = ("kind",)

    class Meta:
        model = SwotItem
        fields = ("kind", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class ReviewForm(EvidenceForm):
    """What a strategy or business plan says."""

    fixed = ("document",)

    class Meta:
        model = DocumentReview
        fields = ("document", "summary", "on_people")
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 6}),
            "on_people": forms.Textarea(attrs={"rows": 6}),
        }
        help_texts = {
            "summary": _("Its aims, how it measures them, and how far they are reached."),
            "on_people": _("What it asks of people, and what it provides for them."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "document" in self.fields:
            held = ReferenceDocument.objects.filter(exercise=self.exercise, review=None)
            offer_rows(self, "document", held.exclude(status=ReferenceDocument.Status.MISSING))


class CorporateObjectiveForm(EvidenceForm):
    """An objective that a plan in force sets, as the plan has it."""

    fixed = ("code",)
    source = forms.ChoiceField(label=_("Document it stands in"), required=False)

    class Meta:
        model = CorporateObjective
        fields = ("code", "title", "measure", "status", "source")
        help_texts = {
            "code": _("Given once, for it is cited by it, such as CO9."),
            "measure": _("How the plan measures it; empty where it does not."),
            "status": _("How far it is, in a few words."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        held = ReferenceDocument.objects.filter(exercise=self.exercise)
        titles = dict.fromkeys([self.instance.source, *held.values_list("title", flat=True)])
        named = [(title, title) for title in titles if title]
        offer_choices(self, "source", [("", _("not stated")), *named])
