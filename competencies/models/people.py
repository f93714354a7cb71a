"""Staff members, and what a member of the administration stands for."""

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from competencies.models.organisation import Post, Unit, with_below
from competencies.models.profiles import JobProfile
from hrplan.core.models import Batch, BatchedManager, Member, Role, TenantModel, TenantQuerySet


class StaffMemberQuerySet(TenantQuerySet):
    def visible_to(self, member: Member):
        """HR and the head see all, a manager those led, staff themselves, others nobody."""
        rows = self.filter(administration=member.administration_id)
        if member.role in {Role.HEAD, Role.HR_OFFICER}:
            return rows
        own = models.Q(pk__in=own_row(member))
        if member.role == Role.MANAGER:
            return rows.filter(own | led_by(member))
        return rows.filter(own)

    def serving(self):
        return self.filter(left_on=None)

    def named(self, words: str):
        """Those in whose name every word stands, or whose number begins with it."""
        rows = self
        for word in words.split():
            rows = rows.filter(models.Q(name__icontains=word) | models.Q(code__istartswith=word))
        return rows


def own_row(member: Member) -> models.QuerySet:
    """The id of the staff member whom a member stands for, as a subquery."""
    scope = MemberScope.objects.filter(member=member, staff_member__isnull=False)
    return scope.values("staff_member")


def led_by(member: Member) -> models.Q:
    """Those whom a manager leads: in the units managed, or as the supervisor on record."""
    return models.Q(unit__in=units_managed(member)) | models.Q(supervisor__in=own_row(member))


def scope_codes(member: Member) -> tuple[str | None, str | None, set[str]]:
    """By code: the member's own row, the unit managed, and those of whom one is the supervisor."""
    scope = MemberScope.objects.filter(member=member)
    rows = scope.values_list("staff_member__code", "unit__code", "staff_member__reports__code")
    found = list(rows)
    own, unit = found[0][:2] if found else (None, None)
    return own, unit, {report for _own, _unit, report in found if report is not None}


def units_managed(member: Member) -> set[int]:
    """The ids of the unit that a member manages and of all units under it."""
    mine = MemberScope.objects.filter(member=member, unit=models.OuterRef("pk"))
    rows = Unit.objects.filter(administration=member.administration_id)
    found = list(rows.annotate(mine=models.Exists(mine)).values_list("pk", "parent", "mine"))
    return with_below([row[:2] for row in found], [pk for pk, _parent, mine in found if mine])


class StaffMember(TenantModel):
    """A person employed; needs no account. Erasing the person empties the row behind the id."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("customs officer")
        SUPPORT = "support", _("support staff")

    code = models.CharField(_("staff number"), max_length=20)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True, help_text="personal data")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OFFICER)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff_members")
    profile = models.ForeignKey(
        JobProfile, models.PROTECT, null=True, blank=True, related_name="staff_members"
    )
    secondary_profiles = models.ManyToManyField(JobProfile, blank=True, related_name="+")
    post = models.OneToOneField(
        Post, models.SET_NULL, null=True, blank=True, related_name="staff_member"
    )
    supervisor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("supervisor"),
    )
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    grade = models.PositiveSmallIntegerField(_("grade"), default=1)
    gender = models.CharField(
        _("gender"), max_length=1, blank=True, choices=[("f", _("female")), ("m", _("male"))]
    )
    born_on = models.DateField(_("born on"), null=True, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    education = models.CharField(_("education"), max_length=80, blank=True)
    is_acting = models.BooleanField(_("acting"), default=False)
    needs_relief = models.BooleanField(default=False)

    batch = models.ForeignKey(
        Batch,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    objects: ClassVar = BatchedManager.from_queryset(StaffMemberQuerySet)()  # type: ignore[assignment]

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_person_a_number"),
            models.CheckConstraint(
                condition=models.Q(left_on=None) | models.Q(left_on__gte=models.F("joined_on")),
                name="leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def get_absolute_url(self) -> str:
        return reverse("competencies:staff", args=[self.administration.slug, self.pk])


class MemberScope(models.Model):
    """What a member stands for: the staff member they are, and the units they manage."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="scope")
    staff_member = models.ForeignKey(
        StaffMember, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey(Unit, models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"scope of {self.member_id}"
