"""The constants of floor 2: the questionnaire's, or what the administration set; and for print."""

from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from competencies.usecases.constants import Constant
from diagnostics.analysis import agreement
from diagnostics.analysis.findings import FindingConstants
from diagnostics.analysis.scoring import ScoringConstants
from diagnostics.analysis.spread import CampConstants
from diagnostics.models import Questionnaire
from hrplan.core import audit
from hrplan.core.access import require
from hrplan.core.models import Administration, Member
from hrplan.core.rules import can_change_settings

MATURITY = "maturity"
FINDINGS = "findings"
CAMPS = "agreement"
CAPS = ("existence_caps", "use_caps")
WEIGHTS = "domain_weights"


def scoring_constants(
    administration: Administration, questionnaire: Questionnaire | None
) -> ScoringConstants:
    """The scale and caps of the questionnaire; the administration may set other caps."""
    usual = ScoringConstants()
    if questionnaire is not None:
        levels = [level["level"] for level in questionnaire.scale]
        usual = ScoringConstants(
            lowest=min(levels),
            highest=max(levels),
            existence_caps=_caps(questionnaire.existence),
            use_caps=_caps(questionnaire.use),
        )
    own = administration.constants_of(MATURITY)
    _refuse_strange(MATURITY, set(own) - {*CAPS, WEIGHTS})
    weights = own.get(WEIGHTS, {})
    _refuse_strange(MATURITY, [] if isinstance(weights, Mapping) else [WEIGHTS])
    _refuse_strange(MATURITY, (f"{k} {v}" for k, v in weights.items() if not _weighs(v)))
    for name, caps in ((name, own[name]) for name in CAPS if name in own):
        known = ("none", "draft", "approved", "never", "sometimes", "routine")
        _refuse_strange(MATURITY, [] if isinstance(caps, Mapping) else [name])
        _refuse_strange(
            MATURITY,
            (f"{k} {v}" for k, v in caps.items() if k not in known or not isinstance(v, int)),
        )
    return replace(usual, **own)


def finding_constants(
    administration: Administration, scoring: ScoringConstants
) -> FindingConstants:
    """Where a weakness ends and a strength begins; the administration may set its own limits."""
    own = administration.constants_of(FINDINGS)
    known = {one.name for one in fields(FindingConstants)} - {"lowest", "highest"}
    _refuse_strange(FINDINGS, set(own) - known)
    _refuse_strange(FINDINGS, (n for n, v in own.items() if not isinstance(v, int | float)))
    target = own.get("target", scoring.highest)
    on_scale = scoring.lowest < target <= scoring.highest
    _refuse_strange(FINDINGS, [] if on_scale else [f"target {target}"])
    scale = {"lowest": scoring.lowest, "highest": scoring.highest}
    return FindingConstants(**{**own, **scale, "target": target})


def camp_constants(administration: Administration) -> CampConstants:
    """When a room has fallen into camps; the administration may set it otherwise."""
    own = administration.constants_of(CAMPS)
    known = {one.name for one in fields(CampConstants)}
    _refuse_strange(CAMPS, set(own) - known)
    _refuse_strange(CAMPS, (n for n, v in own.items() if not isinstance(v, int | float)))
    return CampConstants(**own)


def constants(
    administration: Administration, questionnaire: Questionnaire | None = None
) -> tuple[Constant, ...]:
    """Every constant of floor 2 in force, with the default it replaces, for print."""
    scoring = scoring_constants(administration, questionnaire)
    found = finding_constants(administration, scoring)
    scale = {"lowest": scoring.lowest, "highest": scoring.highest}
    usual = asdict(FindingConstants(**scale, target=scoring.highest))
    caps = [
        Constant(f"{name}.{stage}", cap, getattr(ScoringConstants(), name).get(stage, cap))
        for name in CAPS
        for stage, cap in sorted(getattr(scoring, name).items())
    ]
    limits = [Constant(name, value, usual[name]) for name, value in asdict(found).items()]
    apart = Constant("apart_at", agreement.APART_AT, agreement.APART_AT)
    camps = asdict(camp_constants(administration))
    rooms = [Constant(name, camps[name], value) for name, value in asdict(CampConstants()).items()]
    weights = [
        Constant(f"{WEIGHTS}.{domain}", weight, 1)
        for domain, weight in sorted(scoring.domain_weights.items())
    ]
    return (*caps, *weights, *limits, apart, *rooms)


@transaction.atomic
def set_domain_weights(
    administration: Administration, weights: Mapping[str, float], *, by: Member
) -> None:
    """Say what domains weigh in the overall score; the others keep what they weigh."""
    require(can_change_settings(by) and by.administration_id == administration.pk)
    _refuse_strange(MATURITY, (f"{k} {v}" for k, v in weights.items() if not _weighs(v)))
    own = administration.constants_of(MATURITY)
    own = own | {WEIGHTS: {**own.get(WEIGHTS, {}), **weights}}
    administration.constants = {**(administration.constants or {}), MATURITY: own}
    administration.save(update_fields=["constants"])
    audit.record(
        "change", administration, by=by, fields=["constants"], administration=administration
    )


def _weighs(value: Any) -> bool:
    return isinstance(value, int | float) and value > 0


def _caps(stages: list[dict[str, Any]]) -> dict[str, int]:
    return {stage["code"]: stage["caps_at"] for stage in stages if stage["caps_at"] is not None}


def _refuse_strange(part: str, strange: Any) -> None:
    if names := sorted(strange):
        words = _("The constants “%(part)s” of the administration do not make sense: %(reason)s")
        raise ValidationError(words % {"part": part, "reason": ", ".join(names)})
