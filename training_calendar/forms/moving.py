"""What comes in by the pages that move a session: the place one thinks of, and the move itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hrplan.core.choosing import offer_choices
from training_calendar.forms.pages import DATE, REASON_HELP
from training_calendar.models import Mode, Module, Trainer, TrainingSession, Venue

ANY = ("", _("its own, or any that is free"))


class PlaceForm(forms.Form):
    """A place for a session, or for a module that has none: first day, and venue or trainer.

    Venue and trainer only where one is wished for.
    """

    starts_on = forms.DateField(label=_("First day"), widget=DATE)
    venue = forms.ChoiceField(label=_("Venue"), required=False)
    trainer = forms.ChoiceField(label=_("Trainer"), required=False)

    def __init__(self, data: Any, session: TrainingSession | Module, **kwargs: Any) -> None:
        if isinstance(session, Module):
            module, first = session, None
        else:
            module, first = session.module, session.starts_on
        super().__init__(data, initial={"starts_on": first}, **kwargs)
        owner = session.administration_id
        rooms = Venue.objects.filter(administration=owner, kind=module.venue_kind)
        leads = Trainer.objects.filter(administration=owner, modules=module)
        offer_choices(self, "venue", [ANY, *rooms.values_list("code", "title")])
        offer_choices(self, "trainer", [ANY, *leads.values_list("code", "name")])
        if module.mode != Mode.CLASSROOM:
            del self.fields["venue"]
        if module.mode == Mode.EXTERNAL:
            del self.fields["trainer"]


class MoveForm(PlaceForm):
    """The same with the reason: the move itself."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON_HELP)


class MoveHereForm(MoveForm):
    """The move to a place whose consequences were shown; only the reason is asked."""

    def __init__(self, data: Any, session: TrainingSession | Module, **kwargs: Any) -> None:
        super().__init__(data, session, **kwargs)
        for name in ("starts_on", "venue", "trainer"):
            if name in self.fields:
                self.fields[name].widget = forms.HiddenInput()


class FoundForm(forms.Form):
    """The run whose result was looked at."""

    run = forms.IntegerField(widget=forms.HiddenInput())
