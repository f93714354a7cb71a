"""The app's configuration."""

from django.apps import AppConfig


class TrainingCalendarConfig(AppConfig):
    name = "training_calendar"

    def ready(self) -> None:
        """Let it hear when an administration begins, and when a person is forgotten."""
        import training_calendar.usecases.beginning  # noqa: PLC0415 -- models first
        import training_calendar.usecases.forgetting  # noqa: F401, PLC0415 -- models first
