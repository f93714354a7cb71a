"""Framework, job profiles, units, staff members and assessments: what there is of competence."""

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar, TypeVar

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hrplan.core.models import Member, Role, TenantModel, TenantQuerySet


class StaffLevel(models.TextChoices):
    RECRUITS = "recruits", _("recruits")
    OFFICERS = "officers", _("officers")
    SPECIALISTS = "specialists", _("specialists")
    SUPERVISORS = "supervisors", _("supervisors")
    MANAGERS = "managers", _("managers")
    EXECUTIVES = "executives", _("executives")
    SUPPORT = "support", _("support staff")


class Framework(TenantModel):
    """A version of the competency framework; assessments and profiles belong to one."""

    code = models.SlugField(max_length=60)
    version = models.CharField(_("version"), max_length=10)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10, default="en")
    provider = models.CharField(_("provider"), max_length=120, blank=True)
    licence = models.CharField(_("licence"), max_length=60, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "code", "version"], name="one_framework_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Level(models.Model):
    """One step of a framework's scale; 0 is assessed and not held."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="levels")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    can_do = models.TextField(blank=True)
    autonomy = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    typical_time = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["framework", "level"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "level"], name="one_name_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"


class CompetencyGroup(models.Model):
    """A family of competencies; values stay out of gap totals."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="groups")
    code = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    assessed_by = models.CharField(max_length=300, blank=True)
    in_gap_totals = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_group_a_code")
        ]

    def __str__(self) -> str:
        return self.title


class Competency(TenantModel):
    """One competency of a framework."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="competencies")
    group = models.ForeignKey(CompetencyGroup, models.PROTECT, related_name="competencies")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    definition = models.TextField(_("definition"), blank=True)
    basis = models.CharField(max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=2)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["framework", "position"]
        verbose_name_plural = "competencies"
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="one_competency_a_code")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("competencies:competency", args=[self.administration.slug, self.pk])


class LevelText(models.Model):
    """What an observer sees a person do who holds the level."""

    competency = models.ForeignKey(Competency, models.CASCADE, related_name="level_texts")
    level = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["competency", "level"]
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="one_text_a_level")
        ]

    def __str__(self) -> str:
        return f"{self.competency.code} {self.level}"


class JobProfile(TenantModel):
    """A kind of work with the levels it requires."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPROVED = "approved", _("approved")

    framework = models.ForeignKey(Framework, models.PROTECT, related_name="profiles")
    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    band = models.CharField(_("band"), max_length=60, blank=True)
    family = models.CharField(_("job family"), max_length=60, blank=True)
    staff_level = models.CharField(_("staff level"), max_length=12, choices=StaffLevel)
    purpose = models.TextField(_("purpose"), blank=True)
    typical_rank = models.CharField(max_length=120, blank=True)
    eu_equivalent = models.CharField(max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_profile_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("competencies:profile", args=[self.administration.slug, self.pk])


class Requirement(models.Model):
    """The level a job profile asks for in one competency, and its weight."""

    profile = models.ForeignKey(JobProfile, models.CASCADE, related_name="requirements")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="requirements")
    level = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    weight = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(1)])
    critical = models.BooleanField(default=False)

    class Meta:
        ordering = ["profile", "competency__position"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "competency"], name="one_level_a_pair")
        ]

    def __str__(self) -> str:
        return f"{self.profile.code} {self.competency.code} {self.level}"


