"""Ratings of people."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from competencies.models.campaigns import Campaign
from competencies.models.derived import HeldProfile
from competencies.models.framework import Competency
from competencies.models.people import StaffMember
from hrplan.core.models import Batch, BatchedManager, Member, TenantModel, TenantQuerySet

WEIGHED = frozenset({"competency", "source", "level", "rated_on", "valid_until", "revoked_on"})


def _weighs(fields: Collection[str] | None) -> bool:
    """Whether a change of the fields (none: of all) may change the level held."""
    return fields is None or not WEIGHED.isdisjoint(fields)


class AssessmentQuerySet(TenantQuerySet):
    """Whatever changes ratings lets the levels worked out from them count no longer."""

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        made = list(objs)
        with transaction.atomic():
            found: list[Any] = super().bulk_create(made, *args, **options)
            HeldProfile.objects.mark_stale(one.staff_member_id for one in made)
        return found

    def update(self, **fields: Any) -> int:
        if not _weighs(fields):
            return super().update(**fields)
        with transaction.atomic():
            people = self._people()
            changed = super().update(**fields)
            HeldProfile.objects.mark_stale(people)
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            people = self._people()
            gone = super().delete()
            HeldProfile.objects.mark_stale(people)
        return gone

    delete.queryset_only = True  # type: ignore[attr-defined]  # no manager deletes everything

    def _people(self) -> list[int]:
        return list(self.order_by().values_list("staff_member", flat=True).distinct())


class Assessment(TenantModel):
    """One rating of one person in one competency from one source on one day."""

    class Source(models.TextChoices):
        SELF = "self", _("self")
        SUPERVISOR = "supervisor", _("supervisor")
        PEER = "peer", _("second rater or peer")
        TEST = "test", _("test or observed task")
        VALIDATED = "validated", _("validated")

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="assessments")
    competency = models.ForeignKey(
        Competency, models.PROTECT, related_name="assessments", db_index=False
    )
    source = models.CharField(_("source"), max_length=12, choices=Source)
    level = models.DecimalField(
        _("level"), max_digits=3, decimal_places=2, validators=[MinValueValidator(0)]
    )
    rated_on = models.DateField(_("rated on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    campaign = models.ForeignKey(
        Campaign,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ratings",
        verbose_name=_("campaign"),
    )
    second_by = models.ForeignKey(
        Member,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed a second time by"),
    )
    second_on = models.DateField(_("signed a second time on"), null=True, blank=True)
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_for = models.CharField(_("revoked because"), max_length=300, blank=True)
    carried_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("carried over from"),
        help_text="the rating under an earlier version",
    )
    batch = models.ForeignKey(
        Batch,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    objects: ClassVar = BatchedManager.from_queryset(AssessmentQuerySet)()  # type: ignore[assignment]

    class Meta:
        ordering = ["staff_member", "competency", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "competency", "source", "rated_on"],
                name="one_rating_a_source_a_day",
            ),
            models.CheckConstraint(condition=models.Q(level__gte=0), name="rating_not_negative"),
        ]
        indexes = [
            models.Index(fields=["administration", "rated_on", "batch"], name="rating_of_a_day"),
            models.Index(fields=["competency", "batch"], name="rating_of_a_competency"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.competency_id} {self.source}"

    def save(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            super().save(*args, **options)
            if _weighs(options.get("update_fields")):
                HeldProfile.objects.mark_stale([self.staff_member_id])

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        with transaction.atomic():
            gone = super().delete(*args, **options)
            HeldProfile.objects.mark_stale([self.staff_member_id])
        return gone
