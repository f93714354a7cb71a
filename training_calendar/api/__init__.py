"""REST resources of training."""

from rest_framework import viewsets

from training_calendar.api import (
    budget_calendar,
    catalogue,
    certificates,
    delivered,
    development,
    effects,
    evaluating,
    feeds,
    needs,
    nominations,
    outbox,
    placing,
    planning,
    releases,
    sessions,
)

ROUTES: tuple[tuple[str, type[viewsets.ViewSetMixin], str], ...] = (
    *planning.ROUTES,
    *sessions.ROUTES,
    *placing.ROUTES,
    *needs.ROUTES,
    *catalogue.ROUTES,
    *development.ROUTES,
    *effects.ROUTES,
    *releases.ROUTES,
    *outbox.ROUTES,
    *budget_calendar.ROUTES,
    *feeds.ROUTES,
    *certificates.ROUTES,
    *nominations.ROUTES,
    *evaluating.ROUTES,
    *delivered.ROUTES,
)
