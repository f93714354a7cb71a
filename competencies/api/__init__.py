"""REST resources of floor 1: the same use cases and refusals as the pages."""

from rest_framework import viewsets

from competencies.api.figures import GapViewSet, WorkforceViewSet
from competencies.api.framework import CompetencyViewSet, FrameworkViewSet, ProfileViewSet
from competencies.api.imports import FrameworkImportViewSet
from competencies.api.organisation import PostViewSet, UnitViewSet
from competencies.api.people import StaffViewSet

ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    ("frameworks", FrameworkViewSet, "framework"),
    ("framework-imports", FrameworkImportViewSet, "framework-import"),
    ("competencies", CompetencyViewSet, "competency"),
    ("profiles", ProfileViewSet, "profile"),
    ("units", UnitViewSet, "unit"),
    ("posts", PostViewSet, "post"),
    ("staff", StaffViewSet, "staff"),
    ("gaps", GapViewSet, "gap"),
    ("workforce", WorkforceViewSet, "workforce"),
)
