"""The form of one session of the agenda."""

from django import forms
from django.utils.translation import gettext_lazy as _

from diagnostics.models import AgendaItem
from diagnostics.usecases.agenda import PAGES
from hrplan.core.row_forms import RowForm


class AgendaForm(RowForm):
    """A session: when, what is done, what it leaves, and the page that captures it."""

    page_name = forms.ChoiceField(
        label=_("Page it opens"), required=False, choices=[("", _("none")), *PAGES.items()]
    )

    class Meta:
        model = AgendaItem
        fields = ("day", "half", "title", "captures", "page_name")
        labels = {
            "day": _("Day"),
            "half": _("Half of the day"),
            "title": _("Session"),
            "captures": _("What it leaves"),
        }
        help_texts = {
            "day": _("1 is the first day of the workshop, 0 is beforehand."),
            "captures": _("Such as agreed ratings, causes, objectives."),
        }
