"""What the currency of the shipped prices is worth in the administration's own."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import TenantModel
from training_calendar import library

SMALLEST = Decimal("0.000001")


class ExchangeRate(TenantModel):
    """How much of the administration's currency one unit of another was on a day, and who says so.

    rate : above 0 [own currency / that currency]
    """

    currency = models.CharField(_("currency of the prices"), max_length=3)
    rate = models.DecimalField(
        _("rate of exchange"),
        max_digits=14,
        decimal_places=6,
        validators=[MinValueValidator(SMALLEST, _("A rate of exchange is above 0."))],
    )
    on = models.DateField(_("day of the rate"))
    source = models.CharField(_("source"), max_length=160)

    class Meta:
        ordering = ["currency"]
        verbose_name = _("rate of exchange")
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "currency"],
                name="one_rate_a_currency",
                violation_error_message=_("There is a rate for this currency already: change it."),
            ),
            models.CheckConstraint(condition=models.Q(rate__gt=0), name="rate_above_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} 1 = {self.administration.currency} {self.rate.normalize():f}"

    def clean(self) -> None:
        """Refused for a currency in which no prices are stated, and for a day to come."""
        self.currency = self.currency.strip().upper()
        theirs, own = library.shipped().currency, self.administration.currency
        if self.currency == own:
            words = _("Amounts are in %(own)s already: they need no rate.")
            raise ValidationError({"currency": words % {"own": own}})
        if self.currency != theirs:
            words = _("No prices are stated in “%(currency)s”; those of the catalogue are in "
                      "%(theirs)s.")  # fmt: skip
            raise ValidationError(
                {"currency": words % {"currency": self.currency, "theirs": theirs}}
            )
        if self.on and self.on > self.administration.as_of:
            raise ValidationError({"on": _("The day of the rate is still to come.")})
