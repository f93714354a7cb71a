"""What is said to a step, with or without an account."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, TenantModel
from hrplan.deliverables.models.chain import SubmissionStep
from hrplan.deliverables.models.submissions import Move, Submission


class ReviewLink(TenantModel):
    """A link by which somebody without an account reads one submission, and does one thing.

    Only the hash of its secret is kept. `step` : the step that it may take; none: it comments.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="links")
    step = models.ForeignKey(SubmissionStep, models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120, blank=True)
    secret = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField(_("valid until"))
    revoked_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["submission", "pk"]

    def __str__(self) -> str:
        return self.name


class LinkUse(models.Model):
    """A link was opened, or something was done by it."""

    link = models.ForeignKey(ReviewLink, models.CASCADE, related_name="uses")
    what = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["link", "-at"]

    def __str__(self) -> str:
        return f"{self.link}: {self.what}"


class Verdict(models.Model):
    """What somebody said to a step, bound to the hashes that were shown.

    principal : whose step a delegate took; link, said_by : of somebody without an account;
    paper : a signed and scanned page; is_void : the documents were taken back since
    """

    step = models.ForeignKey(SubmissionStep, models.CASCADE, related_name="verdicts")
    move = models.CharField(max_length=20, choices=Move)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    principal = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    link = models.ForeignKey(ReviewLink, models.SET_NULL, null=True, related_name="verdicts")
    said_by = models.CharField(max_length=200, blank=True)
    paper = models.FileField(upload_to="signed/", blank=True)
    digests = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    is_void = models.BooleanField(default=False)

    class Meta:
        ordering = ["step", "pk"]

    def __str__(self) -> str:
        return f"{self.step}: {self.get_move_display()}"
