"""Forms of a diagnostic: answers, agreed ratings, documents, causes, the way into a room."""

from collections.abc import Iterable, Mapping
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
    Workshop,
)
from diagnostics.usecases.citing import SourceGroup
from hrplan.core.choosing import offer_choices, offer_rows
from hrplan.core.filters import Filter
from hrplan.core.models import Member

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NOT_SAID = [("", gettext_lazy("not said"))]
UNKNOWN, NOT_APPLICABLE = "unknown", "not_applicable"
STAGES = ("existence", "use")


def _text() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 4})


def level_choices(question: Question) -> list[tuple[str, str]]:
    """The levels of the scale, each with the question's own anchor."""
    scale = question.domain.questionnaire.scale
    return [
        (str(one["level"]), f"{one['level']} {one['name']}: {question.anchors[str(one['level'])]}")
        for one in scale
    ]


def answer_choices(question: Question) -> list[tuple[str, str]]:
    """The levels, and the two answers that are none."""
    return [
        *level_choices(question),
        (UNKNOWN, _("I don't know")),
        (NOT_APPLICABLE, _("It does not apply to us")),
    ]


def drop_stages(form: forms.Form, question: Question) -> None:
    """Leave existence and use out where the questionnaire has no such steps."""
    for name in STAGES:
        if not getattr(question.domain.questionnaire, name):
            del form.fields[name]


class AnswerForm(forms.Form):
    """One answer in the round that was shown."""

    round = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(label=gettext_lazy("Answer"), widget=forms.RadioSelect)
    existence = forms.ChoiceField(
        label=gettext_lazy("Does it exist?"), required=False, choices=NOT_SAID + Existence.choices
    )
    use = forms.ChoiceField(
        label=gettext_lazy("Is it used?"), required=False, choices=NOT_SAID + Use.choices
    )
    note = forms.CharField(label=gettext_lazy("Remark"), required=False, max_length=500)

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drop_stages(self, question)
        offer_choices(self, "answer", answer_choices(question))

    @property
    def ballot(self) -> dict[str, Any]:
        """The answer as the use cases take it; existence and use go with a level only."""
        given = self.cleaned_data
        level = int(given["answer"]) if given["answer"].isdecimal() else None
        rated = {n: given.get(n, "") for n in STAGES} if level is not None else {}
        does_not_apply = given["answer"] == NOT_APPLICABLE
        return {"level": level, "does_not_apply": does_not_apply, "note": given["note"], **rated}


class VoteForm(AnswerForm):
    """An answer that a member enters for a participant: their own, or one from paper."""

    participant = forms.ModelChoiceField(Participant.objects.none(), label=gettext_lazy("Vote of"))
    field_order = ("round", "participant", "answer")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "participant", people)


class BallotForm(AnswerForm):
    """A participant's own answer, with what makes a replay of it harmless."""

    client = forms.UUIDField(required=False, widget=forms.HiddenInput)
    sequence = forms.IntegerField(
        required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput
    )


