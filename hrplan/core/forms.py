"""Forms of the ground floor: settings, holidays, the first user, the filter of the audit trail."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices
from hrplan.core.models import Administration, Holiday
from hrplan.core.usecases import SETTINGS
from hrplan.core.wording import languages_of

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
EVERY = ("", _("all"))


class SettingsForm(forms.ModelForm):
    first_language = forms.ChoiceField(
        label=_("Language of documents"),
        choices=settings.DOCUMENT_LANGUAGES,
        help_text=_("Documents, certificates and mail are in it unless another is asked for."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Further languages of documents"),
        choices=settings.DOCUMENT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The same documents can be made in each; the pages stay as they are."),
    )

    class Meta:
        model = Administration
        fields = SETTINGS
        widgets = {
            "as_of_fixed": DATE,
            "fiscal_year_month": forms.Select(choices=list(MONTHS.items())),
            "time_zone": forms.Select(
                choices=[(zone, zone) for zone in sorted(available_timezones())]
            ),
        }
        help_texts = {
            "short_name": _("Stands where the full name is too long: headings, phones."),
            "ministry": _("Whom the documents are submitted to."),
            "country": _("Two letters of ISO 3166-1, such as BZ; the public holidays follow it."),
            "currency": _("Three letters of ISO 4217, such as BZD; all amounts are in it."),
            "small_cell_limit": _(
                "People. Figures about fewer are withheld from everybody outside the office."
            ),
            "as_of_fixed": _("Stands for today in every figure and file. Empty: today."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [name for name in SETTINGS if name != "languages"]
        place = names.index("time_zone") + 1
        self.order_fields([*names[:place], "first_language", "languages", *names[place:]])
        first, *others = languages_of(self.instance)
        self.initial.update(first_language=first, languages=others)

    def _post_clean(self) -> None:
        """The use case checks and saves; the form only parses."""

    def clean(self) -> dict[str, Any]:
        """The languages as one list, the first one first."""
        first = self.cleaned_data.pop("first_language", "")
        others = self.cleaned_data.get("languages", [])
        self.cleaned_data["languages"] = [first, *(code for code in others if code != first)]
        return self.cleaned_data


class HolidayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DATE)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=Holiday.Kind.choices,
        help_text=_("Added: nobody works. Taken away: a public holiday on which you do work."),
    )


class AuditFilter(forms.Form):
    """Narrows the audit trail."""

    by = forms.ChoiceField(label=_("By"), required=False)
    table = forms.ChoiceField(label=_("What"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=DATE)
    until = forms.DateField(label=_("To"), required=False, widget=DATE)

    def __init__(self, data: Any, *, people: list, tables: list, **options: Any) -> None:
        super().__init__(data, **options)
        offer_choices(self, "by", [EVERY, *people])
        offer_choices(self, "table", [EVERY, *tables])

    def chosen(self) -> dict[str, Any]:
        """What was asked for; what makes no sense counts as not asked."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) for name in self.fields}


class FirstUserForm(forms.Form):
    """The first user and the administration they work for."""

    administration = forms.CharField(label=_("Name of the administration"), max_length=200)
    short_name = forms.CharField(label=_("Short name"), max_length=40)
    slug = forms.SlugField(label=_("Name in addresses"), help_text=_("Letters, digits, hyphens."))
    country = forms.CharField(label=_("Country"), max_length=2, help_text=_("ISO code, such as BZ"))
    currency = forms.CharField(label=_("Currency"), max_length=3, help_text=_("Such as BZD"))
    email = forms.EmailField(label=_("Your e-mail address"))
    password = forms.CharField(
        label=_("Your pass-phrase"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters."),
    )
