"""What was heard and read in an exercise, kept row by row: interviews, SWOT, reviews, objectives.

What a rating or a finding cites stays: its row can be corrected, and goes only once nobody cites
it. Numbers, by which rows are cited, are given once.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from diagnostics import rules
from diagnostics.models import (
    CorporateObjective,
    DocumentReview,
    Exercise,
    Interview,
    ReferenceDocument,
    SwotItem,
)
from diagnostics.usecases import citing
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member

FIXED = {  # fields that a change leaves alone, for rows are cited by them
    Interview: ("exercise", "code"),
    SwotItem: ("exercise", "kind"),
    DocumentReview: ("exercise", "document"),
    CorporateObjective: ("code",),
}


@transaction.atomic
def add_row(
    model: type[models.Model], owner: Administration, /, *, by: Member, **fields: Any
) -> Any:
    """Write down an interview, a SWOT item, a review or a corporate objective.

    Refused for a number that is taken, a day that lies in the future, a guide that the exercise
    has not, and the review of a document that is missing or of another exercise.
    """
    require(rules.can_prepare(by) and by.administration_id == owner.pk)
    row: Any = model(administration=owner)
    if model is SwotItem:
        same = SwotItem.objects.filter(exercise=fields["exercise"], kind=fields["kind"])
        row.position = (same.aggregate(last=Max("position"))["last"] or 0) + 1
    return _saved(row, fields, "add", by)


@transaction.atomic
def change_row(row: Any, *, by: Member, **fields: Any) -> Any:
    """Correct what was written down; what it is cited by stays."""
    require(rules.can_prepare(by) and by.administration_id == row.administration_id)
    kept = {name: value for name, value in fields.items() if name not in FIXED[type(row)]}
    return _saved(row, kept, "change", by)


@transaction.atomic
def remove_row(row: Any, *, by: Member) -> None:
    """Take a row away. Refused while it is cited, or while something else rests on it."""
    require(rules.can_prepare(by) and by.administration_id == row.administration_id)
    if cited := citing.citing(_exercises(row), mark_of(row)):
        words = _("It is cited by %(codes)s; take it out there first.")
        raise ValidationError(words % {"codes": ", ".join(cited)})
    if _is_rested_on(row):
        raise ValidationError(_("Other rows rest on it; take it out there first."))
    audit.record("remove", row, by=by)
    row.delete()


def mark_of(row: Any) -> str:
    """By what a row is cited."""
    match row:
        case Interview():
            return f"interview:{row.code}"
        case SwotItem():
            return f"swot:{row.kind}-{row.position}"
        case DocumentReview():
            return f"review:{row.document.code}"
        case _:
            return f"objective:{row.code}"


def guides(exercise: Exercise) -> list[dict[str, Any]]:
    """The interview guides of the questionnaires that an exercise uses."""
    return [guide for form in exercise.questionnaires.all() for guide in form.guides]


def _exercises(row: Any) -> models.QuerySet[Exercise]:
    """Where a row may be cited: corporate objectives in every exercise, others in their own."""
    own = Exercise.objects.filter(administration=row.administration_id)
    return own if isinstance(row, CorporateObjective) else own.filter(pk=row.exercise_id)


def _saved(row: Any, fields: dict[str, Any], action: str, by: Member) -> Any:
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    _refuse(row)
    row.save()
    audit.record(action, row, by=by, fields=fields)
    return row


def _refuse(row: Any) -> None:
    if isinstance(row, CorporateObjective):
        return
    if row.exercise.administration_id != row.administration_id:
        raise ValidationError(_("This points to a row of another administration."))
    if isinstance(row, Interview):
        _refuse_interview(row)
    if isinstance(row, DocumentReview):
        if row.document.exercise_id != row.exercise_id:
            raise ValidationError({"document": _("This document belongs to another exercise.")})
        if row.document.status == ReferenceDocument.Status.MISSING:
            raise ValidationError({"document": _("A missing document cannot be reviewed.")})


def _refuse_interview(row: Interview) -> None:
    if row.held_on > row.administration.as_of:
        raise ValidationError({"held_on": _("This date lies in the future.")})
    known = [guide["code"] for guide in guides(row.exercise)]
    if known and row.guide not in known:
        words = _("Choose one of the guides: %(guides)s.")
        raise ValidationError({"guide": words % {"guides": ", ".join(known)}})


def _is_rested_on(row: Any) -> bool:
    """Whether a row of any other table points to it."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: row}).exists()
        for relation in row._meta.related_objects
    )
