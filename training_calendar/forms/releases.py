"""What comes in by the pages of releases: a name and a reason, what to compare, rule weights."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices
from hrplan.core.filters import Choices, Filter
from training_calendar import wording
from training_calendar.models import Feed
from training_calendar.usecases.rule_weights import USUAL, Weight


class ReleaseForm(forms.Form):
    """How a release is known, and why it is made."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Such as: April changes."))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Kept with the release; everybody reads it.")
    )


class CompareForm(forms.Form):
    """Two states of the calendar, by the address."""

    before = forms.ChoiceField(label=_("From"), required=False)
    after = forms.ChoiceField(label=_("To"), required=False)

    def __init__(self, data: Any, states: Choices) -> None:
        super().__init__(data)
        offer_choices(self, "before", [("", _("the release before")), *states])
        offer_choices(self, "after", states)

    def chosen(self) -> dict[str, str]:
        """What was asked for; what makes no sense counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class OutboxFilter(Filter):
    """Narrows the outbox."""

    state = forms.ChoiceField(label=_("State"), required=False)


class WeightsForm(forms.Form):
    """What each rule that may be weighed does when it is broken."""

    def __init__(self, data: Any, weights: dict[str, Weight]) -> None:
        super().__init__(data, initial={code: weights[code].value for code in USUAL})
        for code in USUAL:
            self.fields[code] = forms.ChoiceField(
                label=wording.rule(code),
                choices=[(weight.value, wording.weight(weight.value)) for weight in Weight],
            )


class FeedForm(forms.Form):
    """Whose calendar is wanted as a feed."""

    calendar = forms.ChoiceField(label=_("Calendar of"))

    def __init__(self, data: Any, targets: dict[str, list[Any]]) -> None:
        super().__init__(data)
        words = dict(Feed.Kind.choices)
        groups = [
            (words[kind], [(f"{kind}-{row.pk}", str(row)) for row in rows])
            for kind, rows in targets.items()
            if rows
        ]
        offer_choices(self, "calendar", groups)
        self.offers = bool(groups)

    def chosen(self) -> tuple[str, int]:
        """Kind and key of what was chosen."""
        kind, _dash, key = str(self.cleaned_data["calendar"]).partition("-")
        return kind, int(key)
