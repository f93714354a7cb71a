"""The roof as a Django app: base templates, static files, commands."""

from django.apps import AppConfig


class HrplanConfig(AppConfig):
    name = "hrplan"
    verbose_name = "hrplan"
