"""The map of pages."""

from django.conf import settings
from django.urls import include, path

from diagnostics.urls import JOIN
from hrplan import journey, own
from hrplan.core.views import first_user
from hrplan.deliverables.urls import REVIEW
from hrplan.imports.urls import urlpatterns as imports
from hrplan.styleguide import styleguide
from training_calendar.views.certificates import verify
from training_calendar.views.feeds import feed

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
    path("join/", include((JOIN, "join"))),
    path("feeds/<str:token>/calendar.ics", feed, name="feed"),
    path("review/<str:token>/", include((REVIEW, "review"))),
    path("verify/<str:token>/", verify, name="verify"),
    path("first/<str:token>/", first_user, name="first_user"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("health/", journey.health, name="health"),
    path("api/v1/", include("hrplan.api")),
    path("<slug:administration>/", journey.home, name="journey"),
    path("<slug:administration>/me/", own.own, name="own"),
    *imports,
    *(path("<slug:administration>/", include(f"{app}.urls")) for app in APPS),
]
if settings.DEBUG:
    urlpatterns.insert(0, path("styleguide/", styleguide))
