"""REST resources of training."""

from rest_framework import viewsets

from training_calendar.api import development, effects, needs, planning

ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    *planning.ROUTES,
    *needs.ROUTES,
    *development.ROUTES,
    *effects.ROUTES,
)
