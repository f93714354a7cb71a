"""What comes in by pages on this floor: filters, ratings, requirements."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, cast

import pandas as pd
from django import forms
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from competencies.models import IN_FORCE, Assessment, Competency, Framework
from hrplan.core.choosing import offer_choices, offer_rows
from hrplan.core.models import Administration
from hrplan.core.row_forms import DayInput, ListField

EVERY = ("", _("all"))
UNITS = [EVERY, ("stations", _("stations")), ("vacant", _("with vacant posts"))]
WEIGHTS = [(1, _("1: useful")), (2, _("2: important")), (3, _("3: decisive"))]
ASKED = [EVERY, ("critical", _("critical only"))]
SEEN = [
    ("", _("as concluded")),
    ("self", _("as people see themselves")),
    ("supervisor", _("as supervisors see them")),
    ("test", _("as tests show")),
    ("validated", _("validated only")),
]
ROWS = [("unit", _("units")), ("profile", _("job profiles")), ("person", _("staff members"))]


class UnitFilter(forms.Form):
    """Narrows the list of units."""

    q = forms.CharField(label=_("Title or code"), required=False, max_length=100)
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=UNITS)

    def __init__(self, data: Any, *, regions: list[str], **options: Any) -> None:
        super().__init__(data, **options)
        offer_choices(self, "region", [EVERY, *((region, region) for region in regions)])

    def chosen(self) -> dict[str, str]:
        """What was asked for; what makes no sense counts as not asked."""
        self.is_valid()
        return {
            "words": self.cleaned_data.get("q", ""),
            "region": self.cleaned_data.get("region", ""),
            "kind": self.cleaned_data.get("kind", ""),
        }


class StaffFilter(forms.Form):
    """Narrows the list of staff members."""

    q = forms.CharField(label=_("Name or number"), required=False, max_length=100)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    profile = forms.ChoiceField(label=_("Job profile"), required=False)
    rank = forms.ChoiceField(label=_("Rank"), required=False)

    def __init__(
        self, data: Any, *, units: list, profiles: list, ranks: list[str], **options: Any
    ) -> None:
        super().__init__(data, **options)
        offer_choices(self, "unit", [EVERY, *units])
        offer_choices(self, "profile", [EVERY, *profiles])
        offer_choices(self, "rank", [EVERY, *((rank, rank) for rank in ranks)])


class GapFilter(forms.Form):
    """Narrows the heat map; one who sees no small cells only chooses the rows."""

    rows = forms.ChoiceField(label=_("Rows"), required=False, choices=ROWS)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    profile = forms.ChoiceField(label=_("Job profile"), required=False)
    group = forms.ChoiceField(label=_("Competencies"), required=False)
    asked = forms.ChoiceField(label=_("Requirements"), required=False, choices=ASKED)
    grade = forms.ChoiceField(label=_("Grade"), required=False)
    seen = forms.ChoiceField(label=_("Levels"), required=False, choices=SEEN)

    def __init__(
        self,
        data: Any,
        *,
        narrow: bool,
        units: list,
        profiles: list,
        groups: list,
        grades: list[int],
        **options: Any,
    ) -> None:
        super().__init__(data, **options)
        offer_choices(self, "unit", [EVERY, *units])
        offer_choices(self, "profile", [EVERY, *profiles])
        offer_choices(self, "group", [("", _("all but values")), *groups])
        offer_choices(self, "grade", [EVERY, *((str(one), str(one)) for one in grades)])
        if not narrow:
            for name in ("unit", "profile", "group", "asked", "grade", "seen"):
                del self.fields[name]

    def chosen(self) -> dict[str, Any]:
        """What was asked for; what makes no sense counts as not asked."""
        self.is_valid()
        wanted = {name: self.cleaned_data.get(name, "") for name in self.fields}
        only_critical = wanted.pop("asked", "") == "critical"
        return {**wanted, "rows": wanted["rows"] or "unit", "only_critical": only_critical}


class CycleForm(forms.Form):
    """The day with which today is compared."""

    before = forms.DateField(label=_("Compared with"), required=False, widget=DayInput())

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean_before(self) -> date | None:
        """A day before today; nonsense is refused in words."""
        day: date | None = self.cleaned_data["before"]
        if day is not None and day >= self.today:
            raise forms.ValidationError(_("Choose a day before today."))
        return day


class ByGroup(ModelChoiceIterator):
    """The competencies of a choice, gathered under the titles of their groups."""

    def __iter__(self) -> Iterator[Any]:
        yield "", self.field.empty_label
        for title, rows in groupby(self.queryset, key=lambda row: row.group.title):
            yield title, [self.choice(row) for row in rows]


class CompetencyField(forms.ModelChoiceField):
    """A choice among the competencies of a framework, by group."""

    iterator = ByGroup

    def __init__(self, **options: Any) -> None:
        super().__init__(Competency.objects.none(), empty_label=_("Choose a competency"), **options)

    def label_from_instance(self, obj: Model) -> str:
        return cast(Competency, obj).title


def offer_competencies(form: forms.BaseForm, rows: QuerySet[Competency]) -> None:
    ordered = rows.select_related("group").order_by("group__position", "position")
    offer_rows(form, "competency", ordered)


class AssessmentForm(forms.Form):
    """One rating of one person in one competency."""

    competency = CompetencyField(label=_("Competency"))
    source = forms.ChoiceField(
        label=_("Rating by"),
        help_text=_("Ratings of several sources count side by side; a validated one settles it."),
    )
    level = forms.DecimalField(label=_("Level"), max_digits=3, decimal_places=2, min_value=0)
    rated_on = forms.DateField(
        label=_("Rated on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("For tests and certificates that expire."),
    )
    evidence = forms.CharField(
        label=_("Evidence"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What was seen: a task, a file, a certificate. Needed to validate."),
    )

    def __init__(
        self,
        *args: Any,
        administration: Administration,
        sources: list[str],
        top: int,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        rows = Competency.objects.of(administration).filter(framework__state=IN_FORCE)
        offer_competencies(self, rows)
        labels = dict(Assessment.Source.choices)
        blank = [("", _("Choose who rated"))] if len(sources) > 1 else []
        offer_choices(self, "source", [*blank, *((source, labels[source]) for source in sources)])
        self.fields["level"].help_text = _(
            "From 0 (assessed and not held) to %(top)d; decimals are allowed. "
            "Not assessed is no rating at all."
        ) % {"top": top}


class RequirementForm(forms.Form):
    """What a profile asks for in one competency."""

    competency = CompetencyField(label=_("Competency"))
    level = forms.IntegerField(label=_("Level"), min_value=0, max_value=9)
    weight = forms.TypedChoiceField(
        label=_("Weight"), coerce=int, choices=WEIGHTS, initial=2, help_text=_("In sums of gaps.")
    )
    critical = forms.BooleanField(
        label=_("Critical: the work cannot be done below this level"), required=False
    )

    steps = ListField(
        label=_("On the way"),
        required=False,
        help_text=_("Lower levels up to the end of a year, such as 2016:2; 2017:3."),
    )

    def __init__(self, *args: Any, framework: Framework, top: int, **options: Any) -> None:
        super().__init__(*args, **options)
        offer_competencies(self, Competency.objects.filter(framework=framework))
        self.fields["level"].help_text = _("From 1 to %(top)d; 0 asks for nothing any more.") % {
            "top": top
        }


def titles(frame: pd.DataFrame, key: str) -> list[tuple[str, str]]:
    """The rows of a frame as choices, by code."""
    return list(zip(frame[key], frame["title"], strict=True))
