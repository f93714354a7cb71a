"""The Training Calendar: its parts in order."""

from django.utils.translation import gettext_lazy as _

from hrplan.deliverables.contents.hr_strategy import of_strategy
from hrplan.deliverables.contents.parts import Part
from hrplan.strategy.report import work

PARTS: tuple[Part, ...] = (
    Part("calendar-rules", _("How to use the calendar"), of_strategy(work.calendar_rules_section)),
)
