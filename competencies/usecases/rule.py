"""The rule that concludes held levels, as the officer sets it; figures follow at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from competencies import frames, rules
from competencies.analysis.held_levels import HeldLevelConstants, constants_in_print
from competencies.usecases.constants import HELD_LEVELS, held_level_constants
from competencies.usecases.gaps import gap_analysis
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member

NAMES = {  # as it is printed -> as it is kept
    "weight.self": "self_weight",
    "weight.supervisor": "supervisor_weight",
    "weight.peer": "peer_weight",
    "weight.test": "test_weight",
    "doubt_at": "doubt_at",
    "self_supervisor_doubt_at": "self_supervisor_doubt_at",
    "half_life_months": "half_life_months",
}
BASE = "base."


def rule_values(administration: Administration) -> tuple[tuple[str, float, float], ...]:
    """What can be set: key, value in force, default; the top level belongs to the framework."""
    framework = frames.current_framework(administration)
    top = frames.top_level(framework) if framework else frames.TOP
    held = constants_in_print(held_level_constants(administration, top))
    usual = dict(constants_in_print(HeldLevelConstants(top_level=top)))
    return tuple((key, value, usual[key]) for key, value in held if key != "top_level")


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change of the rule did to the gap index [0..1] and to levels to be validated."""

    before: float | None
    after: float | None
    doubtful_before: int
    doubtful_after: int


@transaction.atomic
def change_rule(
    administration: Administration, values: Mapping[str, float], *, by: Member
) -> Effect:
    """Set constants of the rule by their printed keys; what equals the default is kept as such.

    Refused where they make no sense together. What changed is on record by its key.
    """
    require(rules.can_change_framework(by) and by.administration_id == administration.pk)
    now = {key: (value, usual) for key, value, usual in rule_values(administration)}
    changed = [key for key in now if key in values and values[key] != now[key][0]]
    before = _figures(administration)
    if changed:
        wanted = {key: float(values.get(key, value)) for key, (value, _usual) in now.items()}
        own = {key: value for key, value in wanted.items() if value != now[key][1]}
        administration.constants = {**administration.constants, HELD_LEVELS: _kept(own)}
        after = _figures(administration)
        administration.save(update_fields=["constants"])
        fields = [f"{HELD_LEVELS}.{key}" for key in changed]
        audit.record("change", administration, by=by, fields=fields, administration=administration)
    else:
        after = before
    return Effect(before[0], after[0], before[1], after[1])


def _kept(own: Mapping[str, float]) -> dict[str, object]:
    plain: dict[str, object] = {
        NAMES[key]: value for key, value in own.items() if not key.startswith(BASE)
    }
    base = {key.removeprefix(BASE): own[key] for key in own if key.startswith(BASE)}
    return {**plain, "base": base} if base else plain


def _figures(administration: Administration) -> tuple[float | None, int]:
    analysis = gap_analysis(administration, with_units=False)
    return analysis.overall.index, int((analysis.levels["status"] == "to_validate").sum())
