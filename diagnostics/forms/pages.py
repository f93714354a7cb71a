"""Forms of a diagnostic: a vote, an agreed rating, a document, a cause, a recommendation."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diagnostics.models import (
    Cause,
    Domain,
    Exercise,
    Existence,
    Participant,
    Question,
    ReferenceDocument,
    Use,
)
from hrplan.core.choosing import offer_choices, offer_rows
from hrplan.core.models import Member

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NOT_SAID = [("", gettext_lazy("not said"))]


def level_choices(question: Question) -> list[tuple[str, str]]:
    """The levels of the scale, each with the question's own anchor."""
    scale = question.domain.questionnaire.scale
    return [
        (str(one["level"]), f"{one['level']} {one['name']}: {question.anchors[str(one['level'])]}")
        for one in scale
    ]


def _level(value: str) -> int | None:
    return int(value) if value else None


class VoteForm(forms.Form):
    """One participant's answer in the round that was open when the form was shown."""

    round = forms.IntegerField(widget=forms.HiddenInput)
    participant = forms.ModelChoiceField(Participant.objects.none(), label=gettext_lazy("Vote of"))
    level = forms.TypedChoiceField(
        label=gettext_lazy("Level"), coerce=_level, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    existence = forms.ChoiceField(
        label=gettext_lazy("Does it exist?"), required=False, choices=NOT_SAID + Existence.choices
    )
    use = forms.ChoiceField(
        label=gettext_lazy("Is it used?"), required=False, choices=NOT_SAID + Use.choices
    )
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=500)

    def __init__(self, *args: Any, question: Question, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "level", [*level_choices(question), ("", _("I don't know"))])
        offer_rows(self, "participant", people)


class AgreementForm(forms.Form):
    """What the room settled on."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Agreed level"), coerce=int, widget=forms.RadioSelect
    )
    existence = forms.ChoiceField(
        label=gettext_lazy("Does it exist?"), required=False, choices=NOT_SAID + Existence.choices
    )
    use = forms.ChoiceField(
        label=gettext_lazy("Is it used?"), required=False, choices=NOT_SAID + Use.choices
    )
    rationale = forms.CharField(
        label=gettext_lazy("Why this level"), required=False, max_length=4000, widget=forms.Textarea
    )
    evidence = forms.CharField(
        label=gettext_lazy("What was shown"), required=False, max_length=4000, widget=forms.Textarea
    )
    dissent = forms.CharField(
        label=gettext_lazy("What those hold who do not agree"),
        required=False,
        max_length=4000,
        widget=forms.Textarea,
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "level", level_choices(question))


class DocumentForm(forms.Form):
    """One document of the register."""

    code = forms.CharField(
        label=gettext_lazy("Number"), max_length=20, help_text=gettext_lazy("Such as R07.")
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=ReferenceDocument.Status.choices
    )
    dated_on = forms.DateField(label=gettext_lazy("Date"), required=False, widget=DATE)
    domain = forms.ChoiceField(label=gettext_lazy("Asked for by"), required=False)
    link = forms.CharField(label=gettext_lazy("Where it is"), required=False, max_length=300)

    def __init__(self, *args: Any, exercise: Exercise, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        domains = Domain.objects.filter(questionnaire__exercises=exercise)
        found = domains.filter(questionnaire__kind="maturity")
        offer_choices(
            self,
            "domain",
            [
                ("", _("no single domain")),
                *((one.code, f"{one.code} {one.title}") for one in found),
            ],
        )
        self.fields["code"].disabled = fixed


class CauseForm(forms.Form):
    """Why a finding is so."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of cause"), choices=Cause.Kind.choices)
    text = forms.CharField(label=gettext_lazy("Cause"), max_length=4000, widget=forms.Textarea)


class RecommendationForm(forms.Form):
    """What to do about a finding."""

    text = forms.CharField(
        label=gettext_lazy("Recommendation"), max_length=4000, widget=forms.Textarea
    )
    owner = forms.CharField(
        label=gettext_lazy("Owner"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("A post, not a person."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DATE)
    is_training = forms.BooleanField(label=gettext_lazy("Answered by training"), required=False)


class FacilitatorForm(forms.Form):
    """Who leads a workshop."""

    facilitator = forms.ModelChoiceField(Member.objects.none(), label=gettext_lazy("Facilitator"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "facilitator", people)
