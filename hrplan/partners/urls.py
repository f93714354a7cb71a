"""Addresses of the pages of the register of assistance."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from hrplan.partners import views

app_name = "partners"


def _forms() -> Iterator[URLPattern]:
    """The forms of every kind of row."""
    for kind in views.KINDS:
        base = kind if kind == "activities" else f"partners/{kind}"
        extra = {"kind": kind}
        yield path(f"{base}/new/", views.add, extra, name=f"{kind}_add")
        yield path(f"{base}/<int:pk>/edit/", views.change, extra, name=f"{kind}_change")


urlpatterns = [
    path("partners/", views.activity_list, name="activity_list"),
    path("partners/overlaps/", views.overlap_list, name="overlap_list"),
    path("partners/recommendations/<int:pk>/done/", views.follow, name="follow"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/conclude/", views.conclude, name="conclude"),
    *_forms(),
]
