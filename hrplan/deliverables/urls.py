"""Addresses of the pages of floor 5."""

from django.urls import path

from hrplan.deliverables import views

app_name = "deliverables"
urlpatterns = [
    path("documents/", views.document_list, name="document_list"),
    path("documents/freeze/", views.freeze, name="freeze"),
    path("documents/<str:kind>/", views.document, name="document"),
    path("documents/<str:kind>/outline/", views.outline, name="outline"),
    path("documents/<str:kind>/passage/", views.passage, name="passage"),
    path("versions/<int:pk>/", views.version, name="version"),
    path("versions/<int:pk>/file/", views.version_file, name="file"),
    path("checks/", views.checks, name="checks"),
    path("checks/again/", views.check_again, name="check_again"),
    path("submissions/", views.submission_list, name="submission_list"),
    path("submissions/new/", views.new_submission, name="new_submission"),
    path("submissions/<int:pk>/", views.submission, name="submission"),
    path("submissions/<int:pk>/move/", views.move, name="move"),
    path("submissions/<int:pk>/renew/", views.renew, name="renew"),
]
