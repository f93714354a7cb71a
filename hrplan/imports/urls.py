"""Addresses of the pages of tables in and out."""

from django.urls import path

from hrplan.imports import staff_list_views, views

PREFIX = "<slug:administration>/imports/"
urlpatterns = [
    path(PREFIX, views.import_list, name="import_list"),
    path(f"{PREFIX}template/", views.template, name="import_template"),
    path(f"{PREFIX}export/", views.export, name="export"),
    path(f"{PREFIX}export/<int:pk>/", views.export_file, name="export_file"),
    path(f"{PREFIX}staff-list/", staff_list_views.staff_list, name="import_staff_list"),
    path(f"{PREFIX}<int:pk>/columns/", staff_list_views.import_columns, name="import_columns"),
    path(f"{PREFIX}<int:pk>/rows/", staff_list_views.import_rows, name="import_rows"),
    path(f"{PREFIX}<int:pk>/", views.import_detail, name="import"),
    path(f"{PREFIX}<int:pk>/decide/", views.import_decide, name="import_decide"),
    path(f"{PREFIX}<int:pk>/marked/", views.import_marked, name="import_marked"),
]
