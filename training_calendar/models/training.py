"""Modules, supply, plan and calendar: what there is of training."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from competencies.models import Competency, StaffMember, Unit
from diagnostics.models import Finding
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


class Trainer(TenantModel):
    """Who may lead sessions of certain modules, and how many days a quarter."""

    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=200)
    region = models.CharField(_("region"), max_length=40)
    staff_member = models.ForeignKey(
        StaffMember, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    provider = models.ForeignKey(Provider, models.SET_NULL, null=True, blank=True, related_name="+")
    max_days_quarter = models.PositiveSmallIntegerField(_("most days a quarter"), default=20)
    modules = models.ManyToManyField(Module, related_name="trainers", blank=True)
    accreditation = models.CharField(_("accreditation"), max_length=200, blank=True)
    accredited_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_trainer_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class TrainerAbsence(models.Model):
    trainer = models.ForeignKey(Trainer, models.CASCADE, related_name="absences")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["trainer", "starts_on"]

    def __str__(self) -> str:
        return f"{self.trainer_id} {self.starts_on}"


class Venue(TenantModel):
    """A room where sessions are held."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    region = models.CharField(_("region"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20)
    capacity = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    cost_day = models.DecimalField(_("cost per day"), max_digits=10, decimal_places=2, default=0)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_venue_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class VenueClosure(models.Model):
    venue = models.ForeignKey(Venue, models.CASCADE, related_name="closures")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["venue", "starts_on"]

    def __str__(self) -> str:
        return f"{self.venue_id} {self.starts_on}"


class Closure(TenantModel):
    """Days on which nothing runs, a region's venues are shut, or nobody of a unit may leave."""

    class Scope(models.TextChoices):
        ALL = "ALL", _("everywhere")
        REGION = "REGION", _("the region's venues")
        STATION = "STATION", _("the station's people")

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    scope = models.CharField(_("scope"), max_length=8, choices=Scope)
    region = models.CharField(_("region"), max_length=40, blank=True)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="closures")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ["starts_on", "scope"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="closure_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.starts_on}"


class Leave(models.Model):
    """Days a staff member is away."""

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="leave")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["staff_member", "starts_on"]
        verbose_name_plural = "leave"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="leave_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.starts_on}"


class Budget(TenantModel):
    """The money for training in one quarter of the fiscal year."""

    quarter = models.CharField(_("quarter"), max_length=20)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    source = models.CharField(_("source"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "quarter"], name="one_budget_a_quarter"
            ),
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="budget_not_negative"),
        ]

    def __str__(self) -> str:
        return self.quarter


class Offer(TenantModel):
    """A run of an external module whose dates the provider fixed."""

    code = models.CharField(_("code"), max_length=20)
    module = models.ForeignKey(Module, models.CASCADE, related_name="offers")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    places = models.PositiveSmallIntegerField(_("places"))
    region = models.CharField(_("region"), max_length=40)
    nominate_by = models.DateField(_("nominate by"), null=True, blank=True)
    funding = models.CharField(_("funding"), max_length=120, blank=True)

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_offer_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.module.title}"


class Travel(TenantModel):
    """What a trip costs one person from one region to another, both ways."""

    from_region = models.CharField(max_length=40)
    to_region = models.CharField(max_length=40)
    cost = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        ordering = ["from_region", "to_region"]
        verbose_name_plural = "travel"
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "from_region", "to_region"], name="one_trip_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_region} - {self.to_region}"


class PlanningParameters(TenantModel):
    """The horizon and the constants of planning; printed in the annex."""

    horizon_start = models.DateField(_("horizon from"))
    horizon_end = models.DateField(_("horizon to"))
    discount_beta = models.FloatField(default=0.5)
    lambda_cost = models.FloatField(null=True, blank=True)
    lambda_smooth = models.FloatField(default=0.02)
    per_diem = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    max_days_staff_year = models.PositiveSmallIntegerField(default=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administration"], name="one_set_of_parameters"),
            models.CheckConstraint(
                condition=models.Q(horizon_end__gt=models.F("horizon_start")),
                name="horizon_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.horizon_start} - {self.horizon_end}"


class Plan(TenantModel):
    """A development plan: the chosen interventions within a budget, with bound and reasons."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ADOPTED = "adopted", _("adopted")

    title = models.CharField(_("title"), max_length=200)
    as_of = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    is_current = models.BooleanField(default=True)
    budget_share = models.FloatField(_("share of the budget"), default=1.0)
    objective = models.FloatField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)
    total_gap = models.FloatField(_("weighted gap"), default=0)
    closed_gap = models.FloatField(_("weighted gap closed"), default=0)
    parameters = models.JSONField(default=dict)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title


class Intervention(TenantModel):
    """One line of a plan: what is done, for whom, by which module, at what cost."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("training")
        OTHER = "other", _("non-training measure")

    class Funding(models.TextChoices):
        WITHIN = "within", _("this year within vote")
        VIREMENT = "virement", _("virement")
        NEXT = "next", _("next call")
        DONOR = "donor", _("donor")
        NONE = "none", _("no cash cost")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="interventions")
    code = models.CharField(_("code"), max_length=20)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TRAINING)
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="interventions"
    )
    title = models.CharField(_("title"), max_length=200)
    need_text = models.TextField(_("need"), blank=True)
    audience = models.CharField(_("audience"), max_length=300, blank=True)
    audience_levels = models.JSONField(default=list)
    people = models.PositiveIntegerField(_("people"), default=0)
    hours = models.DecimalField(_("hours a person"), max_digits=7, decimal_places=1, default=0)
    priority = models.FloatField(_("priority"), default=0)
    rank = models.PositiveSmallIntegerField(default=0)
    closes_gap = models.FloatField(_("weighted gap closed"), default=0)
    funding = models.CharField(_("funding"), max_length=10, choices=Funding, default=Funding.WITHIN)
    source = models.CharField(_("source of funds"), max_length=120, blank=True)
    duty = models.CharField(_("legal or reform duty"), max_length=200, blank=True)
    owner = models.CharField(_("owner"), max_length=120, blank=True)
    evaluation = models.CharField(_("evaluation"), max_length=300, blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    finding = models.ForeignKey(
        Finding, models.SET_NULL, null=True, blank=True, related_name="interventions"
    )

    class Meta:
        ordering = ["rank", "code"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="one_intervention_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CostLine(models.Model):
    """An amount of an intervention: budget line, quantity, rate, quarter, source."""

    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="cost_lines")
    budget_line = models.CharField(_("budget line"), max_length=20)
    title = models.CharField(_("item"), max_length=120)
    quarter = models.CharField(_("quarter"), max_length=20)
    fiscal_year = models.CharField(_("fiscal year"), max_length=10)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=40)
    rate = models.DecimalField(max_digits=12, decimal_places=2)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    is_opportunity = models.BooleanField(_("opportunity cost"), default=False)

    class Meta:
        ordering = ["intervention", "quarter", "budget_line"]

    def __str__(self) -> str:
        return f"{self.budget_line} {self.amount}"


