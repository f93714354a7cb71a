"""What the HR officer keeps by forms: rulings on needs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Administration
from hrplan.core.row_pages import RowKind
from training_calendar import rules
from training_calendar.forms import rows as forms
from training_calendar.models import NeedRuling
from training_calendar.usecases import rulings


def _priorities(owner: Administration, row: Any) -> str:
    return reverse("training_calendar:priorities", args=[owner.slug])


RULINGS = {
    "rulings": RowKind(
        model=NeedRuling,
        form=forms.RulingForm,
        title=_("Priorities"),
        listed=_("Priorities"),
        new=_("Rule on a need"),
        gone=_("Take this ruling back"),
        goes=_("The need stands again as gaps and duties make it."),
        may=rules.can_plan,
        add=rulings.add_ruling,
        change=rulings.change_ruling,
        remove=rulings.remove_ruling,
        back=_priorities,
        first=("competency", "profile", "ground", "cause", "reason"),
    ),
}
