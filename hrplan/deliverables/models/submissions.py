"""Versions sent to the ministry together, and each of their moves on record."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.access import INSIDE
from hrplan.core.models import Member, Role, TenantModel, TenantQuerySet
from hrplan.deliverables.models.documents import DocumentVersion
from hrplan.deliverables.models.states import SENT, State


class SubmissionQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Self:
        """Everybody inside sees all; reviewers those that were sent to them."""
        rows = self.filter(administration=member.administration_id)
        if member.role in INSIDE:
            return rows
        return rows.filter(state__in=SENT) if member.role == Role.REVIEWER else rows.none()


class Submission(TenantModel):
    """A set of document versions sent to the ministry together: all three documents or some.

    `sent` : those that the ministry was sent and goes on reading, also where others follow;
    `carried`, `effect` : the versions that carry out what was approved in part, and what it did
    """

    State = State

    number = models.PositiveSmallIntegerField(_("number"))
    versions = models.ManyToManyField(DocumentVersion, related_name="submissions")
    sent = models.ManyToManyField(DocumentVersion, related_name="sent_in")
    carried = models.ManyToManyField(DocumentVersion, related_name="carries")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    effect = models.JSONField(default=dict, help_text="figures before and after the cuts")
    author = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")

    objects: ClassVar = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "number"], name="one_submission_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"Submission {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("deliverables:submission", args=[self.administration.slug, self.pk])


class Move(models.TextChoices):
    REVIEW = "review", _("Send for internal review")
    PASS = "pass", _("Nothing to object")
    SIGN = "sign", _("Sign")
    ENDORSE = "endorse", _("Endorse")
    SEND_BACK = "send_back", _("Send back to the HR officer")
    SUBMIT = "submit", _("Submit to the ministry")
    RECEIVE = "receive", _("Receive for review")
    CLEAR = "clear", _("No objection")
    QUERY = "query", _("Ask a question")
    ANSWER = "answer", _("Submit again with answers")
    APPROVE = "approve", _("Approve in full")
    APPROVE_PART = "approve_part", _("Approve in part")
    DEFER = "defer", _("Defer")
    RETURN = "return", _("Return with comments")
    RESUME = "resume", _("Take up again")
    NOTE = "note", _("Note")
    ENFORCE = "enforce", _("Put in force")
    REPORT = "report", _("Report on it")
    CLOSE = "close", _("Close")
    REVISE = "revise", _("Take back to revise")


class Passage(models.Model):
    """One move of a submission on record: who, when, why, the hashes, and the state it led to.

    said_by : who moved it without an account, by the name on the link or the paper
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="passages")
    move = models.CharField(max_length=20, choices=Move)
    state = models.CharField(max_length=12, choices=Submission.State)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    said_by = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    digests = models.JSONField(default=dict, help_text="document -> SHA-256 at the time")

    class Meta:
        ordering = ["submission", "at", "pk"]

    def __str__(self) -> str:
        return str(self.get_move_display())
