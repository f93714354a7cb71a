"""The chart of accounts: the lines of the budget, and which items of cost fall on each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel
from training_calendar import wording
from training_calendar.analysis.costs import ON_LINES, twice_placed


class BudgetLine(TenantModel):
    """A line of the budget, such as 31-3 Subsistence; an item of cost falls on one line at most."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    items = models.JSONField(_("cost items"), default=list, blank=True)
    is_travel = models.BooleanField(_("travel and subsistence"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name_plural = _("budget lines")
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_line_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def clean(self) -> None:
        """Refused where an item is none of the cost model, or stands on another line too."""
        if refusals := [*_unknown(self.items), *self._elsewhere()]:
            raise ValidationError({"items": refusals})

    def _elsewhere(self) -> list[str]:
        others = BudgetLine.objects.filter(administration=self.administration_id)
        lines = [*others.exclude(pk=self.pk), self]
        words = gettext("“%(item)s” stands on %(one)s already: take it off there first.")
        twice = twice_placed((line, line.items) for line in lines)
        return [
            words % {"item": wording.cost_item(item), "one": one}
            for item, one, other in twice
            if other is self
        ]


def _unknown(items: list[Any]) -> list[str]:
    return [wording.no_cost_item(item) for item in items if item not in ON_LINES]
