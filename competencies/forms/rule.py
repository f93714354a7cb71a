"""The form of the rule that concludes held levels."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.wording import constant_words

MOST = {"doubt_at": 9, "self_supervisor_doubt_at": 9, "half_life_months": 240}


class RuleForm(forms.Form):
    """One field for each constant, with what it is as delivered."""

    def __init__(
        self, *args: Any, values: Iterable[tuple[str, float, float]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for key, value, usual in values:
            self.fields[key] = forms.FloatField(
                label=constant_words(f"held_levels.{key}"),
                min_value=0.0 if key.startswith("base.") else 0.01,
                max_value=MOST.get(key, 1),
                initial=value,
                help_text=_("As delivered: %(usual)s") % {"usual": f"{usual:g}"},
                widget=forms.NumberInput(attrs={"step": "any"}),
            )
