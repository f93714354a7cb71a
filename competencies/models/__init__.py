"""Framework, job profiles, units, staff members and assessments: what there is of competence."""

from competencies.models.assessments import Assessment
from competencies.models.campaigns import Campaign
from competencies.models.derived import HeldProfile
from competencies.models.development import IndividualPlan, LearningPath
from competencies.models.framework import (
    IN_FORCE,
    Competency,
    CompetencyGroup,
    Crosswalk,
    Framework,
    Level,
    LevelText,
)
from competencies.models.imports import FrameworkImport
from competencies.models.organisation import Post, Unit, with_below
from competencies.models.people import (
    MemberScope,
    StaffMember,
    StaffMemberQuerySet,
    led_by,
    own_row,
    scope_codes,
    units_managed,
)
from competencies.models.profiles import JobProfile, Requirement, StaffLevel
from competencies.models.promotions import Candidacy, PromotionRound
from competencies.models.staffing import PlannedIntake, Workload
from competencies.models.standing import Appeal, Exemption, Proposal

__all__ = [
    "Appeal",
    "Campaign",
    "Exemption",
    "Proposal",
    "IN_FORCE",
    "Assessment",
    "Candidacy",
    "Competency",
    "CompetencyGroup",
    "Crosswalk",
    "Framework",
    "FrameworkImport",
    "HeldProfile",
    "IndividualPlan",
    "JobProfile",
    "LearningPath",
    "Level",
    "LevelText",
    "MemberScope",
    "PlannedIntake",
    "Post",
    "PromotionRound",
    "Requirement",
    "StaffLevel",
    "StaffMember",
    "StaffMemberQuerySet",
    "Unit",
    "Workload",
    "led_by",
    "own_row",
    "scope_codes",
    "units_managed",
    "with_below",
]
