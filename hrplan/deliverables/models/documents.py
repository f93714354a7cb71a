"""Frozen documents, the Word templates they take, and who signs them."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hrplan.core.access import INSIDE, OFFICE
from hrplan.core.models import Member, Role, TenantModel, TenantQuerySet
from hrplan.deliverables.models.states import SENT
from training_calendar.models import Plan


class DocumentKind(models.TextChoices):
    STRATEGY = "hr-strategy", _("HR Strategy")
    PLAN = "hr-development-plan", _("HR Development Plan")
    CALENDAR = "training-calendar", _("Training Calendar")


class DocumentVersionQuerySet(TenantQuerySet):
    def visible_to(self, member: Member) -> Self:
        """The office sees all; others no internal edition; reviewers only what was sent to them."""
        rows = self.filter(administration=member.administration_id)
        if member.role in OFFICE:
            return rows
        rows = rows.filter(is_internal=False)
        if member.role in INSIDE:
            return rows
        if member.role == Role.REVIEWER:
            told = models.Q(sent_in__isnull=False) | models.Q(carries__state__in=SENT)
            return rows.filter(pk__in=self.model._default_manager.filter(told).values("pk"))
        return rows.none()

    def foremost(self, language: str) -> Self:
        """The ministry's edition first, of it what is in the language, of that the newest."""
        foreign = Case(When(language=language, then=0), default=1)
        return self.order_by("is_internal", foreign, "-number", "-pk")


class WordTemplate(TenantModel):
    """A Word file of the administration's own whose look its documents take; one is in use.

    The file itself lies among the kept files under its hash.
    """

    name = models.CharField(_("file"), max_length=120)
    digest = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("size"), help_text="bytes")
    is_in_use = models.BooleanField(_("in use"), default=False)
    added_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "digest"], name="a_word_template_is_kept_once"
            ),
            models.UniqueConstraint(
                fields=["administration"],
                condition=models.Q(is_in_use=True),
                name="one_word_template_in_use",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("deliverables:word_template", args=[self.administration.slug, self.pk])


class DocumentVersion(TenantModel):
    """A frozen document: its tree, the rows it quotes, and one hash over both.

    `plan` : the development plan that it is about
    """

    kind = models.CharField(_("document"), max_length=24, choices=DocumentKind)
    number = models.PositiveSmallIntegerField(_("version"))
    language = models.CharField(_("language"), max_length=10)
    is_internal = models.BooleanField(_("internal edition"), default=False)
    as_of = models.DateField(_("as of"))
    title = models.CharField(_("title"), max_length=200)
    tree = models.TextField(help_text="the document as canonical JSON")
    digest = models.CharField(_("SHA-256"), max_length=64)
    snapshot = models.JSONField(default=dict, help_text="what the document quotes, as rows")
    word_template = models.ForeignKey(
        WordTemplate, models.RESTRICT, null=True, blank=True, related_name="versions"
    )
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, related_name="+")
    made_by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar = DocumentVersionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "kind", "number", "language", "is_internal"],
                name="one_document_a_version",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def language_name(self) -> str:
        """The language in its own name."""
        return dict(settings.DOCUMENT_LANGUAGES).get(self.language, self.language)

    def get_absolute_url(self) -> str:
        return reverse("deliverables:version", args=[self.administration.slug, self.pk])


class SignOff(TenantModel):
    """A senior manager's signature under the documents of the workshop."""

    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=120)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
