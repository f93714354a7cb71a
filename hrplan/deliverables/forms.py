"""What comes in from pages: a passage of text, a move with its note, a comment, an answer."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices
from hrplan.deliverables.models import Comment, Move
from hrplan.deliverables.usecases.comments import LONGEST, Place


class PassageForm(forms.Form):
    text = forms.CharField(
        label=_("Your own text"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("It stands at the head of the section. An empty line begins a new paragraph."),
    )


class MoveForm(forms.Form):
    move = forms.ChoiceField(choices=Move.choices, widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you return the documents or take them back."),
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
