"""The map of REST: every app's resources under one administration, and their schema."""

from importlib import import_module

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.routers import SimpleRouter

APPS = (
    "hrplan.core",
    "hrplan.imports",
    "competencies",
    "diagnostics",
    "training_calendar",
    "hrplan.strategy",
    "hrplan.partners",
    "hrplan.deliverables",
)

router = SimpleRouter(use_regex_path=False)
for app in APPS:
    for prefix, viewset, basename in import_module(f"{app}.api").ROUTES:
        router.register(prefix, viewset, basename)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerView.as_view(url_name="api-schema"), name="api-docs"),
    path("<slug:administration>/", include(router.urls)),
]
