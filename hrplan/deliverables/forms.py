"""What comes in from pages: a passage of text, a move with its note, a comment, an answer."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices
from hrplan.core.filters import Filter
from hrplan.core.models import Member
from hrplan.core.row_forms import DayInput, RowForm
from hrplan.deliverables.models import (
    Body,
    ChainStep,
    Comment,
    LineDecision,
    Move,
    SubmissionStep,
)
from hrplan.deliverables.usecases import chain, links, papers
from hrplan.deliverables.usecases.choosing import Offer
from hrplan.deliverables.usecases.comments import LONGEST, Place


class PassageForm(forms.Form):
    text = forms.CharField(
        label=_("Your own text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "It stands at the head of the section. An empty line begins a new paragraph; **bold**, "
            "*italic*; a line that begins “- ” or “1. ” is an item of a list; {strength} is a live "
            "figure of the list below. A backslash before a mark takes its meaning."
        ),
    )


class DocumentsForm(forms.Form):
    documents = forms.MultipleChoiceField(
        label=_("Documents"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one of the documents.")},
    )

    def __init__(self, data: Any, *, offers: Sequence[Offer], chosen: Iterable[str]) -> None:
        super().__init__(data, initial={"documents": list(chosen)})
        offer_choices(self, "documents", [(one.kind, one.words) for one in offers])


class MoveForm(forms.Form):
    move = forms.ChoiceField(choices=Move.choices, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed with a question, an answer, a report, and whatever goes back."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class StepForm(RowForm):
    """One step of the chain."""

    class Meta:
        model = ChainStep
        fields = ("stage", "position", "body", "role", "quorum", "days")
        help_texts = {
            "position": _("Steps of a stage with the same number are taken side by side."),
            "body": _("Of the ministry: whose opinion or decision it is."),
            "quorum": _("Different people; nobody takes two steps of one stage."),
            "days": _("From the day the stage begins; empty: no deadline."),
        }


class VoiceForm(forms.Form):
    body = forms.ChoiceField(label=_("Speaks for"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        outside = [one for one in Body.choices if one[0] != Body.HOUSE]
        offer_choices(self, "body", [("", _("any body")), *outside])


class DelegationForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Acts for you"), queryset=Member.objects.none())
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("To"), widget=DayInput())

    def __init__(self, *args: Any, member: Member, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["to"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = chain.may_act_for(member).select_related("user")


class LinesFilter(Filter):
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    ruling = forms.ChoiceField(label=_("Decision"), required=False)


RULINGS = [("open", _("nothing said yet")), *LineDecision.Ruling.choices]
KINDS = list(LineDecision.Kind.choices)


class RulingForm(forms.Form):
    kind = forms.CharField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput)
    ruling = forms.ChoiceField(label=_("Decision"), choices=LineDecision.Ruling.choices)
    condition = forms.CharField(
        label=_("Reason or condition"), required=False, max_length=2_000,
        widget=forms.TextInput(),
    )  # fmt: skip


class OverrideForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the documents go on all the same"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Printed beside the rule in versions made from now on."),
    )


class CommentForm(forms.Form):
    anchor = forms.ChoiceField(label=_("Place"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is wrong or missing, and what you would have instead."),
    )

    def __init__(self, data: Any, *, places: Sequence[Place], **options: Any) -> None:
        super().__init__(data, **options)
        offer_choices(self, "anchor", [(one.anchor, one.words) for one in places])


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What becomes of it"), choices=Comment.Outcome.choices)
    text = forms.CharField(
        label=_("Answer"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Printed with the comment in the next version. Needed unless it is accepted."),
    )


class ReturnedForm(forms.Form):
    file = forms.FileField(
        label=_("Word file"),
        help_text=_(
            "The .docx of this version as it came back. Its comments and tracked changes become "
            "comments here; what was taken in before is left alone. At most 20 MB."
        ),
    )
    from_ministry = forms.BooleanField(
        label=_("It comes from the ministry"),
        required=False,
        initial=True,
        help_text=_("The ministry then reads these comments, and answers to them are printed."),
    )


class WordTemplateForm(forms.Form):
    file = forms.FileField(
        label=_("Word file"),
        widget=forms.FileInput(attrs={"accept": ".docx,.dotx"}),
        help_text=_(
            "A .docx or .dotx with your letterhead, without macros, embedded files and linked "
            "pictures. At most 5 MB."
        ),
    )


class LinkForm(forms.Form):
    name = forms.CharField(label=_("For whom"), max_length=120)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    step = forms.TypedChoiceField(
        label=_("What for"), required=False, coerce=int, empty_value=None,
        help_text=_("One step of the chain, once; or comments alone."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Valid until"), widget=DayInput(), help_text=_("At most 90 days ahead.")
    )

    def __init__(self, data: Any, *, steps: Iterable[SubmissionStep]) -> None:
        until = timezone.localdate() + timedelta(days=links.DAYS)
        super().__init__(data, initial={"expires_on": until})
        offer_choices(self, "step", [("", _("comments only")), *step_choices(steps)])


class PaperForm(forms.Form):
    step = forms.TypedChoiceField(label=_("Whose answer"), coerce=int)
    move = forms.ChoiceField(label=_("What it says"))
    name = forms.CharField(label=_("Signed by"), max_length=120)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    on = forms.DateField(label=_("Signed on"), widget=DayInput())
    note = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed with a question and with what is deferred or returned."),
    )
    file = forms.FileField(
        label=_("Scanned page"),
        help_text=_("PDF, PNG or JPEG with the signature, at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(papers.TYPES.values())}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        files: Any,
        *,
        steps: Iterable[SubmissionStep],
        moves: Iterable[Move],
        shown: str,
    ) -> None:
        super().__init__(data, files, initial={"shown": shown})
        offer_choices(self, "step", step_choices(steps))
        offer_choices(self, "move", [(one.value, one.label) for one in moves])


def step_choices(steps: Iterable[SubmissionStep]) -> list[tuple[str, str]]:
    """Steps of a chain by their keys, in words."""
    return [(str(one.pk), str(one)) for one in steps]
