"""What one asks of the calendar: why a module, a person or a station stands as it does."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from competencies.forms.person_field import PersonField
from competencies.models import StaffMember, Unit
from hrplan.core.choosing import offer_rows
from hrplan.core.models import Member
from training_calendar.forms.pages import DATE
from training_calendar.models import SESSION_MODES, Module


class AskForm(forms.Form):
    """A question whose answer is for one member; its rows are the member's own."""

    named = "id_%s"

    def __init__(self, data: Any, member: Member) -> None:
        super().__init__(data, auto_id=self.named)
        owner = member.administration_id
        if "module" in self.fields:
            rows = Module.objects.filter(administration=owner, mode__in=SESSION_MODES)
            offer_rows(self, "module", rows)
        if "unit" in self.fields:
            offer_rows(self, "unit", Unit.objects.filter(administration=owner))
        if "person" in self.fields:
            offer_rows(self, "person", StaffMember.objects.visible_to(member))


class WhyNoSessionForm(AskForm):
    named = "session_%s"
    module = forms.ModelChoiceField(Module.objects.none(), label=_("Module"))


class WhyNoPlaceForm(AskForm):
    named = "person_%s"
    person = PersonField(label=_("Officer"))
    module = forms.ModelChoiceField(Module.objects.none(), label=_("Module"))


class WhyShortForm(AskForm):
    named = "station_%s"
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Station or unit"))
    day = forms.DateField(label=_("Day"), widget=DATE)
