"""Forms of a workshop that is called: its name and days, and the people invited."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from diagnostics.models import Participant, Workshop
from diagnostics.usecases.calling import Invited
from hrplan.core.row_forms import DayInput, RowForm

MARKS = ("\t", ";")  # as a line is copied from a worksheet, or typed


class WorkshopForm(RowForm):
    """When and where the managers come together."""

    class Meta:
        model = Workshop
        fields = ("title", "code", "place", "starts_on", "ends_on")
        labels = {"code": _("Short name")}
        widgets = {"starts_on": DayInput(), "ends_on": DayInput()}
        help_texts = {
            "title": _("As printed in the minutes, such as Review by the senior managers."),
            "code": _("Without blanks, used once, such as managers-2018."),
        }


class InviteForm(forms.Form):
    """People as lines of a list: typed, or copied from a worksheet."""

    people = forms.CharField(
        label=_("People to add"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "One a line: the name, a semicolon, the function. Two columns of a worksheet can be "
            "pasted as they are."
        ),
    )

    def clean_people(self) -> list[Invited]:
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines()]
        return [_invited(line) for line in lines if line.strip(" ;\t")]


def _invited(line: str) -> Invited:
    mark = next((mark for mark in MARKS if mark in line), None)
    name, _mark, function = line.partition(mark) if mark else (line, "", "")
    return Invited(name.strip(), function.strip(" ;\t"))


class ParticipantForm(RowForm):
    """One person on the list, and the account that may vote for them."""

    class Meta:
        model = Participant
        fields = ("name", "function", "member")
        labels = {"name": _("Name"), "function": _("Function"), "member": _("Own account")}
        help_texts = {
            "member": _("Whoever signs in with this account may enter this person's vote.")
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.workshop.attribution == Workshop.Attribution.ROLE:
            del self.fields["name"]

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.filter(ended_on=None).select_related("user")
