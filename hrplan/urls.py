"""The map of pages."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path
from django.views.generic import TemplateView

from hrplan import journey

APPS = (
    "hrplan.core",
    "competencies",
    "diagnostics",
    "training_calendar",
    "hrplan.strategy",
    "hrplan.partners",
    "hrplan.deliverables",
)

urlpatterns = [
    path("", journey.start, name="home"),
    path("accounts/", include("allauth.urls")),
    path("<slug:administration>/", journey.home, name="journey"),
    *(
        path("<slug:administration>/", include(f"{app}.urls"))
        for app in APPS
        if find_spec(f"{app}.urls")
    ),
]
if settings.DEBUG:
    urlpatterns.insert(0, path("styleguide/", TemplateView.as_view(template_name="styleguide.html")))
