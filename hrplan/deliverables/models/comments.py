"""Remarks on places of a version, and their answers."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, Role, TenantModel, TenantQuerySet
from hrplan.deliverables.models.documents import DocumentVersion


class CommentQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Self:
        """Inside, all on the versions one sees; a reviewer those that reviewers made on them."""
        rows = self.filter(
            administration=member.administration_id,
            version__in=DocumentVersion.objects.visible_to(member).values("pk"),
        )
        return rows.filter(is_from_ministry=True) if member.role == Role.REVIEWER else rows


class Comment(TenantModel):
    """A remark on one place of a frozen version, and what was answered.

    `anchor` is the place in the document's pages, `place` what stood there; both are empty for
    what came back in a file and stands at no place. `is_from_ministry`: the ministry made it, and
    reads it and its answer. Out of a file: `said_by` is the author as the file names them, `quote`
    the words it is about; `before` and `after` are the words that a tracked change puts in place
    of others. `link` is that of a reviewer without an account, whom `said_by` then names.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        PARTLY = "partly", _("accepted in part")
        REFUSED = "refused", _("not accepted")
        NOTED = "noted", _("noted")

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="comments")
    anchor = models.CharField(max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=300, blank=True)
    text = models.TextField(_("comment"), blank=True)
    quote = models.TextField(blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    said_by = models.CharField(max_length=120, blank=True)
    author = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    link = models.ForeignKey("ReviewLink", models.SET_NULL, null=True, related_name="comments")
    is_from_ministry = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["version", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="", answered_at=None)
                | ~models.Q(outcome="") & models.Q(answered_at__isnull=False),
                name="an_answer_has_an_outcome_and_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"Comment {self.pk}"
