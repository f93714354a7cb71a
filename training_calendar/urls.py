"""Addresses of the pages of training: catalogue, supply, needs, plan, calendar, cover."""

from django.urls import path

from hrplan.core.row_pages import row_paths
from training_calendar.views import (
    calendars,
    cover,
    modules,
    needs,
    paths,
    plans,
    priorities,
    rows,
    scenarios,
    sessions,
    supply,
    ways,
)

app_name = "training_calendar"
urlpatterns = [
    path("modules/", modules.module_list, name="module_list"),
    path("modules/<int:pk>/", modules.module, name="module"),
    path("modules/<int:pk>/suggestions/", modules.module_suggestions, name="module_suggestions"),
    path("programmes/", modules.programme_list, name="programme_list"),
    path("programmes/<int:pk>/", modules.programme, name="programme"),
    path("programmes/<int:pk>/people/", paths.programme_people, name="programme_people"),
    path("learning-paths/", paths.learning_paths, name="learning_paths"),
    *row_paths("training_calendar", rows.PATHS),
    path("staff/<int:pk>/development/", paths.development, name="development"),
    path("enrolments/<int:pk>/attendance/", paths.attendance, name="attendance"),
    path("supply/", supply.supply, name="supply"),
    *row_paths("training_calendar", rows.SOURCES, under="supply/"),
    path("needs/", needs.need_list, name="needs"),
    path("needs/priorities/", priorities.priorities, name="priorities"),
    path("needs/rulings/<int:pk>/approve/", priorities.approve, name="ruling_approve"),
    *row_paths("training_calendar", rows.RULINGS, under="needs/"),
    path("plan/", plans.plan, name="plan"),
    path("plan/new/", plans.ask_for_plan, name="ask_for_plan"),
    path("plan/scenarios/", scenarios.scenario_list, name="scenarios"),
    path("plan/scenarios/work-out/", scenarios.work_out, name="scenarios_work_out"),
    path("plan/ways/", ways.way_list, name="ways"),
    path("plan/adopt/", plans.adopt, name="adopt"),
    path("interventions/", plans.intervention_list, name="intervention_list"),
    path("interventions/<int:pk>/", plans.intervention, name="intervention"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/month/", calendars.calendar_month, name="calendar_month"),
    path("calendar/timeline/", calendars.calendar_timeline, name="calendar_timeline"),
    path("calendar/events/", calendars.calendar_events, name="calendar_events"),
    path("calendar/check/", calendars.check, name="check"),
    path("calendar/improve/", calendars.improve, name="improve"),
    path("calendar/release/", calendars.release, name="release"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/move/", sessions.move, name="move"),
    path("sessions/<int:pk>/pin/", sessions.pin, name="pin"),
    path("sessions/<int:pk>/cancel/", sessions.cancel, name="cancel"),
    path("cover/", cover.cover, name="cover"),
]
