"""Template filters that put the figures of a diagnostic into words."""

from django import template

from diagnostics import wording
from hrplan.core.figures import percent

register = template.Library()
for _name in (
    "answer",
    "clock",
    "summary",
    "level",
    "score",
    "index",
    "agreement_words",
    "basis",
    "cap",
    "votes",
    "next_thing",
    "constant",
    "progress",
    "step",
):
    register.filter(_name, getattr(wording, _name))


@register.filter
def share(value: float | None) -> str:
    """A share as whole per cent."""
    return percent(value)


register.simple_tag(wording.agreement_note)
