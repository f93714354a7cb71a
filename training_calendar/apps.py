"""The app's configuration."""

from django.apps import AppConfig


class TrainingCalendarConfig(AppConfig):
    name = "training_calendar"
