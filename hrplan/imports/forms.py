"""The form that says what the columns and words of a staff list stand for."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.library.staff_lists.dates import DAY, MONTH
from competencies.library.staff_lists.matching import FIELDS, ListMapping
from competencies.library.staff_lists.values import Unresolved
from competencies.library.staff_lists.words import plain
from hrplan.core.models import Import
from hrplan.exchange.preview import Existing
from hrplan.imports.usecases import imports, sheets
from hrplan.imports.usecases.sheets import Looked

NOTHING = "-"  # the word stands for nothing; the cell is taken as unknown
OPTIONAL = ("profile", "post", "supervisor")


class StaffListForm(forms.Form):
    """A staff list as the office keeps it."""

    file = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx) or .csv"),
        help_text=gettext_lazy("At most 20 MB. Any headings; you say next what they mean."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> UploadedFile:
        return imports.takeable(self.cleaned_data["file"])


class PlaceForm(forms.Form):
    """Which sheet, and which of its rows holds the headings."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    row = forms.IntegerField(
        label=gettext_lazy("Row of the headings"), min_value=1, required=False,
        help_text=gettext_lazy("The last of them, where there are two."),
    )  # fmt: skip

    def __init__(self, data: Any, looked: Looked) -> None:
        super().__init__(data, initial={"sheet": looked.mapping.sheet, "row": looked.mapping.row})
        self.fields["sheet"] = forms.ChoiceField(
            label=_("Sheet"), choices=[(name, name) for name in looked.sheets]
        )


class ColumnsForm(forms.Form):
    """What each column holds, what unknown words stand for, and what happens to those here."""

    existing = forms.ChoiceField(
        label=gettext_lazy("People who are here already and differ"),
        choices=[
            (Import.Existing.UPDATE, gettext_lazy("take what the list says")),
            (Import.Existing.SKIP, gettext_lazy("keep what is here")),
            (Import.Existing.STOP, gettext_lazy("refuse the list")),
        ],
        initial=Import.Existing.UPDATE,
        help_text=gettext_lazy("People who are here and not on the list always stay as they are."),
    )

    def __init__(self, data: Any, looked: Looked, mapping: ListMapping | None = None) -> None:
        super().__init__(data)
        mapping = mapping or looked.mapping
        self.looked = looked
        self.mapping = mapping
        choices = [("", _("leave out")), *((name, sheets.label_of(name)) for name in FIELDS)]
        for column in looked.columns:
            self.fields[f"column-{column.position}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                label=column.label,
                initial=mapping.columns.get(column.position, ""),
                widget=_select(),
            )
        self.orders = sheets.orders(looked, mapping)
        if self.orders:
            self.fields["dates"] = self._dates()
        if "unit" not in mapping.columns.values():
            self.fields["unit"] = self._unit()
        self.words = sheets.unresolved(looked, mapping)
        for word in self.words:
            self.fields[_name_of(word)] = self._word(word)

    @classmethod
    def asked(cls, data: Mapping[str, Any], looked: Looked) -> "ColumnsForm":
        """The form as it was sent, with the questions that its columns raise."""
        columns = {c.position: name for c in looked.columns if
                   (name := data.get(f"column-{c.position}")) in FIELDS}  # fmt: skip
        base = looked.mapping
        unit = data.get("unit", "")
        sent = ListMapping(base.sheet, base.row, columns, data.get("dates", ""), unit, {})
        return cls(data, looked, sent)

    @property
    def is_answered(self) -> bool:
        """Whether every question that the chosen columns raise was on the form that was sent."""
        return all(name in self.data for name in self.fields)

    @property
    def existing_choice(self) -> Existing:
        return Existing(self.cleaned_data["existing"])

    def told(self) -> ListMapping:
        """The mapping that the form states; words left open are judged when the list is read."""
        values: dict[str, dict[str, str]] = {}
        for word in self.words:
            if chosen := self.cleaned_data.get(_name_of(word)):
                code = "" if chosen == NOTHING else chosen
                values.setdefault(word.field, {})[plain(word.word)] = code
        return ListMapping(
            self.mapping.sheet,
            self.mapping.row,
            self.mapping.columns,
            self.cleaned_data.get("dates", ""),
            self.cleaned_data.get("unit", ""),
            values,
        )

    def column_fields(self) -> Iterator[tuple[forms.BoundField, Sequence[str]]]:
        """Each column's choice with examples of what it holds."""
        for column in self.looked.columns:
            yield self[f"column-{column.position}"], column.examples

    def word_fields(self) -> Iterator[tuple[forms.BoundField, Unresolved, str, str]]:
        """Each unknown word's choice, with what field it is of and what it may mean."""
        for word in self.words:
            titles = self.looked.known.titles[_table(word.field)]
            near = f"{word.near} {titles.get(word.near, '')}".strip() if word.near else ""
            yield self[_name_of(word)], word, sheets.label_of(word.field), near

    def other_fields(self) -> Iterator[forms.BoundField]:
        for name in ("unit", "dates", "existing"):
            if name in self.fields:
                yield self[name]

    def _dates(self) -> forms.ChoiceField:
        examples = ", ".join(order.example for order in self.orders.values())
        return forms.ChoiceField(
            label=_("Days that can be read in two ways"),
            choices=[
                ("", _("refuse them")),
                (DAY, _("the day comes first")),
                (MONTH, _("the month comes first")),
            ],
            required=False,
            initial=self.mapping.dates,
            help_text=_("Such as: %(examples)s") % {"examples": examples},
        )

    def _unit(self) -> forms.ChoiceField:
        units = self.looked.known.titles["unit"].items()
        lines = ("", _("the lines above the people name it"))
        return forms.ChoiceField(
            label=_("Unit, as no column holds it"),
            choices=[lines, *((code, f"{title} ({code})") for code, title in units)],
            required=False,
            initial=self.mapping.unit,
        )

    def _word(self, word: Unresolved) -> forms.ChoiceField:
        titles = self.looked.known.titles[_table(word.field)]
        codes = list(titles)
        if word.field in {"supervisor", "post"}:
            codes = [word.near] if word.near else []
        elif word.near:
            codes.sort(key=lambda code: code != word.near)
        chosen = self.looked.mapping.values.get(word.field, {}).get(plain(word.word))
        return forms.ChoiceField(
            label=word.word,
            choices=[
                ("", _("unknown: refuse")),
                *([(NOTHING, _("nothing: leave empty"))] if word.field in OPTIONAL else []),
                *((code, f"{titles.get(code, '')} ({code})".strip()) for code in codes),
            ],
            required=False,
            initial=NOTHING if chosen == "" else chosen,
            widget=_select(),
        )


def _select() -> forms.Select:
    return forms.Select(attrs={"class": "form-select"})


def _name_of(word: Unresolved) -> str:
    digest = hashlib.sha256(plain(word.word).encode()).hexdigest()[:16]
    return f"word-{word.field}-{digest}"


def _table(field: str) -> str:
    return "staff" if field == "supervisor" else field
