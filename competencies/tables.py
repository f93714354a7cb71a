"""The tables of this floor for import and export: framework, profiles, units, people, ratings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from competencies.library import tables as stated
from competencies.models import (
    IN_FORCE,
    Assessment,
    Campaign,
    Competency,
    CompetencyGroup,
    Framework,
    IndividualPlan,
    JobProfile,
    LearningPath,
    Level,
    LevelText,
    Post,
    Requirement,
    StaffMember,
    Unit,
)
from hrplan.core.models import Administration
from hrplan.core.tables import Door, ModelTable, Row
from hrplan.exchange.check import Rows, row_fault
from hrplan.exchange.faults import Fault
from hrplan.exchange.spec import Table

TABLES: tuple[Table, ...] = stated.TABLES
DUTY = frozenset({"duty_weekdays", "peak_months"})
PAST = {
    "staff_members": ("born_on",),
    "ratings": ("rated_on",),
    "posts": ("vacant_since",),
    "individual_plans": ("agreed_on", "reviewed_on"),
}


@dataclass(frozen=True, slots=True)
class VersionsTable(ModelTable):
    """The versions of the framework: one taken in as in force retires the one before."""

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        stated = [row for row in (*added, *changed) if row.get("state") == IN_FORCE]
        if len(stated) > 1:
            raise ValidationError(_("Only one framework can be in force; retire the others."))
        for row in stated:
            others = Framework.objects.of(administration).filter(state=IN_FORCE)
            others = others.exclude(code=row["framework"], version=row["version"])
            others.update(state=Framework.State.RETIRED)
        ModelTable.save(self, administration, added, changed)


@dataclass(frozen=True, slots=True)
class FrameworkTable(ModelTable):
    """A table of the framework in force: its rows, and the codes it points to, are of that one.

    framework : path from the model to its framework; `current` marks what is in force
    """

    framework: str = "framework"
    current: tuple[str, ...] = ()
    levels: str = ""  # the column that holds a level of the scale

    def queryset(self, administration: Administration) -> models.QuerySet:
        rows = ModelTable.queryset(self, administration)
        return rows.filter(**{f"{self.framework}__state": IN_FORCE})

    def save(
        self, administration: Administration, added: Sequence[Row], changed: Sequence[Row]
    ) -> None:
        if self.levels:
            _refuse_off_scale(administration, self.levels, [*added, *changed])
        own = {"framework__administration": administration, "framework__state": IN_FORCE}
        within = {**self.within, **dict.fromkeys(self.current, own)}
        bound = replace(self, within=within, levels="")
        ModelTable.save(bound, administration, added, changed)


def _refuse_off_scale(administration: Administration, column: str, rows: Sequence[Row]) -> None:
    """Refuse levels above the top of the framework in force."""
    scale = Level.objects.filter(framework__administration=administration)
    top = scale.filter(framework__state=IN_FORCE).aggregate(top=Max("level"))["top"]
    above = sum(1 for row in rows if top is not None and (row.get(column) or 0) > top)
    if above:
        words = _("%(count)d rows hold a level above %(top)d, the top of the framework's scale.")
        raise ValidationError(words % {"count": above, "top": top})


OWN = {"framework": {"state": IN_FORCE}}
DOORS: tuple[Door, ...] = (
    VersionsTable(
        "frameworks",
        Framework,
        {
            "framework": "code",
            "version": "version",
            "title": "title",
            "language": "language",
            "provider": "provider",
            "licence": "licence",
            "provenance": "provenance",
            "state": "state",
        },
        ("framework", "version"),
    ),
    FrameworkTable(
        "framework_levels",
        Level,
        {
            "framework": "framework__code",
            "level": "level",
            "name": "name",
            "can_do": "can_do",
            "autonomy": "autonomy",
            "evidence": "evidence",
            "typical_time": "typical_time",
        },
        ("framework", "level"),
        owner="framework__administration",
        within=OWN,
    ),
    FrameworkTable(
        "framework_groups",
        CompetencyGroup,
        {
            "framework": "framework__code",
            "group": "code",
            "title": "title",
            "assessed_by": "assessed_by",
            "in_gap_totals": "in_gap_totals",
            "position": "position",
        },
        ("framework", "group"),
        within=OWN,
    ),
    FrameworkTable(
        "framework_competencies",
        Competency,
        {
            "framework": "framework__code",
            "competency": "code",
            "group": "group__code",
            "title": "title",
            "definition": "definition",
            "basis": "basis",
            "weight": "weight",
            "position": "position",
        },
        ("framework", "competency"),
        within=OWN,
        current=("group",),
    ),
    FrameworkTable(
        "level_texts",
        LevelText,
        {
            "competency": "competency__code",
            "level": "level",
            "text": "text",
            "knowledge": "knowledge",
            "skill": "skill",
        },
        ("competency", "level"),
        owner="competency__administration",
        framework="competency__framework",
        current=("competency",),
        levels="level",
    ),
    FrameworkTable(
        "job_profiles",
        JobProfile,
        {
            "profile": "code",
            "framework": "framework__code",
            "title": "title",
            "band": "band",
            "family": "family",
            "staff_level": "staff_level",
            "purpose": "purpose",
            "typical_rank": "typical_rank",
            "eu_equivalent": "eu_equivalent",
            "state": "state",
            "position": "position",
        },
        ("profile",),
        within=OWN,
    ),
    FrameworkTable(
        "requirements",
        Requirement,
        {
            "profile": "profile__code",
            "competency": "competency__code",
            "level": "level",
            "weight": "weight",
            "critical": "critical",
            "steps": "steps",
        },
        ("profile", "competency"),
        lists=frozenset({"steps"}),
        owner="profile__administration",
        framework="competency__framework",
        current=("competency",),
        levels="level",
    ),
    ModelTable(
        "units",
        Unit,
        {
            "unit": "code",
            "title": "title",
            "kind": "kind",
            "parent": "parent__code",
            "region": "region",
            "is_station": "is_station",
            "duty_pattern": "duty_pattern",
            "duty_weekdays": "duty_weekdays",
            "shifts": "shifts",
            "minimum_on_duty": "minimum_on_duty",
            "max_away_share": "max_away_share",
            "peak_months": "peak_months",
            "position": "position",
        },
        ("unit",),
        lists=DUTY,
        numbers=DUTY,
    ),
    ModelTable(
        "posts",
        Post,
        {
            "post": "code",
            "unit": "unit__code",
            "profile": "profile__code",
            "rank": "rank",
            "is_key": "is_key",
            "is_vulnerable": "is_vulnerable",
            "vacant_since": "vacant_since",
        },
        ("post",),
    ),
    ModelTable(
        "staff_members",
        StaffMember,
        {
            "staff": "code",
            "name": "name",
            "kind": "kind",
            "unit": "unit__code",
            "profile": "profile__code",
            "post": "post__code",
            "rank": "rank",
            "grade": "grade",
            "gender": "gender",
            "born_on": "born_on",
            "joined_on": "joined_on",
            "left_on": "left_on",
            "education": "education",
            "is_acting": "is_acting",
            "needs_relief": "needs_relief",
        },
        ("staff",),
    ),
    ModelTable(
        "secondary_profiles",
        StaffMember.secondary_profiles.through,
        {"staff": "staffmember__code", "profile": "jobprofile__code"},
        ("staff", "profile"),
        owner="staffmember__administration",
    ),
    ModelTable(
        "campaigns",
        Campaign,
        {
            "campaign": "code",
            "title": "title",
            "purpose": "purpose",
            "may_affect_promotion": "may_affect_promotion",
            "sources": "sources",
            "units": "units",
            "profiles": "profiles",
            "groups": "groups",
            "opens_on": "opens_on",
            "due_on": "due_on",
            "appeal_days": "appeal_days",
            "state": "state",
        },
        ("campaign",),
        lists=frozenset({"sources", "units", "profiles", "groups"}),
    ),
    FrameworkTable(
        "ratings",
        Assessment,
        {
            "staff": "staff_member__code",
            "competency": "competency__code",
            "source": "source",
            "rated_on": "rated_on",
            "level": "level",
            "valid_until": "valid_until",
            "evidence": "evidence",
        },
        ("staff", "competency", "source", "rated_on"),
        framework="competency__framework",
        current=("competency",),
        levels="level",
    ),
    ModelTable(
        "learning_paths",
        LearningPath,
        {
            "staff_level": "staff_level",
            "aim": "aim",
            "route": "route",
            "hours_a_year": "hours_a_year",
            "position": "position",
        },
        ("staff_level",),
        fixed={"profile": None},
    ),
    ModelTable(
        "individual_plans",
        IndividualPlan,
        {
            "staff": "staff_member__code",
            "agreed_on": "agreed_on",
            "text": "text",
            "review_on": "review_on",
            "reviewed_on": "reviewed_on",
            "outcome": "outcome",
        },
        ("staff", "agreed_on"),
    ),
)


def not_in_the_future(tables: Rows) -> Iterator[Fault]:
    """A day of birth, of a rating or of an agreement lies before tomorrow."""
    today = timezone.localdate()
    for table, columns in PAST.items():
        for row in tables.get(table, ()):
            for column in columns:
                value = row.values.get(column)
                if isinstance(value, date) and value > today:
                    yield row_fault(row, table, column, "too_great", limit=str(today))


CHECKS = (not_in_the_future,)
