"""The rows behind the tables, figures and statements of the sections of this floor."""

from dataclasses import replace
from datetime import timedelta

from django.db.models import Q, QuerySet

from competencies import rules
from competencies.frames import serving
from competencies.models import (
    IN_FORCE,
    Assessment,
    Competency,
    JobProfile,
    LearningPath,
    Level,
    PlannedIntake,
    Post,
    Requirement,
    StaffMember,
    Unit,
)
from hrplan.core.models import Administration
from hrplan.core.tracing import RowSet, Traces, made_of

YEAR = timedelta(days=365)


def _of_people(owner: Administration) -> QuerySet:
    """Ratings in force of people in service."""
    return Assessment.objects.filter(
        staff_member__in=serving(owner, owner.as_of),
        competency__framework__state=IN_FORCE,
        revoked_on=None,
    )


def _leavers(owner: Administration) -> QuerySet:
    """People who left in the twelve months before the day."""
    first = owner.as_of - YEAR
    return StaffMember.objects.filter(
        Q(left_on__gt=first), Q(left_on__lte=owner.as_of), administration=owner
    )


PEOPLE = RowSet(
    "staff_members",
    lambda owner: serving(owner, owner.as_of),
    "competencies:staff_list",
    rules.can_see_people,
    of_people=True,
)
LEAVERS = replace(PEOPLE, rows=_leavers, page="competencies:workforce", seen=rules.can_see_figures)
UNITS = RowSet(
    "units",
    lambda owner: Unit.objects.filter(administration=owner),
    "competencies:unit_list",
    rules.can_see_figures,
)
POSTS = replace(UNITS, table="posts", rows=lambda owner: Post.objects.filter(administration=owner))
KEY_POSTS = replace(
    POSTS,
    rows=lambda owner: Post.objects.filter(administration=owner, is_key=True),
    page="competencies:succession",
)
PROFILES = RowSet(
    "job_profiles",
    lambda owner: JobProfile.objects.filter(administration=owner, state=JobProfile.State.APPROVED),
    "competencies:profile_list",
    rules.can_see_framework,
)
REQUIREMENTS = replace(
    PROFILES,
    table="requirements",
    rows=lambda owner: Requirement.objects.filter(
        profile__administration=owner,
        profile__state=JobProfile.State.APPROVED,
        competency__framework__state=IN_FORCE,
    ),
)
COMPETENCIES = RowSet(
    "framework_competencies",
    lambda owner: Competency.objects.filter(administration=owner, framework__state=IN_FORCE),
    "competencies:framework",
    rules.can_see_framework,
)
LEVELS = replace(
    COMPETENCIES,
    table="framework_levels",
    rows=lambda owner: Level.objects.filter(
        framework__administration=owner, framework__state=IN_FORCE
    ),
)
RATINGS = RowSet(
    "ratings", _of_people, "competencies:quality", rules.can_see_figures, of_people=True
)
BY_COMPETENCY = replace(RATINGS, page="competencies:gaps_by_competency")
BY_PROFILE = replace(RATINGS, page="competencies:gaps_by_profile")
BY_UNIT = replace(RATINGS, page="competencies:gaps_by_unit")
MAPPED = replace(RATINGS, page="competencies:gaps")
INTAKES = RowSet(
    "planned_intakes",
    lambda owner: PlannedIntake.objects.filter(administration=owner),
    "competencies:outlook",
    rules.can_see_figures,
)
PATHS = RowSet(
    "learning_paths",
    lambda owner: LearningPath.objects.filter(administration=owner, profile=None),
    "training_calendar:learning_paths",
    rules.can_see_framework,
)

TRACES: Traces = {
    "workforce": made_of(PEOPLE, LEAVERS, POSTS),
    "establishment": made_of(POSTS, PEOPLE, UNITS),
    "rank-gender": made_of(PEOPLE, by="suppression"),
    "ages": made_of(PEOPLE, by="suppression"),
    "services": made_of(PEOPLE, by="suppression"),
    "education": made_of(PEOPLE, by="suppression"),
    "staff-levels-now": made_of(PEOPLE, PROFILES, by="suppression"),
    "framework": made_of(COMPETENCIES, LEVELS, PROFILES, REQUIREMENTS),
    "groups": made_of(COMPETENCIES),
    "scale": made_of(LEVELS),
    "level-glossary": made_of(LEVELS),
    "profiles": made_of(PROFILES, REQUIREMENTS, PEOPLE),
    "matrix": made_of(REQUIREMENTS, PROFILES),
    "assessment": made_of(RATINGS, REQUIREMENTS, by="held-level"),
    "rating-sources": made_of(RATINGS),
    "quality": made_of(RATINGS, REQUIREMENTS, PEOPLE, by="calibration"),
    "gaps": made_of(RATINGS, REQUIREMENTS, PEOPLE, by="gaps"),
    "top-gaps": made_of(BY_COMPETENCY, REQUIREMENTS, PEOPLE, by="gaps"),
    "gaps-who": made_of(BY_PROFILE, REQUIREMENTS, PEOPLE, by="gaps"),
    "gaps-where": made_of(BY_UNIT, REQUIREMENTS, PEOPLE, by="gaps"),
    "heat-map": made_of(MAPPED, REQUIREMENTS, PEOPLE, by="gaps"),
    "bench": made_of(RATINGS, REQUIREMENTS, PEOPLE, by="bench"),
    "outlook": made_of(PEOPLE, by="outlook"),
    "stock": made_of(PEOPLE, INTAKES, by="outlook"),
    "key-posts": made_of(KEY_POSTS, RATINGS, REQUIREMENTS, by="outlook"),
}
