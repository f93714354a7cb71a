"""Template filters that put the figures of a diagnostic into words."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from diagnostics import wording
from diagnostics.models import Participant, Question
from diagnostics.usecases.paper import GridCell
from hrplan.core.figures import percent

register = template.Library()
for _name in (
    "answer",
    "clock",
    "summary",
    "level",
    "score",
    "setting",
    "index",
    "agreement_words",
    "basis",
    "cap",
    "votes",
    "figures",
    "agreement",
    "moves",
    "role",
    "distance",
    "change",
    "next_thing",
    "constant",
    "progress",
    "condition",
    "step",
):
    register.filter(_name, getattr(wording, _name))


@register.filter
def share(value: float | None) -> str:
    """A share as whole per cent."""
    return percent(value)


register.simple_tag(wording.agreement_note)


@register.simple_tag
def anchor(question: Question, level: int) -> str:
    """The question's own text of a level."""
    return str(question.anchors.get(str(level), ""))


@register.simple_tag
def ballot_input(
    person: Participant, cell: GridCell, sent: Mapping[tuple[int, int], str]
) -> SafeString:
    """One cell of the grid of ballots, with what was typed where it has to be shown again."""
    label = _("%(question)s, vote of %(person)s") % {
        "question": cell.question.code,
        "person": person.code,
    }
    return format_html(
        '<input class="form-control" name="p{}q{}" value="{}" size="2" maxlength="2"'
        ' inputmode="text" autocomplete="off" aria-label="{}">',
        person.pk,
        cell.question.pk,
        sent.get((person.pk, cell.question.pk), cell.text),
        label,
    )
