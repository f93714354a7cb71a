"""REST resources of training."""

from rest_framework import viewsets

from training_calendar.api import development, feeds, needs, outbox, planning, releases

ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    *planning.ROUTES,
    *needs.ROUTES,
    *development.ROUTES,
    *releases.ROUTES,
    *outbox.ROUTES,
    *feeds.ROUTES,
)
