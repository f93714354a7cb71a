"""Forms for the administration's own settings and holidays, and for the first user."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Administration, Holiday
from hrplan.core.usecases import SETTINGS

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SettingsForm(forms.ModelForm):
    class Meta:
        model = Administration
        fields = SETTINGS
        widgets = {"as_of_fixed": DATE}

    def _post_clean(self) -> None:
        """The use case checks and saves; the form only parses."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


class HolidayForm(forms.Form):
    on = forms.DateField(label=_("Day"), widget=DATE)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), choices=Holiday.Kind.choices)


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
