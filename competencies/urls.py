"""Addresses of the pages of floor 1."""

from django.urls import path

from competencies.views import (
    framework,
    framework_imports,
    gaps,
    matches,
    plans,
    rows,
    staff,
    units,
    workforce,
)
from hrplan.core.row_pages import row_paths

INCOMING = (
    ("", framework_imports.framework_imports_list, "framework_imports"),
    ("<int:pk>/", framework_imports.framework_import, "framework_import"),
    ("<int:pk>/narrow/", framework_imports.framework_import_narrow, "framework_import_narrow"),
    ("<int:pk>/decide/", framework_imports.framework_import_decide, "framework_import_decide"),
)
app_name = "competencies"
urlpatterns = [
    path("units/", units.unit_list, name="unit_list"),
    path("units/<int:pk>/", units.unit, name="unit"),
    path("framework/", framework.framework, name="framework"),
    path("framework/file/", framework.framework_file, name="framework_file"),
    path("framework/adopt/", framework.adopt, name="adopt"),
    path("framework/<int:pk>/matches/", matches.matches, name="matches"),
    *(path(f"framework/incoming/{route}", view, name=name) for route, view, name in INCOMING),
    path("competencies/<int:pk>/", framework.competency, name="competency"),
    path("profiles/", framework.profile_list, name="profile_list"),
    path("profiles/<int:pk>/", framework.profile, name="profile"),
    path("profiles/<int:pk>/requirement/", framework.requirement_form, name="requirement_form"),
    path("profiles/<int:pk>/approve/", framework.approve_profile, name="approve_profile"),
    path("staff/", staff.staff_list, name="staff_list"),
    path("staff/<int:pk>/", staff.person, name="staff"),
    path("staff/<int:pk>/assess/", staff.assess, name="assess"),
    path("gaps/", gaps.heat_map, name="gaps"),
    path("gaps/competencies/", gaps.table, {"by": "competency"}, name="gaps_by_competency"),
    path("gaps/units/", gaps.table, {"by": "unit"}, name="gaps_by_unit"),
    path("gaps/profiles/", gaps.table, {"by": "profile"}, name="gaps_by_profile"),
    path("gaps/quality/", gaps.assessment_quality, name="quality"),
    path("staff/<int:pk>/data/", staff.data, name="staff_data"),
    path("staff/<int:pk>/forget/", staff.forget, name="staff_forget"),
    path("staff/<int:pk>/individual-plans/new/", plans.agree, name="plan_agree"),
    path("staff/<int:pk>/individual-plans/<int:plan>/", plans.plan, name="plan"),
    path("staff/<int:pk>/individual-plans/<int:plan>/review/", plans.review, name="plan_review"),
    *row_paths("competencies", rows.KINDS),
    path("workforce/", workforce.profile, name="workforce"),
    path("workforce/outlook/", workforce.outlook, name="outlook"),
]
