"""Framework, job profiles, units, staff members and assessments: what there is of competence."""

from competencies.models.assessments import Assessment
from competencies.models.development import IndividualPlan, LearningPath
from competencies.models.framework import Competency, CompetencyGroup, Framework, Level, LevelText
from competencies.models.organisation import Post, Unit, with_below
from competencies.models.people import MemberScope, StaffMember, StaffMemberQuerySet, units_managed
from competencies.models.profiles import JobProfile, Requirement, StaffLevel
from competencies.models.promotions import Candidacy, PromotionRound
from competencies.models.staffing import PlannedIntake, Workload

__all__ = [
    "Assessment",
    "Candidacy",
    "Competency",
    "CompetencyGroup",
    "Framework",
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
    "units_managed",
    "with_below",
]
