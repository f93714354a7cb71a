"""What narrows the pages of the years ahead."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices

EVERY = ("", _("all"))
BY = [("level", _("staff level")), ("profile", _("job profile")), ("unit", _("unit"))]
SCENARIOS = [
    ("", _("all of them")),
    ("0", _("nobody leaves")),
    ("1", _("one a year")),
    ("2", _("two a year")),
]
STATES = [
    EVERY,
    ("now", _("too few now")),
    ("later", _("too few later")),
    ("enough", _("enough")),
]
ASKED = [("", _("critical only")), ("all", _("all"))]
READINESS = [
    ("", _("ready or nearly ready")),
    ("ready_now", _("ready now")),
    ("one_to_two_years", _("in one to two years")),
    ("over_two_years", _("in more than two years")),
    ("unknown", _("not known")),
]


class Filter(forms.Form):
    """Fields of an address; what makes no sense counts as not asked."""

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class OutlookFilter(Filter):
    """Groups the stock and narrows whose it is."""

    by = forms.ChoiceField(label=_("Grouped by"), required=False, choices=BY)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    profile = forms.ChoiceField(label=_("Job profile"), required=False)
    scenario = forms.ChoiceField(
        label=_("Leavers in small groups"), required=False, choices=SCENARIOS
    )

    def __init__(self, data: Any, *, units: list, profiles: list, **options: Any) -> None:
        super().__init__(data, **options)
        offer_choices(self, "unit", [EVERY, *units])
        offer_choices(self, "profile", [EVERY, *profiles])

    def chosen(self) -> dict[str, str]:
        wanted = super().chosen()
        return {**wanted, "by": wanted["by"] or "level"}


class SkillFilter(Filter):
    """Narrows the levels looked at."""

    group = forms.ChoiceField(label=_("Competencies"), required=False)
    asked = forms.ChoiceField(label=_("Requirements"), required=False, choices=ASKED)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)

    def __init__(self, data: Any, *, groups: list, **options: Any) -> None:
        super().__init__(data, **options)
        offer_choices(self, "group", [EVERY, *groups])


class CandidateFilter(Filter):
    """Narrows the candidates for a post."""

    readiness = forms.ChoiceField(label=_("Candidates"), required=False, choices=READINESS)
