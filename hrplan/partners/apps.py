"""The app's configuration."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "hrplan.partners"
    label = "partners"
