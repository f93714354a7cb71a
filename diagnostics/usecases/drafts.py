"""Changes of a draft: head, scale, domains, questions, their order; a content in its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from diagnostics.library import edits, read
from diagnostics.library.content import Content
from diagnostics.library.plain import plain
from diagnostics.models import Questionnaire
from diagnostics.tables import adoption, stored
from diagnostics.usecases import questionnaires
from diagnostics.usecases.told import told
from hrplan.core import audit
from hrplan.core.models import Member
from hrplan.exchange.content import ContentError

Plain = dict[str, Any]


def data_of(questionnaire: Questionnaire) -> Plain:
    """The questionnaire as plain data, in the shape of a content file."""
    return plain(stored.content_of(questionnaire))


@transaction.atomic
def change_head(questionnaire: Questionnaire, *, by: Member, **values: str) -> Questionnaire:
    """Change title, version, provider, licence or provenance."""
    version = values.get("version", questionnaire.version)
    questionnaires.refuse_version(
        questionnaire.administration, questionnaire.code, version, questionnaire
    )
    return _change(questionnaire, partial(edits.put_texts, values=values), by, values)


@transaction.atomic
def change_scale(
    questionnaire: Questionnaire,
    *,
    lowest: int,
    levels: Sequence[edits.LevelEdit],
    stages: Mapping[tuple[str, str], Mapping[str, Any]],
    by: Member,
) -> Questionnaire:
    """Change the levels, and label, meaning and cap of the steps of existence and use.

    `stages` are told by (existence or use, code); a cap is a level of the scale as it was.
    """

    def edit(data: Plain) -> Plain:
        for (of, code), values in stages.items():
            data = edits.put_stage(data, of, code, values)
        return edits.put_scale(data, lowest, levels)

    return _change(questionnaire, edit, by, ["scale", "existence", "use"])


@transaction.atomic
def put_domain(
    questionnaire: Questionnaire, code: str, values: Mapping[str, Any], *, by: Member
) -> Questionnaire:
    """Change a domain; without a code add one at the end."""
    return _change(questionnaire, partial(edits.put_domain, code=code, values=values), by, values)


@transaction.atomic
def put_question(
    questionnaire: Questionnaire, domain: str, code: str, values: Mapping[str, Any], *, by: Member
) -> Questionnaire:
    """Change a question; without a code add one at the end of the domain.

    One that gets another code goes on following what it followed; one that is added follows none.
    """
    earlier = _codes_before(questionnaire)
    wanted = str(values.get("code") or code)

    def edit(data: Plain) -> Plain:
        return edits.put_question(data, domain, code, values)

    def follow(held: Mapping[str, str], data: Plain) -> Mapping[str, str]:
        return _followed(held, code, wanted or edits.new_question(data, domain), earlier)

    return _change(questionnaire, edit, by, values, follow)


def _codes_before(questionnaire: Questionnaire) -> set[str]:
    before = Questionnaire.objects.filter(replaced_by=questionnaire)
    return {code for code in before.values_list("domains__questions__code", flat=True) if code}


def _followed(
    mapping: Mapping[str, str], code: str, wanted: str, earlier: set[str]
) -> Mapping[str, str]:
    """What questions follow, after the one of this code got the wanted one, or was added as it."""
    if wanted == code:
        return mapping
    was = mapping.get(code, code) if code else ""
    known, usual = (one if one in earlier else "" for one in (was, wanted))
    others = {name: held for name, held in mapping.items() if name not in {code, wanted}}
    return others if known == usual else {**others, wanted: known}


@transaction.atomic
def put_item(
    questionnaire: Questionnaire, code: str, values: Mapping[str, Any], *, by: Member
) -> Questionnaire:
    """Change the texts of an item of a baseline form; its fields are changed in a file."""
    return _change(questionnaire, partial(edits.put_item, code=code, values=values), by, values)


@transaction.atomic
def move(questionnaire: Questionnaire, code: str, steps: int, *, by: Member) -> Questionnaire:
    """Move a domain, or a question within its domain, up (-1) or down (1)."""
    return _change(questionnaire, partial(edits.move, code=code, steps=steps), by, ["order"])


@transaction.atomic
def remove(questionnaire: Questionnaire, code: str, *, by: Member) -> Questionnaire:
    """Take out a question, or a domain with its questions."""
    return _change(questionnaire, partial(edits.remove, code=code), by, ["domains"])


@transaction.atomic
def replace_content(questionnaire: Questionnaire, content: Content, *, by: Member) -> Questionnaire:
    """Put the content of a file in the place of a draft's; its short name has to be the same."""
    if content.head.id != questionnaire.code or content.kind != questionnaire.kind:
        words = _("The file holds another questionnaire: %(id)s.")
        raise ValidationError(words % {"id": content.head.id})
    questionnaires.refuse_version(
        questionnaire.administration, questionnaire.code, content.head.version, questionnaire
    )
    return _change(questionnaire, lambda _data: plain(content), by, ["content"])


def _as_it_was(mapping: Mapping[str, str], data: Plain) -> Mapping[str, str]:
    return mapping


def _change(
    questionnaire: Questionnaire,
    edit: Callable[[Plain], Plain],
    by: Member,
    fields: Iterable[str],
    follow: Callable[[Mapping[str, str], Plain], Mapping[str, str]] = _as_it_was,
) -> Questionnaire:
    """The draft after an edit; `follow` keeps what its questions follow in step."""
    held = questionnaires.draft_of(questionnaire, by=by)
    data = data_of(held)
    try:
        content = read.built(edit(data))
    except ContentError as error:
        raise ValidationError([str(told(fault)) for fault in error.faults]) from error
    codes = {question.code for question in getattr(content, "questions", ())}
    mapping = follow(held.mapping, data)
    held.mapping = {code: was for code, was in mapping.items() if code in codes}
    adoption.fill(held, content)
    audit.record("change", held, by=by, fields=fields)
    return held
