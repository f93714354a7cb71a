"""The app's configuration."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "hrplan.partners"
    label = "partners"

    def ready(self) -> None:
        from hrplan.partners.usecases import follow_through  # noqa: F401, PLC0415 -- computes K39, K40
