"""What a form offers: choices and rows that are known only when it is made."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def offer_choices(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let the field choose among these."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offer_rows(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let the field choose among these rows."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows


def without_choice(form: forms.BaseForm, name: str, *keys: str) -> None:
    """Offer these keys no longer."""
    offered = choices_of(form, name)
    offer_choices(form, name, [(key, offered[key]) for key in offered if key not in keys])


def choices_of(form: forms.BaseForm, name: str) -> dict[Any, Any]:
    """What the field offers: key -> words."""
    field = cast(forms.ChoiceField, form.fields[name])
    return dict(cast(Iterable[tuple[Any, Any]], field.choices))
