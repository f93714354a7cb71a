"""Units and posts."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies.models.profiles import JobProfile
from hrplan.core.models import TenantModel


class Unit(TenantModel):
    """A part of the administration; a station is a unit with a minimum to keep on duty."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    region = models.CharField(_("region"), max_length=40)
    is_station = models.BooleanField(_("station"), default=False)
    duty_pattern = models.CharField(_("hours pattern"), max_length=120, blank=True)
    duty_weekdays = models.JSONField(
        default=list, blank=True, help_text="0 is Monday; days of duty"
    )
    shifts = models.PositiveSmallIntegerField(_("shifts a day"), default=1)
    minimum_on_duty = models.PositiveSmallIntegerField(_("minimum on duty"), null=True, blank=True)
    max_away_share = models.DecimalField(
        _("most away in training, share of the roster"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.15"),
    )
    peak_months = models.JSONField(_("peak months"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_unit_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("competencies:unit", args=[self.administration.slug, self.pk])


Key = TypeVar("Key", int, str)


def with_below(pairs: Iterable[tuple[Key, Key | None]], roots: Iterable[Key]) -> set[Key]:
    """The roots and all that stands under them, of pairs (unit, the unit above it)."""
    children: dict[Key | None, list[Key]] = {}
    for key, parent in pairs:
        children.setdefault(parent, []).append(key)
    found: set[Key] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children.get(key, [])
    return found


class Post(TenantModel):
    """One established place in a profile, filled or vacant."""

    code = models.CharField(_("code"), max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="posts")
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    is_key = models.BooleanField(_("key post"), default=False)
    is_vulnerable = models.BooleanField(_("integrity-vulnerable"), default=False)
    vacant_since = models.DateField(_("vacant since"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_post_a_code")
        ]

    def __str__(self) -> str:
        return self.code
