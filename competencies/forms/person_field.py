"""The field by which a form takes a staff member: a number or a name, with suggestions."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from competencies.models import StaffMember
from hrplan.core.row_forms import TypedRowField

TOLD = 5  # people of one name whom a refusal lists
IN_BRACKETS = re.compile(r"\(([^()]+)\)$")


def words_of(person: StaffMember) -> str:
    """Name and number as one types them; the number alone where the name isn't known."""
    return f"{person.name} ({person.code})" if person.name else person.code


class PersonField(TypedRowField):
    """A staff member by number, by name, or by both as suggested."""

    suggestions = "competencies:staff_suggestions"

    def __init__(self, **options: Any) -> None:
        told = gettext_lazy("A staff number or a name; suggestions come while you type.")
        super().__init__(StaffMember.objects.all(), **{"help_text": told, "blank": True, **options})

    def shown(self, row: StaffMember) -> str:
        return words_of(row)

    def told(self, words: str, rows: Any) -> StaffMember:
        given = IN_BRACKETS.search(words)
        number = given.group(1).strip() if given else words
        if (numbered := rows.filter(code__iexact=number).first()) is not None:
            return numbered
        found = list(rows.filter(name__iexact=words)[: TOLD + 1])
        found = found or list(rows.named(words)[: TOLD + 1])
        if len(found) == 1:
            return found[0]
        raise ValidationError(_several(found, words) if found else _nobody(words))


def _nobody(words: str) -> str:
    return _("Nobody in service has the number or name “%(words)s”.") % {"words": words[:60]}


def _several(found: list[StaffMember], words: str) -> str:
    told = "; ".join(f"{one.code} {one.name}".strip() for one in found[:TOLD])
    if len(found) > TOLD:
        sentence = _("“%(words)s” may be many people, such as %(told)s. Type the number.")
    else:
        sentence = _("“%(words)s” may be several people: %(told)s. Type the number.")
    return sentence % {"words": words[:60], "told": told}
