"""Addresses of the pages of the register of assistance."""

from django.urls import path

from hrplan.core.row_pages import row_paths
from hrplan.partners import views

app_name = "partners"


urlpatterns = [
    path("partners/", views.activity_list, name="activity_list"),
    path("partners/overlaps/", views.overlap_list, name="overlap_list"),
    path("partners/recommendations/<int:pk>/done/", views.follow, name="follow"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/conclude/", views.conclude, name="conclude"),
    *row_paths(app_name, views.KINDS, under="partners/", top={"activities"}),
]
