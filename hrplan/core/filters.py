"""Filters of lists: forms whose fields live in the address of a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices

EVERY = ("", _("all"))
Choices = list[tuple[str, Any]]


class Filter(forms.Form):
    """Narrows a list by fields of the address; what makes no sense counts as not asked."""

    def __init__(self, data: Any, **choices: Choices) -> None:
        super().__init__(data)
        for name, offered in choices.items():
            offer_choices(self, name, [EVERY, *offered])

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}
