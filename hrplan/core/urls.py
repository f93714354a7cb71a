"""Addresses of the ground floor's pages."""

from django.urls import path

from hrplan.core import views

app_name = "core"
urlpatterns = [
    path("administration/", views.administration, name="administration"),
    path("administration/settings/", views.settings_form, name="settings_form"),
    path("administration/holidays/", views.add_holiday, name="add_holiday"),
    path("administration/holidays/<int:pk>/remove/", views.remove_holiday, name="remove_holiday"),
    path("runs/", views.run_list, name="run_list"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/stop/", views.stop_run, name="stop_run"),
    path("audit/", views.audit_trail, name="audit_trail"),
]
