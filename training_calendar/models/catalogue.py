"""What there is to learn: modules with what they lift, who gives them, programmes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import Competency, StaffMember
from hrplan.core.models import Administration, Member, TenantModel


class Provider(TenantModel):
    """Who gives training."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_provider_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Mode(models.TextChoices):
    CLASSROOM = "classroom", _("classroom")
    ONLINE = "online", _("live online")
    EXTERNAL = "external", _("external, dates fixed by the provider")
    SELF_PACED = "self_paced", _("self-paced e-learning")
    ON_THE_JOB = "on_the_job", _("on the job")
    PROVIDER_RUN = "provider_run", _("run by the provider")


SESSION_MODES = (Mode.CLASSROOM.value, Mode.ONLINE.value, Mode.EXTERNAL.value)


class Module(TenantModel):
    """A unit of training; what it lifts stands in its outcomes."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="modules")
    mode = models.CharField(_("mode"), max_length=12, choices=Mode)
    hours = models.DecimalField(_("contact hours"), max_digits=7, decimal_places=1)
    self_study_hours = models.DecimalField(max_digits=7, decimal_places=1, default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=1)
    venue_kind = models.CharField(_("kind of venue"), max_length=20, blank=True)
    min_group = models.PositiveSmallIntegerField(_("smallest group"), default=1)
    max_group = models.PositiveSmallIntegerField(_("largest group"), default=20)
    cost_session = models.DecimalField(_("cost per session"), max_digits=12, decimal_places=2)
    cost_person = models.DecimalField(_("cost per person"), max_digits=12, decimal_places=2)
    price_basis = models.CharField(max_length=10, default="estimate")
    price_source = models.CharField(max_length=300, blank=True)
    price_date = models.DateField(null=True, blank=True)
    travel = models.CharField(max_length=12, default="none")
    lead_days = models.PositiveSmallIntegerField(_("nomination lead time [days]"), default=0)
    validity_months = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    certificate = models.CharField(max_length=120, blank=True)
    evaluation = models.CharField(max_length=200, blank=True)
    min_service_years = models.PositiveSmallIntegerField(default=0)
    audience_levels = models.JSONField(default=list, help_text="staff levels; empty: all")
    audience_profiles = models.JSONField(default=list, help_text="profile codes; empty: all")
    is_offered = models.BooleanField(_("offered"), default=True)
    evidence_url = models.URLField(max_length=500, blank=True)
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_module_a_code"),
            models.CheckConstraint(
                condition=models.Q(min_group__lte=models.F("max_group")),
                name="group_sizes_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=1) | ~models.Q(mode__in=SESSION_MODES),
                name="a_session_lasts_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, member: Member) -> "OutcomeQuerySet":
        """Those of modules of the member's own administration."""
        return self.filter(module__administration=member.administration_id)


class Outcome(models.Model):
    """A module lifts people who hold at least `level_from` to `level_to`."""

    module = models.ForeignKey(Module, models.CASCADE, related_name="outcomes")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="outcomes")
    level_from = models.PositiveSmallIntegerField(default=0)
    level_to = models.PositiveSmallIntegerField()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["module", "competency__position"]
        constraints = [
            models.UniqueConstraint(fields=["module", "competency"], name="one_outcome_a_pair"),
            models.CheckConstraint(
                condition=models.Q(level_from__lt=models.F("level_to")), name="an_outcome_lifts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.module.code} {self.competency.code} {self.level_from}-{self.level_to}"

    @property
    def administration_id(self) -> int:
        return self.module.administration_id

    @property
    def administration(self) -> Administration:
        return self.module.administration


class Prerequisite(models.Model):
    """A module that must be attended, or be needless, before another."""

    module = models.ForeignKey(Module, models.CASCADE, related_name="prerequisites")
    requires = models.ForeignKey(Module, models.CASCADE, related_name="unlocks")

    class Meta:
        ordering = ["module", "requires"]
        constraints = [
            models.UniqueConstraint(fields=["module", "requires"], name="one_prerequisite_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.module.code} needs {self.requires.code}"


class Programme(TenantModel):
    """Modules that together earn a certificate or diploma."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="programmes")
    award = models.CharField(_("award"), max_length=120)
    delivery = models.TextField(_("delivery"), blank=True)
    requires = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    modules = models.ManyToManyField(Module, related_name="programmes", blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_programme_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeAward(models.Model):
    """A staff member finished a programme; the testamur is on record."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="awards")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="awards")
    awarded_on = models.DateField()
    testamur = models.CharField(max_length=120)

    class Meta:
        ordering = ["programme", "awarded_on"]

    def __str__(self) -> str:
        return f"{self.programme_id} {self.staff_member_id}"
