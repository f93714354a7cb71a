"""Who and whose: users, administrations, members, holidays, runs, the audit trail."""

import re
from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

RESERVED = (
    *("accounts", "api", "feeds", "first", "health", "i18n", "join", "static", "styleguide"),
    *("review", "verify"),
)


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """A person who signs in; what they may do hangs on their seats (`Member`)."""

    username = None  # type: ignore[assignment]  # people are known by their address
    email = models.EmailField(_("e-mail address"), unique=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]  # not its parent's

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Administration(models.Model):
    """A customs administration, the tenant: every row hangs on exactly one."""

    slug = models.SlugField(
        unique=True,
        validators=[RegexValidator(rf"^(?!({'|'.join(RESERVED)})$)", _("This name is reserved."))],
    )
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=40)
    ministry = models.CharField(_("ministry"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, help_text="ISO 3166-1")
    currency = models.CharField(_("currency"), max_length=3, default="USD", help_text="ISO 4217")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    languages = models.JSONField(_("languages"), default=list)
    fiscal_year_month = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    weekend = models.JSONField(_("weekend"), default=list, help_text=_("0 is Monday"))
    small_cell_limit = models.PositiveSmallIntegerField(_("small-cell limit"), default=5)
    as_of_fixed = models.DateField(
        _("as-of date"), null=True, blank=True, help_text=_("Empty: today.")
    )
    constants = models.JSONField(_("constants"), default=dict, blank=True)
    is_demonstration = models.BooleanField(default=False)
    seed = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The country in capitals. Refused where it isn't two letters."""
        self.country = self.country.upper()
        if not re.fullmatch("[A-Z]{2}", self.country):
            raise ValidationError({"country": _("A country is two letters, such as BZ.")})

    @property
    def as_of(self) -> date:
        """The date that stands for today in every formula and file."""
        return self.as_of_fixed or timezone.localdate()

    def constants_of(self, part: str) -> dict[str, Any]:
        """The administration's own constants of one part; where none are set, none."""
        own = (self.constants or {}).get(part)
        return dict(own) if isinstance(own, dict) else {}


class Role(models.TextChoices):
    HEAD = "head", _("head of the administration")
    HR_OFFICER = "hr_officer", _("HR officer")
    FACILITATOR = "facilitator", _("facilitator")
    MANAGER = "manager", _("manager")
    STAFF = "staff", _("staff member")
    REVIEWER = "reviewer", _("ministry reviewer")
    COORDINATOR = "coordinator", _("regional coordinator")


class Member(models.Model):
    """A user's seat in one administration, with what that seat may do."""

    administration = models.ForeignKey(Administration, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    function = models.CharField(_("function"), max_length=120, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["administration", "user__email"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "user"], name="one_seat_a_user")
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class TenantQuerySet(models.QuerySet):
    def visible_to(self, member: Member):
        """Only rows of the member's own administration. Every view starts here."""
        return self.filter(administration=member.administration_id)

    def of(self, administration: Administration):
        return self.filter(administration=administration)


class TenantModel(models.Model):
    """A row that belongs to one administration."""

    administration = models.ForeignKey(Administration, models.CASCADE, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        abstract = True


class Holiday(TenantModel):
    """A day of the administration's own: added to, or taken from, the public holidays."""

    class Kind(models.TextChoices):
        ADDED = "added", _("added")
        REMOVED = "removed", _("taken away")

    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.ADDED)

    class Meta:
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "date"], name="one_holiday_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class RunState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class Run(TenantModel):
    """One request for long work: what was asked, how far it is, what came of it."""

    kind = models.CharField(max_length=40)
    task = models.CharField(max_length=200, help_text="dotted path of the task")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    parameters = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0, help_text="percent")
    message = models.CharField(max_length=200, blank=True)
    stop_requested = models.BooleanField(default=False)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def percent(self) -> int | None:
        """How far it is; None while it waits."""
        return None if self.state == RunState.WAITING else self.progress

    @property
    def is_over(self) -> bool:
        return self.state in {RunState.DONE, RunState.FAILED, RunState.STOPPED}


class AuditEntry(TenantModel):
    """One thing that was done: ids and field names, never names or ratings. Append-only."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Member, models.DO_NOTHING, null=True, related_name="+")
    action = models.CharField(max_length=60)
    table = models.CharField(max_length=60)
    row = models.CharField(max_length=40)
    fields = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["administration", "table", "row"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.table} {self.row}"


class FirstLink(models.Model):
    """The one-time link by which the first user of an installation is created."""

    digest = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"first link, {'used' if self.used_at else 'open'}"


class Import(TenantModel):
    """One uploaded file on its way in: previewed, then confirmed or dropped."""

    class State(models.TextChoices):
        MAPPING = "mapping", _("waiting for its columns")
        PREVIEWED = "previewed", _("waiting for your confirmation")
        REFUSED = "refused", _("refused")
        APPLIED = "applied", _("taken in")
        DROPPED = "dropped", _("dropped")
        WITHDRAWN = "withdrawn", _("taken back")

    class Existing(models.TextChoices):
        STOP = "stop", _("stop: refuse the file")
        SKIP = "skip", _("skip: keep what is here")
        UPDATE = "update", _("update: take what the file says")

    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(_("file"), max_length=200)
    stored = models.CharField(max_length=80)
    existing = models.CharField(
        _("rows that exist and differ"), max_length=8, choices=Existing, default=Existing.STOP
    )
    state = models.CharField(_("state"), max_length=10, choices=State)
    counts = models.JSONField(default=list, help_text="table, added, changed, skipped, unchanged")
    faults = models.JSONField(default=list)
    is_staff_list = models.BooleanField(default=False)
    mapping = models.JSONField(default=dict, blank=True, help_text="how a staff list is read")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(TenantModel):
    """How staff lists with the same headings are read: remembered from the last one taken in."""

    fingerprint = models.CharField(max_length=64, help_text="of the headings")
    mapping = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "fingerprint"], name="one_mapping_a_heading"
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint[:8]


class Batch(TenantModel):
    """Very many rows on their way in by short steps; they are seen once all of them are there."""

    class State(models.TextChoices):
        LOADING = "loading", _("being loaded")
        LIVE = "live", _("live")
        WITHDRAWN = "withdrawn", _("taken back")

    digest = models.CharField(max_length=64, help_text="of the files")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.LOADING)
    done = models.JSONField(default=dict, help_text="rows written by table")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "batches"
        constraints = [
            models.UniqueConstraint(
                fields=["administration"],
                condition=models.Q(state="loading"),
                name="one_batch_loading",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} {self.digest[:8]}"


class BatchedManager(models.Manager):
    """Of rows that may come in batches: those of none, and those of a batch that is live."""

    def get_queryset(self) -> models.QuerySet:
        live = Batch.objects.filter(state=Batch.State.LIVE).values("pk")
        return super().get_queryset().filter(models.Q(batch=None) | models.Q(batch__in=live))
