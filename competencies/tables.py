"""The tables of this floor for import and export: framework, profiles, units, people, ratings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from competencies.library import tables as stated
from competencies.models import (
    IN_FORCE,
    Assessment,
    Campaign,
    Candidacy,
    Competency,
    CompetencyGroup,
    Framework,
    IndividualPlan,
    JobProfile,
    LearningPath,
    Level,
    LevelText,
    PlannedIntake,
    Post,
    PromotionRound,
    Requirement,
    StaffMember,
    Unit,
    Workload,
)
from hrplan.core.models import Administration
from hrplan.core.tables import Door, ModelTable, Row
from hrplan.exchange.check import Rows, row_fault
from hrplan.exchange.faults import Fault
from hrplan.exchange.spec import Table

TABLES: tuple[Table, ...] = stated.TABLES
WEIGHTS = ("competency_weight", "performance_weight", "panel_weight")
DUTY = frozenset({"duty_weekdays", "peak_months"})
PAST = {
    "staff_members": ("born_on", "joined_on"),
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
            refuse_above_scale(administration, self.levels, [*added, *changed])
        own = {"framework__administration": administration, "framework__state": IN_FORCE}
        within = {**self.within, **dict.fromkeys(self.current, own)}
        bound = replace(self, within=within, levels="")
        ModelTable.save(bound, administration, added, changed)


def refuse_above_scale(administration: Administration, column: str, rows: Sequence[Row]) -> None:
    """Refuse rows whose level lies above the top of the framework in force."""
    scale = Level.objects.filter(framework__administration=administration)
    top = scale.filter(framework__state=IN_FORCE).aggregate(top=Max("level"))["top"]
    above = sum(1 for row in rows if top is not None and (row.get(column) or 0) > top)
    if above:
        raise ValidationError(above_scale(above, top))


def above_scale(count: int, top: int) -> str:
    """What is said of rows above the top of the scale, and what to do."""
    words = ngettext(
        "%(count)d row holds a level above %(top)d, the top of the framework's scale. Lower it to "
        "%(top)d, or put a framework with a longer scale in force first.",
        "%(count)d rows hold a level above %(top)d, the top of the framework's scale. Lower them "
        "to %(top)d, or put a framework with a longer scale in force first.",
        count,
    )
    return words % {"count": count, "top": top}


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
            "email": "email",
            "kind": "kind",
            "unit": "unit__code",
            "profile": "profile__code",
            "post": "post__code",
            "supervisor": "supervisor__code",
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
    ModelTable(
        "workloads",
        Workload,
        {
            "unit": "unit__code",
            "profile": "profile__code",
            "activity": "activity",
            "volume": "volume",
            "minutes": "minutes",
            "share": "share",
            "source": "source",
        },
        ("unit", "profile", "activity"),
    ),
    ModelTable(
        "planned_intakes",
        PlannedIntake,
        {
            "unit": "unit__code",
            "profile": "profile__code",
            "starts_on": "starts_on",
            "people": "people",
            "basis": "basis",
        },
        ("unit", "profile", "starts_on"),
    ),
    ModelTable(
        "promotion_rounds",
        PromotionRound,
        {
            "round": "code",
            "title": "title",
            "profile": "profile__code",
            "posts": "posts",
            "counted_on": "counted_on",
            "minimum_service": "minimum_service",
            "courses": "courses",
            "threshold": "threshold",
            "competency_weight": "competency_weight",
            "performance_weight": "performance_weight",
            "panel_weight": "panel_weight",
            "weights_published_on": "weights_published_on",
            "vacancy_on": "vacancy_on",
            "rule_on": "rule_on",
            "protected_until": "protected_until",
            "state": "state",
        },
        ("round",),
        lists=frozenset({"courses"}),
    ),
    ModelTable(
        "candidacies",
        Candidacy,
        {
            "round": "round__code",
            "staff": "staff_member__code",
            "live_sanction": "live_sanction",
            "courses_met": "courses_met",
            "performance": "performance",
            "panel": "panel",
            "is_protected": "is_protected",
        },
        ("round", "staff"),
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


def one_post_one_person(tables: Rows) -> Iterator[Fault]:
    """No two people of a file hold one post."""
    first: dict[object, int] = {}
    for row in tables.get("staff_members", ()):
        post = row.values.get("post")
        if post is not None and first.setdefault(post, row.number) != row.number:
            yield row_fault(row, "staff_members", "post", "post_twice", first=first[post])


def _told(row: Any, table: str, column: str, words: str) -> Fault:
    again = _("Correct the row and send the file again.")
    return row_fault(row, table, column, "told", reason=words, advice=again)


def workloads_are_counted_or_shared(tables: Rows) -> Iterator[Fault]:
    """A workload has volume and minutes, or a share in their place."""
    for row in tables.get("workloads", ()):
        given = [row.values.get(name) is not None for name in ("volume", "minutes", "share")]
        if given not in ([True, True, False], [False, False, True]):
            words = _("Give volume and minutes, or a share in their place.")
            yield _told(row, "workloads", "share", words)


def rounds_make_sense(tables: Rows) -> Iterator[Fault]:
    """The weights of a round add up to 1, and are published before its vacancy."""
    for row in tables.get("promotion_rounds", ()):
        weights = [row.values.get(name) for name in WEIGHTS]
        if sum(weight for weight in weights if isinstance(weight, Decimal)) != 1:
            words = _("The three weights add up to 1.")
            yield _told(row, "promotion_rounds", WEIGHTS[0], words)
        told, vacancy = (row.values.get(x) for x in ("weights_published_on", "vacancy_on"))
        if isinstance(told, date) and isinstance(vacancy, date) and told >= vacancy:
            words = _("The weights are published before the day of the vacancy.")
            yield _told(row, "promotion_rounds", "weights_published_on", words)


CHECKS = (
    not_in_the_future,
    one_post_one_person,
    workloads_are_counted_or_shared,
    rounds_make_sense,
)
