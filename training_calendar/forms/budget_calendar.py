"""What comes in by the page of the budget calendar."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.row_forms import DayInput


class BudgetCalendarForm(forms.Form):
    """The two days of a budget round."""

    call_closes_on = forms.DateField(
        label=_("The call closes on"),
        required=False,
        widget=DayInput(),
        help_text=_(
            "The last day on which money of the coming fiscal year can be asked for, in any year: "
            "the same day counts in the others. Empty: not known."
        ),
    )
    estimates_pass_on = forms.DateField(
        label=_("The Estimates pass on"),
        required=False,
        widget=DayInput(),
        help_text=_("The day on which they usually pass. Empty: not known."),
    )
