"""What comes in from pages: a passage of text, a move with its note."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.deliverables.models import Move


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
