"""Where the yield of a session of the agenda is written down."""

from django.urls import NoReverseMatch, reverse

from diagnostics.models import AgendaItem, Exercise

OF_EXERCISE = {"exercise", "results", "questions", "baseline", "evidence", "close_out"}
OF_WORKSHOP = {"workshop", "minutes"}


def capture_url(held: Exercise, item: AgendaItem) -> str:
    """The page on which a session's yield is written down; empty where it names none."""
    app, _dot, name = item.page_name.partition(":")
    arguments: list[object] = [held.administration.slug]
    if app == "diagnostics" and name in OF_EXERCISE:
        arguments.append(held.pk)
    if app == "diagnostics" and name in OF_WORKSHOP:
        arguments.append(item.workshop_id)
    try:
        return reverse(item.page_name, args=arguments) if name else ""
    except NoReverseMatch:
        return ""
