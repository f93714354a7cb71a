"""The app's configuration."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "hrplan.strategy"
    label = "strategy"
