"""Forms of units, posts, staff members and job profiles."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext_lazy as _

from competencies.forms.person_field import PersonField
from competencies.models import JobProfile, Post, StaffMember, Unit
from hrplan.core.row_forms import DayInput, RowForm

NUMBER = _("A short number or code, used once.")


class _Numbers(forms.TypedMultipleChoiceField):
    """Whole numbers chosen from a list."""

    def __init__(self, choices: Any, label: Any) -> None:
        super().__init__(
            choices=choices,
            coerce=int,
            required=False,
            label=label,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "in-columns"}),
        )


class UnitForm(RowForm):
    """A unit or station: its place in the tree, and the cover that a calendar has to keep."""

    duty_weekdays = _Numbers(WEEKDAYS.items(), _("Days of duty"))
    peak_months = _Numbers(MONTHS.items(), _("Peak months"))

    class Meta:
        model = Unit
        fields = (
            *("code", "title", "kind", "parent", "region", "is_station", "duty_pattern"),
            *("duty_weekdays", "shifts", "minimum_on_duty", "max_away_share", "peak_months"),
        )
        labels = {"parent": _("Belongs to")}
        help_texts = {
            "code": NUMBER,
            "kind": _("Such as port, airport, land border, section."),
            "minimum_on_duty": _("People on one shift without whom the station can't work."),
            "max_away_share": _("0.15 lets 15 of a hundred be in training on one day."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.exclude(pk=self.instance.pk)


class PostForm(RowForm):
    """An established post."""

    class Meta:
        model = Post
        fields = ("code", "unit", "profile", "rank", "is_key", "is_vulnerable", "vacant_since")
        widgets = {"vacant_since": DayInput()}
        help_texts = {
            "code": NUMBER,
            "is_key": _("The work of the administration would suffer if it stood empty."),
            "vacant_since": _("Empty while somebody holds it."),
        }


class PersonForm(RowForm):
    """A staff member: what the plan needs to know, and no more."""

    supervisor = PersonField(
        label=_("Supervisor"),
        required=False,
        help_text=_("Who leads the person day by day: a staff number or a name; empty if unknown."),
    )

    class Meta:
        model = StaffMember
        fields = (
            *("code", "name", "email", "kind", "unit", "profile", "secondary_profiles", "post"),
            "is_acting",
            *(
                "supervisor",
                "rank",
                "grade",
                "gender",
                "born_on",
                "joined_on",
                "left_on",
                "education",
            ),
            "needs_relief",
        )
        labels = {
            "profile": _("Main job profile"),
            "secondary_profiles": _("Further job profiles"),
            "needs_relief": _("Has to be relieved when in training"),
        }
        widgets = {
            "secondary_profiles": forms.CheckboxSelectMultiple,
            "born_on": DayInput(),
            "joined_on": DayInput(),
            "left_on": DayInput(),
        }
        help_texts = {
            "code": NUMBER,
            "secondary_profiles": _(
                "Two at most, in small stations. Of each competency the higher level is asked."
            ),
            "email": _("Invitations to training go there; may be left out."),
            "gender": _("Only for totals of the strategy; may be left out."),
            "born_on": _("Tells who retires when; may be left out."),
            "left_on": _("From this day on the person is in no plan."),
        }

    def offered(self, name: str, rows: QuerySet[Any]) -> QuerySet[Any]:
        if name in {"profile", "secondary_profiles"}:
            return rows.filter(state=JobProfile.State.APPROVED)
        if name == "post":
            free = Q(staff_member=None) | Q(staff_member=self.instance.pk)
            return rows.filter(free).select_related("unit")
        if name == "supervisor":
            return rows.filter(left_on=None).exclude(pk=self.instance.pk)
        return rows


class ProfileForm(RowForm):
    """A kind of work."""

    class Meta:
        model = JobProfile
        fields = ("code", "title", "band", "family", "staff_level", "purpose", "typical_rank")
        labels = {"typical_rank": _("Usual rank")}
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "code": NUMBER,
            "family": _("Related kinds of work, such as border control."),
            "purpose": _("What the work is there for, in a sentence."),
        }


class NewProfileForm(ProfileForm):
    """A profile that is begun, empty or like another."""

    like = forms.ModelChoiceField(
        JobProfile.objects.all(),
        label=_("With the demands of"),
        required=False,
        help_text=_("They are copied and can be changed one by one."),
    )
