"""The form of one item of the baseline form, made of the fields that the item states."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diagnostics.models import Question
from diagnostics.usecases.baseline import unit_of
from diagnostics.usecases.filling import MOST_SOURCE, Place, place_name
from hrplan.core.row_forms import DayInput

SPARE = 3  # empty lines below those of a table
DIGITS = 3  # of the number of a line that is sent
WIDGETS = {
    "long_text": lambda: forms.Textarea(attrs={"rows": 3, "class": "short"}),
    "integer": lambda: forms.NumberInput(attrs={"step": 1}),
    "number": lambda: forms.NumberInput(attrs={"step": "any"}),
    "money": lambda: forms.NumberInput(attrs={"step": "any"}),
    "date": DayInput,
}
NOT_KNOWN = ("", gettext_lazy("not known"))
YES_NO = (NOT_KNOWN, ("true", gettext_lazy("yes")), ("false", gettext_lazy("no")))


class ItemAnswerForm(forms.Form):
    """What is known of an item; the use case checks each value by its kind."""

    all_optional = True

    def __init__(
        self,
        *args: Any,
        item: Question,
        given: Mapping[Place, str],
        source: str,
        currency: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.given, self.currency = item, given, currency
        self.places: list[Place] = []
        for field in item.fields:
            for line in self._lines(field):
                for path, column in _columns(field):
                    self._add((path, line), column)
        self.fields["source"] = forms.CharField(
            label=_("Source"),
            required=False,
            max_length=MOST_SOURCE,
            initial=source,
            help_text=_("The document or the person that says so."),
        )

    def _lines(self, field: Mapping[str, Any]) -> range:
        if not field["columns"]:
            return range(1, 2)
        held = [line for path, line in self.given if path.startswith(f"{field['code']}.")]
        last = max(held, default=0)
        sent = (
            name.rpartition(".")[2] for name in self.data if name.startswith(f"{field['code']}.")
        )
        asked = [int(n) for n in sent if n.isdecimal() and len(n) <= DIGITS]
        return range(1, max(field["row_count"] or last + SPARE, last, *asked, 1) + 1)

    def _add(self, place: Place, field: Mapping[str, Any]) -> None:
        self.places.append(place)
        unit = unit_of(field, self.currency)
        label = f"{field['label']} ({unit})" if unit else field["label"]
        if field["kind"] in {"choice", "boolean"}:
            known = [(one["code"], one["label"]) for one in field["choices"]]
            choices = [NOT_KNOWN, *known] if field["kind"] == "choice" else YES_NO
            widget: forms.Widget = forms.Select(choices=choices)
        else:
            widget = WIDGETS.get(field["kind"], forms.TextInput)()
        self.fields[place_name(place)] = forms.CharField(
            label=label, required=False, initial=self.given.get(place, ""), widget=widget
        )

    @property
    def faulty(self) -> list[BoundField]:
        return [bound for bound in self if bound.errors]

    def parts(self) -> Iterator[tuple[str, list[list[BoundField]], bool]]:
        """Each field of the item: its label, its lines of bound fields, whether it is a table."""
        for field in self.item.fields:
            lines = [
                [self[place_name((path, line))] for path, _column in _columns(field)]
                for line in self._lines(field)
            ]
            yield field["label"], lines, bool(field["columns"])

    def values(self) -> dict[str, Any]:
        """What `fill_item` takes."""
        given = self.cleaned_data
        values = {place: given[place_name(place)] for place in self.places}
        return {"values": values, "source": given["source"]}

    def show(self, refusal: ValidationError) -> None:
        """Put the words of a refusal at their fields."""
        for name, words in refusal.message_dict.items():
            self.add_error(name if name in self.fields else None, words)


def _columns(field: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    if not field["columns"]:
        return [(field["code"], field)]
    return [(f"{field['code']}.{column['code']}", column) for column in field["columns"]]
