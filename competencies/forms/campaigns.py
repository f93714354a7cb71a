"""Forms of campaigns, their sheets, and what is said about levels beside ratings."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.forms.pages import EVERY, CompetencyField, offer_competencies, titles
from competencies.models import IN_FORCE, Appeal, Assessment, Campaign, Competency, Proposal
from competencies.usecases import scopes
from competencies.usecases.gaps import GapAnalysis
from competencies.usecases.sheets import Entry, Sheet
from hrplan.core.choosing import offer_choices
from hrplan.core.models import Administration
from hrplan.core.row_forms import DayInput, RowForm, TagsField

EVIDENCE = forms.Textarea(attrs={"rows": 2})


class CampaignForm(RowForm):
    """Who is rated, in what, by whom and by when."""

    sources = forms.MultipleChoiceField(
        label=_("Who rates"),
        choices=Assessment.Source.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    units = TagsField(
        scopes.units,
        label=_("Units"),
        help_text=_("With the units below them; none chosen means all."),
    )
    profiles = TagsField(
        scopes.profiles, label=_("Job profiles"), help_text=_("None chosen means all.")
    )
    groups = TagsField(
        scopes.groups,
        label=_("Groups of competencies"),
        help_text=_("Half of a long profile now, the rest later; none chosen means all."),
    )

    class Meta:
        model = Campaign
        fields = (
            *("code", "title", "purpose", "may_affect_promotion", "sources", "opens_on", "due_on"),
            *("units", "profiles", "groups", "appeal_days"),
        )
        widgets = {
            "purpose": forms.Textarea(attrs={"rows": 3}),
            "opens_on": DayInput(),
            "due_on": DayInput(),
        }
        help_texts = {
            "purpose": _("Raters and rated read this on every page of the campaign."),
            "may_affect_promotion": _("Said to everybody; such levels need a second signature."),
        }


class SheetFilter(forms.Form):
    """Narrows the sheets of a campaign to people of a unit, a job profile and a grade."""

    unit = forms.ChoiceField(label=_("Unit"), required=False)
    profile = forms.ChoiceField(label=_("Job profile"), required=False)
    grade = forms.ChoiceField(label=_("Grade"), required=False)

    def __init__(self, data: Any, *, analysis: GapAnalysis, **options: Any) -> None:
        super().__init__(data, **options)
        staff = analysis.people
        for name, frame in (("unit", analysis.units), ("profile", analysis.profiles)):
            used = frame[frame[name].isin(staff[name])]
            offer_choices(self, name, [EVERY, *titles(used, name)])
        grades = [(str(one), str(one)) for one in sorted(staff["grade"].unique())]
        offer_choices(self, "grade", [EVERY, *grades])

    def chosen(self) -> dict[str, str]:
        """What was asked for; what makes no sense counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class SheetForm(forms.Form):
    """All that one source says of one person: a level and an example for each competency."""

    def __init__(self, *args: Any, sheet: Sheet, **options: Any) -> None:
        super().__init__(*args, **options)
        levels = [("", _("not rated")), *((str(one), str(one)) for one in range(sheet.top + 1))]
        self.sheet = sheet
        for line in sheet.lines:
            shown = "" if line.level is None else f"{line.level.normalize():f}"
            other = [] if shown in dict(levels) else [(shown, shown)]
            self.fields[f"level_{line.competency.pk}"] = forms.ChoiceField(
                label=_("Level"),
                choices=[*levels, *other],
                required=False,
                initial=shown,
            )
            self.fields[f"evidence_{line.competency.pk}"] = forms.CharField(
                label=_("Example"), required=False, max_length=300, initial=line.evidence
            )

    def entries(self) -> dict[int, Entry]:
        """What was said, by row of the competency."""
        found = {}
        for line in self.sheet.lines:
            said = self.cleaned_data[f"level_{line.competency.pk}"]
            evidence = self.cleaned_data[f"evidence_{line.competency.pk}"]
            found[line.competency.pk] = Entry(Decimal(said) if said else None, evidence)
        return found

    def rows(self) -> list[dict[str, Any]]:
        """The lines of the sheet with their fields, in order."""
        return [
            {
                "line": line,
                "level": self[f"level_{line.competency.pk}"],
                "evidence": self[f"evidence_{line.competency.pk}"],
            }
            for line in self.sheet.lines
        ]


class ReasonForm(forms.Form):
    """Why something ends or counts no longer."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=EVIDENCE)


class AppealForm(forms.Form):
    """Why a rating is not right."""

    text = forms.CharField(
        label=_("Why the level is not right"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Say what was overlooked and who or what can show it."),
    )


class DecisionForm(forms.Form):
    """What is decided on an appeal."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Appeal.Outcome.choices)
    level = forms.DecimalField(
        label=_("Level from now on"),
        required=False,
        max_digits=3,
        decimal_places=2,
        min_value=0,
        help_text=_("Where the rating is changed."),
    )
    answer = forms.CharField(
        label=_("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class _AboutCompetency(forms.Form):
    competency = CompetencyField(label=_("Competency"))

    def __init__(self, *args: Any, administration: Administration, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Competency.objects.of(administration).filter(framework__state=IN_FORCE)
        offer_competencies(self, rows)


class ProposalForm(_AboutCompetency):
    """What speaks for a level."""

    level = forms.IntegerField(label=_("Level"), min_value=1, max_value=9)
    ground = forms.ChoiceField(label=_("Rests on"), choices=Proposal.Ground.choices)
    evidence = forms.CharField(label=_("Certificate, course or work"), max_length=300)
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DayInput())


class ProposalDecisionForm(forms.Form):
    """Whether a proposal becomes a rating."""

    accept = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=lambda value: value == "yes",
        choices=[("yes", _("accept the level")), ("no", _("refuse"))],
    )
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=300, help_text=_("Needed to refuse.")
    )


class ExemptionForm(_AboutCompetency):
    """For how long nothing is asked, and why."""

    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(label=_("Until"), required=False, widget=DayInput())
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=EVIDENCE)


class HandInForm(forms.Form):
    """A filled-in workbook of sheets."""

    file = forms.FileField(label=_("Workbook"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))
