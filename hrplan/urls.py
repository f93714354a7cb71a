"""The map of pages."""

from django.urls import include, path

urlpatterns = [path("accounts/", include("allauth.urls"))]
