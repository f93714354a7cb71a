"""What a broken rule does: blocks, warns or is ignored, as the planner sets it."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from training_calendar.rules import can_plan
from training_calendar.solver import check as checker
from training_calendar.solver.further import EARMARKS, LAST_TWO, PEAK, WEEK_SHARE
from training_calendar.solver.solution import Violation

KEPT = "calendar_rules"


class Weight(StrEnum):
    BLOCK = "block"
    WARN = "warn"
    IGNORE = "ignore"


USUAL: Mapping[str, Weight] = {
    "C2": Weight.BLOCK,
    "C3": Weight.BLOCK,
    WEEK_SHARE: Weight.WARN,
    PEAK: Weight.WARN,
    LAST_TWO: Weight.WARN,
    EARMARKS: Weight.BLOCK,
}
"""The rules a planner may weigh, and their weight where nobody did; all others always block."""
CODES = (*checker.RULES, *checker.FURTHER)


def weights(administration: Administration) -> dict[str, Weight]:
    """The weight of every rule. Refused where a kept one makes no sense."""
    own = administration.constants_of(KEPT)
    try:
        chosen = {code: Weight(value) for code, value in own.items() if code in USUAL}
    except ValueError as error:
        words = _("The weights of the rules of the calendar do not make sense: %(reason)s")
        raise ValidationError(words % {"reason": error}) from error
    return dict.fromkeys(CODES, Weight.BLOCK) | dict(USUAL) | chosen


def obeyed(administration: Administration) -> list[str]:
    """The further rules that block: no plan, no move and no re-plan may break them."""
    of = weights(administration)
    return [code for code in checker.FURTHER if of[code] is Weight.BLOCK]


@transaction.atomic
def set_weights(administration: Administration, chosen: Mapping[str, str], *, by: Member) -> None:
    """Let rules block, warn or be ignored. Refused for a rule that always blocks."""
    require(can_plan(by) and by.administration_id == administration.pk)
    if fixed := sorted(chosen.keys() - USUAL.keys()):
        words = _("Always blocks: %(codes)s.")
        raise ValidationError(words % {"codes": ", ".join(fixed)})
    kept = administration.constants_of(KEPT) | {
        code: Weight(value).value for code, value in chosen.items()
    }
    administration.constants = {**(administration.constants or {}), KEPT: kept}
    administration.save(update_fields=["constants"])
    audit.record("weigh_rules", administration, by=by, fields=list(chosen),
                 administration=administration)  # fmt: skip


def kept(
    administration: Administration, found: Iterable[Violation], *weighed: Weight
) -> tuple[Violation, ...]:
    """The violations of rules that have one of these weights."""
    of = weights(administration)
    return tuple(one for one in found if of[one.rule] in weighed)