class CodeForm(forms.Form):
    """The code that the projector shows."""

    code = forms.CharField(
        label=gettext_lazy("Code of the workshop"),
        max_length=20,
        help_text=gettext_lazy("Nine letters and digits, such as AB2 CD3 EF4."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class PlaceForm(forms.Form):
    """Who joins: somebody on the list, or one who writes themselves down."""

    place = forms.ModelChoiceField(
        Participant.objects.none(),
        label=gettext_lazy("I am"),
        required=False,
        empty_label=gettext_lazy("not on this list"),
    )
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=200)
    function = forms.CharField(label=gettext_lazy("Function"), required=False, max_length=120)

    def __init__(self, *args: Any, workshop: Workshop, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = Workshop.Attribution
        if places:
            offer_rows(self, "place", places)
            self.fields["name"].label = _("Name, if you are not on the list")
        else:
            del self.fields["place"]
        if workshop.attribution == kinds.ROLE:
            del self.fields["name"]
            self._show_functions()
        if workshop.attribution == kinds.ANONYMOUS:
            del self.fields["function"]
            self.fields["name"].label = _("Nickname (you may leave it empty)")

    def _show_functions(self) -> None:
        if "place" in self.fields:
            place: Any = self.fields["place"]
            place.label_from_instance = _function


def _function(place: Participant) -> str:
    return place.function or place.code


class RoomForm(forms.ModelForm):
    """How the votes of a workshop are taken."""

    class Meta:
        model = Workshop
        fields = ("attribution", "names_outliers", "pace")
        widgets = {"attribution": forms.RadioSelect, "pace": forms.RadioSelect}
        help_texts = {
            "attribution": gettext_lazy(
                "This is the promise made to the room; it stays once somebody has joined or voted."
            ),
            "names_outliers": gettext_lazy(
                "Only where votes are given by name, and only if the room was told so."
            ),
            "pace": gettext_lazy(
                "At their own pace everybody answers all questions by a personal link; the room"
                " then reveals and discusses them one by one."
            ),
        }


class WorkshopFileForm(forms.Form):
    """The file of a workshop that was held on another machine."""

    file = forms.FileField(
        label=gettext_lazy("Workshop file"),
        help_text=gettext_lazy("As “Take the workshop along” wrote it on the other machine."),
    )


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
        label=gettext_lazy("Why this level"), required=False, max_length=4000, widget=_text()
    )
    evidence = forms.CharField(
        label=gettext_lazy("What was shown"), required=False, max_length=4000, widget=_text()
    )
    dissent = forms.CharField(
        label=gettext_lazy("What those hold who do not agree"),
        required=False,
        max_length=4000,
        widget=_text(),
    )
    follow_up = forms.CharField(
        label=gettext_lazy("Still to be found out"),
        required=False,
        max_length=4000,
        widget=_text(),
    )

    cited = forms.MultipleChoiceField(
        label=gettext_lazy("Evidence it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, question: Question, sources: Iterable[SourceGroup] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        drop_stages(self, question)
        offer_choices(self, "level", level_choices(question))
        if choices := source_choices(sources):
            offer_choices(self, "cited", choices)
        else:
            del self.fields["cited"]


def source_choices(sources: Iterable[SourceGroup]) -> list[tuple[str, str]]:
    """What can be cited, kind by kind; each title says what it is."""
    return [source for group in sources for source in group.sources]


class CitedForm(forms.Form):
    """What a finding rests on beside the votes."""

    cited = forms.MultipleChoiceField(
        label=gettext_lazy("Evidence it rests on"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, sources: Iterable[SourceGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "cited", source_choices(sources))


class FindingFilter(Filter):
    """Narrows the findings of an exercise."""

    exercise = forms.CharField(widget=forms.HiddenInput, required=False)
    domain = forms.ChoiceField(label=gettext_lazy("Domain"), required=False)


class TableForm(forms.Form):
    """A table to put to the vote."""

    table = forms.ChoiceField(
        label=gettext_lazy("Table"),
        help_text=gettext_lazy("Each of its rows becomes a question of the room."),
    )

    def __init__(self, *args: Any, tables: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "table", tables)


class DocumentForm(forms.Form):
    """One document of the register."""

    code = forms.CharField(
        label=gettext_lazy("Number"), max_length=20, help_text=gettext_lazy("Such as RD30.")
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
    text = forms.CharField(label=gettext_lazy("Cause"), max_length=4000, widget=_text())


class RecommendationForm(forms.Form):
    """What to do about a finding."""

    text = forms.CharField(label=gettext_lazy("Recommendation"), max_length=4000, widget=_text())
    owner = forms.CharField(
        label=gettext_lazy("Owner"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("A post, not a person."),
    )
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=DATE)
    is_training = forms.BooleanField(label=gettext_lazy("Answered by training"), required=False)
    competency = forms.ChoiceField(
        label=gettext_lazy("Competency to be lifted"),
        required=False,
        help_text=gettext_lazy("With one, it is a training need: its gaps say whose."),
    )

    def __init__(self, *args: Any, competencies: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_choices(self, "competency", [("", _("none")), *competencies.items()])


class FacilitatorForm(forms.Form):
    """Who leads a workshop."""

    facilitator = forms.ModelChoiceField(Member.objects.none(), label=gettext_lazy("Facilitator"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_rows(self, "facilitator", people)
