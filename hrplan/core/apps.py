"""The app's configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hrplan.core"
    label = "core"
