"""What comes in by pages of the register; the use cases check and save."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.models import IN_FORCE, Competency
from hrplan.core.choosing import offer_rows
from hrplan.core.filters import Filter
from hrplan.core.models import Administration
from hrplan.core.row_forms import DayInput, ListField, RowForm, TagsField
from hrplan.partners.models import Activity, AidRecommendation, OverlapRuling, Partner


def competency_titles(administration: Administration) -> dict[str, str]:
    """code -> code and title of the competencies of the framework in force."""
    rows = Competency.objects.filter(administration=administration, framework__state=IN_FORCE)
    pairs = rows.order_by("position").values_list("code", "title")
    return {code: f"{code} {title}" for code, title in pairs}


class PartnerForm(RowForm):
    class Meta:
        model = Partner
        fields = ("code", "name", "kind")
        help_texts = {
            "code": _("Short and used once, such as CCLEC."),
            "kind": _("Such as regional organisation, development bank or bilateral."),
        }


class ActivityForm(RowForm):
    competencies = TagsField(
        competency_titles,
        label=_("Competencies it builds"),
        help_text=_("They tell which other activities it may overlap with."),
    )
    role_groups = ListField(
        label=_("Groups of staff it is for"),
        required=False,
        help_text=_("Such as auditors; supervisors: parted by semicolons."),
    )

    class Meta:
        model = Activity
        fields = (
            "code",
            "identifier",
            "title",
            "description",
            "measure",
            "kind",
            "status",
            "starts_on",
            "ends_on",
            "implementing",
            "funding",
            "competencies",
            "role_groups",
            "level_from",
            "level_to",
            "places",
            "amount",
            "nominate_by",
            "note",
            "source",
        )
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "nominate_by": DayInput(),
            "description": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "code": _("Its number in the register, such as TA-2017-03."),
            "identifier": _("As the partner publishes it, if it does."),
            "measure": _("Code of the obligation, such as TFA-7.1."),
            "status": _("“No partner yet” is a need that nobody has taken up."),
            "implementing": _("Who gives it."),
            "funding": _("Who pays for it."),
            "level_from": _("Level of the framework that people bring along."),
            "level_to": _("Level of the framework that people reach."),
            "places": _("For the administration."),
            "amount": _("In the currency of the administration; empty: not known."),
            "nominate_by": _("The last day on which names can be sent."),
            "source": _("The letter, report or page that tells of it."),
        }


class RecommendationForm(RowForm):
    class Meta:
        model = AidRecommendation
        fields = ("activity", "number", "text", "owner", "due_on")
        widgets = {
            "due_on": DayInput(),
            "text": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "number": _("Its number in the report of the mission."),
            "owner": _("The post that carries it out, not a person's name."),
        }


class FollowForm(forms.Form):
    """When a recommendation was carried out, and what shows it."""

    done_on = forms.DateField(label=_("Done on"), widget=DayInput())
    evidence = forms.CharField(
        label=_("What shows it"),
        max_length=300,
        help_text=_("Such as a signed order or a register that is kept."),
    )


class RulingForm(forms.Form):
    """What was concluded with the partners on two activities."""

    other = forms.ModelChoiceField(
        Activity.objects.none(), label=_("The other activity"), empty_label=_("Choose one")
    )
    verdict = forms.ChoiceField(label=_("Conclusion"), choices=OverlapRuling.Verdict.choices)
    note = forms.CharField(
        label=_("What was agreed"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, activity: Activity, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Activity.objects.of(activity.administration).exclude(pk=activity.pk)
        offer_rows(self, "other", rows)


class ActivityFilter(Filter):
    """Narrows the register."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    partner = forms.ChoiceField(label=_("Partner"), required=False)
