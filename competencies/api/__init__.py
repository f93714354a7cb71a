"""REST resources of floor 1: the same use cases and refusals as the pages."""

from rest_framework import viewsets

from competencies.api.ahead import AheadViewSet, IntakeViewSet, WorkloadViewSet
from competencies.api.campaigns import (
    AppealViewSet,
    CampaignViewSet,
    ExemptionViewSet,
    ProposalViewSet,
    RatingViewSet,
)
from competencies.api.figures import GapViewSet, RuleViewSet, WorkforceViewSet
from competencies.api.framework import (
    CompetencyViewSet,
    CrosswalkViewSet,
    FrameworkViewSet,
    GroupViewSet,
    ProfileViewSet,
)
from competencies.api.imports import FrameworkImportViewSet
from competencies.api.organisation import PostViewSet, UnitViewSet
from competencies.api.people import StaffViewSet
from competencies.api.promotions import CandidacyViewSet, RoundViewSet

ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("frameworks", FrameworkViewSet, "framework"),
    ("framework-imports", FrameworkImportViewSet, "framework-import"),
    ("competencies", CompetencyViewSet, "competency"),
    ("competency-groups", GroupViewSet, "competency-group"),
    ("crosswalk", CrosswalkViewSet, "crosswalk"),
    ("profiles", ProfileViewSet, "profile"),
    ("units", UnitViewSet, "unit"),
    ("posts", PostViewSet, "post"),
    ("staff", StaffViewSet, "staff"),
    ("campaigns", CampaignViewSet, "campaign"),
    ("ratings", RatingViewSet, "rating"),
    ("appeals", AppealViewSet, "appeal"),
    ("proposals", ProposalViewSet, "proposal"),
    ("exemptions", ExemptionViewSet, "exemption"),
    ("gaps", GapViewSet, "gap"),
    ("rule", RuleViewSet, "rule"),
    ("workforce", WorkforceViewSet, "workforce"),
    ("ahead", AheadViewSet, "ahead"),
    ("workloads", WorkloadViewSet, "workload"),
    ("intakes", IntakeViewSet, "intake"),
    ("promotions", RoundViewSet, "promotion"),
    ("candidacies", CandidacyViewSet, "candidacy"),
)
