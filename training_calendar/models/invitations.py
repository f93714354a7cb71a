"""Invitations to sessions, and the outbox: what is told to whom, by mail or by hand."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competencies.models import StaffMember
from hrplan.core.models import TenantModel
from training_calendar.models.releases import Release


class Method(models.TextChoices):
    REQUEST = "REQUEST", _("invitation")
    CANCEL = "CANCEL", _("cancellation")


class Told(models.Model):
    """What somebody is told of a session."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    title = models.CharField(_("title"), max_length=200)
    place = models.CharField(_("where"), max_length=200, blank=True)

    class Meta:
        abstract = True


class Invitation(TenantModel, Told):
    """One staff member's entry for one session, for life: its identifier and its last state.

    The sequence only ever rises, once with each thing told.
    """

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="invitations")
    session_code = models.CharField(_("session"), max_length=20)
    uid = models.CharField(max_length=120, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    class Meta:
        ordering = ["session_code", "staff_member"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "staff_member", "session_code"],
                name="one_invitation_a_session",
            )
        ]

    def __str__(self) -> str:
        return f"{self.session_code} {self.staff_member_id}"


class Message(TenantModel, Told):
    """One thing to be told: by mail where there is an address, else by hand."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waits to be sent")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        BY_HAND = "by_hand", _("to be told by hand")
        TOLD = "told", _("told by hand")
        OVERTAKEN = "overtaken", _("overtaken by a later one")

    release = models.ForeignKey(Release, models.CASCADE, related_name="messages")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="messages")
    method = models.CharField(_("kind"), max_length=8, choices=Method)
    sequence = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(_("sent or told at"), null=True, blank=True)
    error = models.CharField(_("why it failed"), max_length=200, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="message_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation", "sequence"], name="one_message_a_sequence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.invitation_id} {self.sequence}"
