"""Rounds of promotion kept by hand: their rules, those who stand in them, publishing, closing."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies import rules
from competencies.models import Candidacy, PromotionRound
from hrplan.core.access import require
from hrplan.core.audit import record
from hrplan.core.keeping import save_row
from hrplan.core.models import Administration, Member

WEIGHTS = ("competency_weight", "performance_weight", "panel_weight")


@transaction.atomic
def add_round(administration: Administration, *, by: Member, **fields: Any) -> PromotionRound:
    """Begin a round as a shadow run. Refused where its rules make no sense."""
    require(rules.can_keep_promotions(by) and by.administration_id == administration.pk)
    return _saved(PromotionRound(administration=administration), fields, "add", by)


@transaction.atomic
def change_round(row: PromotionRound, *, by: Member, **fields: Any) -> PromotionRound:
    """Change the rules of a shadow run. Refused once they are published."""
    require(rules.can_keep_promotions(by) and row.administration_id == by.administration_id)
    _refuse_published(row)
    return _saved(row, fields, "change", by)


@transaction.atomic
def remove_round(row: PromotionRound, *, by: Member) -> None:
    """Take a shadow run away with those who stand in it. Refused once it is published."""
    require(rules.can_keep_promotions(by) and row.administration_id == by.administration_id)
    _refuse_published(row)
    record("remove", row, by=by)
    row.delete()


@transaction.atomic
def publish_round(row: PromotionRound, *, by: Member) -> PromotionRound:
    """Let the rules bind. Refused unless the weights were published before the vacancy."""
    require(rules.can_keep_promotions(by) and row.administration_id == by.administration_id)
    row = PromotionRound.objects.select_for_update().get(pk=row.pk)
    _refuse_published(row)
    told = row.weights_published_on
    if told is None:
        raise ValidationError(_("Say when the weights were published; they bind only after that."))
    if told > row.administration.as_of:
        raise ValidationError(_("The weights are not published yet: that day lies in the future."))
    return _moved(row, PromotionRound.State.PUBLISHED, "publish", by)


@transaction.atomic
def close_round(row: PromotionRound, *, by: Member) -> PromotionRound:
    """Close a published round; nothing in it changes any more."""
    require(rules.can_keep_promotions(by) and row.administration_id == by.administration_id)
    row = PromotionRound.objects.select_for_update().get(pk=row.pk)
    if row.state != PromotionRound.State.PUBLISHED:
        raise ValidationError(_("Only a published round can be closed."))
    return _moved(row, PromotionRound.State.CLOSED, "close", by)


@transaction.atomic
def add_candidacy(administration: Administration, *, by: Member, **fields: Any) -> Candidacy:
    """Enter an officer in a round. Refused twice, once it is closed, and for who has left.

    Nobody enters themselves, nor changes or removes what is known of them.
    """
    require(rules.can_keep_promotions(by) and by.administration_id == administration.pk)
    if person := fields.get("staff_member"):
        require(rules.can_rule_on(by, person))
    return _entered(Candidacy(administration=administration), fields, "add", by)


@transaction.atomic
def change_candidacy(row: Candidacy, *, by: Member, **fields: Any) -> Candidacy:
    """Change what is known of a candidate. Refused once the round is closed."""
    for person in {row.staff_member, fields.get("staff_member", row.staff_member)}:
        require(rules.can_rule_on(by, person))
    _refuse_closed(row.round)
    return _entered(row, fields, "change", by)


@transaction.atomic
def remove_candidacy(row: Candidacy, *, by: Member) -> None:
    """Take an officer out of a round. Refused once it is closed."""
    require(rules.can_rule_on(by, row.staff_member))
    _refuse_closed(row.round)
    record("remove", row, by=by)
    row.delete()


def _moved(row: PromotionRound, state: str, action: str, by: Member) -> PromotionRound:
    row.state = state
    row.save(update_fields=["state"])
    record(action, row, by=by, fields=["state"])
    return row


def _refuse_published(row: PromotionRound) -> None:
    if not row.is_shadow:
        raise ValidationError(_("The rules of this round are published and stand as they are."))


def _refuse_closed(row: PromotionRound) -> None:
    if row.state == PromotionRound.State.CLOSED:
        raise ValidationError(_("This round is closed; nothing in it changes any more."))


def _saved(row: PromotionRound, fields: dict[str, Any], action: str, by: Member) -> PromotionRound:
    values = {name: fields.get(name, getattr(row, name)) for name in WEIGHTS}
    if any(value is None for value in values.values()):
        raise ValidationError(_("Give all three weights."))
    if sum(Decimal(str(value)) for value in values.values()) != 1:
        raise ValidationError({WEIGHTS[0]: _("The three weights add up to 1.")})
    days = ("weights_published_on", "vacancy_on", "rule_on", "protected_until")
    told, vacancy, rule, until = (fields.get(name, getattr(row, name)) for name in days)
    if told and vacancy and told >= vacancy:
        words = _("The weights are published before the day of the vacancy.")
        raise ValidationError({"weights_published_on": words})
    if until and not (rule and rule <= until):
        words = _("The protection begins on the day of the rule and ends after it.")
        raise ValidationError({"protected_until": words})
    saved: PromotionRound = save_row(row, fields, action, by=by)
    return saved


def _entered(row: Candidacy, fields: dict[str, Any], action: str, by: Member) -> Candidacy:
    named = ("round", "staff_member")
    chosen, person = (fields.get(name, getattr(row, name, None)) for name in named)
    if chosen:
        _refuse_closed(chosen)
    if person and row.pk is None and person.left_on is not None:
        raise ValidationError({"staff_member": _("This person has left.")})
    saved: Candidacy = save_row(row, fields, action, by=by)
    return saved
