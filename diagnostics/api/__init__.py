"""REST resources of a diagnostic, on the same use cases and refusals as its pages."""

from diagnostics.api.evidence import DocumentViewSet, FindingViewSet, evidence_of
from diagnostics.api.exercises import ExerciseViewSet
from diagnostics.api.questionnaires import DraftViewSet, QuestionnaireViewSet
from diagnostics.api.rooms import AgendaViewSet, ParticipantViewSet, RoundViewSet, WorkshopViewSet
from diagnostics.forms.rest_evidence import (
    CorporateObjectiveSerializer,
    InterviewSerializer,
    ReviewSerializer,
    SwotSerializer,
)
from diagnostics.models import CorporateObjective, DocumentReview, Interview, SwotItem

ROUTES = (
    ("questionnaires", QuestionnaireViewSet, "questionnaire"),
    ("drafts", DraftViewSet, "draft"),
    ("exercises", ExerciseViewSet, "exercise"),
    ("documents-register", DocumentViewSet, "document"),
    ("interviews", evidence_of(Interview, InterviewSerializer), "interview"),
    ("swot", evidence_of(SwotItem, SwotSerializer), "swot"),
    ("reviews", evidence_of(DocumentReview, ReviewSerializer), "review"),
    (
        "corporate-objectives",
        evidence_of(CorporateObjective, CorporateObjectiveSerializer),
        "corporate-objective",
    ),
    ("findings", FindingViewSet, "finding"),
    ("workshops", WorkshopViewSet, "workshop"),
    ("agenda", AgendaViewSet, "agenda"),
    ("participants", ParticipantViewSet, "participant"),
    ("rounds", RoundViewSet, "round"),
)
