"""Questionnaires, exercises, workshops, votes and findings: what a diagnostic leaves."""

from diagnostics.models.evidence import (
    CorporateObjective,
    DocumentReview,
    Interview,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.models.exercises import BaselineAnswer, Exercise, ExerciseStep
from diagnostics.models.findings import Cause, Finding, Recommendation
from diagnostics.models.questionnaires import Domain, Question, Questionnaire
from diagnostics.models.rooms import (
    AgendaItem,
    Agreement,
    Existence,
    JoinCode,
    Participant,
    Round,
    Use,
    Vote,
    Workshop,
)

__all__ = [
    "AgendaItem",
    "Agreement",
    "BaselineAnswer",
    "Cause",
    "CorporateObjective",
    "DocumentReview",
    "Domain",
    "Exercise",
    "ExerciseStep",
    "Existence",
    "Finding",
    "Interview",
    "JoinCode",
    "Participant",
    "Question",
    "Questionnaire",
    "Recommendation",
    "ReferenceDocument",
    "Round",
    "SwotItem",
    "Use",
    "Vote",
    "Workshop",
]