class Calendar(TenantModel):
    """The dated plan: sessions and enrolments; a draft until it is released."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        RELEASED = "released", _("released")

    plan = models.OneToOneField(Plan, models.CASCADE, related_name="calendar")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    violations = models.JSONField(default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.plan} {self.starts_on} - {self.ends_on}"


class TrainingSession(TenantModel):
    """One group taking one module once."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CONFIRMED = "confirmed", _("confirmed")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="sessions")
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="sessions")
    code = models.CharField(_("reference"), max_length=20)
    module = models.ForeignKey(Module, models.PROTECT, related_name="sessions")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="sessions")
    trainer = models.ForeignKey(
        Trainer, models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, blank=True, related_name="sessions")
    places = models.PositiveSmallIntegerField(_("places"))
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, default=0)
    cost_paid = models.DecimalField(
        _("cost paid"), max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PLANNED)
    is_pinned = models.BooleanField(_("pinned"), default=False)
    fallback_on = models.DateField(_("storm fallback"), null=True, blank=True)

    class Meta:
        ordering = ["starts_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "code"], name="one_session_a_code"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="session_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.module.title}"


class Enrolment(models.Model):
    """One staff member's place: in a session, or dated outside the sessions."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="enrolments")
    session = models.ForeignKey(
        TrainingSession, models.CASCADE, null=True, blank=True, related_name="enrolments"
    )
    intervention = models.ForeignKey(Intervention, models.CASCADE, related_name="enrolments")
    module = models.ForeignKey(Module, models.PROTECT, related_name="enrolments")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="enrolments")
    starts_on = models.DateField()
    ends_on = models.DateField()
    cost = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    is_pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", "staff_member"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "module", "staff_member"], name="one_place_a_module"
            )
        ]

    def __str__(self) -> str:
        return f"{self.module_id} {self.staff_member_id}"


class Need(models.Model):
    """A gap of a staff member and the module it asks for: met by an enrolment, or why not."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="needs")
    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="needs")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="needs")
    module = models.ForeignKey(Module, models.PROTECT, null=True, blank=True, related_name="needs")
    held = models.FloatField()
    required = models.PositiveSmallIntegerField()
    reached = models.FloatField(help_text="level after the plan")
    weighted_gap = models.FloatField()
    is_critical = models.BooleanField(default=False)
    is_met = models.BooleanField(default=False)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-weighted_gap", "staff_member", "competency"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "staff_member", "competency"], name="one_need_a_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.competency_id}"


class Attendance(models.Model):
    """Hours a staff member attended of an enrolment."""

    enrolment = models.OneToOneField(Enrolment, models.CASCADE, related_name="attendance")
    hours = models.DecimalField(max_digits=6, decimal_places=1)
    is_completed = models.BooleanField(default=False)
    result = models.PositiveSmallIntegerField(
        _("test result [%]"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    result_before = models.PositiveSmallIntegerField(
        _("test result before [%]"), null=True, blank=True, validators=[MaxValueValidator(100)]
    )
    has_answered = models.BooleanField(_("gave feedback"), default=False)

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.hours}"


class Evaluation(models.Model):
    """One level of evaluation of a session: when it is due, with what instrument, what it gave."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="evaluations")
    level = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    instrument = models.CharField(max_length=200)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["session", "level"]
        constraints = [
            models.UniqueConstraint(fields=["session", "level"], name="one_evaluation_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.level}"


class CalendarChange(models.Model):
    """A session moved or cancelled, and why."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="changes")
    session_code = models.CharField(max_length=20)
    changed_on = models.DateField()
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering = ["changed_on", "pk"]

    def __str__(self) -> str:
        return f"{self.session_code} {self.what}"