class Unit(TenantModel):
    """A part of the administration; a station is a unit with a minimum to keep on duty."""

    code = models.CharField(_("code"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    region = models.CharField(_("region"), max_length=40)
    is_station = models.BooleanField(_("station"), default=False)
    duty_pattern = models.CharField(_("hours pattern"), max_length=120, blank=True)
    duty_weekdays = models.JSONField(
        default=list, blank=True, help_text="0 is Monday; days of duty"
    )
    shifts = models.PositiveSmallIntegerField(_("shifts a day"), default=1)
    minimum_on_duty = models.PositiveSmallIntegerField(_("minimum on duty"), null=True, blank=True)
    max_away_share = models.DecimalField(
        _("most away in training, share of the roster"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.15"),
    )
    peak_months = models.JSONField(_("peak months"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_unit_a_code")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("competencies:unit", args=[self.administration.slug, self.pk])


class StaffMemberQuerySet(TenantQuerySet):
    def visible_to(self, member: Member):
        """HR and the head see all, a manager a subtree, staff themselves, others nobody."""
        rows = self.filter(administration=member.administration_id)
        if member.role in {Role.HEAD, Role.HR_OFFICER}:
            return rows
        scope = MemberScope.objects.filter(member=member)
        own = models.Q(pk__in=scope.values("staff_member"))
        if member.role == Role.MANAGER:
            return rows.filter(own | models.Q(unit__in=units_managed(member)))
        return rows.filter(own)

    def serving(self):
        return self.filter(left_on=None)


def units_managed(member: Member) -> set[int]:
    """The ids of the unit that a member manages and of all units under it."""
    mine = MemberScope.objects.filter(member=member, unit=models.OuterRef("pk"))
    rows = Unit.objects.filter(administration=member.administration_id)
    found = list(rows.annotate(mine=models.Exists(mine)).values_list("pk", "parent", "mine"))
    return with_below([row[:2] for row in found], [pk for pk, _parent, mine in found if mine])


Key = TypeVar("Key", int, str)


def with_below(pairs: Iterable[tuple[Key, Key | None]], roots: Iterable[Key]) -> set[Key]:
    """The roots and all that stands under them, of pairs (unit, the unit above it)."""
    children: dict[Key | None, list[Key]] = {}
    for key, parent in pairs:
        children.setdefault(parent, []).append(key)
    found: set[Key] = set()
    waiting = list(roots)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += children.get(key, [])
    return found


class Post(TenantModel):
    """One established place in a profile, filled or vacant."""

    code = models.CharField(_("code"), max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    profile = models.ForeignKey(JobProfile, models.PROTECT, related_name="posts")
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    is_key = models.BooleanField(_("key post"), default=False)
    is_vulnerable = models.BooleanField(_("integrity-vulnerable"), default=False)
    vacant_since = models.DateField(_("vacant since"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["administration", "code"], name="one_post_a_code")
        ]

    def __str__(self) -> str:
        return self.code


class StaffMember(TenantModel):
    """A person employed; needs no account. Erasing the person empties the row behind the id."""

    class Kind(models.TextChoices):
        OFFICER = "officer", _("customs officer")
        SUPPORT = "support", _("support staff")

    code = models.CharField(_("staff number"), max_length=20)
    name = models.CharField(_("name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OFFICER)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="staff_members")
    profile = models.ForeignKey(
        JobProfile, models.PROTECT, null=True, blank=True, related_name="staff_members"
    )
    secondary_profiles = models.ManyToManyField(JobProfile, blank=True, related_name="+")
    post = models.OneToOneField(
        Post, models.SET_NULL, null=True, blank=True, related_name="staff_member"
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

    objects: ClassVar = StaffMemberQuerySet.as_manager()

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


class Assessment(TenantModel):
    """One rating of one person in one competency from one source on one day."""

    class Source(models.TextChoices):
        SELF = "self", _("self")
        SUPERVISOR = "supervisor", _("supervisor")
        PEER = "peer", _("second rater or peer")
        TEST = "test", _("test or observed task")
        VALIDATED = "validated", _("validated")

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="assessments")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="assessments")
    source = models.CharField(_("source"), max_length=12, choices=Source)
    level = models.DecimalField(
        _("level"), max_digits=3, decimal_places=2, validators=[MinValueValidator(0)]
    )
    rated_on = models.DateField(_("rated on"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    by = models.ForeignKey(Member, models.SET_NULL, null=True, blank=True, related_name="+")
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)

    class Meta:
        ordering = ["staff_member", "competency", "source"]
        constraints = [
            models.UniqueConstraint(
                fields=["staff_member", "competency", "source", "rated_on"],
                name="one_rating_a_source_a_day",
            ),
            models.CheckConstraint(condition=models.Q(level__gte=0), name="rating_not_negative"),
        ]
        indexes = [models.Index(fields=["administration", "rated_on"])]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.competency_id} {self.source}"


class LearningPath(TenantModel):
    """What a staff level is to learn in the plan's years: aim, mix of modes, hours promised."""

    staff_level = models.CharField(_("staff level"), max_length=12, choices=StaffLevel)
    aim = models.TextField(_("aim"))
    route = models.TextField(_("route"), blank=True)
    hours_a_year = models.PositiveSmallIntegerField(_("hours promised a year"), default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["administration", "staff_level"], name="one_path_a_level"
            )
        ]

    def __str__(self) -> str:
        return self.get_staff_level_display()


class IndividualPlan(TenantModel):
    """What one staff member and the supervisor agreed to develop, and what became of it."""

    staff_member = models.ForeignKey(StaffMember, models.CASCADE, related_name="plans")
    agreed_on = models.DateField(_("agreed on"))
    text = models.TextField(_("agreed"))
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    outcome = models.TextField(_("what became of it"), blank=True)

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_on is not None

    class Meta:
        ordering = ["-agreed_on"]

    def __str__(self) -> str:
        return f"{self.staff_member_id} {self.agreed_on}"
