"""Framework, job profiles, units, staff members and assessments: what there is of competence."""

from competencies.models.assessments import Assessment
from competencies.models.development import IndividualPlan, LearningPath
from competencies.models.framework import Competency, CompetencyGroup, Framework, Level, LevelText
from competencies.models.imports import FrameworkImport
from competencies.models.organisation import Post, Unit, with_below
from competencies.models.people import MemberScope, StaffMember, StaffMemberQuerySet, units_managed
from competencies.models.profiles import JobProfile, Requirement, StaffLevel

__all__ = [
    "Assessment",
    "Competency",
    "CompetencyGroup",
    "Framework",
    "FrameworkImport",
    "IndividualPlan",
    "JobProfile",
    "LearningPath",
    "Level",
    "LevelText",
    "MemberScope",
    "Post",
    "Requirement",
    "StaffLevel",
    "StaffMember",
    "StaffMemberQuerySet",
    "Unit",
    "units_managed",
    "with_below",
]
