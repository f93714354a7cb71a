"""REST resources of floor 1: the same use cases and refusals as the pages."""

from rest_framework import viewsets

from competencies.api.ahead import AheadViewSet, IntakeViewSet, WorkloadViewSet
from competencies.api.figures import GapViewSet, WorkforceViewSet
from competencies.api.framework import CompetencyViewSet, FrameworkViewSet, ProfileViewSet
from competencies.api.organisation import PostViewSet, UnitViewSet
from competencies.api.people import StaffViewSet
from competencies.api.promotions import CandidacyViewSet, RoundViewSet

ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("frameworks", FrameworkViewSet, "framework"),
    ("competencies", CompetencyViewSet, "competency"),
    ("profiles", ProfileViewSet, "profile"),
    ("units", UnitViewSet, "unit"),
    ("posts", PostViewSet, "post"),
    ("staff", StaffViewSet, "staff"),
    ("gaps", GapViewSet, "gap"),
    ("workforce", WorkforceViewSet, "workforce"),
    ("ahead", AheadViewSet, "ahead"),
    ("workloads", WorkloadViewSet, "workload"),
    ("intakes", IntakeViewSet, "intake"),
    ("promotions", RoundViewSet, "promotion"),
    ("candidacies", CandidacyViewSet, "candidacy"),
)
