"""The app's configuration."""

from django.apps import AppConfig


class DeliverablesConfig(AppConfig):
    name = "hrplan.deliverables"
    label = "deliverables"
